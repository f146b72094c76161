"""What sink, board and search say of a database that they cannot use: the same of the same, with its exit code and what mends it."""

import contextlib
import os
import re
import sqlite3
import subprocess

import pytest
from onrecord import BINARIES, DEADLINE
from stream import Stream

import postgres

COMMANDS = {
    "sink": ["sink", "--once"], "sink check": ["sink", "--check-config"], "board": ["board", "--http", "127.0.0.1:0"],
    "board check": ["board", "--check-config"], "search": ["search"]}
WRITING = {"sink", "sink check"}
# Root may do everything, but for what takes its capabilities.
CONFINED = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


def said(name, place, *arguments, within=()):
    done = subprocess.run([*within, BINARIES / "onrecord", *COMMANDS[name], place, *arguments], capture_output=True, text=True, timeout=DEADLINE)
    lines = done.stderr.splitlines()
    # One line says all, and who says it.
    assert all(line.startswith(f"onrecord {name.split()[0]}: ") for line in lines), lines
    return done.returncode, lines[-1] if lines else ""


@pytest.fixture(scope="module")
def news(server):
    """A server with the database `news`, which is empty."""
    server.execute("CREATE DATABASE news TEMPLATE template0 ENCODING 'UTF8'")
    yield server
    server.execute("DROP DATABASE news WITH (FORCE)")


@pytest.fixture
def own(news):
    """The same; schemas, roles and rights that a test makes or takes in it are afterwards as they were before."""
    yield news
    news.execute("DROP SCHEMA IF EXISTS onrecord, producer, analyzer CASCADE; GRANT USAGE ON SCHEMA public TO PUBLIC", "news")
    news.execute("GRANT CONNECT ON DATABASE news TO PUBLIC")
    for role in news.execute("SELECT quote_ident(rolname) FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' AND rolname <> 'postgres'").split("\n")[:-1]:
        news.execute(f"DROP OWNED BY {role}", "news")
        news.execute(f"DROP ROLE {role}")


def url(server, role="postgres", database="news", **more):
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return f"postgres:///{database}?host={server.folder}&user={role.replace(' ', '%20')}{extra}"


def fill(place):
    """Makes the tables: a sink that has everything there is, which is nothing."""
    stream = Stream()
    done = subprocess.run([BINARIES / "onrecord", "sink", "--once", "--connect", stream.publish_endpoint, "--control", stream.control_endpoint, place],
                          capture_output=True, text=True, timeout=DEADLINE)
    stream.close()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_a_role_that_may_not_is_told_what_to_have_granted(own, name):
    """One right after the other is missing; each error names the statement that grants the next, until all is well."""
    own.execute('CREATE ROLE "Max M" LOGIN; REVOKE CONNECT ON DATABASE news FROM PUBLIC')
    own.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC", "news")
    place = url(own, "Max M")
    if name not in WRITING:
        fill(url(own))
    granted = []
    while True:
        if name in ("sink", "board"):
            # They would run on where all is well, which their other half says.
            code, text = said(f"{name} check", place)
            if code == 0:
                break
        code, text = said(name, place)
        if name == "search" and code == 1 or name.endswith("check") and code == 0:
            break
        assert code == 77 and '"Max M"' in text, (code, text)
        statement = re.search(r" run: (.*?)(?: \(SQLSTATE.*| \(connection.*)?$", text)[1]
        assert statement not in granted, text
        granted.append(statement)
        own.execute(statement, "news")
    assert granted[0].startswith("GRANT CONNECT ON DATABASE news TO") and len(granted) == 2, granted
    if name not in WRITING:
        # A table of which the right was taken is named.
        own.execute('REVOKE SELECT ON onrecord.passage FROM "Max M"', "news")
        code, text = said(name, place)
        assert code == 77 and "may not read passage;" in text, (code, text)


@pytest.mark.parametrize("name", sorted(WRITING))
@pytest.mark.parametrize("rights", [
    "", "GRANT USAGE ON SCHEMA onrecord TO keeper", "GRANT ALL ON SCHEMA onrecord TO keeper; GRANT ALL ON ALL TABLES IN SCHEMA onrecord TO keeper"],
    ids=["none", "the schema", "all"])
def test_who_writes_has_to_own_the_tables_for_others_cannot_wipe_them(own, name, rights):
    """Whatever else is missing: one statement grants all."""
    own.execute("CREATE ROLE keeper LOGIN")
    fill(url(own))
    own.execute(rights, "news")
    code, text = said(name, url(own, "keeper"))
    assert code == 77 and text.endswith(" run: GRANT postgres TO keeper"), (code, text)
    own.execute("GRANT postgres TO keeper")
    assert said("sink check", url(own, "keeper"))[0] == 0
    fill(url(own, "keeper"))
    own.execute("REVOKE postgres FROM keeper")


@pytest.mark.parametrize("name", sorted(WRITING))
def test_a_schema_that_the_url_names_is_told_when_its_use_is_not_granted(own, name):
    own.execute("CREATE ROLE keeper LOGIN; CREATE SCHEMA onrecord", "news")
    place = url(own, "keeper", options="-csearch_path%3Donrecord,public")
    code, text = said(name, place)
    assert code == 77 and text.endswith(" run: GRANT USAGE, CREATE ON SCHEMA onrecord TO keeper"), (code, text)
    own.execute("GRANT USAGE, CREATE ON SCHEMA onrecord TO keeper", "news")
    fill(place)
    assert own.execute("SELECT version > 0 FROM onrecord.sink", "news") == "t\n"


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_does_not_hold_all_letters_is_refused(server, encoding):
    server.execute(f"CREATE DATABASE other ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
    try:
        advised = set()
        for name in COMMANDS:
            code, text = said(name, url(server, database="other"))
            assert code == (73 if name in WRITING else 66) and f"the database other has the encoding {encoding}" in text, (code, text)
            advised.add(re.search(r"CREATE DATABASE .*$", text)[0])
        assert len(advised) == 1
        server.execute(*advised)
        assert said("sink check", url(server, database="onrecord"))[0] == 0
    finally:
        for database in ("onrecord", "other"):
            server.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_no_database_of_analyses_is_refused(own, name, tmp_path):
    missing = 73 if name in WRITING else 66

    def told(code, words, place, *arguments):
        found, text = said(name, place, *arguments)
        assert found == code and words in text and "journal" not in text, (found, text)

    told(77, 'role "nobody" does not exist', url(own, "nobody"))
    told(missing, "no database \"No such\"", url(own, database="No%20such"))
    told(missing, "no such database or schema" if name in WRITING else "holds no analyses", url(own, options="-csearch_path%3Dnowhere"))
    if name not in WRITING:
        told(66, "fill it with onrecord sink", url(own))
    own.execute("CREATE SCHEMA onrecord; CREATE TABLE onrecord.analysis (key text)", "news")
    if name in WRITING:
        told(missing, "are another program's", url(own))
    own.execute("CREATE TABLE onrecord.sink (version text, drain int)", "news")
    told(missing, "the table sink there is another program's", url(own))
    own.execute("DROP TABLE onrecord.sink; CREATE TABLE onrecord.sink (version bigint, cursor text); INSERT INTO onrecord.sink VALUES (99, '')", "news")
    told(missing, "another release", url(own))

    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE sink (drain)")
    told(missing, "is no database of analyses", other)
    (tmp_path / "text.db").write_text("Not a database, but a text that is longer than the header of one would be. " * 20)
    told(missing, "is no database", tmp_path / "text.db")
    told(missing, "No such file", tmp_path / "none" / "analyses.db")
    assert (tmp_path / "text.db").read_text().startswith("Not a database")


def test_what_is_damaged_or_lacks_a_part_is_told_in_the_same_words_by_all(own, tmp_path):
    place = tmp_path / "analyses.db"
    fill(place)
    whole = place.read_bytes()

    def told(place):
        answers = {name: said(name, place) for name in COMMANDS}
        assert all(code == (73 if name in WRITING else 66) for name, (code, _) in answers.items()), answers
        [text] = {text.split(": ", 1)[1] for _, text in answers.values()}
        return text

    for length in (60, 5_000, len(whole) - 4_096):
        damaged = tmp_path / f"{length}.db"
        damaged.write_bytes(whole[:length])
        assert f"{damaged}: is no database, or is damaged; restore" in told(damaged)
    for change, words in (("DROP TABLE spelling", "lacks the table spelling,"), ("DROP VIEW said", "lacks the view said,"),
                          ("DROP INDEX analysis_n; ALTER TABLE analysis RENAME COLUMN n TO m", "lacks the column n of analysis,")):
        lacking = tmp_path / "lacking.db"
        lacking.write_bytes(whole)
        with contextlib.closing(sqlite3.connect(lacking)) as db:
            db.executescript("PRAGMA legacy_alter_table = ON; " + change)
        assert words in told(lacking)
        for path in tmp_path.glob("lacking.db*"):
            path.unlink()
    fill(url(own))
    own.execute("DROP TABLE onrecord.spelling CASCADE", "news")
    assert "lacks spelling, people, current, said, claimed," in told(url(own))


def test_whoever_lacks_a_right_is_told_so_and_not_that_something_is_missing(tmp_path):
    place, closed = tmp_path / "analyses.db", tmp_path / "closed"
    fill(place)
    closed.mkdir()

    def told(name, place):
        code, text = said(name, place, within=CONFINED)
        assert code == 77 and str(place) in text and "Permission denied" in text and "not there" not in text, (name, code, text)

    place.chmod(0)
    closed.chmod(0o555)
    try:
        for name in COMMANDS:
            told(name, place)
        for name in sorted(WRITING):
            told(name, closed / "new.db")
            told(name, closed / "new.jsonl")
    finally:
        closed.chmod(0o755)
    assert not list(closed.iterdir())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_server_that_is_away_is_no_fault_of_the_configuration(name, tmp_path):
    if name == "sink":
        return  # it waits, which test_sink_postgres tells
    code, text = said(name, f"postgres:///news?host={tmp_path}&user=postgres")
    assert (code, "the server is away" in text) == (0 if name.endswith("check") else 75, True), (code, text)
    assert "\\t" not in text and "Is the server running" in text, text


@pytest.mark.parametrize("program", ["producer", "analyzer"])
def test_the_journals_of_the_services_are_looked_at_in_the_same_way(own, program, tmp_path):
    def check(place):
        done = subprocess.run([BINARIES / program, "--journal", place, "--check-config"], capture_output=True, text=True, timeout=DEADLINE)
        return done.returncode, done.stdout + done.stderr

    assert check(url(own))[0] == 0 and own.execute("SELECT to_regnamespace('producer'), to_regnamespace('analyzer')", "news").strip() == "|"
    own.execute("CREATE ROLE keeper LOGIN")
    code, text = check(url(own, "keeper"))
    statement = f"CREATE SCHEMA {program} AUTHORIZATION keeper"
    assert code == 77 and f"run: {statement}" in text, (code, text)
    own.execute(f"CREATE SCHEMA {program}", "news")
    code, text = check(url(own, "keeper"))
    assert code == 77 and f"run: GRANT USAGE, CREATE ON SCHEMA {program} TO keeper" in text, (code, text)
    own.execute(f"DROP SCHEMA {program}; {statement}", "news")
    assert check(url(own, "keeper"))[0] == 0
    own.execute(f"CREATE TABLE {program}.journal (page int)", "news")
    code, text = check(url(own))
    assert code == 65 and "another program's" in text, (code, text)
    code, text = check(f"postgres:///news?host={tmp_path}&user=postgres")
    assert code == 0 and "the server is away" in text, (code, text)


@pytest.mark.parametrize("program", ["producer", "analyzer"])
def test_a_journal_is_used_by_whoever_owns_its_tables_for_others_cannot_wipe_them(own, program):
    def run(role, *words):
        done = subprocess.run([BINARIES / program, *words, "--journal", url(own, role)], capture_output=True, text=True, timeout=DEADLINE)
        return done.returncode, done.stdout + done.stderr

    # Something that opens the journal, and makes it where there is none.
    opens = ["dlq", "list"] if program == "analyzer" else ["erase", "urn:none"]
    made = 0 if program == "analyzer" else 65
    assert run("postgres", *opens)[0] == made
    own.execute("CREATE ROLE keeper LOGIN")
    for rights in ("", f"GRANT ALL ON SCHEMA {program} TO keeper; GRANT ALL ON ALL TABLES IN SCHEMA {program} TO keeper"):
        own.execute(rights, "news")
        for words in (opens, ["--check-config"]):
            code, text = run("keeper", *words)
            assert code == 77 and text.strip().endswith(" run: GRANT postgres TO keeper"), (words, code, text)
    own.execute("GRANT postgres TO keeper")
    assert run("keeper", "--check-config")[0] == 0 and run("keeper", *opens)[0] == made
    own.execute("REVOKE postgres FROM keeper")
    own.execute(f"DROP TABLE {program}.known", "news")
    for words in (opens, ["--check-config"]):
        code, text = run("postgres", *words)
        assert code == 65 and "lacks known, so something else has changed it; restore a backup" in text, (words, code, text)

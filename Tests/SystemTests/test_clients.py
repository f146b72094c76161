"""The clients beside the protocol: nothing lost, nothing doubled, whatever of them or of the services is killed."""

import copy
import hashlib
import importlib.util
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time

import pytest

import postgres
from onrecord import BINARIES, DEADLINE, ROOT, Control, article, eventually, fetch, free_port, last
from stream import EPOCH, TIME, Stream, analysis
from test_erasure import erase
from test_put import Feeder, start
from test_restore import back_up, restore
from test_security import keys  # noqa: F401

CLIENTS = ROOT / "protocols/clients"
spec = importlib.util.spec_from_file_location("nwp", CLIENTS / "nwp.py")
nwp = sys.modules["nwp"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(nwp)


@pytest.fixture
def ingest(site):
    site.ingest = f"tcp://127.0.0.1:{free_port()}"
    return site


class Client:
    """A process that is killed and started again."""

    def __init__(self, *command, **options):
        self.command, self.options = [str(word) for word in command], options
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, **{"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, **self.options})

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def restart(self):
        assert self.process.poll() is None, self.process.communicate()[1]
        self.kill()
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


def script(site, tmp_path, connection, placeholder):
    """The example of the module's own documentation, with other addresses."""
    [example] = re.findall(r"\n\n((?:    .*\n)+)", nwp.__doc__)
    code = textwrap.dedent(example).replace("?", placeholder).replace('sqlite3.connect("quotes.db")', connection)
    # The control endpoint is the next port, or named.
    code = code.replace('"tcp://127.0.0.1:5566", nwp.DatabaseCursor(db)', f'"{site.res}", nwp.DatabaseCursor(db), control="{site.res_control}"')
    path = tmp_path / "client.py"
    path.write_text("import psycopg\n" + code if "psycopg" in code else code)
    return Client(sys.executable, path, env={**os.environ, "PYTHONPATH": str(CLIENTS)})


def disturb(site, client, count, seed):
    """Hands over `count` articles while the client is killed, and the analyzer now and then; returns once all are analysed."""
    generator = random.Random(seed)
    start(site)
    analyzer = site.analyzer()
    analyzer.wait_for("ready")
    with Feeder(site.ingest) as feeder:
        for n in range(count):
            feeder.put({"uri": f"urn:{n}", "version": "1", "source": "Courier", "body": article(n)}, request=b"%d" % n)
            if n % 50 == 49:
                time.sleep(generator.uniform(0.05, 0.3))
                client.restart()
            if n % 100 == 99:
                analyzer.kill()
                analyzer = site.analyzer()
        eventually(lambda: last(site.res_control, "res") == count, f"{count} results")
    return analyzer


def wanted(site):
    """Who said what, as the journal has it."""
    found = []
    for _, _, event in site.results():
        for quote in event["data"].get("quotes", []):
            speaker = quote.get("speaker") or {}
            found.append((event["causationid"], speaker.get("name") or (quote.get("source") or {}).get("text"), quote["content"]["text"]))
    return sorted(found, key=str)


def settle(read, site, client):
    """The client has what the journal has, and goes on having it."""
    eventually(lambda: read() == wanted(site), "all quotes, once")
    assert client.process.poll() is None


def follows_everything(site, client, read):
    disturb(site, client, 250, seed=7)
    settle(read, site, client)
    with Feeder(site.ingest) as feeder:
        feeder.give({"uri": "urn:1", "version": "2", "source": "Courier", "body": article(7)})
        feeder.give({"uri": "urn:2", "pubStatus": "canceled"})
    assert erase(site, "urn:3").returncode == 0
    eventually(lambda: last(site.res_control, "res") == 253, "the new version, the withdrawal and the erasure")
    first = {event["causationid"]: event["data"]["article"]["uri"] for _, _, event in site.results()
             if "article" in event["data"] and event["data"]["article"]["version"] == "1"}
    standing = [row for row in wanted(site) if first.get(row[0]) not in ("urn:1", "urn:2", "urn:3")]
    assert any("pier 7 " in what for _, _, what in standing)
    eventually(lambda: read() == standing, "what stands now")


def test_the_example_follows_into_sqlite(ingest, tmp_path):
    path = tmp_path / "quotes.db"

    def read():
        try:
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
                return sorted(db.execute("SELECT article, who, what FROM said").fetchall(), key=str)
        except sqlite3.OperationalError:
            return None

    with script(ingest, tmp_path, f'sqlite3.connect("{path}")', "?") as client:
        follows_everything(ingest, client, read)


def test_the_example_follows_into_a_transaction_of_postgresql(ingest, tmp_path, server):
    database = "clients"
    server.execute(f"DROP DATABASE IF EXISTS {database}")
    server.execute(f"CREATE DATABASE {database}")

    def read():
        try:
            return sorted((tuple(line.split("|")) for line in server.execute(
                "SELECT article, who, what FROM said", database).splitlines()), key=str)
        except RuntimeError:
            return None

    url = postgres.url(server, database=database)
    with script(ingest, tmp_path, f'psycopg.connect("{url}")', "%s") as client:
        follows_everything(ingest, client, read)
    server.execute(f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def follow_c(tmp_path_factory):
    """The client in C, compiled with warnings as errors."""
    program = tmp_path_factory.mktemp("c") / "follow"
    subprocess.run(["cc", "-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined",
                    "-o", program, CLIENTS / "follow.c", "-lzmq"], check=True)
    return program


def lines_of(path):
    """The whole lines of a file that grows."""
    return [json.loads(line) for line in path.read_text().split("\n")[:-1]] if path.exists() else []


def numbers_of_lines(path):
    return [line["number"] for line in lines_of(path)]


def test_the_client_in_c(ingest, tmp_path, follow_c):
    path = tmp_path / "analyses.jsonl"
    with Client(follow_c, ingest.res, ingest.res_control, "res", path) as client:
        disturb(ingest, client, 250, seed=8)
        eventually(lambda: len(numbers_of_lines(path)) >= 250, "all lines")
        assert numbers_of_lines(path) == list(range(1, 251))
        assert [json.loads(line)["event"] for line in path.read_text().splitlines()] == [event for _, _, event in ingest.results()]
        client.process.send_signal(signal.SIGTERM)
        assert client.process.wait(DEADLINE) == 0, client.process.stderr.read()


def test_the_client_in_swift(ingest, tmp_path):
    path = tmp_path / "said.txt"

    def read():
        return [line.split("\t", 1)[1] for line in path.read_text().splitlines()] if path.exists() else []

    with Client(BINARIES / "follow-example", ingest.res, ingest.res_control, path) as client:
        disturb(ingest, client, 250, seed=9)
        expected = [f"{who or '?'}\tstatement\t{what}" for _, who, what in wanted(ingest)]
        eventually(lambda: sorted(read()) == sorted(expected), "all quotes, once")


@pytest.mark.parametrize("name", ["python", "c"])
def test_what_is_past_retention_is_said_to_be_lost_and_nothing_else_is(site, tmp_path, follow_c, name):
    site.write(*range(3))
    producer = site.producer("--watch", "--retain-bytes", "20kB")
    path, cursor = tmp_path / "articles.jsonl", Kept()

    def follow(count):
        """So many things that a client gives: numbers, and what is no message."""
        if name == "python":
            events, found = nwp.follow(site.raw, cursor, stream="raw", control=site.raw_control), []
            # What it has given is saved while it waits for more.
            while len(found) < count or not cursor.state:
                if len(found) >= count:
                    site.write(400 + len(found))
                event = next(events)
                found.append(event.number if isinstance(event, nwp.Message) else event)
            events.close()
            return found
        # What it was not sure of when it was told to stop is no longer in its file.
        while len(lines_of(path)) < count:
            with Client(follow_c, site.raw, site.raw_control, "raw", path) as client:
                eventually(lambda: len(lines_of(path)) >= count, "all lines")
                client.process.send_signal(signal.SIGTERM)
                assert client.process.wait(DEADLINE) == 0, client.process.stderr.read()
        return [line.get("number", line) for line in lines_of(path)]

    assert follow(3)[:3] == [1, 2, 3]
    held = cursor.state.number if cursor.state else 3
    site.write(*range(3, 303))
    eventually(lambda: last(site.raw_control, "raw") == len(list(site.inbox.glob("*.txt"))) and kept(site) > 200, "most articles are dropped")
    assert producer.stop() == 0
    site.producer().wait_for("ready")
    lo = kept(site)
    expected = list(range(lo, last(site.raw_control, "raw") + 1))
    found = follow(len(expected) + (1 if name == "python" else 4))
    if name == "python":
        assert found == [nwp.Lost(lo - 1, held + 1), *expected]
    else:
        assert found == [1, 2, 3, {"lost": lo}, *expected]
    check_link_before(site, lo)


class Kept:
    """A cursor in memory."""

    def __init__(self):
        self.state = None

    def load(self):
        return copy.deepcopy(self.state)

    def save(self, state):
        self.state = copy.deepcopy(state)


def kept(site):
    """The number of the oldest article that is kept."""
    with Control(site.raw_control) as control:
        return control.call("HELLO", vmin=1, vmax=1, role="test", client="pytest")[1]["streams"]["raw"]["lo"]


def check_link_before(site, lo):
    """The oldest article continues the link before it, as the server says that."""
    with Control(site.raw_control) as control:
        bounds = control.call("HELLO", vmin=1, vmax=1, role="test", client="pytest", at={"raw": [[1, "0" * 32]]})[1]["streams"]["raw"]
    assert bounds["lo"] == lo and bounds["same"] == 0
    [_, position, _] = next(entry for entry in fetch(site.raw_control, "raw", **{"from": lo}) if entry[1]["n"] == lo)
    parts = ("nwp1", "link", bounds["lh"], position["id"])
    assert position["h"] == hashlib.sha256(b"".join(part.encode() + b"\0" for part in parts)).hexdigest()[:32]


@pytest.mark.parametrize("name", ["python", "c"])
def test_a_journal_that_was_set_back_is_followed_back(ingest, tmp_path, follow_c, name):
    producer, analyzer = start(ingest), ingest.analyzer()
    analyzer.wait_for("ready")

    def give(*numbers):
        with Feeder(ingest.ingest) as feeder:
            for n in numbers:
                feeder.give({"uri": f"urn:{n}", "version": "1", "body": article(n)})

    seen, path = [], tmp_path / "analyses.jsonl"
    if name == "python":
        def run():
            for event in nwp.follow(ingest.res, control=ingest.res_control):
                seen.append(("setBack", event.number) if isinstance(event, nwp.SetBack) else event.article)

        threading.Thread(target=run, daemon=True).start()
        client = None
    else:
        client = Client(follow_c, ingest.res, ingest.res_control, "res", path)

    def held():
        if name == "python":
            return list(seen)
        return [("setBack", line["setBack"]) if "setBack" in line else line["event"]["causationid"] for line in lines_of(path)]

    try:
        give(0, 1)
        eventually(lambda: len(held()) == 2, "two")
        files = {service: back_up(ingest, service, f"{service}.backup") for service in ("producer", "analyzer")}
        give(2, 3)
        eventually(lambda: len(held()) == 4, "four")
        assert [analyzer.stop(), producer.stop()] == [0, 0]
        for service, file in files.items():
            restore(ingest, service, file)
        producer, analyzer = start(ingest, "--restored"), ingest.analyzer("--restored")
        analyzer.wait_for("ready")
        give(4, 5, 6)

        def stands():
            """What is not taken back; the follower may be set back to a point before the last that both have."""
            place = next((index for index, item in enumerate(held()) if isinstance(item, tuple)), None)
            return place and held()[place][1] <= 2 and held()[:held()[place][1]] + held()[place + 1:]

        eventually(lambda: last(ingest.res_control, "res") == 5 and stands() == [
            event["causationid"] for _, _, event in ingest.results()], "the way back, and what came then")
        assert len([item for item in held() if isinstance(item, tuple)]) == 1
    finally:
        if client:
            client.kill()


def test_parts_of_a_stream_are_fetched_and_mistakes_are_told(ingest):
    start(ingest)
    ingest.analyzer().wait_for("ready")
    with Feeder(ingest.ingest) as feeder:
        for n in range(5):
            feeder.give({"uri": f"urn:{n}", "version": "1", "body": article(n)})
    ingest.expect_results(5)
    assert [message.number for message in nwp.fetch(ingest.res_control, first=2, last=4)] == [2, 3, 4]
    messages = list(nwp.fetch(ingest.raw_control, stream="raw"))
    assert [message.number for message in messages] == [1, 2, 3, 4, 5] and messages[0].data["uri"] == "urn:0"
    assert list(nwp.fetch(ingest.res_control, stream="dlq")) == list(nwp.fetch(ingest.res_control, first=6)) == []
    with pytest.raises(nwp.Refused, match="404"):
        list(nwp.fetch(ingest.raw_control, stream="res"))
    with pytest.raises(nwp.Refused, match="404"):
        next(nwp.follow(ingest.raw, control=ingest.raw_control))
    analysis = next(nwp.fetch(ingest.res_control))
    assert analysis.quotes[0].speaker == "Mira Kolar" and analysis.quotes[0].kind == "direct"
    assert all(0 <= claim.check_worthiness <= 1 and claim.text for claim in analysis.claims)

    class Memory:
        def __init__(self, state):
            self.state = state

        def load(self):
            return self.state

        def save(self, state):
            self.state = state

    with pytest.raises(nwp.Replaced):
        next(nwp.follow(ingest.res, Memory(nwp.State("0" * 16, "0" * 16, 1)), control=ingest.res_control))


@pytest.mark.waits
def test_articles_are_handed_over_whatever_is_killed(ingest):
    producer = start(ingest)
    count = 600
    items = [{"uri": f"urn:{n}", "version": "1", "body": article(n)} for n in range(count)] + [{"uri": "urn:bad"}]
    answers = {}
    for item, answer in nwp.put(ingest.ingest, items):
        answers[item["uri"]] = answer
        if len(answers) in (100, 300):
            producer.kill()
            producer = start(ingest)
    assert len(answers) == count + 1
    assert isinstance(answers.pop("urn:bad"), nwp.Refused)
    assert all(isinstance(answer, nwp.Ack) for answer in answers.values())
    published = [event["subject"] for _, _, event in ingest.articles()]
    assert sorted(published) == sorted(answers)
    assert [answer.known for _, answer in nwp.put(ingest.ingest, items[:3])] == [True] * 3


@pytest.mark.parametrize("name", ["python", "c", "swift"])
def test_over_encrypted_connections_with_a_key_and_not_without(ingest, keys, tmp_path, follow_c, name):
    site, control, path = ingest, None, tmp_path / "file"
    start(site, "--key", keys.secret("producer"), "--allow", keys.allow(reader="sub,fetch,put").list)
    site.analyzer("--key", keys.secret("analyzer"), "--allow", keys.list, "--server-key", keys.public("producer")).wait_for("ready")
    own, servers = keys.secret("reader"), [keys.public("producer"), keys.public("analyzer")]
    items = [{"uri": f"urn:{n}", "version": "1", "body": article(n)} for n in range(20)]
    answers = [answer for _, answer in nwp.put(site.ingest, items, key=own, server_key=servers[0])]
    assert all(isinstance(answer, nwp.Ack) for answer in answers) and len(answers) == 20
    if name == "python":
        for wrong in ({"key": own}, {"server_key": servers[1]}):
            with pytest.raises(ValueError, match="both"):
                list(nwp.fetch(site.res_control, **wrong))
        follower = nwp.follow(site.res, control=site.res_control, key=own, server_key=servers[1])
        assert sorted(next(follower).event["subject"] for _ in items) == sorted(item["uri"] for item in items)
        messages = nwp.fetch(site.raw_control, stream="raw", key=own, server_key=servers[0])
        assert [message.number for message in messages] == list(range(1, 21))
        return

    def command(*files):
        return ([follow_c, site.res, site.res_control, "res", path, *files] if name == "c" else
                [BINARIES / "follow-example", site.res, site.res_control, path, *files])

    def count():
        return len(path.read_text().splitlines()) if path.exists() else 0

    with Client(*command(own, servers[1])):
        eventually(lambda: count() >= 20, "all of them")
    held = count()
    # It may have ended before it wrote down how far it had come.
    path.unlink(), path.with_name("file.cursor").unlink(missing_ok=True)
    # Without a key, and with one for another server, nobody answers; the producer's own shows in the log.
    for files in ([], [own, servers[0]]):
        with Client(*command(*files)):
            time.sleep(1)
            assert count() == 0 < held
    missing = subprocess.run([str(word) for word in command(tmp_path / "none", servers[1])], capture_output=True, text=True, timeout=DEADLINE)
    assert missing.returncode != 0 and "none" in missing.stderr


def test_the_module_is_typed():
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", CLIENTS / "nwp.py"], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout


def client(name, follow_c, tmp_path, live, control):
    """A client that follows a stream into a file: the command, and that file."""
    path = tmp_path / f"{name}.out"
    if name == "c":
        return [follow_c, live, control, "res", path], path
    if name == "swift":
        return [BINARIES / "follow-example", live, control, path], path
    code = tmp_path / "client.py"
    code.write_text(f"import sys\nsys.path.append({str(CLIENTS)!r})\nimport nwp\nfor event in nwp.follow({live!r}, control={control!r}):\n"
                    f"    print(event.number, [quote.text for quote in event.quotes], file=open({str(path)!r}, 'a'), flush=True)\n")
    return [sys.executable, code], path


@pytest.mark.parametrize("name", ["python", "swift", "c"])
def test_what_is_no_event_stops_nobody(tmp_path, follow_c, name):
    stream = Stream()
    command, path = client(name, follow_c, tmp_path, stream.publish_endpoint, stream.control_endpoint)
    try:
        stream.add(analysis("first", [("Ann Li", "It sank.")]))
        for body in (b"{half", b"[1, 2]", b"null", b'"text"', b'{"data": [1]}', b'{"specversion": "1.0", "type": "org.onrecord.analysis.v9", "data": {"answers": {}}}'):
            stream.add(body)
        stream.add({"specversion": "1.0", "id": "n", "type": "org.onrecord.notice.v1", "data": {"kind": "news of 2031"}}, "res/0/en/-/")
        stream.add(analysis("last", [("Ann Li", "It swam.")]))
        log = tmp_path / "log"
        with log.open("w") as errors, Client(*command, stderr=errors) as follower:
            eventually(lambda: path.exists() and "It swam." in path.read_text(), "what comes behind it")
            assert "It sank." in path.read_text() and follower.process.poll() is None
            # It says which messages they are, and counts them.
            eventually(lambda: all(f"message {n} " in log.read_text() for n in range(2, 6)) and "4 so far" in log.read_text(), "what is none")
            assert "message 1 " not in log.read_text()
    finally:
        stream.close()


@pytest.mark.parametrize("topic, data, gone", [
    ("res/0/en/-/", {"kind": "withdrawal", "targets": [{}, {"id": 5}, "x", {"id": "a"}]}, ["a"]),
    ("res/0/en/-/", {"kind": "withdrawal", "targets": None}, []), ("res/0/en/-/", {"kind": "withdrawal", "targets": {"id": "a"}}, []),
    ("res/1/en/x/", {"quotes": 5, "claims": {"a": 1}, "entities": [{"id": []}]}, []), ("res", {}, []), ("", {"entities": "abc"}, []),
])
def test_a_message_of_another_shape_stops_no_python_client(topic, data, gone):
    message = nwp.Message(1, topic, "e", "id", "t", None, {"data": data, "supersedes": 5, "causationid": [1]})
    assert message.gone == gone
    assert (message.quotes, message.claims, message.article) == ([], [], None)


ODD = [b"{half", b"{half}", b"[1, 2]", b"null", b'"text"', b"{} {}", b'{"a": 1}\xff', b'{"a": "\xff"}', b'{"a": "\xed\xa0\x80"}', b'{"a": 01}',
       b'{"a": 1.}', b'{"a": .5}', b'{"a": 1e}', b'{"a": +1}', b'{"a": NaN}', b'{"a": tru}', b'{"a": "\n"}', b'{"a": "\\x"}', b'{"a": "\\u12g4"}',
       b'{"a": "x}', b'{"a": 1,}', b'{a: 1}', b'{"a" 1}', b"{'a': 1}", b'{"a": [1 2]}', b'{"a": [1}', b'{"a": ' + b"[" * 100_000, b"", b" ", b"\0",
       b'{"a": "\\', b'{"a": "\\u12', b"{}\0", b'{"a": 1\0}', b"-", b"\xef\xbb\xbf{}", b'{"a": ' + b"[" * 16 + b"]" * 16 + b"}"]
SOUND = [b"{}", b'{"a": -0.5e+10, "b": [], "c": {}, "d": [1, "x", null, true, false]}', b' { "a" : "\\u00e9\\n\\\\\\"\xc3\xa9\xf0\x9f\x98\x80" } ',
         b"\n{\n}\n", b'{"a":\n1}', b'{"a": ' + b"[" * 15 + b"]" * 15 + b"}"]


def test_the_file_of_the_client_in_c_is_json_whatever_comes(tmp_path, follow_c):
    stream = Stream()
    for body in SOUND + ODD:
        stream.add(body)
    stream.add(analysis("last", [("Ann Li", "It swam.")]))
    path, log = tmp_path / "analyses.jsonl", tmp_path / "log"
    try:
        with log.open("w") as errors, Client(follow_c, stream.publish_endpoint, stream.control_endpoint, "res", path, stderr=errors):
            eventually(lambda: path.exists() and b"It swam." in path.read_bytes(), "what comes behind it")
        lines = lines_of(path)
        assert [entry["number"] for entry in lines] == list(range(1, len(SOUND + ODD) + 2))
        assert [entry["event"] for entry in lines[:len(SOUND)]] == [json.loads(body) for body in SOUND]
        assert all(entry == {"number": n, "unreadable": True} for n, entry in enumerate(lines[len(SOUND):-1], len(SOUND) + 1))
        assert f"message {len(SOUND) + 1} of res is no JSON object from byte 1 on" in log.read_text()
        assert f"message {len(SOUND + ODD)} of res has more than 16 arrays and objects within one another, at byte 21" in log.read_text()
        assert f"message {len(SOUND) + ODD.index(b'') + 1} of res is empty" in log.read_text()
        assert f"({len(ODD)} so far)" in log.read_text() and "Sanitizer" not in log.read_text()
    finally:
        stream.close()


def test_the_module_says_what_is_no_message_and_goes_on(caplog):
    stream = Stream()
    stream.add(analysis("first", [("Ann Li", "It sank.")]))
    wrong = analysis("wrong", [("Ann Li", "It drifts.")])
    wrong["data"]["quotes"] += [{"id": "q"}, 7, {"content": []}]
    wrong["data"]["claims"], wrong["data"]["entities"] = [{}], ["e1"]
    stream.add(wrong)
    for body in ODD[:-1]:  # Depth is no matter to Python.
        stream.add(body)
    try:
        events = nwp.follow(stream.publish_endpoint, control=stream.control_endpoint)
        first, second = next(events), next(events)
        assert [quote.text for quote in first.quotes + second.quotes] == ["It sank.", "It drifts."] and second.claims == []
        assert "message 2: quotes[1] is none" in caplog.text and "message 2: claims[0] is none" in caplog.text
        assert [(event.event, event.quotes) for event in (next(events) for _ in ODD[:-1])] == [({}, [])] * len(ODD[:-1])
        assert all(f"message {n} on res/1/en/-/ is no JSON object" in caplog.text for n in range(3, 2 + len(ODD)))
        # What is published without a place, and marks that are none, cost nothing.
        stream.live = [[b"res/1/en/-/"], [b"res/1/en/-/", b"{", b"{}"], [b"res/1/en/-/", b"{}", b"{}"], [b"mark/res/1/"], [b"mark/res/1/", b"[]", b""],
                       [b"mark/res/1/", b'{"e": 1, "n": "x"}', b""]]
        stream.add(analysis("last", [("Ann Li", "It swam.")]))
        assert next(events).quotes[0].text == "It swam."
        stream.add(analysis("later", [("Ann Li", "It flew.")]))
        assert next(events).quotes[0].text == "It flew."
        assert f"what is published at {stream.publish_endpoint} is none of the protocol" in caplog.text
        events.close()
    finally:
        stream.close()


def test_the_module_says_what_becomes_of_a_message_of_another_epoch(caplog):
    stream = Stream()
    stream.add(analysis("first", [("Ann Li", "It sank.")]))
    try:
        events = nwp.follow(stream.publish_endpoint, control=stream.control_endpoint)
        assert next(events).number == 1
        place = {"v": 1, "s": "res", "e": "00000000000000bb", "n": 2, "p": 0, "id": "b2", "ts": TIME}
        taken = []
        following = threading.Thread(target=lambda: taken.append(next(events)), daemon=True)
        following.start()
        said = f"message 2 at {stream.publish_endpoint} is of epoch 00000000000000bb, not {EPOCH}, and is not taken; asking {stream.control_endpoint} "

        def is_said():
            # Until its subscription is in force, too.
            stream.live = [[b"res/1/en/-/", json.dumps(place).encode(), b"{half"]]
            return said in caplog.text

        eventually(is_said, "what becomes of it")
        # One that is replayed so is waited for, since the stream has it.
        stream.add_frames(lambda topic, position: [topic, position.replace(EPOCH.encode(), b"00000000000000bb"), b"{half"])
        eventually(lambda: f"{stream.control_endpoint} does not give message 2 of epoch {EPOCH}, but some of epoch 00000000000000bb" in caplog.text, "why")
        assert "passed on" not in caplog.text
        with stream.lock:
            stream.messages[1][1:] = [json.dumps({**place, "e": EPOCH}).encode(), json.dumps(analysis("second", [("Ann Li", "It swam.")])).encode()]
        following.join(DEADLINE)
        assert [quote.text for quote in taken[0].quotes] == ["It swam."]
        events.close()
    finally:
        stream.close()


def test_lines_are_json_whatever_comes(tmp_path):
    """What is no event has a line in a file, and is said on a terminal; every line can be read."""
    stream, odd = Stream(), [b"{half", b"{half}", b"[1, 2]", b"null", b'"text"', b"{} {}", b'{"a": 1}\xff', b"\n{\n}\n", b'{"a":\n1}']
    stream.add(analysis("first", [("Ann Li", "It sank.")]))
    for body in odd:
        stream.add(body)
    try:
        path = tmp_path / "analyses.jsonl"
        done = subprocess.run([BINARIES / "onrecord", "sink", "--once", "--connect", stream.publish_endpoint, "--control", stream.control_endpoint, path],
                              capture_output=True, text=True, timeout=DEADLINE)
        lines = [json.loads(text) for text in path.read_text().splitlines()]
        assert done.returncode == 0 and [entry["number"] for entry in lines] == list(range(1, 11))
        assert [entry["number"] for entry in lines if entry.get("unreadable")] == list(range(2, 9)), lines
        shown = subprocess.run([BINARIES / "onrecord", "fetch", "--format", "jsonl", "--connect", stream.control_endpoint], capture_output=True, text=True,
                               timeout=DEADLINE)
        assert [json.loads(text)["number"] for text in shown.stdout.splitlines()] == [1, 9, 10]
        assert shown.stderr.count("cannot be shown") == 7, shown.stderr
    finally:
        stream.close()


@pytest.mark.waits
@pytest.mark.parametrize("name", ["python", "swift", "c"])
def test_that_nobody_answers_is_said(tmp_path, follow_c, name):
    live, control = (f"tcp://127.0.0.1:{free_port()}" for _ in range(2))
    command, _ = client(name, follow_c, tmp_path, live, control)
    log = tmp_path / "log"
    with log.open("w") as file:
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=file)
    try:
        eventually(lambda: f"{control} does not answer" in log.read_text(), "that nobody answers")
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()

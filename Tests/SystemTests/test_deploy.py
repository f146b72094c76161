"""The example configurations can be used, name every option, and --check-config finds what a start would stumble over."""

import contextlib
import os
import pathlib
import re
import sqlite3
import subprocess

import pytest
from onrecord import BINARIES, DEADLINE, ROOT, eventually, last

FOLDER = ROOT / "deploy" / "systemd"
# For one start, or no part of a file.
LEFT_OUT = {"config", "completion", "help", "version", "check-config", "once", "restored", "reset", "from"}
WORKER = {"join", "workers", "key", "server-key", "http", "log"}


def options(program):
    text = subprocess.run([BINARIES / program[0], *program[1:], "--help"], capture_output=True, text=True).stdout
    return set(re.findall(r"^  --([a-z-]+)", text.split("\nOptions:\n")[1].split("\n\n")[0], re.M)) - LEFT_OUT


def check(program, *arguments):
    return subprocess.run([BINARIES / program, *map(str, arguments), "--check-config"], capture_output=True, text=True, timeout=DEADLINE)


@pytest.fixture
def keys(tmp_path):
    for name in ("producer", "analyzer", "worker"):
        assert subprocess.run([BINARIES / "onrecord", "keygen", tmp_path / name], capture_output=True).returncode == 0
        (tmp_path / f"{name}.allow").write_text("# nobody\n")
    return tmp_path


@pytest.mark.parametrize("name", ["producer", "analyzer", "worker"])
def test_an_example_names_every_option_and_can_be_used(name, keys):
    text = (FOLDER / f"{name}.conf").read_text()
    program = "analyzer" if name == "worker" else name
    named = set(re.findall(r"^(?:# )?([a-z-]+) = ", text, re.M))
    expected = WORKER if name == "worker" else options([program]) - {"join"}
    assert named == expected
    here = re.sub(r"/run/credentials/[^/]+|/etc/onrecord|/var/lib/onrecord-producer", str(keys), text).replace("/srv/inbox", str(keys))
    file = keys / "the.conf"
    file.write_text(here)
    state = [] if name == "worker" else ["--state", keys / "state"]
    done = check(program, "--config", file, *state)
    assert done.returncode == 0 and "can be used" in done.stdout, done
    # What is commented out is right, too; a journal's URL and the second way of encrypting exclude others.
    every = re.sub(r"^# (?=[a-z-]+ = )", "", here, flags=re.M)
    (keys / "feeds.txt").write_text("https://news.example/rss\n")
    file.write_text(re.sub(r"^(journal|insecure) = .*\n", "", every, flags=re.M))
    done = check(program, "--config", file, *state)
    assert done.returncode == 0, done
    assert not (keys / "state").exists() and not list(keys.glob(".*")), "nothing is made"


@pytest.mark.parametrize("name", ["sink", "board"])
def test_an_example_of_a_command_names_every_option_and_can_be_read(name, tmp_path):
    text = (FOLDER / f"{name}.conf").read_text()
    assert set(re.findall(r"^(?:# )?([a-z-]+) = ", text, re.M)) == options(["onrecord", name])
    # It is read as a whole before anything else, such as that a key is missing, or the database.
    for number, every in enumerate([text, re.sub(r"^# (?=[a-z-]+ = )", "", text, flags=re.M)]):
        file = tmp_path / f"{number}.conf"
        file.write_text(re.sub(r"/run/credentials/[^/]+|/etc/onrecord", str(tmp_path), every))
        done = subprocess.run([BINARIES / "onrecord", name, "--config", file, tmp_path / "missing" / "a.db"], capture_output=True, text=True, timeout=DEADLINE)
        assert done.returncode in (66, 73, 78) and "0.conf" not in done.stderr and "1.conf" not in done.stderr, done


def test_what_a_start_would_stumble_over_is_found(keys):
    good = ["--state", keys / "state"]
    assert check("producer", *good, "--source", keys / "missing").returncode == 66
    assert check("producer", *good, "--source", "https://news.example/rss", "--source", "-").returncode == 0
    assert check("producer", *good, "--key", keys / "none", "--allow", keys / "producer.allow").returncode == 78
    (keys / "open.key_secret").write_bytes((keys / "producer.key_secret").read_bytes())
    (keys / "open.key_secret").chmod(0o644)
    done = check("producer", *good, "--key", keys / "open.key_secret", "--allow", keys / "producer.allow")
    assert done.returncode == 78 and "open.key_secret" in done.stderr, done
    (keys / "bad.allow").write_text("sub  too-short  x\n")
    done = check("analyzer", *good, "--key", keys / "analyzer.key_secret", "--allow", keys / "bad.allow")
    assert done.returncode == 78 and "bad.allow:1" in done.stderr, done
    for place in ("mysql://db/news", "http://db/news"):
        for program in ("producer", "analyzer"):
            done = check(program, "--journal", place)
            assert done.returncode == 78 and "a journal is kept in PostgreSQL" in done.stderr, done
            done = subprocess.run([BINARIES / program, "--journal", place], capture_output=True, text=True, timeout=DEADLINE, cwd=keys)
            assert done.returncode == 78 and "a journal is kept in PostgreSQL" in done.stderr, done
    assert not list(keys.glob("*:"))
    for place in ("producer.allow", "producer.allow/x", "none/x"):
        assert check("producer", *good, "--rejects", keys / place).returncode == 73
    assert check("producer", *good, "--rejects", keys).returncode == check("producer", *good, "--rejects", keys / "new").returncode == 0
    done = subprocess.run([BINARIES / "producer", *good, "--rejects", keys / "producer.allow"], capture_output=True, text=True, timeout=DEADLINE)
    assert done.returncode == 73, done
    for lines, words in (('state = "x', ":2: state: a quotation mark begins the value"), ("state = x\nstate = y", ":3: 'state' is given a second time, after "),
                         ('state = ""', ":2: state: '' is empty")):
        (keys / "odd.conf").write_text(f"# a comment\n{lines}\n")
        done = check("producer", "--config", keys / "odd.conf")
        assert done.returncode == 78 and "odd.conf" + words in done.stderr, done
    done = check("analyzer", "--state", keys / "producer.allow")
    assert done.returncode == 78 and "no folder" in done.stderr, done
    # Root may write there, and nobody can make anything.
    for program, *arguments, code in (["producer", "--state", "/proc/x/y", 78], ["analyzer", "--state", "/proc/x", 78],
                                      ["producer", *good, "--rejects", "/proc/x", 73], ["onrecord", "sink", "/proc/x.db", 73]):
        done = check(program, *arguments)
        assert done.returncode in (code, 77) and "/proc" in done.stderr and (os.getuid() or "nothing can be made in /proc" in done.stderr), done
    assert check("analyzer", "--publish", "tcp://*:5566").returncode == 64
    assert check("analyzer", "--http", "nowhere").returncode == 64
    done = check("analyzer", "--raw", "tcp://far:5556", "--raw-control", "tcp://far:70000")
    assert done.returncode == 64 and "--raw-control" in done.stderr and "65535" in done.stderr, done
    done = check("analyzer", "--join", "far:5568")
    assert done.returncode == 64 and "tcp://" in done.stderr, done
    done = check("producer", "--publish", "tcp://127.0.0.1:5557")
    assert done.returncode == 64 and "--publish, too" in done.stderr, done
    assert check("producer", "--publish", "tcp://127.0.0.1:*", "--control", "tcp://127.0.0.1:*").returncode == 0
    for option in ["--state x", "--raw tcp://far:1 --raw-control tcp://far:2", "--publish tcp://127.0.0.1:1", "--control tcp://127.0.0.1:1",
                   "--pool tcp://127.0.0.1:1", "--journal x", "--restored", "--reset", "--from 2", "--ordered", "--retain-bytes 1GB", "--retain-age 1d"]:
        done = check("analyzer", "--join", "tcp://far:5568", *option.split())
        assert done.returncode == 64 and f"{option.split()[0]} is of use without --join only" in done.stderr, done
    (keys / "wrong.conf").write_text("sauce = x\n")
    assert check("producer", "--config", keys / "wrong.conf").returncode == 78


def test_a_journal_that_a_start_would_refuse_is_found_and_left_as_it_is(site):
    site.write(1)
    state = site.folder / "producer"

    def contents():
        return {path.name: path.read_bytes() for path in sorted(state.iterdir()) if not path.name.endswith("-shm")}

    def found(program, *arguments):
        """What the check and a start say, which is the same; and the check changes nothing."""
        before = contents()
        done = check(program, "--state", state, *arguments)
        assert contents() == before
        begun = subprocess.run([BINARIES / program, "--state", state, "--publish", "tcp://127.0.0.1:*", "--control", "tcp://127.0.0.1:*", *arguments],
                               capture_output=True, text=True, timeout=DEADLINE)
        said = done.stderr.removeprefix(f"{program}: ").strip()
        assert (done.returncode, said) == (begun.returncode, begun.stderr.removeprefix(f"{program}: ").strip()), begun.stderr
        return done.returncode, said

    foreign = "holds the journal of the producer (its stream raw); give the analyzer a folder of its own"
    producer = site.producer("--watch")
    eventually(lambda: last(site.raw_control, "raw") == 1, "the article")
    done = check("analyzer", "--state", state)
    assert done.returncode == 78 and foreign in done.stderr and check("producer", "--state", state).returncode == 0
    producer.kill()
    # What a killed one leaves behind is looked at with its log.
    (log := state / "journal.db-wal").rename(state / "away")
    code, text = found("producer")
    assert code == 65 and "its write-ahead log" in text
    assert check("producer", "--state", state, "--restored").returncode == 0
    (state / "away").rename(log)
    assert found("analyzer")[0] == 78
    assert site.producer("--once").ended() == 0
    code, text = found("analyzer")
    assert code == 78 and foreign in text and check("producer", "--state", state).returncode == 0
    with contextlib.closing(sqlite3.connect(state / "journal.db")) as db:
        db.executescript("DROP TABLE known; PRAGMA wal_checkpoint(TRUNCATE)")
    code, text = found("producer")
    assert code == 65 and "lacks the table known, so something else has changed it; restore a backup" in text


def test_what_a_sink_or_board_would_stumble_over_is_found(keys):
    def found(*arguments):
        done = check("onrecord", *arguments)
        return done.returncode, done.stdout + done.stderr

    new = keys / "a.db"
    assert found("sink", new) == (0, "onrecord sink: the configuration can be used\n") and not new.exists() and not list(keys.glob(".*")), "nothing is made"
    assert found("sink", "postgres://db.example/news")[0] == 0
    code, text = found("sink", keys / "missing" / "a.db")
    assert code == 73 and f"{keys}/missing: No such file" in text
    assert found("sink", keys)[0] == 73 and "it is a folder" in found("sink", keys)[1]
    for command in ("sink", "board"):
        new.touch()
        code, text = found(command, new, "--key", keys / "none", "--server-key", keys / "analyzer.key")
        assert code == 78 and str(keys / "none") in text
        # An empty file can become a database, and is none.
        assert found(command, new)[0] == (66 if command == "board" else 0) and found(command, new, "--analyzer" if command == "board" else "--connect", "far")[0] == 64
        new.unlink()
    new.write_text("A text where a database should be")
    assert found("sink", new)[0] == 73 and found("board", new)[0] == 66
    new.unlink()
    code, text = found("board", new)
    assert code == 66 and f"{new}: is not there" in text


def test_the_units_name_what_there_is():
    for unit in FOLDER.glob("*.service"):
        text = unit.read_text()
        program, conf = re.search(r"ExecStart=/usr/local/bin/(.+) --config /etc/onrecord/(\S+)", text).groups()
        assert (FOLDER / conf).exists() and program in ("producer", "analyzer", "onrecord sink", "onrecord board")
        assert pathlib.Path(conf).stem == unit.stem.removeprefix("onrecord-")

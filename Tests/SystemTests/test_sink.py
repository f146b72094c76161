"""Files of all analyses: nothing lost, nothing doubled, whatever is killed."""

import json
import random
import sqlite3
import subprocess
import time

import pytest
from onrecord import BINARIES, DEADLINE, Service, article, eventually, free_port, last
from stream import Stream, analysis
from test_put import Feeder, start


@pytest.fixture
def ingest(site):
    site.ingest = f"tcp://127.0.0.1:{free_port()}"
    return site


def sink(site, path, *arguments):
    return Service("onrecord", "sink", "--connect", site.res, "--control", site.res_control, *arguments, path)


def search(path, *arguments):
    done = subprocess.run(
        [BINARIES / "onrecord", "search", path, "--format", "jsonl", *arguments], capture_output=True, text=True, timeout=DEADLINE)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def numbers(path):
    """What a sink holds, by number."""
    if path.suffix == ".jsonl":
        # Read while it is written: what stands behind the last line's end is a line that is not whole yet.
        return [json.loads(line)["number"] for line in path.read_text().split("\n")[:-1]]
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        return [n for n, in db.execute("SELECT n FROM analysis ORDER BY n")]


def test_a_sink_is_searched_and_follows_corrections(ingest, tmp_path):
    start(ingest)
    ingest.analyzer().wait_for("ready")
    with Feeder(ingest.ingest) as feeder:
        for n in range(3):
            feeder.give({"uri": f"urn:{n}", "version": "1", "source": "Courier", "published": "2024-05-01", "body": article(n)})
    ingest.expect_results(3)
    path = tmp_path / "analyses.db"
    follower = sink(ingest, path)
    eventually(lambda: path.exists() and search(path)[0] == 0 and len(numbers(path)) == 3, "three analyses")
    code, found = search(path, "--kind", "quote", "--speaker", "kolar", "pier", "storms")
    assert code == 0 and {item["uri"] for item in found} == {"urn:0", "urn:1", "urn:2"}
    assert all(item["speaker"] == "Mira Kolar" and item["date"].startswith("2024-05-01") for item in found), found
    with Feeder(ingest.ingest) as feeder:
        feeder.give({"uri": "urn:1", "version": "2", "published": "2024-05-02", "body": article(7)})
        feeder.give({"uri": "urn:2", "pubStatus": "canceled"})
    eventually(lambda: {item["uri"] for item in search(path)[1]} == {"urn:0", "urn:1"}, "the withdrawal")
    assert {item["text"] for item in search(path, "--since", "2024-05-02")[1] if "7" in item["text"]}
    assert not [item for item in search(path, "--kind", "quote")[1] if "pier 1 " in item["text"]]
    assert search(path, "--speakers")[1][0]["speaker"]
    assert search(path, "nobodysaidthis") == (1, [])
    with Feeder(ingest.ingest) as feeder:
        feeder.give({"uri": "urn:3", "body": "The harbour opened in May. Mayor Ann Li denied that the harbour had been sold."})
    eventually(lambda: search(path, "sold")[0] == 0, "the denial")
    shown = subprocess.run([BINARIES / "onrecord", "search", path, "--kind", "quote"], capture_output=True, text=True, timeout=DEADLINE)
    assert "Mira Kolar" in shown.stdout and "[direct]" in shown.stdout and "[indirect, denial]" in shown.stdout, shown.stdout
    found = search(path, "--act", "denial")[1]
    assert {item["speaker"] for item in found} == {"Ann Li"} and {item["act"] for item in found} == {"denial"}, found
    assert search(path, "--act", "lie")[0] == 64
    assert follower.stop() == 0
    assert subprocess.run([BINARIES / "onrecord", "search", tmp_path / "no.db"], capture_output=True).returncode == 66


@pytest.mark.parametrize("name", ["analyses.db", "analyses.jsonl"])
def test_kill_9_at_any_moment_loses_and_doubles_nothing(ingest, tmp_path, name):
    path = tmp_path / name
    start(ingest)
    ingest.analyzer().wait_for("ready")
    count = 300
    generator = random.Random(3)
    follower = sink(ingest, path)
    with Feeder(ingest.ingest) as feeder:
        for n in range(count):
            feeder.put({"uri": f"urn:{n}", "version": "1", "body": article(n)}, request=b"%d" % n)
        kills = 0
        while last(ingest.res_control, "res") < count or kills < 8:
            time.sleep(generator.uniform(0.02, 0.4))
            follower.kill()
            kills += 1
            follower = sink(ingest, path)
    follower.kill()
    done = sink(ingest, path, "--once")
    assert done.ended() == 0, done.lines
    assert numbers(path) == list(range(1, count + 1))
    again = sink(ingest, path, "--once")
    assert again.ended() == 0 and any("wrote 0 messages" in line for line in again.lines), again.lines


def test_a_file_that_is_another_s_is_left_alone(ingest, tmp_path):
    start(ingest)
    ingest.analyzer().wait_for("ready")
    for name in ("mine.jsonl", "mine.db"):
        path = tmp_path / name
        path.write_text("something of mine\n")
        assert sink(ingest, path, "--once").ended() == 73
        assert path.read_text() == "something of mine\n"
    held = sink(ingest, tmp_path / "held.jsonl")
    eventually(lambda: (tmp_path / "held.jsonl").exists(), "the file")
    assert sink(ingest, tmp_path / "held.jsonl", "--once").ended() == 73
    assert held.stop() == 0


@pytest.mark.parametrize("name", ["analyses.db", "analyses.jsonl"])
def test_filters_keep_some_and_still_follow_what_is_replaced(ingest, tmp_path, name):
    start(ingest)
    ingest.analyzer().wait_for("ready")
    path = tmp_path / name
    with Feeder(ingest.ingest) as feeder:
        for n, source in enumerate(["Courier", "Gazette", "Courier"]):
            feeder.give({"uri": f"urn:{n}", "version": "1", "source": source, "published": "2024-05-01", "body": article(n)})
        feeder.give({"uri": "urn:3", "version": "1", "source": "Courier", "published": "2024-06-01", "body": article(3)})
        # A later version of which nothing is wanted takes the place of the first.
        feeder.give({"uri": "urn:2", "version": "2", "source": "Courier", "published": "2024-06-01", "body": "Nobody said a word."})
    ingest.expect_results(5)
    filters = ("--source", "courier", "--speaker", "kolar", "--kind", "direct", "--until", "2024-05-31")
    assert sink(ingest, path, "--once", *filters).ended() == 0
    if path.suffix == ".db":
        found = search(path)[1]
        assert {item["uri"] for item in found} == {"urn:0"} and {item["form"] for item in found} <= {"direct", "speaker"}
    else:
        events = [json.loads(line) for line in path.read_text().splitlines()]
        assert [event["data"]["article"]["uri"] for event in events] == ["urn:0", "urn:2", "urn:2"]
        assert events[2]["supersedes"] == events[1]["causationid"] and not events[2]["data"]["quotes"]
        assert {quote["kind"] for event in events for quote in event["data"]["quotes"]} == {"direct"}
    again = sink(ingest, path, "--once", *filters)
    assert again.ended() == 0 and any("wrote 0 messages" in line for line in again.lines), again.lines
    other = sink(ingest, path, "--once", "--speaker", "kolar")
    assert other.ended() == 64 and any("was begun with" in line for line in other.lines), other.lines


@pytest.mark.parametrize("name", ["analyses.db", "analyses.jsonl"])
def test_a_full_disk_is_waited_for(tmp_path, name):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("this system allows no mount of a small file system")
    stream = Stream()
    try:
        count, path = 1_000, disk / name
        for n in range(count):
            stream.add(analysis(f"a{n}", [("Mira Kolar", f"We will open pier {n}. " * 20)]))
        follower = Service("onrecord", "sink", "--connect", stream.publish_endpoint, "--control", stream.control_endpoint, path)
        follower.wait_for("waiting, nothing is lost")
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        follower.wait_for("going on")
        eventually(lambda: len(numbers(path)) == count, "all of them")
        assert follower.stop() == 0 and numbers(path) == list(range(1, count + 1))
    finally:
        stream.close()
        subprocess.run(["umount", "-l", disk], check=True)


def test_once_that_is_stopped_before_its_end_says_so(tmp_path):
    nobody = f"tcp://127.0.0.1:{free_port()}"
    for place in ("a.db", "a.jsonl"):
        waiting = Service("onrecord", "sink", "--once", "--connect", nobody, "--control", f"tcp://127.0.0.1:{free_port()}", tmp_path / place)
        waiting.wait_for("nobody answers")
        assert waiting.stop() == 75 and waiting.lines[-1].endswith(f"wrote 0 messages; {tmp_path / place} holds nothing yet"), waiting.lines
    stopped = Service("onrecord", "sink", "--connect", nobody, "--control", f"tcp://127.0.0.1:{free_port()}", tmp_path / "b.db")
    stopped.wait_for("nobody answers")
    assert stopped.stop() == 0, "it was to go on until it was stopped"

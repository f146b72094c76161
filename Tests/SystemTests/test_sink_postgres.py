"""Analyses in PostgreSQL: nothing lost, nothing doubled, whatever is killed or restarted."""

import random
import sqlite3
import subprocess
import time

import pytest

import postgres
from onrecord import BINARIES, DEADLINE, article, eventually, last
from stream import TIME, Stream, analysis
from test_erasure import erase
from test_put import Feeder, start
from test_sink import ingest, search, sink  # noqa: F401


@pytest.fixture
def place(server):
    """The URL of a database without a sink."""
    yield postgres.url(server)
    server.execute("DROP SCHEMA IF EXISTS onrecord CASCADE")


def rows(server, sql):
    return server.execute(f"SET search_path = onrecord; {sql}").splitlines()


def numbers(server):
    """What the sink holds, by number; each with its passages once."""
    assert rows(server, "SELECT count(*) FROM passage WHERE analysis NOT IN (SELECT key FROM analysis)") == ["0"]
    assert rows(server, "SELECT analysis, id FROM passage GROUP BY 1, 2 HAVING count(*) > 1") == []
    return [int(n) for n in rows(server, "SELECT n FROM analysis ORDER BY n")]


def test_it_is_searched_and_follows_corrections_and_erasures(ingest, server, place):  # noqa: F811
    start(ingest)
    ingest.analyzer().wait_for("ready")
    with Feeder(ingest.ingest) as feeder:
        for n in range(4):
            feeder.give({"uri": f"urn:{n}", "version": "1", "source": "Courier", "published": "2024-05-01", "body": article(n)})
    ingest.expect_results(4)
    follower = sink(ingest, place)
    eventually(lambda: server.execute("SELECT to_regclass('onrecord.said')").strip() and len(numbers(server)) == 4, "four analyses")
    code, found = search(place, "--kind", "quote", "--person", "kolar", "pier", "storm*")
    assert code == 0 and {item["uri"] for item in found} == {f"urn:{n}" for n in range(4)}
    assert all(item["person"] == "Mira Kolar" and item["date"] == "2024-05-01T00:00:00.000Z" for item in found), found
    for hostile in ("'", "\\", "':*", "a & b | !c", "'; DROP TABLE onrecord.sink --", "ferry:*\\'*"):
        assert search(place, hostile) == search(place, "--speaker", hostile) == (1, []), hostile
        assert search(place, "--person", hostile) == (1, []), hostile
    with Feeder(ingest.ingest) as feeder:
        feeder.give({"uri": "urn:1", "version": "2", "source": "Courier", "published": "2024-05-02", "body": article(7)})
        feeder.give({"uri": "urn:2", "pubStatus": "canceled"})
    eventually(lambda: {item["uri"] for item in search(place)[1]} == {"urn:0", "urn:1", "urn:3"}, "the withdrawal")
    assert {item["text"] for item in search(place, "--since", "2024-05-02")[1] if "7" in item["text"]}
    assert not [item for item in search(place, "--kind", "quote")[1] if "pier 1 " in item["text"]]
    assert search(place, "--speakers")[1][0]["speaker"]
    assert rows(server, "SELECT DISTINCT who FROM said") == ["Mira Kolar"]
    assert "1" in rows(server, "SELECT count(*) FROM people WHERE person = 'Mira Kolar' AND rule = 'name' AND source = 'Courier'")

    rows(server, "INSERT INTO override VALUES ('Mira Kolar', '', 'Mira K. Kolar')")
    assert {item["rule"] for item in search(place, "--person", "mira k kolar")[1]} == {"override"}
    samples = "SELECT 1 FROM pg_stats WHERE schemaname = 'onrecord' AND concat(most_common_vals, histogram_bounds) LIKE '%urn:3%'"
    server.execute("ANALYZE onrecord.analysis")
    assert rows(server, samples)
    assert erase(ingest, "urn:3").returncode == 0
    eventually(lambda: {item["uri"] for item in search(place)[1]} == {"urn:0", "urn:1"}, "the erasure")
    eventually(lambda: rows(server, "SELECT isstale FROM sink") == ["f"], "tables that are written anew")
    assert "urn:3" not in " ".join(rows(server, "SELECT uri FROM analysis"))
    assert not rows(server, samples)
    assert any("caught up: stored " in line for line in follower.lines), follower.lines
    assert follower.stop() == 0


def test_kill_9_and_restarts_of_the_server_lose_and_double_nothing(ingest, server, place):  # noqa: F811
    start(ingest)
    ingest.analyzer().wait_for("ready")
    count = 300
    generator = random.Random(4)
    follower = sink(ingest, place)
    disturbances = [follower.kill, server.cut, server.stop, follower.kill, server.kill, follower.kill, server.cut, follower.kill]
    with Feeder(ingest.ingest) as feeder:
        for n in range(count):
            feeder.put({"uri": f"urn:{n}", "version": "1", "body": article(n)}, request=b"%d" % n)
        for disturb in disturbances:
            time.sleep(generator.uniform(0.02, 0.4))
            if disturb in (server.stop, server.kill):
                disturb()
                # Something to write, however far it had come.
                feeder.put({"uri": f"urn:{count}", "version": "1", "body": article(count)}, request=b"%d" % count)
                count += 1
                follower.wait_for("waiting, nothing is lost")
                server.start()
                follower.wait_for("going on")
            elif disturb == server.cut:
                disturb()
            else:
                follower.kill()
                follower = sink(ingest, place)
        eventually(lambda: last(ingest.res_control, "res") == count, "all results")
    follower.kill()
    done = sink(ingest, place, "--once")
    assert done.ended() == 0, done.lines
    assert numbers(server) == list(range(1, count + 1))
    again = sink(ingest, place, "--once")
    assert again.ended() == 0 and any("wrote 0 messages" in line for line in again.lines), again.lines


def test_it_waits_for_a_server_that_comes_later_and_a_second_writer_stands_by(ingest, server, place):  # noqa: F811
    start(ingest)
    ingest.analyzer().wait_for("ready")
    server.stop()
    follower = sink(ingest, place)
    try:
        follower.wait_for("waiting, nothing is lost")
    finally:
        server.start()
    follower.wait_for("going on")
    with Feeder(ingest.ingest) as feeder:
        feeder.give({"uri": "urn:1", "version": "1", "body": article(1)})
        eventually(lambda: numbers(server) == [1], "the first")
        second = sink(ingest, place)
        second.wait_for("another process writes to it")
        feeder.give({"uri": "urn:2", "version": "1", "body": article(2)})
        eventually(lambda: numbers(server) == [1, 2], "the second")
        follower.kill()
        second.wait_for("going on")
        feeder.give({"uri": "urn:3", "version": "1", "body": article(3)})
    eventually(lambda: numbers(server) == [1, 2, 3], "all of them")
    assert second.stop() == 0


def test_a_place_that_cannot_be_used_is_said(ingest, server, place):  # noqa: F811
    wrong = sink(ingest, place.replace("/postgres?", "/nosuch?"))
    assert wrong.ended() == 73 and any("the server has no database nosuch;" in line for line in wrong.lines), wrong.lines
    told = sink(ingest, "postgres://postgres:secret@localhost/postgres")
    assert told.ended() == 64 and not any("secret" in line for line in told.lines), told.lines
    assert search(place) == (66, [])


def test_what_is_not_told_is_kept_and_tables_of_the_release_before_are_taken(server, place, tmp_path):
    stream = Stream()

    def fill(path):
        done = subprocess.run([BINARIES / "onrecord", "sink", "--once", "--connect", stream.publish_endpoint, "--control", stream.control_endpoint, path],
                              capture_output=True, text=True, timeout=DEADLINE)
        assert done.returncode == 0, done
        return done.stderr

    try:
        stream.add(analysis("a", [("Ann Li", "It sank.")]))
        fill(place)
        rows(server, "DROP VIEW untold; ALTER TABLE analysis DROP COLUMN remarks; UPDATE sink SET version = 2")
        assert search(place)[0] == 0, "it can be read before a sink of this release has opened it"
        noted = analysis("b", [("Ann Li", "It \0 swam.")])
        noted["data"]["remarks"] = [{"code": "left-out", "text": "the \0 end", "spans": [[1, 2]]}]
        stream.add(noted)
        bad = {"specversion": "1.0", "id": "n", "source": "s", "type": "org.onrecord.notice.v1", "time": TIME,
               "data": {"kind": "withdrawal", "uri": "urn:x", "targets": None}}
        stream.add(bad, "res/0/en/-/")
        assert "message 3 is no analysis" in fill(place)
        file = tmp_path / "a.db"
        assert "message 3 is no analysis" in fill(file)
        with sqlite3.connect(file) as db:
            kept = db.execute("SELECT code, text, uri FROM untold").fetchall()
            said = [text for text, in db.execute("SELECT text FROM said ORDER BY text")]
        assert kept == [("left-out", "the \ufffd end", "https://news.example/b")] and said == ["It sank.", "It \ufffd swam."]
        assert rows(server, "SELECT code, text, uri FROM untold") == ["|".join(kept[0])]
        assert rows(server, "SELECT text FROM said ORDER BY text COLLATE \"C\"") == said
    finally:
        stream.close()

"""What is malformed, in any part of a message, is said, counted and passed over; nothing else is lost, nobody is halted."""

import json
import random
import re
import signal
import sqlite3
import subprocess

import pytest

from onrecord import BINARIES, DEADLINE, Service, article, eventually, fetch, last
from stream import TIME, Stream, analysis
from test_clients import Client, client, follow_c  # noqa: F401

BODY = b'{"specversion": "1.0"}'
MALFORMED = {
    "nothing": lambda topic, position: [],
    "a topic alone": lambda topic, position: [topic],
    "no body": lambda topic, position: [topic, position],
    "an empty body": lambda topic, position: [topic, position, b""],
    "an empty topic": lambda topic, position: [b"", position, BODY],
    "a topic that is none": lambda topic, position: [topic + b"\xff\0/", position, BODY],
    "an empty position": lambda topic, position: [topic, b"", BODY],
    "a position that is none": lambda topic, position: [topic, b"\0\xff{[", BODY],
    "a position without a number": lambda topic, position: [topic, json.dumps({**json.loads(position), "n": None}).encode(), BODY],
    "a position without an id": lambda topic, position: [topic, json.dumps({**json.loads(position), "id": 7}).encode(), BODY],
    "a long position": lambda topic, position: [topic, position + b" " * 20_000, BODY],
    "many frames": lambda topic, position: [topic, position, b"", *[b"x"] * 30],
    "empty frames": lambda topic, position: [b"", b"", b"", b""],
    "a huge body": lambda topic, position: [topic, position, b" " * (9 << 20)],
    "a huge body without a place": lambda topic, position: [topic, b"{", b"x" * (20 << 20)],
}
#: What each client reads all the same.
READ = {"swift": (), "python": ("an empty topic", "a topic that is none"), "c": ("an empty topic", "a topic that is none", "a position without an id")}
#: Many of one kind after another, as well.
KINDS = [*MALFORMED, *["an empty body"] * 5, *["a position that is none"] * 5]


def filled(name="res", sound=lambda n: analysis(f"a{n}", [("Ann Li", f"It sank {n} times.")])):
    """A stream with malformed messages in between; the numbers of the sound ones, and the kinds of the others."""
    stream, numbers, odd = Stream(name), [], {}
    kinds = list(KINDS)
    random.Random(5).shuffle(kinds)
    for kind in ["", *kinds, ""]:
        if kind:
            stream.add_frames(MALFORMED[kind])
            odd[len(stream.messages)] = kind
        if not kind or len(stream.messages) % 3 == 0:
            numbers.append(len(stream.messages) + 1)
            stream.add(sound(numbers[-1]))
    return stream, numbers, odd


def said(log):
    """The numbers of messages that are said to be none."""
    return {int(n) for n in re.findall(r"message (\d+) ", log)}


@pytest.mark.parametrize("name", ["python", "swift", "c"])
def test_no_malformed_message_stops_a_client(tmp_path, follow_c, name):  # noqa: F811
    stream, sound, kinds = filled()
    command, path = client(name, follow_c, tmp_path, stream.publish_endpoint, stream.control_endpoint)
    log = tmp_path / "log"
    try:
        with log.open("w") as errors, Client(*command, stderr=errors) as follower:
            text = f"It sank {sound[-1]} times."
            eventually(lambda: path.exists() and text in path.read_text(), "what comes behind it")
            assert all(f"It sank {n} times." in path.read_text() for n in sound)
            odd = {n for n, kind in kinds.items() if kind not in READ[name]}
            eventually(lambda: said(log.read_text()) >= odd and "so far)" in log.read_text(), "each is said")
            assert not said(log.read_text()) & set(sound)
            # Live, too; and the very last, behind which nothing comes.
            for kind in set(MALFORMED) - set(READ[name]):
                stream.add_frames(MALFORMED[kind])
                number = len(stream.messages)
                eventually(lambda: number in said(log.read_text()), kind)
            stream.add(analysis("end", [("Ann Li", "It swam.")]))
            eventually(lambda: "It swam." in path.read_text(), "what comes live")
            assert follower.process.poll() is None and "Sanitizer" not in log.read_text()
    finally:
        stream.close()


def run(*words):
    done = subprocess.run([BINARIES / "onrecord", *map(str, words)], capture_output=True, text=True, timeout=DEADLINE)
    return done.returncode, done.stdout, done.stderr


def test_no_malformed_message_stops_a_sink_or_the_tools(tmp_path):
    stream, sound, odd = filled()
    endpoints = ["--connect", stream.publish_endpoint, "--control", stream.control_endpoint]
    try:
        code, _, log = run("sink", "--once", *endpoints, tmp_path / "a.db")
        assert code == 0 and said(log) == set(odd) and f"wrote {len(sound)} messages, left out {len(odd)} that cannot be read" in log, log
        with sqlite3.connect(tmp_path / "a.db") as db:
            assert [n for n, in db.execute("SELECT n FROM analysis ORDER BY n")] == sound
        code, _, log = run("sink", "--once", *endpoints, tmp_path / "a.jsonl")
        lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
        assert code == 0 and [line["number"] for line in lines if "data" in line] == sound and said(log) == set(odd), log
        assert [line["number"] for line in lines if line.get("unreadable")] == sorted(odd)
        code, shown, log = run("tail", "--from", 1, "--format", "jsonl", "--count", len(stream.messages), *endpoints)
        assert code == 0 and [json.loads(line)["number"] for line in shown.splitlines()] == sound and said(log) == set(odd), log
        code, shown, log = run("fetch", "--format", "jsonl", "--connect", stream.control_endpoint)
        assert code == 65 and [json.loads(line)["number"] for line in shown.splitlines()] == sound, log
        assert log.count("cannot be ") == len(odd), log
    finally:
        stream.close()


@pytest.mark.parametrize("words", [("sink",), ("tail", "--from", 1)])
def test_a_sink_and_tail_name_the_endpoint_that_sent_what_is_none(tmp_path, words):
    stream = Stream()
    place = [tmp_path / "a.db"] if words == ("sink",) else []
    stream.add_frames(MALFORMED["a position that is none"])
    try:
        reader = Service("onrecord", *words, "--connect", stream.publish_endpoint, "--control", stream.control_endpoint, *place)
        reader.wait_for(f"{stream.control_endpoint} sent something that is no message: ")

        def is_said():
            stream.live = [[b"res/1/en/-/", b"{half", b"{}"]]
            return any(f"{stream.publish_endpoint} sent something that is no message: " in line for line in reader.lines)

        eventually(is_said, "what is published")
        assert reader.stop() == 0
    finally:
        stream.close()


def test_a_malformed_article_becomes_a_dead_letter(site):
    def raw(n):
        return {"specversion": "1.0", "id": f"r{n}", "source": "urn:test", "type": "org.onrecord.article.v1", "time": TIME, "subject": f"urn:{n}",
                "partitionkey": f"urn:{n}", "data": {"uri": f"urn:{n}", "type": "text", "version": "1", "language": "en",
                                                     "bodies": [{"role": "main", "contentType": "text/plain", "value": article(n)}]}}

    stream, sound, odd = filled("raw", raw)
    try:
        site.raw, site.raw_control = stream.publish_endpoint, stream.control_endpoint
        analyzer = site.analyzer()
        analyzer.wait_for("ready")
        eventually(lambda: last(site.res_control, "res") == len(sound), "all results")
        eventually(lambda: last(site.res_control, "dlq") == len(odd), "all dead letters")
        letters = [event["data"] for _, _, event in fetch(site.res_control, "dlq")]
        assert sorted(letter["raw"]["n"] for letter in letters) == sorted(odd)
        assert {letter["class"] for letter in letters} == {"invalid"} and "empty-body" in {letter["code"] for letter in letters}
        # It goes on behind them.
        assert analyzer.stop() == 0
        stream.add(raw(999))
        site.analyzer().wait_for("ready")
        eventually(lambda: last(site.res_control, "res") == len(sound) + 1, "what comes later")
        assert last(site.res_control, "dlq") == len(odd)
    finally:
        stream.close()


def test_a_message_that_no_connection_outlives_is_named(tmp_path):
    stream = Stream()
    stream.add(analysis("first", [("Ann Li", "It sank.")]))
    stream.add_frames(lambda topic, position: [topic, position, b" " * (65 << 20)])
    stream.add(analysis("last", [("Ann Li", "It swam.")]))
    log = tmp_path / "log"
    try:
        with log.open("w") as errors:
            sink = subprocess.Popen([BINARIES / "onrecord", "sink", "--connect", stream.publish_endpoint, "--control", stream.control_endpoint,
                                     tmp_path / "a.db"], stderr=errors)
        eventually(lambda: "does not give message 2" in log.read_text(), "what it waits for")
        sink.send_signal(signal.SIGTERM)
        assert sink.wait(DEADLINE) == 0
        with sqlite3.connect(tmp_path / "a.db") as db:
            assert db.execute("SELECT count(*) FROM analysis").fetchone() == (1,), "what came before is kept"
    finally:
        stream.close()

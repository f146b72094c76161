"""producer erase: the text is gone from both journals, byte by byte, and everybody who was told something is told so."""

import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import urllib.request

import postgres
import pytest
import zmq
from onrecord import BINARIES, DEADLINE, Service, Site, eventually, fetch, free_port, last, receive, subscribe
from test_operations import status

NAME = "Ysolde Marchbanks"
TEXT = (f"{NAME} loses the farm\n\n“We lost the barn and forty cows,” said {NAME}, a farmer in Oldham, on Monday. "
        "The fire destroyed 40 percent of the buildings in 2024, the insurers said.\n")
URI = "https://news.example/2024/a-name"


def line(uri, body, **more):
    return json.dumps({"uri": uri, "body": body, "language": "en", "source": "paper.example", **more}) + "\n"


def erase(site, *uris, journal=()):
    return subprocess.run(
        [BINARIES / "producer", "erase", "--state", site.folder / "producer", *journal, *uris], capture_output=True, text=True,
        timeout=DEADLINE)


def traces(*folders):
    """Files that hold the name, or words of the quotation, in UTF-8."""
    words = [NAME.encode(), b"forty cows", b"loses the farm"]
    return sorted(str(file) for folder in folders for file in pathlib.Path(folder).rglob("*")
                  if file.is_file() and any(word in file.read_bytes() for word in words))


def test_no_worker_has_to_come_for_it(site):
    """Of two articles of a person one is analysed, the other waits for workers that do not come."""
    site.write(1, body=TEXT)
    producer, analyzer = site.producer("--watch"), site.analyzer("--workers", 0, "--ordered")
    worker = site.worker()
    site.expect_results(1)
    assert worker.stop() == 0
    site.write(2)
    site.write(3, body=TEXT.replace("Monday", "Tuesday"))
    site.write(4)
    eventually(lambda: last(site.raw_control, "raw") == 4, "four articles")
    uris = [event["subject"] for _, _, event in site.articles()]
    watcher = subscribe(site.res, "res/0/")
    assert traces(site.folder / "producer") and traces(site.folder / "analyzer")
    done = erase(site, uris[0], uris[2])
    assert done.returncode == 0, done
    notices = [json.loads(body) for _, _, body in receive(watcher, 2, "res/0/")]
    assert {notice["data"]["uri"] for notice in notices} == {uris[0], uris[2]}
    eventually(lambda: "nothing is left in it of what was erased" in "\n".join(analyzer.lines), "the analyzer has rewritten its journal")
    eventually(lambda: not traces(site.folder / "producer", site.folder / "analyzer"), "nothing is left")
    # The others go on once somebody comes: a result that was erased, two notices, two results.
    site.worker()
    results = site.expect_results(5)
    assert sorted(event["subject"] for _, _, event in results if event["type"].endswith("analysis.v1") and "erased" not in event) == sorted([uris[1], uris[3]])
    assert not traces(site.folder / "producer", site.folder / "analyzer")
    assert producer.stop() == analyzer.stop() == 0


def test_an_article_is_erased_everywhere_that_the_services_reach(site):
    feed = site.folder / "feed.jsonl"
    feed.write_text(line(URI, TEXT) + line("urn:t:1", "Pier opens.\n\n“We open in March,” said Mira Kolar.")
                    + line(URI, TEXT.replace("Monday", "Tuesday")))
    producer, analyzer = site.producer(sources=[feed]), site.analyzer()
    results = site.expect_results(3)
    assert traces(site.folder / "producer") and traces(site.folder / "analyzer")
    quotes = [event for _, _, event in results if event["subject"] == URI]
    assert len(quotes) == 2 and all(event["data"]["quotes"] for event in quotes)
    before = {position["n"]: position for _, position, _ in site.articles()}
    watcher = subscribe(site.res, "res/0/")
    follower = Service(
        "onrecord", "tail", "--from", 1, "--connect", site.res, "--control", site.res_control, "--format", "jsonl")
    site.services.append(follower)
    eventually(lambda: len(follower.out) == 3, "the follower has all")

    done = erase(site, URI)
    assert done.returncode == 0 and "2 of 2 entries erased" in done.stdout, done
    # Subscribers hear of it.
    [[topic, position, body]] = receive(watcher, 1, "res/0/")
    notice = json.loads(body)
    assert topic == b"res/0/en/paper.example/" and notice["data"]["reason"] == "erased"
    articles = site.articles()
    targets = {target["id"] for target in notice["data"]["targets"]}
    assert targets == {event["id"] for _, _, event in articles if event["type"].endswith("article.v1") and event["subject"] == URI}
    eventually(lambda: "nothing is left in it of what was erased" in "\n".join(analyzer.lines), "the analyzer has rewritten its journal")
    assert traces(site.folder / "producer", site.folder / "analyzer") == []

    # Replays show it, under the same numbers, ids and links; a follower goes on.
    for topic, position, event in articles[:3]:
        assert position == before[position["n"]] and position["id"] == event["id"]
        assert ("erased" in event) == (event["subject"] == URI)
    for topic, position, event in site.results()[:3]:
        assert ("erased" in event) == (event["subject"] == URI)
        if "erased" in event:
            assert event["data"]["quotes"] == event["data"]["claims"] == event["data"]["entities"] == []
    shown = subprocess.run(
        [BINARIES / "onrecord", "fetch", "--connect", site.res_control], capture_output=True, text=True)
    assert shown.returncode == 0 and shown.stdout.count("erased on ") == 2 and "withdrawn (erased)" in shown.stdout, shown
    eventually(lambda: "onrecord_dead_letters_open" in status(site, "--format", "jsonl")[1], "they were counted")
    assert "dead letters" not in status(site)[1]
    with feed.open("a") as more:
        more.write(line("urn:t:2", "Pier shuts.\n\n“We shut in May,” said Mira Kolar."))
    assert producer.stop() == 0
    producer = site.producer(sources=[feed])
    eventually(lambda: last(site.res_control, "res") == 5, "life goes on")
    eventually(lambda: len(follower.out) == 5, "for the follower, too")
    assert not any("set back" in text for text in analyzer.lines + follower.lines)

    # The source still gives it: the same text is not published again, and it is not the source that took it back.
    assert any("it was erased here" in text for text in producer.lines) and not any("took it back" in text for text in producer.lines)
    assert len(site.articles()) == 5 and traces(site.folder / "producer", site.folder / "analyzer") == []
    again = erase(site, URI, "urn:t:none")
    assert again.returncode == 65 and "erased before" in again.stdout and "nothing is held" in again.stdout, again
    assert last(site.raw_control, "raw") == 5, "nobody is told twice"

    # An analyzer that comes later makes nothing of it.
    late = Site(site.folder / "late") if (site.folder / "late").mkdir() is None else None
    late.raw, late.raw_control = site.raw, site.raw_control
    second = late.analyzer()
    eventually(lambda: last(late.res_control, "res") == 3, "two results and the notice")
    assert sorted(event["subject"] for _, _, event in late.results()) == sorted(["urn:t:1", "urn:t:2", URI])
    assert [second.stop(), analyzer.stop(), producer.stop()] == [0, 0, 0]
    late.close()


def fail_task(site, analyzer, text):
    """A worker that gives up the one article that there is for good, and says why."""
    pipeline = json.loads(analyzer.wait_for('"pipeline":'))["pipeline"]
    ready = {"vmin": 1, "vmax": 1, "pipeline": pipeline, "langs": ["*"], "credit": 1, "max_bytes": 1 << 23, "host": "t", "pid": 1}
    with zmq.Context.instance().socket(zmq.DEALER) as worker:
        worker.linger = 0
        worker.connect(site.pool)
        def is_settled():
            # Whoever is not known is told so, and says READY.
            worker.send_multipart([b"NWP1", b"BEAT", b"", b"{}"])
            while worker.poll(200):
                _, command, task, arguments, *_ = worker.recv_multipart()
                if command == b"WHO":
                    worker.send_multipart([b"NWP1", b"READY", b"", json.dumps(ready).encode()])
                elif command == b"TASK":
                    failure = {"class": "invalid", "code": "bad-article", "text": text, "att": json.loads(arguments)["att"]}
                    worker.send_multipart([b"NWP1", b"FAIL", task, json.dumps(failure).encode()])
            return last(site.res_control, "dlq") == 1

        eventually(is_settled, "a task, and the dead letter")
        worker.send_multipart([b"NWP1", b"BYE", b"", b"{}"])


class Worker:
    """A worker that answers each task with an event in which the whole text of the article stands."""

    def __init__(self, site, analyzer):
        self.socket, self.credit, self.held = zmq.Context.instance().socket(zmq.DEALER), 1, []
        self.socket.linger = 0
        self.socket.connect(site.pool)
        self.pipeline = json.loads(analyzer.wait_for('"pipeline":'))["pipeline"]
        self.say(b"BEAT", {})

    def say(self, command, arguments, task=b"", *payload):
        self.socket.send_multipart([b"NWP1", command, task, json.dumps(arguments).encode(), *payload])

    def pump(self):
        """Takes in what comes within a moment, and says that it lives."""
        self.say(b"BEAT", {})
        while self.socket.poll(50):
            _, command, task, arguments, *payload = self.socket.recv_multipart()
            if command == b"WHO":
                # A session that is new has none of the tasks of the one before.
                self.held = []
                self.say(b"READY", {"vmin": 1, "vmax": 1, "pipeline": self.pipeline, "langs": ["*"], "credit": self.credit,
                                    "max_bytes": 1 << 23, "host": "t", "pid": 1})
            elif command == b"TASK":
                self.held.append((task, json.loads(arguments)["att"], json.loads(payload[2])))
            if self.credit > 1:
                self.answer()
        return self.held

    def answer(self):
        for task, attempt, article in self.held:
            event = {"specversion": "1.0", "id": f"r-{task.decode()}", "source": "urn:t", "type": "org.onrecord.analysis.v1", "subject": article["subject"],
                     "causationid": article["id"], "data": {"text": article["data"]["bodies"][0]["value"]}}
            self.say(b"RESULT", {"att": attempt, "rid": event["id"], "ms": 1}, task, json.dumps(event).encode())
        self.held = []

    def close(self):
        self.say(b"BYE", {})
        self.socket.close()


@pytest.mark.long
def test_an_erasure_overtakes_a_queue_that_is_full(site):
    """Of an article one version is at a worker, one waits among 10,000 others, and one is still at the producer."""
    lines = [line(f"urn:t:{n}", f"Pier {n} opens.") for n in range(10_040)]
    for n, day in [(0, "Monday"), (5_000, "Tuesday"), (10_030, "Wednesday")]:
        lines[n] = line(URI, TEXT.replace("Monday", day))
    feed, port = site.folder / "feed.jsonl", free_port()
    feed.write_text("".join(lines))
    producer, analyzer = site.producer(sources=[feed]), site.analyzer("--workers", 0, "--http", f"127.0.0.1:{port}")

    def number(name):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=DEADLINE) as answer:
            return max((float(text.split()[-1]) for text in answer.read().decode().splitlines() if text.startswith(name)), default=0)

    analyzer.wait_for("analyzer is ready")
    eventually(lambda: number("onrecord_tasks ") >= 10_000 and last(site.raw_control, "raw") >= 10_040, "a full queue")
    worker, watcher = Worker(site, analyzer), subscribe(site.res, "res/")
    eventually(lambda: worker.pump() and NAME in str(worker.held), "the article at a worker")

    assert erase(site, URI).returncode == 0
    # It is told at once, and nobody has done any work.
    [[_, _, notice]] = receive(watcher, 1, "res/0/")
    assert json.loads(notice)["data"]["reason"] == "erased"
    assert number("onrecord_tasks ") > 9_000
    # The worker that was at it comes too late, and so does whatever else there is of it.
    worker.answer()
    worker.credit = 500
    worker.say(b"CREDIT", {"n": 500})

    def is_done():
        worker.pump()
        return number("onrecord_source_settled{") >= last(site.raw_control, "raw")

    eventually(is_done, "all that waited")
    worker.close()
    entries = site.results()
    texts = [json.dumps(event) for _, _, event in entries]
    assert sum("opens." in text for text in texts) == 10_037
    assert not [text for text in texts if NAME in text] and site.results("dlq") == []
    # What was published, to the last message, of which a slow reader may have missed some.
    seen = []
    while watcher.poll(0):
        seen.append(watcher.recv_multipart()[2])
    assert seen and not [body for body in seen if NAME.encode() in body]
    analyzer.wait_for("nothing is left in it of what was erased")
    assert traces(site.folder / "producer", site.folder / "analyzer") == []
    assert [analyzer.stop(), producer.stop()] == [0, 0]


def test_a_dead_letter_is_erased_with_its_article_and_what_was_said_of_it(site):
    feed = site.folder / "feed.jsonl"
    feed.write_text(line(URI, TEXT))
    producer, analyzer = site.producer(sources=[feed]), site.analyzer("--workers", 0)
    fail_task(site, analyzer, f"cannot read what {NAME} says")
    [(_, position, letter)] = site.results("dlq")
    assert NAME in json.dumps(letter) and traces(site.folder / "analyzer")
    eventually(lambda: "dead letters 1 to be decided about" in status(site)[1], "somebody has to decide about it")
    # Notices are passed on by workers.
    site.worker().wait_for("ready")
    watcher = subscribe(site.res, "res/0/")
    assert erase(site, URI).returncode == 0
    [[_, _, notice]] = receive(watcher, 1, "res/0/")
    assert json.loads(notice)["data"]["reason"] == "erased"
    analyzer.wait_for("nothing is left in it of what was erased")
    assert traces(site.folder / "producer", site.folder / "analyzer") == []
    # The letter's place in the stream stands, and says what it was called by, and nothing else.
    [(_, after, tombstone)] = site.results("dlq")
    assert after == position and "erased" in tombstone and tombstone["id"] == letter["id"]
    assert tombstone["data"]["uri"] == URI and not tombstone["data"].get("article") and not tombstone["data"]["attempts"]

    def dlq(*words):
        done = subprocess.run([BINARIES / "analyzer", "dlq", words[0], "--state", site.folder / "analyzer", *map(str, words[1:])],
                              capture_output=True, text=True, timeout=DEADLINE)
        return done.returncode, done.stdout + done.stderr

    # Nobody is told to analyse it again, and nothing comes of it where somebody does.
    code, text = dlq("show", 1)
    assert NAME not in text and "forty cows" not in text
    assert dlq("requeue", 1)[0] == 65 and dlq("requeue", "--all")[0] == 0 and dlq("list") == (0, "")
    assert " erased " in dlq("list", "--all")[1]
    eventually(lambda: re.search("^  dlq 1 to 1", (now := status(site)[1]), re.M) and "dead letters" not in now, "nobody has to decide")
    assert [analyzer.stop(), producer.stop()] == [0, 0]
    producer, analyzer = site.producer(sources=[feed]), site.analyzer()
    analyzer.wait_for("analyzer is ready")
    # Until it is ready, SIGTERM may end it as any process.
    producer.wait_for("producer is ready")
    eventually(lambda: "onrecord_dead_letters_open" in status(site, "--format", "jsonl")[1], "they were counted")
    assert "dead letters" not in status(site)[1]
    with feed.open("a") as more:
        more.write(line("urn:t:2", "Pier shuts.\n\n“We shut in May,” said Mira Kolar."))
    assert producer.stop() == 0
    producer = site.producer(sources=[feed])
    eventually(lambda: last(site.res_control, "res") == 2, "the notice, and what came then")
    assert last(site.res_control, "dlq") == 1 and traces(site.folder / "producer", site.folder / "analyzer") == []
    assert [analyzer.stop(), producer.stop()] == [0, 0]


def test_a_stopped_pair_is_no_obstacle(site):
    feed = site.folder / "feed.jsonl"
    feed.write_text(line(URI, TEXT))
    producer, analyzer = site.producer(sources=[feed]), site.analyzer()
    site.expect_results(1)
    assert [producer.stop(), analyzer.stop()] == [0, 0]
    (site.folder / "producer" / "journal.v1.db").write_text("an old copy")
    done = erase(site, URI)
    assert done.returncode == 0 and "journal.v1.db is an earlier copy" in done.stderr, done
    assert traces(site.folder / "producer") == [] and traces(site.folder / "analyzer") != []
    producer, analyzer = site.producer(sources=[site.inbox]), site.analyzer()
    analyzer.wait_for("nothing is left in it of what was erased")
    assert traces(site.folder / "analyzer") == []
    assert [producer.stop(), analyzer.stop()] == [0, 0]


def test_what_a_crash_kept_from_being_rewritten_is_rewritten_at_the_next_start(site):
    analyzer = site.analyzer()
    analyzer.wait_for("analyzer is ready")
    assert analyzer.stop() == 0
    marker = site.folder / "analyzer" / "journal.scrub"
    marker.touch()
    analyzer = site.analyzer()
    analyzer.wait_for("nothing is left in it of what was erased")
    assert not marker.exists() and analyzer.stop() == 0


KILLER = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
static int steps, last;
__attribute__((constructor)) static void begin(void) { last = atoi(getenv("KILL_AT")); }
__attribute__((destructor)) static void end(void) { if (!last) fprintf(stderr, "steps=%d\n", steps); }
#define STEP(type, name, parameters, ...) \
    type name parameters { \
        if (++steps == last) raise(SIGKILL); \
        return ((type(*) parameters)dlsym(RTLD_NEXT, #name))(__VA_ARGS__); \
    }
STEP(ssize_t, pwrite64, (int f, const void *b, size_t n, off64_t o), f, b, n, o)
STEP(ssize_t, pwrite, (int f, const void *b, size_t n, off_t o), f, b, n, o)
STEP(int, fdatasync, (int f), f)
STEP(int, fsync, (int f), f)
STEP(int, ftruncate64, (int f, off64_t n), f, n)
STEP(int, ftruncate, (int f, off_t n), f, n)
STEP(int, unlink, (const char *p), p)
"""


@pytest.fixture(scope="session")
def killer(tmp_path_factory):
    """A library that has a process killed before its nth step that makes anything durable."""
    folder = tmp_path_factory.mktemp("killer")
    (folder / "killer.c").write_text(KILLER)
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-w", "-o", folder / "killer.so", folder / "killer.c", "-ldl"], check=True)
    return folder / "killer.so"


def durable(state):
    """What stands in a producer's folder, seen on a copy: notices of the erasure, tombstones, articles that still have their text."""
    with tempfile.TemporaryDirectory() as folder:
        # The mark of what is still to be wiped may go at any moment.
        copy = shutil.copytree(state, pathlib.Path(folder) / "copy", ignore=shutil.ignore_patterns("journal.scrub"))
        db = sqlite3.connect(copy / "journal.db")
        events = [json.loads(body) for [body] in db.execute("SELECT body FROM entry")]
        db.close()
    notices = sum(event["type"].endswith("notice.v1") for event in events)
    about = [event for event in events if event.get("subject") == URI and event["type"].endswith("article.v1")]
    return notices, sum("erased" in event for event in about), sum("erased" not in event for event in about)


@pytest.mark.waits
def test_an_erasure_that_is_killed_at_any_moment_is_carried_on(site, killer):
    feed = site.folder / "feed.jsonl"
    feed.write_text(line(URI, TEXT) + line("urn:t:1", "Pier opens.\n\n“We open in March,” said Mira Kolar.")
                    + line(URI, TEXT.replace("Monday", "Tuesday")))
    producer, analyzer = site.producer(sources=[feed]), site.analyzer()
    site.expect_results(3)
    assert [producer.stop(), analyzer.stop()] == [0, 0]
    feed.unlink()
    kept = {name: shutil.copytree(site.folder / name, site.folder / f"{name}-kept") for name in ("producer", "analyzer")}

    def set_back():
        for name, copy in kept.items():
            shutil.rmtree(site.folder / name)
            shutil.copytree(copy, site.folder / name)

    def kill_at(step):
        return subprocess.run(
            [BINARIES / "producer", "erase", "--state", site.folder / "producer", URI], capture_output=True, text=True, timeout=DEADLINE,
            env={**os.environ, "LD_PRELOAD": str(killer), "KILL_AT": str(step)})

    count = int(kill_at(0).stderr.split("steps=")[1])
    assert count > 10 and traces(site.folder / "producer") == []
    seen = {}
    for step in range(1, count + 1):
        set_back()
        assert kill_at(step).returncode == -9
        found = notices, tombstones, texts = durable(site.folder / "producer")
        is_marked = (site.folder / "producer" / "journal.scrub").exists()
        assert tombstones + texts == 2 and notices <= 1 and (notices or not tombstones), (step, found)
        assert is_marked or not notices or not traces(site.folder / "producer"), (step, found)
        if seen.setdefault((found, is_marked), step) != step:
            continue
        # What is left to do is done at the next start, of both.
        producer, analyzer = site.producer("--watch"), site.analyzer()
        producer.wait_for("producer is ready")
        analyzer.wait_for("analyzer is ready")
        if notices:
            analyzer.wait_for("nothing is left in it of what was erased")
            eventually(lambda: not traces(site.folder / "producer", site.folder / "analyzer"), f"nothing is left: {step}, {found}")
            assert durable(site.folder / "producer") == (1, 2, 0)
        else:
            assert "erased" not in json.dumps(site.articles())
        assert [producer.stop(), analyzer.stop()] == [0, 0]
        # Run again it finds all done, or does it.
        assert erase(site, URI).returncode == 0 and durable(site.folder / "producer") == (1, 2, 0)
    # Before the notice, after it, after one tombstone, after both.
    assert {found for found, _ in seen} == {(0, 0, 2), (1, 0, 2), (1, 1, 1), (1, 2, 0)}, seen


def test_what_was_said_of_attempts_is_erased_too(site):
    feed = site.folder / "feed.jsonl"
    feed.write_text(line(URI, TEXT))
    producer, analyzer = site.producer(sources=[feed]), site.analyzer("--workers", 0)
    worker = Worker(site, analyzer)
    eventually(lambda: worker.pump(), "the article at a worker")
    for task, attempt, _ in worker.held:
        worker.say(b"FAIL", {"class": "transient", "code": "t", "text": f"cannot read what {NAME} says", "att": attempt}, task)
    eventually(lambda: worker.pump() and traces(site.folder / "analyzer"), "the attempt in the journal")
    worker.close()
    assert erase(site, URI).returncode == 0
    analyzer.wait_for("nothing is left in it of what was erased")
    assert traces(site.folder / "producer", site.folder / "analyzer") == []
    assert [analyzer.stop(), producer.stop()] == [0, 0]


def test_a_row_deleted_by_hand_is_said_by_both_ends(site):
    producer = site.producer("--watch")
    site.write(1, 2, 3)
    eventually(lambda: last(site.raw_control, "raw") == 3, "three articles")
    subprocess.run(
        ["python3", "-c", "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('DELETE FROM entry WHERE n = 2'); db.commit()",
         site.folder / "producer" / "journal.db"], check=True)
    analyzer = site.analyzer()
    producer.wait_for("entry 2 of raw is missing though it is not past retention: it was deleted by hand")
    line = analyzer.wait_for("does not give an article")
    assert "deleted by hand" in line
    eventually(lambda: last(site.res_control, "res") == 1, "what stands before it is analysed")
    assert [analyzer.stop(), producer.stop()] == [0, 0]


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_in_postgresql_nothing_is_left_in_the_tables(tmp_path):
    site, server = Site(tmp_path), postgres.Server()
    try:
        url = postgres.url(server)
        feed = site.folder / "feed.jsonl"
        feed.write_text(line(URI, TEXT) + line("urn:t:1", "Pier opens.\n\n“We open in March,” said Mira Kolar."))
        producer, analyzer = site.producer("--journal", url, sources=[feed]), site.analyzer("--journal", url)
        site.expect_results(2)
        server.execute("CHECKPOINT")
        assert traces(f"{server.data}/base")
        done = erase(site, URI, journal=["--journal", url])
        assert done.returncode == 0, done
        analyzer.wait_for("nothing is left in it of what was erased")
        server.execute("CHECKPOINT")
        # Old files go with the checkpoint; the server's write-ahead log is its own.
        assert traces(f"{server.data}/base") == []
        assert [("erased" in event) for _, _, event in site.articles()] == [True, False, False]
        assert [producer.stop(), analyzer.stop()] == [0, 0]
    finally:
        site.close()
        server.close()

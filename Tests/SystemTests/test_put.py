"""Articles that other programs hand over: acknowledged once durable, refused with the reason, published once."""

import json
import random
import subprocess
import sys
import threading
import time

import pytest
import zmq
from onrecord import BINARIES, DEADLINE, ROOT, Control, article, eventually, free_port, last
from test_security import (
    Flood, Keys, garbage, half_handshakes, hostile_socket, many_frames, memory, too_large)

KNOWN = ["published", "known", "refused", "missing", "skipped", "unacknowledged"]


@pytest.fixture
def ingest(site):
    site.ingest = f"tcp://127.0.0.1:{free_port()}"
    return site


def start(site, *arguments, **options):
    producer = site.producer("--ingest", site.ingest, *arguments, sources=options.pop("sources", []), **options)
    producer.wait_for("ready")
    return producer


def put(site, *arguments, **options):
    """Runs `onrecord put`; its exit code, its counts, and what it said."""
    done = subprocess.run(
        [BINARIES / "onrecord", "put", "--connect", site.ingest, *map(str, arguments)], capture_output=True, text=True,
        timeout=DEADLINE, **options)
    line = done.stdout.splitlines()[-1] if done.stdout else ""
    counts = {word.split()[0]: int(word.split()[1]) for word in line.split(", ")} if line else {}
    return done.returncode, [counts.get(name) for name in KNOWN], done.stderr


class Feeder(Control):
    """A client of the ingest socket, written from the protocol's text."""

    def put(self, item, request=None, **arguments):
        self.requests += 1
        request = request or b"%d" % self.requests
        item = item if isinstance(item, bytes) else json.dumps(item).encode()
        self.socket.send_multipart([b"NWP1", b"PUT", request, json.dumps(arguments).encode(), item])
        return request

    def give(self, item, **arguments):
        return self.answer(self.put(item, **arguments))

    def hello(self):
        return self.call("HELLO", vmin=1, vmax=1, role="put", client="pytest")


def item(n, **others):
    return {"uri": f"urn:x:{n}", "version": "1", "body": article(n), **others}


def test_an_article_is_acknowledged_at_its_place_and_a_repetition_is_known(ingest):
    start(ingest)
    with Feeder(ingest.ingest) as feeder:
        command, welcome, _ = feeder.hello()
        assert command == "WELCOME" and welcome["credit"] >= 1 and welcome["bytes"] == 1 << 20
        trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        command, ack, _ = feeder.give(item(1), traceparent=trace)
        assert command == "ACK" and ack["n"] == 1 and "known" not in ack
        again = feeder.give(item(1))[1]
        assert again == {"id": ack["id"], "known": True}
        # Without a version of its own, a new text of the same address is the next one.
        for n, body in enumerate(["One.", "Two.", "One."]):
            _, answer, _ = feeder.give({"uri": "urn:y", "body": body, "datum": "x"}, traceparent="00-0-0-0")
            assert answer.get("n") == [2, 3, None][n] and answer.get("known") == [None, None, True][n]
            assert "datum" in answer["remarks"][0]
    entries = ingest.articles()
    assert [event["data"]["version"] for _, _, event in entries] == ["1", "1", "2"]
    assert entries[0][2]["traceparent"] == trace and entries[0][1]["id"] == ack["id"] and entries[0][1]["e"] == ack["e"]
    assert entries[1][2]["traceparent"].startswith(f"00-{entries[1][2]['id']}-")


BAD = {
    b'{"uri": "urn:x", "body": ': (400, "not JSON"),
    b"\xff\xfe{}": (400, "UTF-8"),
    b'{"uri": "urn:x"}': (400, "body"),
    b'{"uri": "urn:x", "body": "  "}': (400, "no text"),
    b'{"uri": "urn: x", "body": "Text."}': (400, "white space"),
    b'["Text."]': (400, "JSON object"),
    b"[" * 100_000: (400, "JSON"),
    json.dumps({"uri": "urn:x", "body": "x" * (1 << 20)}).encode(): (413, "bytes"),
}


def test_what_is_no_article_gets_an_error_that_says_why_and_the_others_go_on(ingest):
    producer = start(ingest)
    with Feeder(ingest.ingest) as feeder:
        for n, (bad, (code, words)) in enumerate(BAD.items()):
            command, error, _ = feeder.give(bad)
            assert (command, error["code"], error["retry"]) == ("ERR", code, False), (bad[:50], error)
            assert any(word in error["text"] for word in words.split("|")), error
            assert feeder.give(item(n))[0] == "ACK"
        # More than an offence a second, and still each is answered: a bad article breaks no protocol.
        assert feeder.hello()[0] == "WELCOME"
    assert last(ingest.raw_control, "raw") == len(BAD)
    assert producer.stop() == 0
    assert not any(len(line) > 2000 for line in producer.lines)


def test_nobody_gets_more_under_way_than_the_credit_and_order_is_kept(ingest):
    start(ingest)
    count = 3_000
    with Feeder(ingest.ingest) as feeder:
        credit = feeder.hello()[1]["credit"]
        # A client that heeds nothing: all at once.
        waiting = {feeder.put(item(n), request=b"%d" % n): n for n in range(count)}
        answers = {}
        while len(answers) < count:
            assert feeder.socket.poll(DEADLINE * 1000)
            _, command, request, arguments, *_ = feeder.socket.recv_multipart()
            assert request not in answers, "answered twice"
            answers[request] = (command, json.loads(arguments))
        assert set(answers) == set(waiting)
        taken = [waiting[request] for request, (command, _) in answers.items() if command == b"ACK"]
        put_off = [waiting[request] for request, (command, error) in answers.items() if command == b"ERR"]
        assert all(error["retry"] for command, error in answers.values() if command == b"ERR")
        # Whatever was put off, everything behind it was, too.
        assert len(taken) >= min(credit, count) and sorted(taken) == list(range(len(taken))), (len(taken), len(put_off))
        if put_off:
            assert feeder.hello()[0] == "WELCOME"
            assert feeder.give(item(put_off[0]))[1].get("known") is None
    uris = [event["subject"] for _, _, event in ingest.articles()]
    assert uris == [f"urn:x:{n}" for n in range(len(uris))]


def test_put_reads_what_the_producer_reads_and_gives_the_same_articles(ingest, tmp_path):
    inbox = ingest.inbox
    ingest.write(1, 2)
    (inbox / "odd.txt").write_text("AT&amp;T &amp;amp; “co”\n\nBold &lt;b&gt; &amp;lt;b&amp;gt; and 5 &gt; 4 & more.\n")
    (inbox / "page.html").write_text(
        "<html lang=en><head><title>Harbour opens</title><link rel=canonical href=https://x.example/1></head><body><article>"
        "<h1>Harbour opens</h1>" + "<p>The harbour board opened pier five on Monday, engineer Mira Kolar said.</p>" * 6 + "</article>")
    (inbox / "lines.jsonl").write_text(
        "".join(json.dumps({"uri": f"urn:l:{n}", "version": n, "published": "2024-05-01", "source": "Æ & Co",
                            "language": "de", "headline": "A & B", "body": f"Text {n}."}) + "\n" for n in range(3)))
    (inbox / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>Desk</title>" + "".join(
            f"<item><title>Item {n}</title><link>https://d.example/{n}</link><description>Pier {n} is open.</description></item>"
            for n in range(3)) + "</channel></rss>")
    (inbox / "picture.png").write_bytes(b"\x89PNG")
    start(ingest)
    code, counts, _ = put(ingest, inbox)
    assert (code, counts) == (0, [10, 0, 0, 0, 1, 0])
    code, counts, _ = put(ingest, inbox)
    assert (code, counts) == (0, [0, 10, 0, 0, 1, 0])
    put_ones = ingest.articles()
    ingest.services[0].stop()
    # The same journal: what the producer reads by itself is known, article by article.
    reader = ingest.producer("--once")
    assert reader.ended() == 0
    assert any('"published":0,"known":10' in line for line in reader.lines), reader.lines
    assert put_ones[0][2]["data"]["bodies"][0]["value"] == article(1)


def test_put_says_what_was_refused_missing_and_skipped(ingest, tmp_path):
    start(ingest)
    lines = b'{"uri": "urn:x:1", "body": "Good."}\n{bad\n' + json.dumps({"uri": "urn:big", "body": "x" * (2 << 20)}).encode() + b"\n"
    done = subprocess.run(
        [BINARIES / "onrecord", "put", "--connect", ingest.ingest, "-", tmp_path / "missing"], input=lines, capture_output=True,
        timeout=DEADLINE)
    assert done.returncode == 65
    assert done.stdout.decode().strip() == "published 1, known 0, refused 2, missing 1, skipped 0, unacknowledged 0"
    said = done.stderr.decode()
    assert "standard input:2" in said and "standard input:3: the article is larger" in said and "missing" in said
    assert put(ingest, tmp_path / "missing")[0] == 66


def test_put_gives_up_after_its_patience_and_says_whom_it_missed(ingest):
    ingest.write(1)
    code, counts, said = put(ingest, "--patience", "1s", ingest.inbox)
    assert code == 69 and counts[0] == 0 and ingest.ingest in said and "--ingest" in said


def test_what_is_acknowledged_survives_kill_9_and_nothing_is_published_twice(ingest, tmp_path):
    """A feeder and `onrecord put` go on over kills of the producer at random moments."""
    count = 4_000
    lines = tmp_path / "articles.jsonl"
    lines.write_text("".join(json.dumps(item(n)) + "\n" for n in range(count)))
    acknowledged, outcome = [], []
    producer = start(ingest)
    example = subprocess.Popen(
        [sys.executable, ROOT / "protocols" / "clients" / "put.py", ingest.ingest], stdin=lines.open("rb"),
        stdout=subprocess.PIPE, text=True)
    reader = threading.Thread(target=lambda: acknowledged.extend(line.split()[1] for line in example.stdout))
    reader.start()
    other = threading.Thread(target=lambda: outcome.append(put(ingest, lines)))
    other.start()
    generator = random.Random(7)
    kills = 0
    while (example.poll() is None or other.is_alive()) and kills < 6:
        time.sleep(generator.uniform(0.2, 0.6))
        producer.kill()
        kills += 1
        seen = set(acknowledged)
        ids = {row[0] for row in ingest.journal("producer", "SELECT id FROM known")}
        assert seen <= ids, f"{len(seen - ids)} articles were acknowledged and are lost"
        producer = start(ingest)
    assert example.wait(DEADLINE) == 0
    reader.join(), other.join(DEADLINE)
    (code, counts, said), = outcome
    assert code == 0 and counts[0] + counts[1] == count and counts[2:] == [0, 0, 0, 0], (counts, said)
    entries = ingest.articles()
    assert kills >= 2 and len(entries) == count == len(acknowledged)
    assert sorted({event["subject"] for _, _, event in entries}) == sorted(f"urn:x:{n}" for n in range(count))


def test_the_example_says_what_is_refused(ingest):
    start(ingest)
    lines = json.dumps(item(1)) + "\n{bad\n\n" + json.dumps(item(2)) + "\n"
    done = subprocess.run(
        [sys.executable, ROOT / "protocols" / "clients" / "put.py", ingest.ingest], input=lines, capture_output=True, text=True, timeout=DEADLINE)
    assert done.returncode == 0, done.stderr
    first, second, third = sorted(done.stdout.splitlines())
    assert len(first.split()[1]) == 32 and second.startswith("2 not JSON") and third.startswith("4 ")
    assert last(ingest.raw_control, "raw") == 2


def test_a_full_journal_puts_articles_off_and_they_come_later(ingest, tmp_path):
    """Another process leads the journal for a while: nothing is recorded, and nothing is lost."""
    import sqlite3
    producer = start(ingest)
    with Feeder(ingest.ingest) as feeder:
        assert feeder.give(item(0))[0] == "ACK"
        holder = sqlite3.connect(ingest.folder / "producer" / "journal.db", timeout=30, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        sent = [feeder.put(item(n), request=b"%d" % (100 + n)) for n in range(1, 4)]
        answers = [feeder.answer(request) for request in sent]
        assert all(command == "ERR" and error["code"] == 503 and error["retry"] for command, error, _ in answers), answers
        holder.execute("ROLLBACK")
        holder.close()
        assert feeder.give(item(2))[1]["code"] == 503, "behind one that was put off"
        assert feeder.hello()[0] == "WELCOME"
        assert [feeder.give(item(n))[1].get("n") for n in range(1, 4)] == [2, 3, 4]
    assert len([line for line in producer.lines if "put off" in line]) == 1
    producer.wait_for("takes articles that are put again")


def misuse(endpoint, *frames):
    """A peer that sends such messages as fast as it goes, on a connection after the other.

    It stays until it hears something: what connections leave behind is bounded for each of them, not for a debug build that
    is slower to look at them than others are to make them.
    """
    def attack(ended):
        with hostile_socket(zmq.DEALER, endpoint) as sock:
            for _ in range(500):
                if ended.is_set():
                    return
                sock.send_multipart([b"NWP1", *frames])
            while not ended.is_set() and not sock.poll(200):
                pass
    return attack


def test_hostile_feeders_cost_nobody_else_anything(ingest):
    producer = start(ingest)
    terminal = json.dumps({"vmin": 1, "vmax": 1, "role": "put", "client": "\x1b[31mred"}).encode()
    attacks = [
        garbage(ingest.ingest), too_large(ingest.ingest), many_frames(ingest.ingest), half_handshakes(ingest.ingest),
        misuse(ingest.ingest, b"PUT", b"1", b"{}", b"[" * 50_000), misuse(ingest.ingest, b"PUT", b"", b"{}", bytes(1 << 20)),
        misuse(ingest.ingest, b"ACK", b"", b'{"id":"x"}'), misuse(ingest.ingest, b"HELLO", b"1", terminal)]
    with Flood(*attacks):
        with Feeder(ingest.ingest) as feeder:
            assert feeder.hello()[0] == "WELCOME"
            for n in range(100):
                assert feeder.give(item(n))[0] == "ACK"
    assert memory(producer) < 500
    assert last(ingest.raw_control, "raw") == 100
    assert producer.stop() == 0
    assert not any("\x1b" in line for line in producer.lines)
    assert len(producer.lines) < 300, "the log is flooded"


def test_only_keys_with_the_role_put_may_put(ingest, tmp_path):
    keys = Keys(tmp_path)
    for name in ("producer", "desk", "reader"):
        keys.make(name)
    keys.allow(desk="put", reader="sub,fetch,work")
    producer = start(ingest, "--key", keys.secret("producer"), "--allow", keys.list)
    ingest.write(1)
    server = ["--server-key", keys.public("producer")]
    assert put(ingest, "--key", keys.secret("desk"), *server, ingest.inbox)[:2] == (0, [1, 0, 0, 0, 0, 0])

    def is_told():
        code, counts, said = put(ingest, "--patience", "1s", "--key", keys.secret("reader"), *server, ingest.inbox)
        assert code == 69 and counts[0] == 0
        # On a slow machine a second may be over before anybody answers.
        return "role put" in said or print(said)

    eventually(is_told, "which role it needs")
    # Taken off the list, it is out at once, also on a connection that it has.
    sock = keys.connect(zmq.DEALER, ingest.ingest, "desk", "producer")
    sock.send_multipart([b"NWP1", b"PUT", b"1", b"{}", json.dumps(item(5)).encode()])
    assert sock.recv_multipart()[1] == b"ACK"
    keys.allow(desk="sub")
    producer.process.send_signal(1)
    producer.wait_for("allow list read again")
    sock.send_multipart([b"NWP1", b"PUT", b"2", b"{}", json.dumps(item(6)).encode()])
    _, command, _, error = sock.recv_multipart()[:4]
    assert command == b"ERR" and json.loads(error)["code"] == 403
    sock.close()
    assert producer.stop() == 0


def test_what_is_refused_is_kept_with_the_reason_once_and_can_be_mended(ingest, tmp_path):
    rejects = tmp_path / "rejects"
    start(ingest, "--rejects", rejects)
    bad = {
        b"no json at all": "bad-json", b'{"uri":"urn:x:1"}': "bad-article", b'{"uri":"urn:x:2","body":" "}': "empty",
        b'{"uri":"urn:x:3","body":"' + b"x" * (1 << 20) + b'"}': "too-big", b"\xff\xfe\x00\xd8": None,
    }
    for _ in range(2):
        with Feeder(ingest.ingest) as feeder:
            feeder.hello()
            for text in bad:
                command, answer, _ = feeder.give(text)
                assert command == "ERR" and answer["retry"] is False, (text, answer)
            assert feeder.give(item(9))[0] == "ACK"
    kept = {path.read_bytes(): path for path in rejects.iterdir() if path.suffix != ".reason"}
    assert set(kept) == set(bad), kept.values()
    for text, path in kept.items():
        reason = json.loads(path.with_name(path.name + ".reason").read_text())
        assert path.suffix == ".json" and reason["file"] == path.name and reason["message"] and reason["remedy"]
        assert reason["place"] == "pytest at 127.0.0.1" and bad[text] in (None, reason["code"]), (text, reason)
    assert len(list(rejects.iterdir())) == 2 * len(bad)
    # Mended, it is put as any other.
    mended = kept[b'{"uri":"urn:x:1"}']
    mended.write_text(json.dumps(item(1)))
    assert put(ingest, mended)[1][0] == 1


def test_a_folder_that_cannot_be_written_stops_nobody(ingest, tmp_path):
    rejects = tmp_path / "rejects"
    producer = start(ingest, "--rejects", rejects)
    with Feeder(ingest.ingest) as feeder:
        assert feeder.give(b"no json")[0] == "ERR"
        rejects.rename(tmp_path / "elsewhere")
        assert feeder.give(b"none at all")[0] == "ERR"
        assert feeder.give(item(2))[0] == "ACK"
    producer.wait_for("what was refused cannot be kept")
    assert producer.stop() == 0

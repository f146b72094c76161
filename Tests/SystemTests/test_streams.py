"""What any zmq client sees of the running pair."""

import json
import subprocess
import time

import pytest
import zmq
from onrecord import BINARIES, DEADLINE, Control, eventually, fetch, last, receive, subscribe


def test_a_plain_subscriber_sees_every_article_and_its_analysis_in_three_frames(site):
    producer = site.producer("--watch")
    analyzer = site.analyzer()
    producer.wait_for("ready")
    analyzer.wait_for("ready")
    raw, res = subscribe(site.raw, "raw/1/"), subscribe(site.res, "res/1/")
    site.write(*range(20))
    articles = receive(raw, 20, "raw/1/")
    analyses = receive(res, 20, "res/1/")
    assert all(len(frames) == 3 for frames in articles + analyses)
    assert [json.loads(frames[1])["n"] for frames in articles] == list(range(1, 21))
    assert [json.loads(frames[1])["n"] for frames in analyses] == list(range(1, 21))
    events = {json.loads(frames[2])["id"]: json.loads(frames[2]) for frames in articles}
    for topic, position, body in analyses:
        event = json.loads(body)
        assert event["id"] == json.loads(position)["id"] == event["data"]["id"]
        cause = events.pop(event["causationid"])
        assert event["data"]["article"]["uri"] == cause["subject"] == event["subject"]
        speakers = {quote["speaker"]["name"] for quote in event["data"]["quotes"] if quote["kind"] == "direct"}
        assert speakers == {"Mira Kolar"}
    assert not events


def test_live_replayed_and_journalled_messages_are_the_same_bytes(site):
    site.producer("--watch").wait_for("ready")
    raw = subscribe(site.raw, "raw/1/")
    site.write(1, 2, 3)
    live = receive(raw, 3, "raw/1/")
    with Control(site.raw_control) as control:
        request = control.ask("FETCH", **{"s": "raw", "from": 1, "credit": 10, "bytes": 1 << 20})
        replayed = []
        while (answer := control.answer(request))[0] == "ITEM":
            replayed.append(answer[2])
    assert replayed == live
    assert answer[0] == "END" and answer[1]["next"] == 4 and answer[1]["hi"] == 3


def test_fetch_keeps_to_credit_range_and_prefix(site):
    site.write(*range(10))
    site.producer().wait_for("all sources are read")
    with Control(site.raw_control) as control:
        request = control.ask("FETCH", **{"s": "raw", "from": 3, "to": 7, "credit": 2, "bytes": 1 << 20})
        first = [json.loads(control.answer(request)[2][1])["n"] for _ in range(2)]
        assert first == [3, 4]
        assert not control.socket.poll(300)
        control.socket.send_multipart([b"NWP1", b"CREDIT", request, b'{"n":10}'])
        rest = []
        while (answer := control.answer(request))[0] == "ITEM":
            rest.append(json.loads(answer[2][1])["n"])
        assert rest == [5, 6, 7]
    assert fetch(site.raw_control, "raw", prefix="raw/1/xx/") == []
    assert len(fetch(site.raw_control, "raw", prefix="raw/1/en/")) == 10


def test_wrong_requests_are_answered_with_their_fault_and_disturb_nobody(site):
    site.write(1)
    site.producer().wait_for("all sources are read")
    with Control(site.raw_control) as control:
        assert control.call("FETCH", **{"s": "res", "from": 1, "credit": 1, "bytes": 1})[1]["code"] == 404
        wrong = {"s": "raw", "e": "0" * 16, "from": 1, "credit": 1, "bytes": 1}
        assert control.call("FETCH", **wrong)[1]["code"] == 409
        assert control.call("HELLO", vmin=7, vmax=9, role="test", client="x")[1]["code"] == 426
        for frames in ([b"NWP1"], [b"junk", b"", b"", b"{}"], [b"NWP1", b"FETCH", b"9", b"{" * 100], [b""] * 8):
            control.socket.send_multipart(frames)
    for _ in range(30):
        hostile = zmq.Context.instance().socket(zmq.DEALER)
        hostile.connect(site.raw_control)
        hostile.send_multipart([b"\xff" * 100] * 12)
        hostile.close(linger=100)
    assert len(site.articles()) == 1


def test_a_topic_names_language_and_source(site):
    (site.inbox / "a.jsonl").write_text(
        json.dumps({"uri": "urn:x:1", "language": "de-AT", "source": "Presse Wien", "body": "Ein Satz."}) + "\n")
    site.producer().wait_for("all sources are read")
    [(topic, position, event)] = site.articles()
    assert topic == "raw/1/de/presse-wien/"
    assert position["p"] == 0 and event["data"]["language"] == "de-AT"


def test_marks_tell_how_far_a_stream_goes(site):
    site.write(1, 2)
    site.producer().wait_for("all sources are read")
    sub = subscribe(site.raw, "none/")
    sub.setsockopt_string(zmq.SUBSCRIBE, "mark/raw/1/")
    topic, mark, body = receive(sub, 1, "mark/raw/1/")[0]
    mark = json.loads(mark)
    assert (mark["n"], mark["lo"], body) == (2, 1, b"")
    eventually(lambda: last(site.raw_control, "raw") == 2, "the same by HELLO")


@pytest.mark.waits
def test_tail_survives_a_reader_that_pauses_for_longer_than_a_heartbeat():
    """With its queue full and its reader away, libzmq ended the process at the next heartbeat."""
    count = 15_000
    publisher = zmq.Context.instance().socket(zmq.XPUB)
    publisher.sndhwm, publisher.linger = 0, 0
    port = publisher.bind_to_random_port("tcp://127.0.0.1")
    tail = subprocess.Popen(
        [BINARIES / "onrecord", "tail", "--connect", f"tcp://127.0.0.1:{port}", "--format", "jsonl", "--count", str(count)],
        stdout=subprocess.PIPE)
    try:
        assert {publisher.recv(), publisher.recv()} == {b"\x01res/0/", b"\x01res/1/"}
        for n in range(1, count + 1):
            position = {"v": 1, "s": "res", "e": "5f2c9a7710be43d8", "n": n, "p": n - 1, "id": f"{n}", "ts": "2024-05-01T09:31:03.000Z"}
            publisher.send_multipart([b"res/1/en/x/", json.dumps(position).encode(), b'{"text":"%d %s"}' % (n, b"x" * 100)])
        # Longer than the six seconds after which a silent peer is given up.
        time.sleep(11)
        assert sum(1 for _ in tail.stdout) == count
        assert tail.wait(DEADLINE) == 0
    finally:
        tail.kill()
        publisher.close()

"""What the programs publish is what the protocol's documents say: every frame against its schema, every id from its parts."""

import hashlib
import json
import pathlib
import subprocess
import sys

import zmq
from onrecord import BINARIES, DEADLINE, Control, eventually, fetch, last

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "ProtocolTests"))
import validate  # noqa: E402


def expect_valid(instance, schema):
    problem = validate.problems(instance, schema)
    assert not problem, f"{schema}: {problem}\n{json.dumps(instance)[:600]}"


def feed(site):
    items = [
        {"uri": "urn:t:1", "body": "Text without a version.\n\n“We leave today,” said Ida Holt, the mayor."},
        {"uri": "urn:t:1", "body": "Text without a version, changed.\n\n“We stay,” said Ida Holt, the mayor."},
        {"uri": "urn:t:2", "version": "7", "body": "With one.\n\nAccording to Ida Holt, 12 people left.", "source": "Ærø Avis",
         "headline": "Ida Holt", "published": "2024-05-01T10:00:00+02:00", "language": "en-GB"},
        {"uri": "urn:t:3", "body": "Ein Text.\n\n„Nein“, sagte Ida Holt.", "language": "de"},
    ]
    producer = site.producer("--once", sources=["-"], stdin=subprocess.PIPE)
    producer.process.stdin.write("".join(json.dumps(item) + "\n" for item in items))
    producer.process.stdin.close()
    assert producer.ended() == 0
    site.write(1)
    return site.producer()


def test_every_message_of_every_stream_is_what_the_documents_say(site):
    feed(site).wait_for("all sources are read")
    analyzer = site.analyzer()
    site.expect_results(5)
    articles = site.articles()
    assert len(articles) == 5
    for topic, position, event in articles + site.results():
        expect_valid(position, "position")
        expect_valid(event, "event")
        kind = validate.PAYLOADS[event["type"]]
        expect_valid(event["data"], kind)
        assert event["dataschema"] == validate.SCHEMAS[kind]["$id"]
        assert event["id"] == position["id"] and event["subject"] == event["partitionkey"]
        assert len(event["traceparent"]) == 55
    link = "0" * 32
    for (_, position, event), own in zip(articles, [False, False, True, False, False]):
        item = event["data"]
        body = hashlib.sha256(validate.plain_text(item).encode()).hexdigest()
        assert event["id"] == validate.identifier("nwp1", "raw", item["uri"], item["version"] if own else "", body)
        link = validate.identifier("nwp1", "link", link, event["id"])
        assert position["h"] == link
    traces = {event["id"]: event["traceparent"] for _, _, event in articles}
    for _, _, event in site.results():
        article, pipeline = event["data"]["article"], event["data"]["pipeline"]
        name = f"{pipeline['name']}/{pipeline['version']}" + (f"+{pipeline['model']}" if pipeline.get("model") else "")
        assert event["id"] == validate.identifier("nwp1", article["uri"], article["version"], article["sha256"], name)
        assert event["traceparent"] == traces[event["causationid"]]
    with Control(site.raw_control) as control:
        at = {"raw": [[3, articles[2][1]["h"]], [5, "0" * 32]]}
        command, welcome, _ = control.call("HELLO", vmin=1, vmax=1, role="follower", client="t", at=at)
        expect_valid({"command": command, "arguments": welcome}, "control")
        assert welcome["streams"]["raw"]["same"] == 3
    sub = zmq.Context.instance().socket(zmq.SUB)
    sub.subscribe("mark/")
    sub.connect(site.raw)
    assert sub.poll(DEADLINE * 1000)
    mark = json.loads(sub.recv_multipart()[1])
    sub.close()
    expect_valid(mark, "mark")
    assert mark["h"] == link
    assert analyzer.stop() == 0


def test_dead_letters_are_what_the_documents_say_also_of_what_cannot_be_read(site):
    # A producer of another make, whose articles are none.
    context = zmq.Context.instance()
    live, control = context.socket(zmq.PUB), context.socket(zmq.ROUTER)
    live.bind(site.raw), control.bind(site.raw_control)
    analyzer = site.analyzer()
    bodies = [b"{]", json.dumps({"specversion": "1.0", "id": "b", "source": "s", "type": "t", "time": "2024-05-01T10:00:00Z",
                                 "subject": "urn:t:2", "data": {"uri": "urn:t:2"}}).encode()]
    epoch = "00000000000000aa"
    poller = zmq.Poller()
    poller.register(control, zmq.POLLIN)

    def serve():
        while poller.poll(20):
            peer, _, command, request, arguments = control.recv_multipart()[:5]
            if command == b"HELLO":
                reply = {"v": 1, "streams": {"raw": {"e": epoch, "lo": 1, "hi": 2}}, "mark_ms": 1000, "max_frame": 8388608,
                         "server": "t"}
                control.send_multipart([peer, b"NWP1", b"WELCOME", request, json.dumps(reply).encode()])
            elif command == b"FETCH":
                for n, body in enumerate(bodies, 1):
                    position = {"v": 1, "s": "raw", "e": epoch, "n": n, "p": 0, "id": f"id-{n}", "ts": "2024-05-01T10:00:00Z"}
                    control.send_multipart([peer, b"NWP1", b"ITEM", request, b"{}", b"raw/1/en/x/",
                                            json.dumps(position).encode(), body])
                end = {"e": epoch, "next": 3, "hi": 2}
                control.send_multipart([peer, b"NWP1", b"END", request, json.dumps(end).encode()])
        return last(site.res_control, "dlq") == 2

    eventually(serve, "two dead letters")
    letters = sorted(fetch(site.res_control, "dlq"), key=lambda letter: letter[2]["data"]["raw"]["n"])
    for _, position, event in letters:
        expect_valid(position, "position")
        expect_valid(event, "event")
        expect_valid(event["data"], "dead-letter")
        assert event["dataschema"] == validate.SCHEMAS["dead-letter"]["$id"]
        data = event["data"]
        assert event["id"] == data["id"] == validate.identifier(
            "nwp1", "dead-letter", data["raw"]["id"], data["pipeline"])
    unreadable, incomplete = (event for _, _, event in letters)
    assert "subject" not in unreadable and unreadable["data"].get("uri") is None
    assert incomplete["subject"] == "urn:t:2"
    live.close(0), control.close(0)
    assert analyzer.stop() == 0


def test_articles_can_be_analysed_again_from_a_number_on(site):
    site.write(*range(6))
    site.producer().wait_for("all sources are read")
    analyzer = site.analyzer()
    site.expect_results(6)
    assert analyzer.stop() == 0
    # The same pipeline gives the same results, which the journal knows.
    analyzer = site.analyzer("--from", 3, "--workers", 0)
    cursor = "SELECT cursor FROM origin WHERE name LIKE 'tcp%'"
    eventually(lambda: site.journal("analyzer", cursor) == [(2,)], "the account begins again")
    worker = site.worker("--workers", 1)
    eventually(lambda: site.journal("analyzer", cursor) == [(6,)], "all again")
    assert last(site.res_control, "res") == 6
    assert worker.stop() == 0
    assert any('"analysed":4' in line for line in worker.lines), worker.lines
    assert analyzer.stop() == 0
    # A number that was never reached passes over nothing.
    analyzer = site.analyzer("--from", 100)
    analyzer.wait_for("analyzer is ready")
    assert analyzer.stop() == 0
    assert site.journal("analyzer", cursor) == [(6,)]
    assert subprocess.run([BINARIES / "analyzer", "--from", "0"], capture_output=True).returncode == 64


def test_the_tag_of_an_article_and_its_reading_go_by_the_same_text(site):
    items = [("La ministre a annoncé que la ligne est fermée pour une semaine", "It sank at noon."), ("It sank at noon, and that was that", "Das ist, ja."),
             ("Ferry sinks", "The ferry sank at noon, the mayor said on Monday."), ("", "Le bac a coulé à midi, et les passagers sont tous dans une école.")]
    (site.inbox / "items.jsonl").write_text("".join(json.dumps({"uri": f"urn:{n}", "headline": headline, "body": body}) + "\n"
                                                    for n, (headline, body) in enumerate(items)))
    site.producer().wait_for("ready")
    site.analyzer().wait_for("ready")
    results = site.expect_results(len(items))
    tags = {event["subject"]: event["data"]["language"] for _, _, event in site.articles()}
    assert tags == {"urn:0": "und", "urn:1": "en", "urn:2": "en", "urn:3": "und"}
    for _, _, event in results:
        remarks = [remark["code"] for remark in event["data"].get("remarks", [])]
        assert ("other-language" in remarks) == (tags[event["subject"]] == "und"), event["subject"]

"""What becomes of an article after it was published: corrected, taken back, or come a second time from elsewhere."""

import contextlib
import json
import sqlite3
import subprocess
import urllib.request

import pytest
from onrecord import BINARIES, DEADLINE, Service, article, eventually, fetch, free_port, last, receive, subscribe
from test_put import Feeder, start
from web import Web, page

pytestmark = pytest.mark.waits


@pytest.fixture
def ingest(site):
    site.ingest = f"tcp://127.0.0.1:{free_port()}"
    return site


@pytest.fixture
def web():
    web = Web()
    yield web
    web.close()


def item(uri, version, n):
    return {"uri": uri, "version": version, "headline": f"Pier {n}", "body": article(n), "source": "Harbour Courier"}


def current(results, raws):
    """The rule of the protocol: identifiers of results that are neither replaced nor withdrawn, in whatever order they stand."""
    events = [event for _, _, event in results]
    gone = {event.get("supersedes") for event in events}
    for event in events:
        if event["type"].endswith("notice.v1") and event["data"]["kind"] == "withdrawal":
            gone |= {target["id"] for target in event["data"]["targets"]}
    return [event["causationid"] for event in events if event["type"].endswith("analysis.v1")
            and "supersededby" not in event and event["causationid"] not in gone]


def test_results_tell_which_version_they_replace_and_what_was_taken_back(ingest):
    start(ingest)
    live = subscribe(ingest.raw, "raw/0/")
    ingest.analyzer().wait_for("ready")
    with Feeder(ingest.ingest) as feeder:
        ids = {}
        for uri, version, n in (("urn:a", "1", 1), ("urn:b", "1", 2), ("urn:a", "3", 3), ("urn:a", "2", 4), ("urn:a", "4", 5)):
            ids[uri, version] = feeder.give(item(uri, version, n))[1]["id"]
        for expected_known in (None, True):
            notice = feeder.give({"uri": "urn:b", "pubStatus": "canceled"})[1]
            assert notice.get("known") is expected_known
        # Nothing was published under it; the very same text stays taken back; a new one is an article again.
        assert feeder.give({"uri": "urn:none", "pubstatus": "canceled", "standard": {"name": "ninjs"}})[1]["known"]
        assert feeder.give(item("urn:b", "1", 2))[1]["known"]
        ids["urn:b", "2"] = feeder.give(item("urn:b", "2", 6))[1]["id"]
        assert feeder.give({"pubStatus": "canceled"})[1]["code"] == 400
    raw = ingest.articles()
    events = {event["id"]: event for _, _, event in raw}
    replaced = {key: (events[id].get("supersedes"), events[id].get("supersededby")) for key, id in ids.items()}
    a = {version: ids["urn:a", version] for version in "1234"}
    assert replaced == {
        ("urn:a", "1"): (None, None), ("urn:a", "3"): (a["1"], None), ("urn:a", "2"): (a["1"], a["3"]),
        ("urn:a", "4"): (a["3"], None), ("urn:b", "1"): (None, None), ("urn:b", "2"): (None, None)}
    topic, position, notice = raw[5]
    assert topic == "raw/0/en/harbour-courier/" and notice["data"] == {
        "kind": "withdrawal", "uri": "urn:b", "reason": "canceled", "targets": [{"id": ids["urn:b", "1"], "n": 2}]}
    assert json.loads(receive(live, 1, "raw/0/")[0][2]) == notice
    results = ingest.expect_results(7)
    passed = [(topic, event) for topic, _, event in results if topic.startswith("res/0/")]
    assert [event["data"] for _, event in passed] == [notice["data"]] and passed[0][1]["causationid"] == notice["id"]
    assert passed[0][0] == "res/0/en/harbour-courier/"
    numbers = {event["causationid"]: position["n"] for _, position, event in results}
    assert numbers[ids["urn:b", "1"]] < numbers[notice["id"]] < numbers[ids["urn:b", "2"]]
    assert sorted(current(results, raw)) == sorted([a["4"], ids["urn:b", "2"]])
    for command in (["fetch"], ["tail", "--from", "1", "--count", "7"]):
        shown = subprocess.run(
            [BINARIES / "onrecord", *command, "--connect", ingest.res if command[0] == "tail" else ingest.res_control,
             *(["--control", ingest.res_control] if command[0] == "tail" else [])], capture_output=True, text=True, timeout=DEADLINE)
        assert shown.returncode == 0 and not shown.stderr, shown.stderr
        assert "withdrawn (canceled) urn:b" in shown.stdout and "version 4, in place of an earlier one" in shown.stdout
    shown = subprocess.run(
        [BINARIES / "onrecord", "fetch", "--stream", "raw", "--connect", ingest.raw_control], capture_output=True, text=True, timeout=DEADLINE)
    assert "withdrawn (canceled) urn:b" in shown.stdout, shown.stdout
    assert "cannot be shown" not in shown.stderr
    assert last(ingest.res_control, "dlq") == 0


def test_versions_that_are_no_numbers_replace_each_other_as_they_come(ingest):
    start(ingest)
    with Feeder(ingest.ingest) as feeder:
        ids = [feeder.give({"uri": "urn:x", "body": article(n), **({"version": v} if v else {})})[1]["id"]
               for n, v in enumerate(("b", "a", "", "2024-05-01"))]
    assert [event.get("supersedes") for _, _, event in ingest.articles()] == [None, *ids[:-1]]
    assert not any("supersededby" in event for _, _, event in ingest.articles())


def test_a_folder_that_holds_a_cancelled_item_says_so_once_at_whatever_restart(ingest):
    for n, name in enumerate(("a", "b")):
        (ingest.inbox / f"{name}1.json").write_text(json.dumps(item(f"urn:{name}", 1, n)))
    (ingest.inbox / "a2.json").write_text(json.dumps(
        {"uri": "urn:a", "standard": {"name": "ninjs"}, "version": "2", "pubstatus": "canceled", "bodies": [{"value": ""}]}))
    for _ in range(3):
        assert ingest.producer("--once").ended() == 0
    ingest.producer().wait_for("all sources are read")
    kinds = [(event["subject"], event["type"].split(".")[2]) for _, _, event in ingest.articles()]
    assert kinds == [("urn:a", "article"), ("urn:a", "notice"), ("urn:b", "article")]
    shown = subprocess.run([BINARIES / "onrecord", "analyze", ingest.inbox / "a2.json"], capture_output=True, text=True, timeout=DEADLINE)
    assert shown.returncode == 0 and "urn:a is taken back: canceled" in shown.stderr


def test_what_is_current_is_the_same_for_readers_sink_and_board_after_every_restart(ingest):
    """Items of a folder, in the order of their names: each article with another fate."""
    items = {
        "a1": item("urn:a", 1, 1), "a2": {"uri": "urn:a", "version": 2, "pubStatus": "canceled"}, "a3": item("urn:a", 3, 2),
        # The kill before its article; an article again after one that has no version; a kill that is older than what stands.
        "b1": {"uri": "urn:b", "version": 9, "pubStatus": "canceled", "bodies": []}, "b2": item("urn:b", 8, 3),
        "c1": {"uri": "urn:c", "body": article(4)}, "c2": {"uri": "urn:c", "pubStatus": "withheld"}, "c3": {"uri": "urn:c", "body": article(5)},
        "d1": item("urn:d", 3, 6), "d2": {"uri": "urn:d", "version": 2, "pubStatus": "canceled"}, "e1": item("urn:e", 1, 7)}
    for name, content in items.items():
        (ingest.inbox / f"{name}.json").write_text(json.dumps(content))
    atom = ("<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'><title>Courier</title>"
            "{}</feed>")
    entry = "<entry><id>tag:x,2024:1</id><title>Pier</title><link href='https://d.example/1'/><content>{}</content></entry>"
    (ingest.inbox / "f1.xml").write_text(atom.format(entry.format(article(8))))
    (ingest.inbox / "f2.xml").write_text(atom.format("<at:deleted-entry ref='tag:x,2024:1' when='2024-05-02T00:00:00Z'/>"))
    counts = []
    for _ in range(3):
        assert ingest.producer("--once").ended() == 0
        producer = ingest.producer()
        producer.wait_for("all sources are read")
        counts.append(last(ingest.raw_control, "raw"))
        said = [line for line in producer.lines if "its source took it back" in line]
        producer.stop()
    assert counts[0] == counts[2], counts
    assert any("b2.json" in line for line in said), said
    producer = ingest.producer()
    ingest.analyzer().wait_for("ready")
    results = ingest.expect_results(counts[0])
    uris = {event["causationid"]: event["subject"] for _, _, event in results}
    expected = ["urn:a", "urn:c", "urn:d", "urn:e"]
    assert sorted(uris[id] for id in current(results, ingest.articles())) == expected
    path = ingest.folder / "analyses.db"
    sink = Service("onrecord", "sink", "--connect", ingest.res, "--control", ingest.res_control, path)
    ingest.services.append(sink)

    def standing():
        if not path.exists():
            return None
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            try:
                n = db.execute("SELECT json_extract(value, '$.n') FROM cursor").fetchone()
                return n and n[0] == counts[0] and sorted(set(db.execute("SELECT uri, version FROM current")))
            except sqlite3.OperationalError:
                return None

    found = eventually(standing, "the whole stream in the sink")
    assert [uri for uri, _ in found] == expected and dict(found)["urn:a"] == "3" and dict(found)["urn:d"] == "3", found
    board = Service("onrecord", "board", path, "--http", f"127.0.0.1:{free_port()}")
    ingest.services.append(board)
    address = board.wait_for("is shown at").rsplit("http://", 1)[1].split('"')[0].rstrip("/")
    shown = urllib.request.urlopen(f"http://{address}/", timeout=DEADLINE).read().decode()
    assert all(f"pier {n} " in shown for n in (2, 5, 6, 7)) and not any(f"pier {n} " in shown for n in (1, 3, 4, 8))


def test_the_same_text_from_elsewhere_is_linked_where_that_is_asked_for(ingest):
    producer = start(ingest, "--dedupe")
    ingest.analyzer().wait_for("ready")
    with Feeder(ingest.ingest) as feeder:
        first = feeder.give(item("urn:a", "1", 1))[1]
        assert first["n"] == 1
        for uri in ("urn:b", "urn:a"):
            linked = feeder.give({**item(uri, "2", 1), "headline": "Another headline"})[1]
            assert "n" in linked and feeder.give({**item(uri, "2", 1), "headline": "Another headline"})[1]["known"]
        assert feeder.give(item("urn:b", "3", 2))[1]["n"] == 4
        # Once it is taken back, the text is new again under another address.
        assert feeder.give({"uri": "urn:a", "pubStatus": "canceled"})[1]["n"] == 5
        assert feeder.give(item("urn:c", "1", 1))[1]["n"] == 6
    notices = [event["data"] for topic, _, event in ingest.articles() if topic.startswith("raw/0/")]
    assert notices[0] == {
        "kind": "duplicate", "uri": "urn:b", "headline": "Another headline", "targets": [{"id": first["id"], "n": 1}]}
    assert notices[1]["uri"] == "urn:a" and notices[2]["kind"] == "withdrawal"
    results = ingest.expect_results(6)
    assert [topic.split("/")[1] for topic, _, _ in results].count("1") == 3
    assert producer.stop() == 0


def test_a_page_that_has_gone_is_taken_back_also_after_a_restart_and_not_asked_again(site, web):
    web.pages["/1"] = page(1).replace("</title>", f"</title><link rel=canonical href={web.url}/pier-1>")
    web.pages["/2"] = page(2)
    sources = [web.url + "/1", web.url + "/2"]
    assert site.producer("--once", "--allow-private", sources=sources).ended() == 0
    web.pages["/1"] = (410, {}, "")
    assert site.producer("--once", "--allow-private", sources=sources).ended() == 66
    asked = web.paths().count("/1")
    again = site.producer("--once", "--allow-private", sources=sources)
    assert again.ended() == 0
    assert web.paths().count("/1") == asked and any("is gone for good" in line for line in again.lines)
    site.producer().wait_for("ready")
    events = [event for _, _, event in fetch(site.raw_control, "raw")]
    assert [event["subject"] for event in events] == [web.url + "/pier-1", web.url + "/2", web.url + "/pier-1"]
    assert events[2]["data"]["reason"] == "gone" and events[2]["data"]["targets"] == [{"id": events[0]["id"], "n": 1}]


def test_a_page_neither_replaces_nor_takes_back_what_another_site_published(site, web):
    other = Web()
    try:
        web.pages["/1"] = page(1)
        for n, claim in enumerate((f"<link rel=canonical href={web.url}/1>", f"<meta property=og:url content={web.url}/1>",
                                   f'<script type=application/ld+json>{{"@type": "NewsArticle", "url": "{web.url}/1"}}</script>')):
            other.pages[f"/copy/{n}"] = page(n + 2).replace("</title>", "</title>" + claim)
        copies = [f"{other.url}/copy/{n}" for n in range(3)]
        assert site.producer("--once", "--allow-private", sources=[web.url + "/1"]).ended() == 0
        producer = site.producer("--once", "--allow-private", sources=copies)
        assert producer.ended() == 0
        assert sum("only that site may publish under it" in line for line in producer.lines) == 1, producer.lines
        for n in range(3):
            other.pages[f"/copy/{n}"] = (410, {}, "")
        assert site.producer("--once", "--allow-private", sources=copies).ended() == 66
    finally:
        other.close()
    site.producer().wait_for("ready")
    events = [event for _, _, event in fetch(site.raw_control, "raw")]
    assert sorted(event["subject"] for event in events) == sorted([web.url + "/1", *copies, *copies])
    assert not any("supersedes" in event for event in events)
    assert [event["data"]["reason"] for event in events[4:]] == ["gone"] * 3


def test_an_article_is_one_under_whatever_fragment_its_address_is_given(site, web):
    web.pages["/1"] = web.pages["/1?utm_source=rss"] = page(1)
    sources = [web.url + address for address in ("/1#a", "/1#b", "/1?utm_source=rss", "/1")]
    assert site.producer("--once", "--allow-private", sources=sources).ended() == 0
    site.producer().wait_for("ready")
    assert [event["subject"] for _, _, event in fetch(site.raw_control, "raw")] == [web.url + "/1"]


def atom(url, numbers, deleted=()):
    entries = "".join(
        f"<entry><id>tag:x,2024:{n}</id><title>Pier {n}</title><link href='{url}/page/{n}'/><updated>2024-05-01T00:00:00Z</updated>"
        f"</entry>" for n in numbers)
    gone = "".join(f"<at:deleted-entry ref='tag:x,2024:{n}' when='2024-05-02T00:00:00Z'/>" for n in deleted)
    return (f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'><title>Courier</title>"
            f"{entries}{gone}</feed>")


def test_an_entry_that_a_feed_deletes_is_taken_back_under_the_address_of_its_page(site, web):
    for n in range(3):
        web.pages[f"/page/{n}"] = page(n)
    web.pages["/feed"] = atom(web.url, range(3))
    arguments = ("--once", "--allow-private")
    assert site.producer(*arguments, sources=[web.url + "/feed"]).ended() == 0
    web.pages["/feed"] = atom(web.url, (0, 2), deleted=[1, 7])
    for _ in range(2):
        assert site.producer(*arguments, sources=[web.url + "/feed"]).ended() == 0
    site.producer().wait_for("ready")
    events = [event for _, _, event in fetch(site.raw_control, "raw")]
    assert len(events) == 4
    notice = events[3]["data"]
    assert (notice["uri"], notice["reason"]) == (web.url + "/page/1", "deleted") and len(notice["targets"]) == 1


def test_a_feed_takes_back_nothing_of_others(site, web):
    """An article of one address, and a feed that claims to delete it."""
    web.pages["/page/1"] = page(1)
    web.pages["/feed"] = atom(web.url, [2]).replace(
        "</feed>", f"<at:deleted-entry ref='{web.url}/page/1' when='2024-05-02T00:00:00Z'/></feed>")
    web.pages["/page/2"] = page(2)
    for source in ("/page/1", "/feed"):
        assert site.producer("--once", "--allow-private", sources=[web.url + source]).ended() == 0
    site.producer().wait_for("ready")
    events = [event for _, _, event in fetch(site.raw_control, "raw")]
    assert len(events) == 2 and all("reason" not in event["data"] for event in events)


def test_few_words_of_a_feed_replace_no_page_that_was_read(site, web):
    """A page that answers an error when its entry changes is asked again; one that is gone is taken back."""
    for n in range(2):
        web.pages[f"/page/{n}"] = page(n)
    web.pages["/feed"] = atom(web.url, range(2))
    assert site.producer("--once", "--allow-private", sources=[web.url + "/feed"]).ended() == 0
    web.pages["/feed"] = atom(web.url, range(2)).replace("2024-05-01T", "2024-05-03T")
    web.pages["/page/0"], web.pages["/page/1"] = (500, {}, ""), (410, {}, "")
    producer = site.producer("--once", "--allow-private", sources=[web.url + "/feed"])
    producer.ended()
    assert any("stays as it was" in line for line in producer.lines)
    asked = web.paths().count("/page/0")
    web.pages["/page/0"] = page(0).replace("</p>", " It was mended in June.</p>", 1)
    site.producer("--once", "--allow-private", sources=[web.url + "/feed"]).ended()
    assert web.paths().count("/page/0") == asked + 1
    site.producer().wait_for("ready")
    events = [event for _, _, event in fetch(site.raw_control, "raw")]
    assert [event["data"].get("reason") for event in events] == [None, None, "gone", None]
    assert "mended in June" in json.dumps(events[3])


def test_a_feed_that_shows_a_page_for_a_while_is_still_a_feed(site, web):
    web.pages["/page/1"] = page(1)
    web.pages["/feed"] = atom(web.url, [1])
    assert site.producer("--once", "--allow-private", sources=[web.url + "/feed"]).ended() == 0
    web.pages["/feed"] = page(7)
    producer = site.producer("--once", "--allow-private", sources=[web.url + "/feed"])
    producer.ended()
    assert any("it was a feed" in line for line in producer.lines)
    site.producer().wait_for("ready")
    assert len(fetch(site.raw_control, "raw")) == 1


def test_a_feed_that_floods_is_said_once_and_shown(site, web):
    def full(numbers):
        items = "".join(f"<item><title>T {n}</title><guid>urn:f:{n}</guid><description>{'Word of pier %d. ' % n * 60}</description></item>"
                        for n in numbers)
        return f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>"

    for numbers, floods in ((range(5), 0), (range(400), 1), (range(400, 900), 0)):
        web.pages["/feed"] = full(numbers)
        producer = site.producer("--once", "--allow-private", sources=[web.url + "/feed"])
        assert producer.ended() == 0
        assert sum("new entries at once" in line for line in producer.lines) == floods, producer.lines
    shown = subprocess.run([BINARIES / "onrecord", "status", site.folder / "producer"], capture_output=True, text=True, timeout=DEADLINE)
    assert "brought 500 entries at once" in " ".join(shown.stdout.split()), shown.stdout
    site.producer().wait_for("ready")
    assert last(site.raw_control, "raw") == 900

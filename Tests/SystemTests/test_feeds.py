"""Feeds whose pages or servers fail for a while, are slow, or are no feeds: nothing is lost, doubled or taken for something else."""

import json
import socket
import subprocess
import threading

import pytest
from onrecord import BINARIES, DEADLINE, eventually, last
from web import Web, page, rss

pytestmark = pytest.mark.waits

FULL = "autumn storms"  # what pages say, and feeds do not


@pytest.fixture
def web():
    web = Web("0.0.0.0")
    yield web
    web.close()


def status(site):
    shown = subprocess.run(
        [BINARIES / "onrecord", "status", "--format", "jsonl", site.folder / "producer"], capture_output=True, text=True, timeout=DEADLINE)
    return {line["address"]: line for line in map(json.loads, shown.stdout.splitlines())}


def memory(site, address):
    """What the producer remembers of an address; empty where that is nothing yet."""
    path = site.folder / "producer" / "feeds.json"
    return json.loads(path.read_text()).get(address, {}) if path.exists() else {}


def texts(site):
    """The body of each article, by its subject; fails where one was published in two versions."""
    producer = site.producer(sources=[])
    producer.wait_for("ready")
    events = [event for _, _, event in site.articles()]
    assert producer.stop() == 0
    subjects = [event["subject"] for event in events]
    assert len(subjects) == len(set(subjects)), subjects
    return {event["subject"]: event["data"]["bodies"][0]["value"] for event in events}


@pytest.mark.long
def test_a_page_that_fails_for_the_moment_is_asked_again_and_its_teaser_is_no_article(site, web):
    """Each kind of passing failure, each on a host of its own; the feed names the entries no more when the pages are back."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    kinds = {1: (500, {}, ""), 2: (503, {"Retry-After": "1"}, ""), 3: (429, {"Retry-After": "1"}, ""), 4: (408, {}, ""),
             5: (200, {"Content-Length": "100000", "Connection": "close"}, page(5))}
    hosts = {n: f"http://127.1.0.{n}:{web.server.server_port}/page/{n}" for n in kinds}
    hosts[6] = f"http://127.0.0.1:{port}/page/6"
    web.pages.update({f"/page/{n}": answer for n, answer in kinds.items()})
    items = "".join(f"<item><title>Pier {n}</title><link>{link}</link><description>Teaser.</description></item>" for n, link in hosts.items())
    web.pages["/feed"] = f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>"
    arguments = ("--allow-private", "--feed-interval", "1s")
    first = site.producer(*arguments, "--once", sources=[web.url + "/feed"])
    assert first.ended() == 66
    assert any("the pages of 6 entries could not be read" in line for line in first.lines), first.lines
    assert len(memory(site, web.url + "/feed")["waiting"]) == 6
    web.pages["/feed"] = "<rss version='2.0'><channel><title>Courier</title></channel></rss>"
    for n in kinds:
        web.pages[f"/page/{n}"] = page(n)
    late = Web(port=port)
    late.pages["/page/6"] = page(6)
    producer = site.producer(*arguments, sources=[web.url + "/feed"])
    eventually(lambda: last(site.raw_control, "raw") >= 6, "the articles")
    producer.kill()
    late.close()
    found = texts(site)
    assert set(found) == set(hosts.values()) and all(FULL in text for text in found.values()), found


def test_only_a_page_that_goes_on_failing_leaves_its_teaser(site, web):
    web.pages["/feed"] = rss(web.url, [1], "A teaser of pier 1.")
    web.pages["/page/1"] = (500, {}, "")
    producer = site.producer("--allow-private", "--feed-interval", "1s", sources=[web.url + "/feed"])
    producer.wait_for("the page of an entry could not be read")
    producer.wait_for("the text is the feed's own")
    assert any("asked for 6 times" in line for line in producer.lines), producer.lines
    assert web.paths().count("/page/1") == 6
    eventually(lambda: last(site.raw_control, "raw") == 1, "the teaser")
    assert producer.stop() == 0
    assert not memory(site, web.url + "/feed").get("waiting")
    assert list(texts(site).values()) == ["A teaser of pier 1."]


def test_a_first_reading_is_shown_and_goes_on_where_it_was_killed(site, web):
    """Three hundred entries, each page on a host of its own; the hundredth page waits until the producer was killed."""
    count, gate = 300, threading.Event()

    def slow(_):
        gate.wait(DEADLINE)
        return page(100)

    links = [f"http://127.2.{n // 200}.{n % 200 + 1}:{web.server.server_port}/page/{n}" for n in range(count)]
    for n in range(count):
        web.pages[f"/page/{n}"] = page(n)
    web.pages["/page/100"] = slow
    items = "".join(f"<item><title>Pier {n}</title><link>{link}</link><description>Teaser.</description></item>" for n, link in enumerate(links))
    web.pages["/feed"] = lambda headers: (
        (304, {}, "") if headers.get("If-None-Match") == '"a"' else
        (200, {"ETag": '"a"'}, f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>"))
    feed = web.url + "/feed"
    arguments = ("--allow-private", "--feed-interval", "1s")
    producer = site.producer(*arguments, sources=[feed])
    producer.wait_for("300 entries wait for their pages")
    eventually(lambda: len(memory(site, feed).get("waiting", ())) == count - 100, "what was read to be kept")
    shown = status(site)[feed]
    assert shown["waiting"] == count - 100 and shown["entries"] == 100 and shown["errors"] == 0
    assert "200 entries to read" in " ".join(subprocess.run(
        [BINARIES / "onrecord", "status", site.folder / "producer"], capture_output=True, text=True, timeout=DEADLINE).stdout.split())
    producer.kill()
    asked = len(web.requests)
    gate.set()
    again = site.producer(*arguments, sources=[feed])
    eventually(lambda: last(site.raw_control, "raw") == count, "every article")
    again.wait_for("the pages of all its entries were asked for")
    assert again.stop() == 0
    later = [path for path, _ in web.requests[asked:]]
    assert sorted(path for path in later if path.startswith("/page/")) == sorted(f"/page/{n}" for n in range(100, count))
    found = texts(site)
    assert set(found) == set(links) and all(FULL in text for text in found.values())


def test_what_stands_on_the_list_is_a_feed_whatever_it_answers_first(site, web):
    """A page that names its feed, one that names none and becomes a feed later, and a feed without entries that shows a page."""
    for n in range(1, 4):
        web.pages[f"/page/{n}"] = page(n)
    web.pages["/site"] = page(7).replace(
        "<head>", "<head><link rel='alternate' type='application/rss+xml' href='named.xml'><link rel=alternate type=application/rss+xml href=/comments>")
    web.pages["/named.xml"] = rss(web.url, [1])
    web.pages["/late"] = (200, {"Content-Type": "text/html"}, page(8))
    web.pages["/empty"] = rss(web.url, [])
    feeds = site.folder / "feeds.txt"
    feeds.write_text(f"{web.url}/site\n{web.url}/late # two\n{web.url}/empty\n")
    producer = site.producer("--allow-private", "--feeds", feeds, "--feed-interval", "1s", sources=[])
    producer.wait_for("no feed is here")
    producer.wait_for(f"it is a page that names the feed {web.url}/named.xml")
    eventually(lambda: last(site.raw_control, "raw") == 1 and memory(site, web.url + "/empty").get("lastSuccess"), "the feeds")
    assert status(site)[web.url + "/late"]["errors"] > 0
    web.pages["/empty"] = page(9)
    producer.wait_for("it was a feed")
    web.pages["/late"], web.pages["/empty"] = rss(web.url, [2]), rss(web.url, [3])
    eventually(lambda: last(site.raw_control, "raw") == 3, "the entries")
    producer.wait_for("it answers again")
    assert producer.stop() == 0
    assert "/comments" not in web.paths() and web.paths().count("/site") == 1
    assert set(texts(site)) == {f"{web.url}/page/{n}" for n in range(1, 4)}


def test_a_list_that_is_half_written_or_missing_stays_as_it_was(site, web):
    for n in range(1, 4):
        web.pages[f"/page/{n}"], web.pages[f"/{n}"] = page(n), rss(web.url, [n])
    outlines = [f'<outline xmlUrl="{web.url}/{n}"/>' for n in range(1, 4)]
    feeds = site.folder / "feeds.opml"
    whole = "<opml><body>{}</body></opml>"
    feeds.write_text(whole.format("".join(outlines[:2])))
    arguments = ("--allow-private", "--feed-interval", "1s", "--feeds", feeds)
    producer = site.producer(*arguments, sources=[])
    eventually(lambda: last(site.raw_control, "raw") == 2, "the feeds")
    feeds.write_text(whole.format(outlines[2])[:-9])
    producer.wait_for("does not parse (line 1")
    assert "/3" not in web.paths() and set(status(site)) == {f"{web.url}/1", f"{web.url}/2"}
    producer.kill()
    # It counts also at the next start, and so it does where the list is missing.
    for fault in ("does not parse", "is not there, and stays as it was"):
        asked = len(web.requests)
        producer = site.producer(*arguments, sources=[])
        producer.wait_for(fault)
        eventually(lambda: {"/1", "/2"} <= set(web.paths()[asked:]), "the feeds of the former list")
        assert "/3" not in web.paths()
        feeds.unlink(missing_ok=True)
        if fault.startswith("does"):
            producer.kill()
    feeds.write_text(whole.format("".join(outlines[1:])))
    eventually(lambda: last(site.raw_control, "raw") == 3, "the new feed")
    eventually(lambda: set(status(site)) == {f"{web.url}/2", f"{web.url}/3"}, "the status of what is on the list")
    assert sum("is not there" in line for line in producer.lines) == 1
    assert producer.stop() == 0


def test_a_robots_txt_that_cannot_be_read_is_said_to_be_so_and_no_prohibition(site, web):
    web.pages["/feed"] = rss(web.url, [1])
    web.pages["/page/1"] = page(1)
    web.pages["/robots.txt"] = (503, {"Retry-After": "1"}, "")
    producer = site.producer("--allow-private", "--feed-interval", "1s", sources=[web.url + "/feed"])
    line = producer.wait_for("its robots.txt could not be read")
    assert "503" in line and "RFC 9309" in line and "/page/1" not in web.paths(), line
    web.pages["/robots.txt"] = "User-agent: *\nDisallow: /other"
    eventually(lambda: last(site.raw_control, "raw") == 1, "the article")
    assert producer.stop() == 0 and not any("asks not to" in line for line in producer.lines)
    assert FULL in texts(site)[f"{web.url}/page/1"]


def test_an_item_of_the_wrong_type_costs_itself_and_is_counted(site, web):
    items = [{"id": str(n), "url": f"{web.url}/page/{n}", "title": f"Pier {n}"} for n in range(1, 5)]
    items[0]["title"], items[1]["date_published"], items[3] = 5, None, "nonsense"
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": [*items, {"id": 7, "title": [], "content_text": "Seven."}]}
    web.pages["/feed.json"] = (200, {"Content-Type": "application/feed+json"}, json.dumps(feed))
    for n in range(1, 5):
        web.pages[f"/page/{n}"] = page(n)
    producer = site.producer("--once", "--allow-private", sources=[web.url + "/feed.json"])
    assert producer.ended() == 65
    assert any("the item is a text, and no object" in line for line in producer.lines), producer.lines
    assert sum("is a number, and no text: left out" in line or "is a list, and no text: left out" in line for line in producer.lines) == 2
    found = texts(site)
    assert set(found) == {*(f"{web.url}/page/{n}" for n in range(1, 4)), f"{web.url}/feed.json#7"}
    assert found[f"{web.url}/feed.json#7"] == "Seven."


def test_links_that_lead_to_no_page_are_no_addresses_and_what_is_no_page_is_not_read(site, web):
    """Links that run something or are a picture, and a feed whose address has a password."""
    links = ["javascript:alert(1)", "file:///etc/passwd", "ftp://news.example/1", "data:text/html,x", "/song.mp3", "/paper.pdf", "full"]
    web.pages["/song.mp3"] = (200, {"Content-Type": "audio/mpeg"}, b"ID3 " * 100_000)
    web.pages["/paper.pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4 harbour")
    items = "".join(f"<item><title>Pier {n}</title><link>{link}</link><guid isPermaLink='false'>urn:pier:{n}</guid>"
                    f"<description>Teaser {n}.</description></item>" for n, link in enumerate(links))
    items = items.replace("<description>Teaser 6.", "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
                          + "Words of the pier. " * 40 + "</content:encoded><description>")
    web.pages["/feed"] = f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>"
    secret = web.url.replace("http://", "http://me:sesame@")
    producer = site.producer("--once", "--allow-private", sources=[secret + "/feed"])
    assert producer.ended() == 0, producer.lines
    assert any("it is no page, but audio/mpeg" in line for line in producer.lines), producer.lines
    found = texts(site)
    assert set(found) == {*(f"urn:pier:{n}" for n in range(4)), *(web.url + link for link in links[4:6]), web.url + "/full"}
    assert found[web.url + "/song.mp3"] == "Teaser 4." and found["urn:pier:0"] == "Teaser 0."
    assert not any("sesame" in line for line in producer.lines)


def test_a_server_that_wants_its_cookie_back_gets_it_on_the_way_and_nobody_else(site, web):
    seen = []

    def feed(headers):
        seen.append(headers.get("Cookie"))
        return rss(web.url, [1]) if headers.get("Cookie") == "reader=7" else (302, {"Location": "/feed", "Set-Cookie": "reader=7; Path=/"}, "")

    web.pages["/feed"] = feed
    other = Web("0.0.0.0")
    other.pages["/feed"] = lambda headers: seen.append(headers.get("Cookie")) or rss(web.url, [2])
    web.pages["/away"] = (302, {"Location": f"http://127.0.0.2:{other.server.server_port}/feed", "Set-Cookie": "x=1"}, "")
    web.pages["/page/1"], web.pages["/page/2"] = page(1), page(2)
    producer = site.producer("--once", "--allow-private", sources=[web.url + "/feed", web.url + "/away"])
    assert producer.ended() == 0, producer.lines
    other.close()
    assert sorted(map(str, seen)) == ["None", "None", "reader=7"]
    assert set(texts(site)) == {web.url + "/page/1", web.url + "/page/2"}


def test_a_feed_without_its_end_keeps_back_its_last_entry_until_it_is_whole_or_always_ends_so(site, web):
    text = "The harbour board repaired the pier in March, engineer Mira Kolar told reporters. " * 12
    whole = rss(web.url, [1, 2], text=text, full=True)
    web.pages["/cut"] = whole[:-600]
    web.pages["/endless"] = whole.replace("/page/", "/other/").removesuffix("</channel></rss>")
    arguments = ("--once", "--allow-private")
    sources = [web.url + "/cut", web.url + "/endless"]
    first = site.producer(*arguments, sources=sources)
    assert first.ended() == 0 and sum("its end is missing" in line for line in first.lines) == 2, first.lines
    assert set(texts(site)) == {web.url + "/page/1", web.url + "/other/1"}
    web.pages["/cut"] = "<br />\n<b>Warning</b>: something in <b>/srv/feed.php</b> on line 7<br />\n" + whole
    second = site.producer(*arguments, sources=sources)
    assert second.ended() == 0 and not any("its end is missing" in line for line in second.lines), second.lines
    found = texts(site)
    assert set(found) == {f"{web.url}/{kind}/{n}" for kind in ("page", "other") for n in (1, 2)}
    assert len(set(map(len, found.values()))) == 1


def test_a_page_that_has_less_than_its_feed_does_not_take_its_place(site, web):
    """Such as one that asks for consent first."""
    web.pages["/page/1"] = page(2)
    text = "The harbour board repaired the pier in March, engineer Mira Kolar told reporters. " * 8
    web.pages["/feed"] = rss(web.url, [1], text)
    producer = site.producer("--once", "--allow-private", sources=[web.url + "/feed"])
    assert producer.ended() == 0, producer.lines
    assert texts(site) == {web.url + "/page/1": text.strip()}


def test_a_restart_asks_no_feed_sooner_than_its_server_wants(site, web):
    web.pages["/later"] = (503, {"Retry-After": "3600"}, "")
    web.pages["/other"] = rss(web.url, [])
    arguments = ("--allow-private", "--feed-interval", "1s")
    other = f"http://127.0.0.2:{web.server.server_port}/other"
    for start in range(2):
        asked = web.paths().count("/other")
        producer = site.producer(*arguments, sources=[web.url + "/later", other])
        eventually(lambda asked=asked: web.paths().count("/other") >= asked + 3, "the other feed to be asked again and again")
        eventually(lambda: memory(site, web.url + "/later").get("errors") == 1, "the failure to be kept")
        producer.kill()
    assert web.paths().count("/later") == 1 and start == 1

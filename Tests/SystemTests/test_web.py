"""Pages and feeds of the web, from a server that does what servers do."""

import json
import subprocess

import pytest
from onrecord import BINARIES, Service, eventually, last
from web import Web, gzip, page, rss


@pytest.fixture
def web():
    web = Web()
    yield web
    web.close()


def tool(*arguments):
    return subprocess.run([BINARIES / "onrecord", *map(str, arguments)], capture_output=True, text=True, timeout=60)


def test_a_page_is_read_by_its_address_compressed_and_behind_redirects(web):
    web.pages["/old"] = (301, {"Location": "/new"}, "")
    web.pages["/new"] = (200, {"Content-Type": "text/html; charset=windows-1252", "Content-Encoding": "gzip"},
                         gzip.compress(page(7).encode("windows-1252")))
    shown = tool("article", "--allow-private", "--format", "jsonl", web.url + "/old")
    assert shown.returncode == 0, shown.stderr
    article = json.loads(shown.stdout)
    assert article["headline"] == "Pier 7 opens" and article["uri"] == web.url + "/new" and "“We will open pier 7" in article["body"]
    assert tool("analyze", "--allow-private", "--format", "jsonl", web.url + "/new").returncode == 0


def test_nothing_is_fetched_from_private_addresses_by_number_name_or_redirect(web):
    web.pages["/"] = page(1)
    port = web.server.server_port
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f000001", "127.1"):
        shown = tool("article", f"http://{host}:{port}/")
        assert shown.returncode == 65 and "private address" in shown.stderr, (host, shown.stderr)
    assert web.requests == []
    for target in ("file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/"):
        web.pages["/away"] = (302, {"Location": target}, "")
        shown = tool("article", "--allow-private", web.url + "/away")
        assert shown.returncode == 65 and "only http and https" in shown.stderr, shown.stderr


def test_endless_redirects_and_bodies_end(web):
    web.pages["/loop"] = (302, {"Location": "/loop"}, "")
    web.pages["/huge"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"x" * (80 << 20)))
    for path, text in (("/loop", "redirects"), ("/huge", "larger than")):
        shown = tool("article", "--allow-private", web.url + path)
        assert shown.returncode == 65 and text in shown.stderr, shown.stderr


def test_a_feed_is_published_with_the_text_of_its_pages_and_nothing_twice(site, web):
    for n in range(4):
        web.pages[f"/page/{n}"] = page(n)
    web.pages["/page/2"] = (500, {}, "")
    web.pages["/robots.txt"] = "User-agent: *\nDisallow: /page/3\n"
    web.pages["/rss"] = lambda headers: (
        (304, {}, "") if headers.get("If-None-Match") == '"a"' else (200, {"ETag": '"a"'}, rss(web.url, range(4), "Said Bo Ek: “No.”")))
    first = site.producer("--once", "--allow-private", sources=[web.url + "/rss"])
    assert first.ended() == 0, first.lines
    events = {event["subject"]: event["data"] for _, _, event in _articles(site)}
    assert sorted(events) == [f"{web.url}/page/{n}" for n in range(4)]
    assert "before the autumn storms" in events[f"{web.url}/page/0"]["bodies"][0]["value"]
    # What its page does not give is the feed's own.
    assert "Said Bo Ek" in events[f"{web.url}/page/2"]["bodies"][0]["value"]
    assert "Said Bo Ek" in events[f"{web.url}/page/3"]["bodies"][0]["value"]
    assert "/page/3" not in web.paths()
    before = len(web.requests)
    again = site.producer("--once", "--allow-private", sources=[web.url + "/rss"])
    assert again.ended() == 0
    assert any("published=0 known=0" in line for line in again.lines), again.lines
    assert web.paths()[before:] == ["/rss"]
    # The feed is whole and new again: only what was not read before is asked for.
    web.pages["/rss"] = rss(web.url, range(5))
    web.pages["/page/4"] = page(4)
    more = site.producer("--once", "--allow-private", sources=[web.url + "/rss"])
    assert more.ended() == 0
    assert any("published=1 known=0" in line for line in more.lines), more.lines


def test_a_list_of_feeds_is_read_again_when_it_changes_and_a_dead_feed_is_said_once(site, web):
    web.pages["/a"] = rss(web.url, [1])
    web.pages["/b"] = rss(web.url, [2])
    for n in (1, 2):
        web.pages[f"/page/{n}"] = page(n)
    feeds = site.folder / "feeds.txt"
    feeds.write_text(f"# feeds\n{web.url}/a\n{web.url}/dead\nnonsense\n")
    producer = site.producer("--allow-private", "--feeds", feeds, sources=[])
    eventually(lambda: last(site.raw_control, "raw") == 1, "the first feed")
    feeds.write_text(f'<opml><body><outline xmlUrl="{web.url}/b"/><outline text="x"><outline xmlUrl="{web.url}/a"/></outline></body></opml>')
    eventually(lambda: last(site.raw_control, "raw") == 2, "the second feed")
    assert sum("/dead" in line and "404" in line for line in producer.lines) == 1, producer.lines
    assert sum("nonsense" in line for line in producer.lines) == 1
    assert producer.stop() == 0
    memory = json.loads((site.folder / "producer" / "feeds.json").read_text())
    assert memory[f"{web.url}/dead"]["errors"] == 1 and memory[f"{web.url}/a"]["lastSuccess"]


def _articles(site):
    """What is published, asked of a producer that serves it."""
    producer = site.producer(sources=[])
    eventually(lambda: last(site.raw_control, "raw") > 0, "the articles")
    articles = site.articles()
    assert producer.stop() == 0
    return articles


def test_a_feed_is_shown_by_its_address_or_file(web, tmp_path):
    (tmp_path / "feed").write_text(rss(web.url, [1]))
    shown = tool("feed", "--format", "json", tmp_path / "feed")
    assert json.loads(shown.stdout)["entries"][0]["link"] == f"{web.url}/page/1"
    assert tool("feed", tmp_path / "missing").returncode == 66
    assert Service is not None

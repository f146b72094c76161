"""`onrecord board`: pages over a sink's database, asked by real clients of HTTP."""

import html
import http.client
import re
import socket
import sqlite3
import subprocess

import pytest
from onrecord import BINARIES, Service, eventually
from stream import Stream, analysis, withdrawal


class Site:
    """A stream, the sink that follows it, and the board over that."""

    def __init__(self, folder, *arguments):
        self.stream, self.path, self.count = Stream(), folder / "analyses.db", 0
        self.sink = Service("onrecord", "sink", "--connect", self.stream.publish_endpoint, "--control", self.stream.control_endpoint, self.path)
        eventually(lambda: self.held() == 0, "the database")
        self.board = Service("onrecord", "board", self.path, "--http", "127.0.0.1:0", *arguments)
        self.address = self.board.wait_for("is shown at").rsplit("http://", 1)[1]

    def held(self):
        """The number of the last message in the database, nothing where there is none."""
        if not self.path.exists():
            return None
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True) as db:
            try:
                cursor = db.execute("SELECT json_extract(value, '$.n') FROM cursor").fetchone()
            except sqlite3.OperationalError:
                return None
            return cursor[0] if cursor else 0

    def add(self, *events):
        for event in events:
            self.stream.add(event, "res/0/en/-/" if "targets" in event["data"] else "res/1/en/-/")
            self.count += 1
        eventually(lambda: self.held() == self.count, "the sink has it")

    def get(self, path, method="GET", **headers):
        """Status, headers and text."""
        host, port = self.address.rsplit(":", 1)
        connection = http.client.HTTPConnection(host, int(port), timeout=60)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def page(self, path):
        status, _, text = self.get(path)
        assert status == 200, text
        return text

    def close(self):
        self.board.kill(), self.sink.kill(), self.stream.close()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.close()


def headlines(page):
    return [html.unescape(headline) for headline in re.findall(r"<h2[^>]*><a[^>]*><bdi>(.*?)</bdi>", page)]


def links(page):
    return [html.unescape(link) for link in re.findall(r' href="(.*?)"', page)]


def test_what_was_said_is_listed_searched_and_narrowed(site):
    assert "Nothing has come yet." in site.page("/")
    site.add(
        analysis("a", [("Ann Li", "“The ferry sank at noon,”")], [("Ann Li", "The ferry sank at noon", 0.97)], "Ferry sank", roles={"Ann Li": "mayor"}),
        analysis("b", [("Bo Ek", "“No pier is safe,”"), ("Ann Li", "piers were checked", "indirect")], [(None, "The port has 12 piers.", 0.8),
                 (None, "Nobody knows.", 0.2)], "Piers", source="Herald", published="2024-05-03T10:00:00Z"))
    page = site.page("/")
    assert headlines(page) == ["Piers", "Ferry sank"]
    assert page.index("No pier is safe") < page.index("piers were checked") < page.index("The port has 12 piers")
    assert "Nobody knows" not in page and 'class="role">mayor<' in page
    assert '“<span class="c w3">The ferry sank at noon</span>,”' in page
    for query, expected in [
            ("q=FERRY+noon", ["Ferry sank"]), ("q=ferry+piers", []), ("q=pier*", ["Piers"]), ("speaker=li", ["Piers", "Ferry sank"]),
            ("kind=claim", ["Piers", "Ferry sank"]), ("kind=claim&least=0.9", ["Ferry sank"]), ("kind=claim&least=0.1&q=nobody", ["Piers"]),
            ("source=herald", ["Piers"]), ("since=2024-05-02", ["Piers"]), ("until=2024-05-01", ["Ferry sank"]), ("q=%22%20OR%20*", []),
            ("q=&speaker=&kind=&source=&since=&until=&least=", ["Piers", "Ferry sank"])]:
        assert headlines(site.page("/?" + query)) == expected, query
    assert "Nothing was found." in site.page("/?q=unheard")


def test_an_article_has_a_page_until_it_is_replaced_taken_back_or_erased(site):
    site.add(analysis("a", [("Ann Li", f"“Sentence {i},”") for i in range(9)], headline="Long"), analysis("b", [("Bo", "“Once,”")], uri="javascript:alert(1)"))
    page = site.page("/")
    assert page.count("“Sentence") == 6 and "3 more in this article" in page
    page = site.page("/article/r-a")
    assert page.count("“Sentence") == 9 and "<h1" in page and "https://news.example/a" in links(page)
    assert 'rel="noopener noreferrer"' in page
    page = site.page("/article/r-b")
    assert "javascript:alert(1)" in page and "javascript:alert(1)" not in links(page)
    site.add(analysis("a2", [("Ann Li", "“Other,”")], headline="Longer", uri="https://news.example/a", supersedes="a"))
    assert headlines(site.page("/")) == ["Longer", "A headline"]
    assert "has taken its place" in site.page("/article/r-a")
    site.add(withdrawal("w", "b"))
    assert headlines(site.page("/")) == ["Longer"]
    assert site.get("/article/r-b")[0] == 410 and "Once" not in site.get("/article/r-b")[2]
    site.add(withdrawal("e", "a2", reason="erased"))
    assert headlines(site.page("/")) == [] and site.get("/article/r-a2")[0] == 404


def test_older_articles_are_on_further_pages(site):
    site.add(*(analysis(f"k{i}", [("Ann Li", f"“Number {i},”")], headline=f"H{i}") for i in range(45)))
    seen, path = [], "/?speaker=li"
    while path:
        page = site.page(path)
        seen.append(headlines(page))
        path = next((link for link in links(page) if "before=" in link), None)
    assert [len(part) for part in seen] == [20, 20, 5]
    assert sum(seen, []) == [f"H{i}" for i in reversed(range(45))]


def test_only_sound_questions_are_answered(site):
    for path in ["/?kind=lie", "/?since=then", "/?colour=red", "/?q=a&q=b", "/?least=7", "/%zz", "/?q=%ff", "/article/r-a?x=1", "/?q=" + "a" * 301]:
        status, headers, text = site.get(path)
        assert status == 400 and "<h1>This cannot be asked</h1>" in text, (path, text)
    assert "‘lie’" in site.get("/?kind=lie")[2]
    for path in ["/nothing", "/article/", "/article/../..", "/..%2f..%2fetc/passwd", "//"]:
        assert site.get(path)[0] == 404, path
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"]:
        status, headers, _ = site.get("/", method)
        assert status == 405 and headers["Allow"] == "GET, HEAD", method
    assert site.get("/", "HEAD")[0] == 200
    # Much more than it takes of a request, and something that is none.
    assert site.get("/?q=" + "a" * 40_000)[0] in (400, 413, 414, 431)
    host, port = site.address.split(":")
    with socket.create_connection((host, int(port)), 60) as raw:
        raw.sendall(b"\x00\xff not HTTP\r\n\r\n")
        raw.recv(1 << 16)
    assert site.get("/")[0] == 200


def test_a_name_that_is_not_its_own_is_refused(site):
    port = site.address.rsplit(":", 1)[1]
    for host in ["evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::2]", "169.254.169.254"]:
        assert site.get("/", Host=host)[0] == 421, host
    for host in [f"127.0.0.1:{port}", f"localhost:{port}", "LOCALHOST", f"[::1]:{port}"]:
        assert site.get("/", Host=host)[0] == 200, host


def test_every_answer_forbids_what_a_page_does_not_need(site):
    page = site.page("/")
    files = [link for link in re.findall(r'(?:href|src)="(/[^"]*-[0-9a-f]{12}\.\w+)"', page)]
    assert len(files) == 3 and "<style" not in page and " style=" not in page and not re.search(r"<script(?![^>]* src=)", page)
    for path in ["/", "/nothing", "/?kind=lie", *files]:
        _, headers, text = site.get(path)
        assert "default-src 'none'" in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY" and "Access-Control-Allow-Origin" not in headers
        assert ("immutable" if path in files else "no-store") in headers["Cache-Control"] and text


def test_it_is_open_to_other_machines_only_when_it_is_told_so(tmp_path, site):
    def ended(*arguments):
        done = subprocess.run([BINARIES / "onrecord", "board", *arguments], capture_output=True, text=True, timeout=60)
        return done.returncode, done.stderr

    code, text = ended(site.path, "--http", "0.0.0.0:0")
    assert code == 64 and "--insecure" in text
    assert ended(site.path, "--http", "*:0")[0] == 64
    assert ended(tmp_path / "none.db")[0] == 66
    (tmp_path / "other.db").write_text("something else\n" * 100)
    code, text = ended(tmp_path / "other.db")
    assert code == 66 and "other.db" in text
    code, text = ended(site.path, "--http", site.address)
    assert code == 75 and site.address in text
    board = Service("onrecord", "board", site.path, "--http", "0.0.0.0:0", "--insecure")
    own, site.address = site.address, "127.0.0.1:" + board.wait_for("is shown at").rsplit(":", 1)[1]
    assert site.get("/", Host="board.example")[0] == 200
    assert board.stop() == 0
    site.address = own


def test_a_database_that_is_made_anew_is_read_anew(site):
    site.add(analysis("a", [("Ann Li", "“Old,”")], headline="Old"))
    assert headlines(site.page("/")) == ["Old"]
    site.sink.kill()
    for part in site.path.parent.glob("analyses.db*"):
        part.unlink()
    assert site.get("/")[0] == 503
    site.sink = Service("onrecord", "sink", "--connect", site.stream.publish_endpoint, "--control", site.stream.control_endpoint, site.path)
    site.add(analysis("b", [("Ann Li", "“New,”")], headline="New"))
    assert headlines(site.page("/")) == ["New", "Old"]

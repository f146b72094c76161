"""`onrecord board`: pages over a sink's database, asked by real clients of HTTP."""

import contextlib
import html
import json
import os
import re
import socket
import subprocess
import time
from urllib.parse import quote

import pytest
from board import Listener, Site, headlines, links
from onrecord import BINARIES, DEADLINE, Service, eventually, free_port
from onrecord import Site as Pair
from stream import TIME, analysis, withdrawal
from test_sink import search


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.close()


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
            ("kind=claim", ["Piers", "Ferry sank"]), ("kind=claim&least=0.9", ["Ferry sank"]), ("kind=claim&least=0.1&q=nobody", ["Piers"]), ("q=%26+ferry+%E2%80%93", ["Ferry sank"]), ("q=%26", []), ("speaker=%3F", []),
            ("source=herald", ["Piers"]), ("kind=indirect", ["Piers"]), ("kind=direct&speaker=li", ["Ferry sank"]), ("act=statement", ["Piers", "Ferry sank"]),
            ("act=belief", []), ("language=en", ["Piers", "Ferry sank"]), ("language=EN", ["Piers", "Ferry sank"]), ("language=e", []), ("since=2024-05-02", ["Piers"]), ("until=2024-05-01", ["Ferry sank"]), ("q=%22%20OR%20*", []),
            ("q=&speaker=&kind=&source=&since=&until=&least=", ["Piers", "Ferry sank"])]:
        assert headlines(site.page("/?" + query)) == expected, query
    assert "Nothing was found." in site.page("/?q=unheard")
    page = site.page("/?q=pier*&speaker=ek&kind=quote")
    assert re.findall(r'<a href="([^"]*)"><span class="unseen">Remove </span><bdi>(.*?)</bdi>', page) == [
        ("/?q=pier%2A&amp;speaker=ek", "only quotes"), ("/?kind=quote&amp;q=pier%2A", "by ek")]


@pytest.mark.waits
def test_an_article_has_a_page_until_it_is_replaced_taken_back_or_erased(site):
    site.add(analysis("a", [("Ann Li", f"“Sentence {i},”") for i in range(9)], headline="Long"), analysis("b", [("Bo", "“Once,”")], uri="javascript:alert(1)"))
    page = site.page("/")
    assert page.count("“Sentence") == 5 and "4 more in this article" in page
    page = site.page("/article/r-a")
    assert page.count("“Sentence") == 9 and "<h1" in page and "https://news.example/a" in links(page)
    assert 'rel="noopener noreferrer"' in page
    place = next(link for link in links(site.page("/")) if "at=a-q3" in link)
    status, headers, _ = site.get(place)
    assert status == 303 and headers["Location"] == "/article/r-a#p-a-q3" and 'id="p-a-q3"' in page
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
    for path in ["/?kind=lie", "/?act=lie", "/?language=e_%25", "/?since=then", "/?colour=red", "/?q=a&q=b", "/?least=7", "/%zz", "/?q=%ff", "/article/r-a?x=1", "/?q=" + "a" * 301]:
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
    with socket.create_connection((host, int(port)), DEADLINE) as raw:
        raw.sendall(b"\x00\xff not HTTP\r\n\r\n")
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
        done = subprocess.run([BINARIES / "onrecord", "board", *arguments], capture_output=True, text=True, timeout=DEADLINE)
        return done.returncode, done.stderr

    code, text = ended(site.path, "--http", "0.0.0.0:0")
    assert code == 64 and "--insecure" in text
    assert ended(site.path, "--http", "*:0")[0] == 64
    assert ended(tmp_path / "none.db")[0] == 66
    assert ended("mysql://db.example/news")[0] == 64 and ended("analyses.jsonl")[0] == 64
    (tmp_path / "other.db").write_text("something else\n" * 100)
    code, text = ended(tmp_path / "other.db")
    assert code == 66 and "other.db: is no database" in text
    code, text = ended(site.path, "--http", site.address)
    assert code == 75 and site.address in text
    board = Service("onrecord", "board", site.path, "--http", "0.0.0.0:0", "--insecure")
    own, site.address = site.address, "127.0.0.1:" + board.wait_for("is shown at").rsplit(":", 1)[1]
    assert site.get("/", Host="board.example")[0] == 200
    assert board.stop() == 0
    site.address = own


@pytest.mark.waits
def test_it_goes_on_when_nobody_reads_its_output(site):
    out, closed = os.pipe()
    address = f"127.0.0.1:{free_port()}"
    with subprocess.Popen([BINARIES / "onrecord", "board", site.path, "--http", address], stdout=closed, stderr=subprocess.PIPE, text=True) as board:
        os.close(closed), os.close(out)
        assert "is shown at" in board.stderr.readline()
        site.address = address
        # Each after it had time to see that; a listener's first sign of life comes after five seconds.
        one = Listener(address)
        assert one.event() and any(line.startswith(b":") for line in one.file) and site.get("/")[0] == 200
        one.close()
        board.terminate()
        assert board.wait(DEADLINE) == 0


def test_a_database_that_is_made_anew_is_read_anew(site):
    site.add(analysis("a", [("Ann Li", "“Old,”")], headline="Old"))
    assert headlines(site.page("/")) == ["Old"]
    site.sink.kill()
    for part in site.path.parent.glob("analyses.db*"):
        part.unlink()
    status, headers, text = site.get("/")
    assert status == 503 and str(site.path.parent) not in text and site.board.wait_for(f"{site.path}: ") and headers["Retry-After"]
    eventually(lambda: "database cannot be read" in site.page("/state"), "the state of everything else is shown")
    site.sink = Service("onrecord", "sink", "--connect", site.stream.publish_endpoint, "--control", site.stream.control_endpoint, site.path)
    site.add(analysis("b", [("Ann Li", "“New,”")], headline="New"))
    assert headlines(site.page("/")) == ["New", "Old"]


# What an article says of when it was published, and what a database has of it; nothing for what is no time: then the analysis counts.
TIMES = {
    "2024-05-01T10:00:00Z": "2024-05-01T10:00:00.000Z", "2024-05-01t10:00:00.123456z": "2024-05-01T10:00:00.123Z",
    "2024-05-01": "2024-05-01T00:00:00.000Z", "2024-05-01T23:30:00-14:00": "2024-05-02T13:30:00.000Z",
    "2024-05-01T00:30:00+14:00": "2024-04-30T10:30:00.000Z", "2016-12-31T23:59:60Z": "2017-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z": "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-01:00": "9999-12-31T23:59:59.999Z",
    "0001-01-01T00:00:00Z": "0001-01-01T00:00:00.000Z",
    **dict.fromkeys(["0001-01-01T00:00:00+14:00", "0000-01-01T00:00:00Z", "0000-00-00", "0000-00-00T00:00:00Z", "-0044-03-15T12:00:00Z",
                     "10000-01-01T00:00:00Z", "2024-05-01T24:00:00Z", "2024-02-30", "2024-05-01T10:00:00", "yesterday", ""])}


def test_times_are_the_same_in_every_database(site):
    site.add(*(analysis(f"t{i}", [("Ann Li", f"“Time {i},”")], headline=repr(time), published=time) for i, time in enumerate(TIMES)))
    code, found = search(site.path, "time")
    assert code == 0 and {item["headline"]: item["date"] for item in found} == {repr(time): date or TIME for time, date in TIMES.items()}
    assert [item["date"] for item in found] == sorted((date or TIME for date in TIMES.values()), reverse=True)
    assert {item["headline"] for item in search(site.path, "time", "--since", "2024-05-01", "--until", "2024-05-01")[1]} == {
        repr(time) for time, date in TIMES.items() if date and date.startswith("2024-05-01")}
    assert "1 Jan 0001" in site.page("/?until=1000-01-01") and len(headlines(site.page("/?since=9999-01-01"))) == 2


def test_what_is_equal_comes_in_the_same_order_from_every_database(site):
    """The same of everything: of the same time, the later article first, and in it what stands first, quotes before claims."""
    def said(text, spans):
        return {"id": text, "kind": "direct", "act": "statement", "content": {"text": text, "spans": spans}, "confidence": 0.9,
                "speaker": {"name": text[::-1], "type": "person"}}

    events = [analysis(f"a{i}", headline=f"H{i}", source=source) for i, source in enumerate(["b", "B", "ä", "Z", "a"])]
    for event in events:
        event["data"]["quotes"] = [said("Same two", [[9, 12]]), said("Same none", None), said("Same one", [[3, 4]]), said("Same also one", [[3, 4]])]
        event["data"]["claims"] = [{"id": "c", "text": "Same claim", "spans": [[3, 9]], "claimant": {"kind": "article"}, "checkWorthiness": 0.9}]
    site.add(*events)
    expected = [(f"H{i}", text) for i in reversed(range(5)) for text in ["Same none", "Same one", "Same also one", "Same claim", "Same two"]]
    assert [(item["headline"], item["text"]) for item in search(site.path, "same")[1]] == expected
    assert [item["text"] for item in search(site.path, "same", "--limit", "4")[1]] == [text for _, text in expected[:4]]
    speakers = [item["speaker"] for item in search(site.path, "--speakers")[1]]
    assert speakers == sorted(speakers) and len(speakers) == 4
    assert re.findall(r'<option value="(.)">', site.page("/")) == ["a", "ä", "B", "b", "Z"]


def test_a_publisher_is_found_without_capitals_and_accents(site):
    names = ["Żółć Gazette", "Zo\u0301lc\u0327", "İstanbul Postası", "ЖУРНАЛ", "Æon", "O'Hara's \"Paper\"", "50%_?"]
    site.add(*(analysis(f"s{i}", [("Ann Li", "“Here, ½ m²,”")], headline=name, source=name) for i, name in enumerate(names)))
    for asked, found in [("zolc gazette", 0), ("ŻÓŁĆ GAZETTE", 0), ("zolc", 1), ("ZÓLÇ", 1), ("istanbul postasi", None), ("istanbul postası", 2), ("журнал", 3), ("æON", 4),
                         ("aeon", None), ("o'hara's \"paper\"", 5), ("50%_?", 6), ("50%_", None), ("%", None)]:
        expected = [] if found is None else [names[found]]
        assert [item["source"] for item in search(site.path, "here", "--source", asked)[1]] == expected, asked
        assert headlines(site.page(f"/?source={quote(asked)}")) == expected, asked
    # What no index has is not looked for, and finds nothing alone.
    assert search(site.path, "½") == search(site.path, "²") == (1, []) and len(search(site.path, "here", "½")[1]) == len(names)


def versions(page):
    return dict(re.findall(r' data-(page|state)="(.*?)"', page))


def test_whoever_listens_is_told_that_there_is_something_new(site):
    before = versions(site.page("/"))
    listeners = [Listener(site.address) for _ in range(3)]
    assert all(one.status == 200 and one.headers["Content-Type"] == "text/event-stream" for one in listeners)
    assert all(one.event()["page"] == before["page"] for one in listeners)
    site.add(analysis("a", [("Ann Li", "“New,”")]))
    for one in listeners:
        event = one.event()
        while event["page"] == before["page"]:
            event = one.event()
        # What is asked for after the event has it.
        assert headlines(site.page("/")) == ["A headline"] and versions(site.page("/"))["page"] != before["page"]
    late = Listener(site.address)
    assert late.event()["page"] == versions(site.page("/"))["page"]
    for one in [*listeners, late]:
        one.close()


@pytest.mark.waits
def test_listeners_are_bounded_and_those_that_are_gone_make_room(site):
    listeners = []
    while len(listeners) < 200:
        listeners.append(Listener(site.address))
        if listeners[-1].status != 200:
            break
    assert listeners[-1].status == 503 and len(listeners) == 49 and listeners[-1].headers["Retry-After"]
    assert site.get("/")[0] == 200
    for one in listeners:
        one.close()

    def is_heard():
        one = Listener(site.address)
        one.close()
        return one.status == 200

    eventually(is_heard, "there is room again")


def test_its_end_is_the_end_of_all_connections(site):
    one = Listener(site.address)
    assert one.event()
    assert site.board.stop() == 0
    while one.event():
        pass
    one.close()


@pytest.mark.waits
def test_a_reader_that_stands_still_is_left(site):
    # More than the buffers of both ends hold.
    site.add(analysis("a", [("Ann Li", "“" + f"{i} " * 4000 + ",”") for i in range(400)], headline="Long"))
    host, port = site.address.split(":")
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect((host, int(port)))
    slow.settimeout(DEADLINE)
    slow.sendall(f"GET /article/r-a HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    own = f"{slow.getsockname()[1]:04X}"

    def is_left():
        """No socket of the board's is connected with this one any more."""
        time.sleep(0.2)  # It takes its time, and the list is long.
        rows = [line.split() for line in open("/proc/net/tcp")][1:]
        return not any(row[1].endswith(f":{int(port):04X}") and row[2].endswith(f":{own}") and row[3] == "01" for row in rows)

    eventually(is_left, "the connection is closed")
    came = bytearray()
    with contextlib.suppress(ConnectionError):
        while part := slow.recv(1 << 16):
            came += part
    slow.close()
    status, headers, text = site.get("/article/r-a")
    assert status == 200 and len(text.encode()) == int(headers["Content-Length"]) > len(came) > 0


def test_a_person_has_a_page(site):
    name = "Zoë O’Neil & Söhne <b>"
    site.add(
        analysis("a", [(name, "“One,”"), ("Bo Ek", "“Two,”")], headline="First", roles={name: "mayor"}),
        analysis("b", [(name, "“Three,”")], [(name, "Three", 0.9)], headline="Second", roles={name: "mayor of <i>Ulm</i>"}, published="2024-06-01"),
        analysis("c", [("Anna Söhne <b>", "“Four,”")], headline="Third"))
    link = next(link for link in links(site.page("/")) if "Zo%C3%AB" in link)
    page = site.page(link)
    assert headlines(page) == ["Second", "First"] and "Two" not in page
    text = re.sub(r"<[^>]*>", "", page)
    assert "2 quotes, 1 claim, from 1 May 2024" in text and "mayor of &lt;i&gt;Ulm" in page and "Anna Söhne &lt;b&gt;" in page
    assert headlines(site.page(link + "&q=three")) == ["Second"]
    page = site.page("/person?name=Anna%20S%C3%B6hne%20%3Cb%3E")
    assert headlines(page) == ["Third"] and "Zoë" in page, "somebody else of that name"
    assert site.get("/person?name=Nobody")[0] == 404 and site.get("/person")[0] == 400
    page = site.page("/people")
    assert re.findall(r'<li><a href="/person[^"]*"><bdi>(.*?)</bdi>', page) == [html.escape(name), "Anna Söhne &lt;b&gt;", "Bo Ek"]


def test_a_person_is_one_under_all_spellings(site):
    site.add(
        analysis("a", [("Justin Trudeau", "“One,”")], headline="First"), analysis("b", [("Justin P. Trudeau", "“Two,”")], headline="Second"),
        analysis("c", [("Maria Trudeau", "“Three,”")], headline="Third"))
    for name in ["Justin%20Trudeau", "Justin%20P.%20Trudeau"]:
        page = site.page(f"/person?name={name}")
        assert headlines(page) == ["Second", "First"], name
        assert "<h1><bdi>Justin P. Trudeau</bdi></h1>" in page and "2 quotes" in page
        assert "(Courier: middle initial)" in page and "Maria Trudeau" in page
    assert all("name=Justin%20P.%20Trudeau" in link for link in links(site.page("/?q=one+two")) if "person?" in link)
    page = site.page("/people")
    assert re.findall(r'<bdi>(.*?)</bdi></a><span> (\d)', page) == [("Justin P. Trudeau", "2"), ("Maria Trudeau", "1")]
    assert "also Justin Trudeau" in page


@pytest.mark.waits
def test_services_that_do_not_answer_are_said_to_and_nothing_waits_for_them(tmp_path):
    dead = f"tcp://127.0.0.1:{free_port()}"
    site = Site(tmp_path, "--producer", dead, "--analyzer", dead)
    site.add(analysis("a", [("Ann Li", "“Here,”")]))
    assert "This is what the database has" in site.page("/article/r-a")
    page = eventually(lambda: (page := site.page("/state")) and "does not answer" in page and page, "what is known of the services")
    assert page.count("does not answer") == 4 and "all results up to 1" in page
    assert 'class="bad">producer does not answer' in site.page("/")
    site.close()


@pytest.mark.waits
def test_the_text_of_an_article_comes_from_the_services(site, tmp_path):
    (tmp_path / "pair").mkdir()
    pair = Pair(tmp_path / "pair")
    pair.write(1)
    pair.producer("--watch")
    pair.analyzer().wait_for("ready")
    pair.expect_results(1)
    path = tmp_path / "pair.db"
    assert Service("onrecord", "sink", "--once", "--connect", pair.res, "--control", pair.res_control, path).ended() == 0
    board = Service("onrecord", "board", path, "--http", "127.0.0.1:0", "--producer", pair.raw_control, "--analyzer", pair.res_control)
    site.address = board.wait_for("is shown at").rsplit("http://", 1)[1]
    state = eventually(lambda: (page := site.page("/state")) and "all 1 settled" in page and page, "the services answer")
    assert "analyzer <span class=\"good\">ready" in state and "0 articles held" in state and "worker" in state and "dlq" in state
    link = next(link for link in links(site.page("/")) if link.startswith("/article/"))
    page = site.page(link)
    text = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert "The harbour board repaired 2 metres of pier 1 in March." in text and 'class="text"' in page and 'class="q s1"' in page
    assert "/person?name=Mira%20Kolar" in links(page)
    for place in [link for link in links(site.page("/")) if "?at=" in link]:
        fragment = site.get(place)[1]["Location"].split("#")[1]
        assert fragment.startswith("a1-") and f'id="{fragment}"' in page
    assert pair.services[0].stop() == 0
    assert "This is what the database has" in eventually(
        lambda: (page := site.page(link)) and 'class="text"' not in page and page, "without the producer")
    assert board.stop() == 0
    pair.close()


def test_what_is_not_told_of_an_article_is_said_with_it(site):
    noted = analysis("a", [("Ann Li", "“It sank,”")])
    noted["data"]["remarks"] = [{"code": "left-out", "text": "the end <b>is</b> missing"}]
    site.add(noted, analysis("b", [("Bo Ek", "“It swam,”")]))
    for page in (site.page("/"), site.page("/article/r-a")):
        assert page.count("Note: the end &lt;b&gt;is&lt;/b&gt; missing.") == 1, page
    assert "Note:" not in site.page("/article/r-b")

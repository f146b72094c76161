"""Pages and feeds of the web, from a server that does what servers do."""

import json
import subprocess
import threading

import pytest
from onrecord import BINARIES, DEADLINE, Service, eventually, last
from web import Web, gzip, page, rss


@pytest.fixture
def web():
    web = Web()
    yield web
    web.close()


def tool(*arguments):
    return subprocess.run([BINARIES / "onrecord", *map(str, arguments)], capture_output=True, text=True, timeout=DEADLINE)


def test_a_page_is_read_by_its_address_compressed_and_behind_redirects(web):
    web.pages["/old"] = (301, {"Location": "/new"}, "")
    web.pages["/new"] = (200, {"Content-Type": "text/html; charset=windows-1252", "Content-Encoding": "gzip"},
                         gzip.compress(page(7).encode("windows-1252")))
    shown = tool("article", "--allow-private", "--format", "jsonl", web.url + "/old")
    assert shown.returncode == 0, shown.stderr
    article = json.loads(shown.stdout)
    assert article["headline"] == "Pier 7 opens" and article["uri"] == web.url + "/new" and "“We will open pier 7" in article["body"]
    assert tool("analyze", "--allow-private", "--format", "jsonl", web.url + "/new").returncode == 0


def test_a_password_in_an_address_is_shown_to_nobody(site, web):
    secret = web.url.replace("http://", "http://me:sesame@")
    web.pages["/page"] = page(1)
    producer = site.producer("--once", "--allow-private", sources=[secret + "/page", secret + "/none"])
    assert producer.ended() == 66
    assert any("Authorization" in headers for _, headers in web.requests)
    assert [event["subject"] for _, _, event in _articles(site)] == [web.url + "/page"]
    assert not any("sesame" in line for line in producer.lines), producer.lines


def test_nothing_is_fetched_from_private_addresses_by_number_name_or_redirect(web):
    web.pages["/"] = page(1)
    port = web.server.server_port
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f000001", "127.1"):
        shown = tool("article", f"http://{host}:{port}/")
        assert shown.returncode == 66 and "private address" in shown.stderr, (host, shown.stderr)
    assert web.requests == []
    for target in ("file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/"):
        web.pages["/away"] = (302, {"Location": target}, "")
        shown = tool("article", "--allow-private", web.url + "/away")
        assert shown.returncode == 66 and "only http and https" in shown.stderr, shown.stderr


@pytest.mark.waits
def test_endless_redirects_and_bodies_end(web):
    web.pages["/loop"] = (302, {"Location": "/loop"}, "")
    web.pages["/huge"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"x" * (80 << 20)))
    for path, code, text in (("/loop", 66, "redirects"), ("/huge", 65, "larger than")):
        shown = tool("article", "--allow-private", web.url + path)
        assert shown.returncode == code and text in shown.stderr, shown.stderr


@pytest.mark.waits
def test_a_feed_is_published_with_the_text_of_its_pages_and_nothing_twice(site, web):
    for n in range(4):
        web.pages[f"/page/{n}"] = page(n)
    web.pages["/page/2"] = (403, {}, "")
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
    assert any('"published":0,"known":0' in line for line in again.lines), again.lines
    assert web.paths()[before:] == ["/rss"]
    # The feed is whole and new again: only what was not read before is asked for.
    web.pages["/rss"] = rss(web.url, range(5))
    web.pages["/page/4"] = page(4)
    more = site.producer("--once", "--allow-private", sources=[web.url + "/rss"])
    assert more.ended() == 0
    assert any('"published":1,"known":0' in line for line in more.lines), more.lines


@pytest.mark.waits
def test_a_list_of_feeds_is_read_again_when_it_changes_and_a_dead_feed_is_said_once(site, web):
    web.pages["/a"] = rss(web.url, [1])
    web.pages["/b"] = rss(web.url, [2])
    for n in (1, 2):
        web.pages[f"/page/{n}"] = page(n)
    feeds = site.folder / "feeds.txt"
    feeds.write_text(f"# feeds\n{web.url}/a\n{web.url}/dead\nnonsense\n")
    producer = site.producer("--allow-private", "--feeds", feeds, sources=[])
    eventually(lambda: last(site.raw_control, "raw") == 1, "the first feed")
    # The list is read anew every two seconds: the new one no longer names it.
    producer.wait_for("/dead")
    feeds.write_text(f'<opml><body><outline xmlUrl="{web.url}/b"/><outline text="x"><outline xmlUrl="{web.url}/a"/></outline></body></opml>')
    eventually(lambda: last(site.raw_control, "raw") == 2, "the second feed")
    assert sum("/dead" in line and "404" in line for line in producer.lines) == 1, producer.lines
    assert sum("nonsense" in line for line in producer.lines) == 1
    assert producer.stop() == 0
    memory = json.loads((site.folder / "producer" / "feeds.json").read_text())
    assert memory[f"{web.url}/dead"]["errors"] == 1 and memory[f"{web.url}/a"]["lastSuccess"]
    # It was taken off the list.
    shown = tool("status", site.folder / "producer")
    assert shown.returncode == 0 and "/dead" not in shown.stdout, shown.stdout
    feeds.write_text(f"{web.url}/a\n{web.url}/b\n{web.url}/dead\n")
    assert site.producer("--allow-private", "--feeds", feeds, "--once", sources=[]).ended() == 66
    shown = tool("status", site.folder / "producer")
    assert shown.returncode == 69 and "/dead" in shown.stdout.splitlines()[0] and "404" in shown.stdout, shown.stdout
    lines = [json.loads(line) for line in tool("status", "--format", "jsonl", site.folder / "producer").stdout.splitlines()]
    assert [line["errors"] for line in lines] == [2, 0, 0] and lines[1]["entries"] == 1
    assert tool("status", site.folder).returncode == 66


@pytest.mark.long
def test_five_hundred_feeds_give_every_item_once_through_kills_and_failures(site):
    """A day of feeds in a minute: each is a host of its own, items come in every round, servers fail and recover, some send
    what they sent before under a new tag, and the producer is killed three times."""
    count, rounds = 500, 4
    web = Web("0.0.0.0")
    state = {"round": 1}
    text = "The harbour board repaired the pier in March, engineer Mira Kolar told reporters. " * 12

    def feed(n):
        def answer(headers):
            now = state["round"]
            if n % 50 == 7 and now == 2:
                return 503, {"Retry-After": "1"}, ""
            tag = f'"{now}"' if n % 3 else f'"{now}-{len(web.requests)}"'
            if headers.get("If-None-Match") == tag:
                return 304, {}, ""
            return 200, {"ETag": tag}, rss(f"http://feed{n}.example", [f"{n}-{k}" for k in range(now)], text=text, full=True)
        return answer

    for n in range(count):
        web.pages[f"/{n}"] = feed(n)
    feeds = site.folder / "feeds.txt"
    feeds.write_text("".join(f"http://127.1.{n // 200}.{n % 200 + 1}:{web.server.server_port}/{n}\n" for n in range(count)))
    for now in range(1, rounds + 1):
        state["round"] = now
        producer = site.producer("--allow-private", "--feeds", feeds, "--feed-interval", "1s", sources=[])
        eventually(lambda now=now: last(site.raw_control, "raw") >= count * now // 2, f"half of round {now}")
        if now < rounds:
            producer.kill()
    eventually(lambda: last(site.raw_control, "raw") >= count * rounds, "every item")
    subjects = [event["subject"] for _, _, event in site.articles()]
    assert len(subjects) == len(set(subjects)) == count * rounds
    assert producer.stop() == 0
    web.close()


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


def test_a_server_that_cannot_prove_who_it_is_is_not_read(site, tmp_path):
    """A certificate that nobody has signed: the reason is said, and nothing of the page is published."""
    import http.server
    import ssl

    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page(1).encode())

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_):
            """A client that hangs up is what is to happen."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"https://127.0.0.1:{server.server_port}/1"
        producer = site.producer("--once", "--allow-private", sources=[address])
        assert producer.ended() == 66
        line = next(line for line in producer.lines if address in line and "cannot publish" in line)
        assert "certificate" in line.lower() or "ssl" in line.lower(), line
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.waits
def test_a_server_that_stops_answering_is_waited_for_once_and_not_for_each_of_its_pages(site, web):
    """Five entries whose pages are on a server that gives its robots.txt, and then takes connections and says nothing."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        held = []

        def answer():
            while True:
                connection, _ = silent.accept()
                if b"/robots.txt" in connection.recv(10_000):
                    connection.sendall(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    connection.close()
                else:
                    held.append(connection)

        threading.Thread(target=answer, daemon=True).start()
        web.pages["/feed"] = rss(f"http://127.0.0.1:{silent.getsockname()[1]}", range(5))
        producer = site.producer("--once", "--allow-private", sources=[web.url + "/feed"])
        assert producer.ended() == 66
        assert len(held) == 1
    assert sum("the pages of 5 entries could not be read" in line for line in producer.lines) == 1, producer.lines
    memory = json.loads((site.folder / "producer" / "feeds.json").read_text())[web.url + "/feed"]
    assert [entry["tries"] for entry in memory["waiting"]] == [1] * 5

"""Where pages and feeds are fetched from, and in what order: no private address by whatever name or proxy, and many hosts at a time."""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading

import pytest
from hosts import Network, obstacle
from onrecord import BINARIES, DEADLINE, eventually, last
from web import Web, page, rss

PUBLIC = "93.184.216.34"


@pytest.fixture
def web():
    web = Web("0.0.0.0")
    yield web
    web.close()


class Names:
    """A machine on which names lead where the test says."""

    def __init__(self, folder):
        self.table, self.said = folder / "names.json", folder / "names.log"
        self.network = Network("reader")
        self.host, = self.network.hosts
        (self.host.files / "resolv.conf").write_text("nameserver 127.0.0.1\n")
        # An address of the public internet that is this machine's own, in a network without any way out.
        self.host.run("ip", "address", "add", f"{PUBLIC}/32", "dev", "lo")
        self.give({})
        script = pathlib.Path(__file__).parent / "names.py"
        # It says a question or request before it answers that, and in a file it stands then.
        with self.said.open("w") as said:
            self.server = subprocess.Popen([*self.host.within, sys.executable, script, self.table], stdout=said)
        eventually(lambda: "ready" in self.lines, "the name server")

    def give(self, table):
        self.table.write_text(json.dumps(table))

    def article(self, address, **environment):
        return self.host.run(BINARIES / "onrecord", "article", address, env={**os.environ, **environment})

    @property
    def lines(self):
        """What was asked, and requested, up to now."""
        return self.said.read_text().splitlines()

    @property
    def connected(self):
        """The addresses on which requests came in."""
        return {line.split()[1] for line in self.lines if line.startswith("request")}

    def close(self):
        self.server.kill()
        self.server.wait()
        self.network.close()


@pytest.fixture
def names(tmp_path):
    if why := obstacle():
        pytest.skip(why)
    names = Names(tmp_path)
    yield names
    names.close()


PRIVATE = ["127.0.0.1", "198.18.0.1", "169.254.169.254", "10.0.0.1", "0.0.0.0"]


def test_a_name_may_lead_to_public_addresses_only(names):
    names.give({"news.example": [[PUBLIC]], **{f"a{n}.example": [[address]] for n, address in enumerate(PRIVATE)},
                "both.example": [["127.0.0.1", PUBLIC]], "both2.example": [[PUBLIC, "127.0.0.1"]]})
    shown = names.article("http://news.example/")
    assert shown.returncode == 0 and "Pier 1 opens" in shown.stdout, shown
    for n, _ in enumerate(PRIVATE):
        shown = names.article(f"http://a{n}.example/")
        assert shown.returncode == 66 and "private address" in shown.stderr, shown
    for name in ("both", "both2"):
        names.article(f"http://{name}.example/")
    assert names.connected == {PUBLIC}


def test_a_name_that_leads_elsewhere_the_next_time_leads_nowhere(names):
    """Rebinding: the address is looked at when it is connected to, whatever was said of the name before."""
    names.give({"rebind.example": [[PUBLIC], ["127.0.0.1"]], "direct.example": [[PUBLIC], ["127.0.0.1"]]})
    shown = names.article("http://rebind.example/away")
    assert shown.returncode == 66 and "private address 127.0.0.1" in shown.stderr, shown
    # Where a proxy is set that this name is not to go through, the name is looked up twice.
    shown = names.article("http://direct.example/", http_proxy="http://127.0.0.1:9", no_proxy="direct.example")
    assert shown.returncode == 66 and "private address 127.0.0.1" in shown.stderr, shown
    assert "asked direct.example 2" in names.lines
    assert names.connected == {PUBLIC}


class Proxy:
    """An HTTP proxy that has one page, whoever is asked, and takes note of what it was asked for."""

    def __init__(self):
        asked = self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append((self.command, self.path))
                body = page(5).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_CONNECT(self):
                asked.append((self.command, self.path))
                self.send_error(502)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def proxy():
    proxy = Proxy()
    yield proxy
    proxy.close()


def article(address, *arguments, **environment):
    return subprocess.run(
        [BINARIES / "onrecord", "article", *arguments, address], capture_output=True, text=True, timeout=DEADLINE,
        env={**os.environ, **environment})


def test_a_proxy_is_asked_though_its_address_is_private_and_names_need_not_be_known_here(proxy):
    shown = article("http://news.invalid/pier", http_proxy=proxy.url)
    assert shown.returncode == 0 and "Pier 5 opens" in shown.stdout, shown
    assert proxy.asked == [("GET", "http://news.invalid/pier")]
    shown = article("https://news.invalid/pier", https_proxy=proxy.url)
    assert shown.returncode != 0 and proxy.asked[1:] == [("CONNECT", "news.invalid:443")], shown
    # Of http, the variable in capitals may be somebody's header.
    article("http://news.invalid/pier", HTTP_PROXY=proxy.url)
    assert len(proxy.asked) == 2


def test_behind_a_proxy_private_addresses_are_refused_as_without(proxy, web):
    port = web.server.server_port
    web.pages["/"] = page(1)
    private = [f"http://{host}:{port}/" for host in ("127.0.0.1", "localhost", "[::1]", "127.1")] + [proxy.url + "/"]
    for address in private:
        for environment in ({"http_proxy": proxy.url}, {"all_proxy": proxy.url},
                            {"http_proxy": proxy.url, "no_proxy": "127.0.0.1,localhost,::1,127.1"}, {"https_proxy": proxy.url}):
            shown = article(address, **environment)
            assert shown.returncode == 66 and "private address" in shown.stderr, (address, environment, shown)
    assert proxy.asked == [] and web.requests == []
    shown = article(private[0], "--allow-private", http_proxy=proxy.url)
    assert shown.returncode == 0 and proxy.asked == [("GET", private[0])]


@pytest.mark.waits
def test_hosts_are_asked_at_the_same_time_and_each_for_one_thing(site, web):
    """Five hosts that answer only once all five are being asked; three more feeds are on one of them, and each of the feeds has pages."""
    together = threading.Barrier(5)
    lock, under_way, most = threading.Lock(), {}, {}

    def counted(host, body, first=False):
        def answer(_):
            with lock:
                under_way[host] = under_way.get(host, 0) + 1
                most[host] = max(most.get(host, 0), under_way[host])
            if first:
                together.wait(DEADLINE)
            with lock:
                under_way[host] -= 1
            return 200, {}, body
        return answer

    port = web.server.server_port
    sources = []
    for n in range(5):
        host = f"127.0.0.{n + 2}"
        web.pages[f"/{n}"] = counted(host, rss(f"http://{host}:{port}", [f"{n}"]), first=True)
        web.pages[f"/page/{n}"] = counted(host, page(n))
        sources.append(f"http://{host}:{port}/{n}")
    for n in range(5, 8):
        web.pages[f"/{n}"] = counted("127.0.0.2", rss(f"http://127.0.0.2:{port}", [f"{n}"]))
        web.pages[f"/page/{n}"] = counted("127.0.0.2", page(n))
        sources.append(f"http://127.0.0.2:{port}/{n}")
    producer = site.producer("--once", "--allow-private", sources=sources)
    assert producer.ended() == 0, producer.lines
    assert set(most.values()) == {1} and len(most) == 5, most
    site.producer().wait_for("ready")
    assert len(site.articles()) == 8


def test_a_host_that_does_not_answer_holds_up_nobody_else(site, web):
    answers = threading.Event()
    web.pages["/slow"] = lambda _: answers.wait(DEADLINE) and (404, {}, "")
    sources = [f"http://127.0.0.2:{web.server.server_port}/slow"]
    for n in range(12):
        web.pages[f"/{n}"] = page(n)
        sources.append(f"http://127.0.1.{n + 1}:{web.server.server_port}/{n}")
    site.producer("--allow-private", sources=sources)
    try:
        eventually(lambda: last(site.raw_control, "raw") == 12, "all others")
    finally:
        answers.set()


def test_a_page_under_way_ends_with_the_producer(site, web):
    """Asked to stop while a server makes it wait, a producer stops."""
    answers = threading.Event()
    web.pages["/slow"] = lambda _: answers.wait(DEADLINE) and (404, {}, "")
    producer = site.producer("--allow-private", sources=[f"http://127.0.0.2:{web.server.server_port}/slow"])
    eventually(lambda: "/slow" in web.paths(), "the request")
    try:
        assert producer.stop() in (0, 75)
    finally:
        answers.set()

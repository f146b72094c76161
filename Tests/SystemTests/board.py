"""A board over a sink that follows a stream, and what its pages say."""

import html
import http.client
import json
import re
import shutil
import socket
import sqlite3

from onrecord import DEADLINE, ROOT, Service, eventually, free_port, last
from onrecord import Site as Pair
from stream import Stream


class Site:
    """A stream, the sink that follows it, and the board over that."""

    def __init__(self, folder, *arguments, path=None):
        self.stream, self.path, self.count = Stream(), path or folder / "analyses.db", 0
        self.sink = Service("onrecord", "sink", "--connect", self.stream.publish_endpoint, "--control", self.stream.control_endpoint, self.path)
        eventually(lambda: self.held() == 0, "the database")
        self.board = Service("onrecord", "board", self.path, "--http", f"127.0.0.1:{free_port()}", *arguments)
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
        connection = http.client.HTTPConnection(host, int(port), timeout=DEADLINE)
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


class Listener:
    """A client of server-sent events."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), DEADLINE)
        self.file = self.socket.makefile("rb")
        self.socket.sendall(f"GET /live HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        self.status = int(self.file.readline().split()[1])
        self.headers = dict(line.decode().strip().split(": ", 1) for line in iter(self.file.readline, b"\r\n"))

    def event(self):
        """The next event; nothing at the end."""
        signs = 0
        for line in self.file:
            if line.startswith(b"data: "):
                return json.loads(line[6:])
            signs += line.startswith(b":")
            assert signs < 60, "five minutes without an event"
        return None

    def close(self):
        self.file.close(), self.socket.close()


def headlines(page):
    return [html.unescape(headline) for headline in re.findall(r"<h2[^>]*><a[^>]*><bdi>(.*?)</bdi>", page)]


def links(page):
    return [html.unescape(link) for link in re.findall(r' href="(.*?)"', page)]


def seeded(folder, *seeds):
    """A pair that has read these seeds, one after another, and a board over its results: its address, and what closes it."""
    pair = Pair(folder)
    pair.producer("--watch")
    pair.analyzer().wait_for("ready")
    count = 0
    for seed in seeds:
        shutil.copy(ROOT / "seeds" / seed, pair.inbox)
        count += len((ROOT / "seeds" / seed).read_text().splitlines()) if seed.endswith(".jsonl") else 1
        eventually(lambda: last(pair.res_control, "res") >= count, f"the results of {seed}")
    path = folder / "analyses.db"
    assert Service("onrecord", "sink", "--once", "--connect", pair.res, "--control", pair.res_control, path).ended() == 0
    board = Service("onrecord", "board", path, "--http", "127.0.0.1:0", "--producer", pair.raw_control, "--analyzer", pair.res_control)

    def close():
        board.kill(), pair.close()

    return "http://" + board.wait_for("is shown at").rsplit("http://", 1)[1], close

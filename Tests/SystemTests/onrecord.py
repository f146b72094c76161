"""What the system tests share: real processes of the services, and clients that know nothing but pyzmq."""

import contextlib
import fcntl
import json
import os
import pathlib
import random
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time

import zmq

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("ONRECORD_BIN", ROOT / ".build" / "debug"))
DEADLINE = 300  # seconds after which a test fails instead of hanging, however slow the machine is


def free_port():
    """A port that nobody uses, that is given to no other process of these tests while this one lives, and that no outgoing
    connection can be given before a service binds it: a client that tries such a port again and again would in the end be
    connected with itself, and hold the port."""
    lowest, _ = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    while True:
        port = random.randrange(10_000, max(lowest, 10_100))
        with socket.socket() as probe:
            try:
                # The byte of the port's number; of this process it ends with it, and what it starts does not inherit it.
                fcntl.lockf(_reserved, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in _ports:
            _ports.add(port)
            return port


_ports = set()
_reserved = open(pathlib.Path(tempfile.gettempdir(), f"onrecord-test-ports-{os.getuid()}"), "wb")


def eventually(condition, what, seconds=DEADLINE):
    """Returns what `condition` gives once that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")


class Service:
    """A process of one of the programs, with its log."""

    def __init__(self, program, *arguments, **options):
        self.program = program
        self.command = [str(BINARIES / program), *map(str, arguments)]
        # Before it: whatever confines it.
        self.command = [*map(str, options.pop("within", ())), *self.command]
        self.lines = []
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        self.out = []
        self.readers = [
            threading.Thread(target=self._read, args=(self.process.stderr, self.lines), daemon=True),
            threading.Thread(target=self._read, args=(self.process.stdout, self.out), daemon=True)]
        for reader in self.readers:
            reader.start()

    @staticmethod
    def _read(stream, lines):
        for line in stream:
            lines.append(line.rstrip("\n"))

    def wait_for(self, text):
        return eventually(
            lambda: self._find(text),
            f"{text!r} in the log of {self.command}:\n" + "\n".join(self.lines[-20:]))

    def _find(self, text):
        has_ended = self.process.poll() is not None
        if has_ended:
            self.ended()
        line = next((line for line in self.lines if text in line), None)
        if line is None and has_ended:
            raise AssertionError(f"ended with {self.process.returncode} before {text!r}:\n" + "\n".join(self.lines))
        return line

    def ended(self):
        """The exit code, once the process has ended by itself and all that it said was read."""
        code = self.process.wait(DEADLINE)
        for reader in self.readers:
            reader.join(DEADLINE)
        return code

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(DEADLINE)

    def stop(self):
        """SIGTERM, once a service has said something and so listens for it; the exit code."""
        if self.program in ("producer", "analyzer"):
            eventually(lambda: self.lines or self.process.poll() is not None, f"a word of {self.command}")
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.ended()


class Site:
    """A pair of services in a folder of its own, on ports of its own, with journals there or at a PostgreSQL URL."""

    def __init__(self, folder, journal=None):
        self.folder = pathlib.Path(folder)
        self.journals = ["--journal", journal] if journal else []
        self.inbox = self.folder / "inbox"
        self.inbox.mkdir()
        self.raw, self.raw_control, self.res, self.res_control, self.pool = (
            f"tcp://127.0.0.1:{free_port()}" for _ in range(5))
        self.services = []

    def producer(self, *arguments, sources=None, **options):
        sources = [self.inbox] if sources is None else sources
        given = [word for source in sources for word in ("--source", source)]
        return self._start(
            "producer", "--state", self.folder / "producer", "--publish", self.raw, "--control", self.raw_control,
            *self.journals, *given, *arguments, **options)

    def analyzer(self, *arguments, **options):
        return self._start(
            "analyzer", "--state", self.folder / "analyzer", "--raw", self.raw, "--raw-control", self.raw_control,
            "--publish", self.res, "--control", self.res_control, "--pool", self.pool, *self.journals,
            *arguments, **options)

    def worker(self, *arguments, **options):
        return self._start("analyzer", "--join", self.pool, *arguments, **options)

    def _start(self, *command, **options):
        service = Service(*command, **options)
        self.services.append(service)
        return service

    def close(self):
        for service in self.services:
            if service.process.poll() is None:
                service.kill()

    def write(self, *numbers, body=None):
        """Puts invented articles into the inbox, each complete from the moment it can be seen."""
        for n in numbers:
            hidden = self.inbox / f".{n:05}"
            hidden.write_text(body or article(n), encoding="utf-8")
            hidden.rename(self.inbox / f"{n:05}.txt")

    def results(self, stream="res"):
        """Every entry of a stream of the analyzer, by FETCH."""
        return fetch(self.res_control, stream)

    def articles(self):
        """Every entry of the producer's stream, by FETCH."""
        return fetch(self.raw_control, "raw")

    def expect_results(self, count):
        eventually(lambda: last(self.res_control, "res") >= count, f"{count} results")
        return self.results()

    def journal(self, service, query):
        with contextlib.closing(sqlite3.connect(f"file:{self.folder / service}/journal.db?mode=ro", uri=True)) as db:
            return db.execute(query).fetchall()


def article(n):
    return (
        f"Harbour board of Ostrava Bay reports on pier {n}\n\n"
        f"The harbour board repaired {n + 1} metres of pier {n} in March.\n\n"
        f"“We will open pier {n} before the autumn storms,” engineer Mira Kolar told reporters on Friday.\n\n"
        f"Kolar said the work on pier {n} cost {n + 2} million crowns.\n")


def subscribe(endpoint, topic, context=None):
    """A plain SUB socket; returns once its subscription is in force, as its own monitor and a mark tell."""
    context = context or zmq.Context.instance()
    sub = context.socket(zmq.SUB)
    sub.setsockopt(zmq.LINGER, 0)
    sub.setsockopt_string(zmq.SUBSCRIBE, topic)
    sub.setsockopt_string(zmq.SUBSCRIBE, "mark/")
    sub.connect(endpoint)
    eventually(lambda: sub.poll(20), f"a mark from {endpoint}")
    sub.setsockopt_string(zmq.UNSUBSCRIBE, "mark/")
    return sub


def receive(sub, count, topic):
    """That many messages of a topic, marks left out."""
    messages = []
    end = time.monotonic() + DEADLINE
    while len(messages) < count:
        if not sub.poll(max(0, (end - time.monotonic()) * 1000)):
            raise AssertionError(f"{len(messages)} of {count} messages on {topic}")
        frames = sub.recv_multipart()
        if frames[0].startswith(topic.encode()):
            messages.append(frames)
    return messages


class Control:
    """A client of a control socket, written from the protocol's text."""

    def __init__(self, endpoint):
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.connect(endpoint)
        self.requests = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, command, **arguments):
        self.requests += 1
        request = b"%d" % self.requests
        self.socket.send_multipart([b"NWP1", command.encode(), request, json.dumps(arguments).encode()])
        return request

    def answer(self, request, seconds=DEADLINE):
        end = time.monotonic() + seconds
        while True:
            if not self.socket.poll(max(0, (end - time.monotonic()) * 1000)):
                raise TimeoutError("no answer")
            magic, command, about, arguments, *payload = self.socket.recv_multipart()
            assert magic == b"NWP1"
            if about == request:
                return command.decode(), json.loads(arguments or b"{}"), payload

    def call(self, command, seconds=DEADLINE, **arguments):
        return self.answer(self.ask(command, **arguments), seconds)


def last(endpoint, stream):
    """The newest sequence number of a stream, once somebody answers; asked again every two seconds, for whoever was asked may have
    been killed."""
    with Control(endpoint) as control:
        def welcome():
            try:
                return control.call("HELLO", seconds=2, vmin=1, vmax=1, role="test", client="pytest")[1]
            except TimeoutError:
                return None

        return eventually(welcome, f"an answer of {endpoint}")["streams"][stream]["hi"]


def fetch(endpoint, stream, patience=DEADLINE, **arguments):
    """All messages of a stream as (topic, position, event); an answer may take `patience` seconds."""
    entries = []
    with Control(endpoint) as control:
        start = 1
        while True:
            request = control.ask("FETCH", **{"s": stream, "from": start, "credit": 500, "bytes": 1 << 24, **arguments})
            while True:
                command, answer, payload = control.answer(request, patience)
                if command != "ITEM":
                    break
                topic, position, body = payload
                entries.append((topic.decode(), json.loads(position), json.loads(body)))
                control.socket.send_multipart([b"NWP1", b"CREDIT", request, b'{"n":1}'])
            assert command == "END", (command, answer)
            if answer["next"] > answer["hi"]:
                return entries
            start = answer["next"]

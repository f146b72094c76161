"""NWP/1 in Python: follow a stream without loss, get a part of it, hand articles over. Needs pyzmq alone; copy this file.

Who said what, in SQLite, once each, whatever is killed or restarted:

    import sqlite3, nwp
    db = sqlite3.connect("quotes.db")
    db.execute("CREATE TABLE IF NOT EXISTS said (article TEXT, who TEXT, act TEXT, what TEXT)")
    for event in nwp.follow("tcp://127.0.0.1:5566", nwp.DatabaseCursor(db)):
        said = [(event.article, q.speaker, q.act, q.text) for q in event.quotes]
        db.cursor().executemany("INSERT INTO said VALUES (?, ?, ?, ?)", said)
        db.cursor().executemany("DELETE FROM said WHERE article = ?", [(article,) for article in event.gone])

What the loop's body writes and how far it has come are one transaction, of SQLite or of any other database with a Python driver such as
psycopg. `nwp-1.md` is the protocol.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import logging
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import zmq
import zmq.auth

PATIENCE = 5.0  # seconds without an answer after which a connection is made anew
WINDOW = 256  # messages asked for at a time, and at most in one transaction
LARGEST = 8 << 20  # bytes of an event

Part = TypeVar("Part")
_faults = itertools.count(1)


def _complain(fault: str) -> None:
    """Says what cannot be read, where it stands, and how often that was so."""
    logging.getLogger("nwp").warning("%s (%d so far)", fault, next(_faults))


@dataclass(frozen=True)
class Quote:
    """Who said what: `spans` are code points of the article's text. Where `act` is `denial` they say that it is not so, and where it is
    `silence` they say nothing of it."""

    speaker: str | None
    role: str | None
    text: str
    kind: str
    act: str | None
    confidence: float
    spans: list[list[int]]


@dataclass(frozen=True)
class Claim:
    """What is claimed, and by whom: None for the article itself."""

    claimant: str | None
    text: str
    check_worthiness: float
    spans: list[list[int]]


@dataclass(frozen=True)
class Event:
    """A message of a stream, or a remark on it; what there is none of is empty."""

    number: int

    @property
    def article(self) -> str | None:
        """Identifier of the article that it is about."""
        return None

    @property
    def gone(self) -> list[str]:
        """Identifiers of articles that do not stand any more: delete what you have of them."""
        return []

    @property
    def quotes(self) -> list[Quote]:
        return []

    @property
    def claims(self) -> list[Claim]:
        return []


@dataclass(frozen=True)
class Message(Event):
    """An article, analysis, dead letter, or notice of what happened to one.

    `event` is empty where the body is no JSON object; `id` and `time` are, too, where not even the message's place can be read.
    """

    topic: str
    epoch: str
    id: str
    time: str
    link: str | None
    event: dict[str, Any] = field(repr=False)

    @property
    def data(self) -> dict[str, Any]:
        data = self.event.get("data")
        return data if isinstance(data, dict) else {}

    @property
    def is_notice(self) -> bool:
        """Whether it says that articles were taken back (`gone`), or had the text of others."""
        return self.topic.split("/")[1:2] == ["0"]

    @property
    def is_erased(self) -> bool:
        """Whether this is what remains of something that had to be forgotten, or says that something has to be."""
        return "erased" in self.event or self.is_notice and self.data.get("reason") == "erased"

    @property
    def article(self) -> str | None:
        if self.is_notice:
            return None
        article = self.event.get("causationid" if self.topic.startswith(("res/1/", "dlq/")) else "id")
        return article if isinstance(article, str) else None

    @property
    def gone(self) -> list[str]:
        if self.is_notice:
            return self._parts("targets", lambda target: _text(target["id"])) if self.data.get("kind") == "withdrawal" else []
        replaced = [self.event.get("supersedes"), (self.event.get("supersededby") or self.event.get("erased")) and self.article]
        return [article for article in replaced if article and isinstance(article, str)]

    @property
    def quotes(self) -> list[Quote]:
        roles = dict(self._parts("entities", lambda entity: (_text(entity["id"]), entity.get("role"))))

        def read(quote: dict[str, Any]) -> Quote:
            speaker, source, content = quote.get("speaker") or {}, quote.get("source") or {}, quote["content"]
            role = roles.get(_text(speaker["entity"])) if "entity" in speaker else None
            return Quote(speaker.get("name") or source.get("text"), role, content["text"],
                         quote["kind"], quote.get("act"), quote["confidence"], content["spans"])

        return self._parts("quotes", read)

    @property
    def claims(self) -> list[Claim]:
        return self._parts("claims", lambda claim: Claim(claim["claimant"].get("name"), claim["text"], claim["checkWorthiness"], claim["spans"]))

    def _parts(self, key: str, read: Callable[[dict[str, Any]], Part]) -> list[Part]:
        """Those of the parts that can be read; others are said."""
        found = []
        parts = self.data.get(key) or []
        if not isinstance(parts, list):
            _complain(f"message {self.number}: {key} is no list, and passed over")
            parts = []
        for place, part in enumerate(parts):
            try:
                found.append(read(part))
            except (KeyError, TypeError, AttributeError):
                _complain(f"message {self.number}: {key}[{place}] is none, and passed over")
        return found


@dataclass(frozen=True)
class SetBack(Event):
    """The stream's journal was set back: forget what came with higher numbers; `number` is the last one that stands."""


@dataclass(frozen=True)
class Lost(Event):
    """The messages from `first` to `number` are no longer kept, and will never come."""

    first: int


class Replaced(Exception):
    """The stream is another one than the one that was followed."""


class Refused(Exception):
    """The server refuses; `code` is that of the protocol."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{text} ({code})")
        self.code, self.text = code, text


class Malformed(Exception):
    """The server says what is none of the protocol."""


@dataclass
class State:
    """How far a follower has come."""

    epoch: str
    journal: str | None = None
    number: int = 0
    points: list[tuple[int, str]] = field(default_factory=list)

    @property
    def link(self) -> str | None:
        """The link at `number`, where it is known."""
        if self.number == 0:
            return "0" * 32
        return self.points[-1][1] if self.points and self.points[-1][0] == self.number else None

    def add(self, number: int, link: str | None) -> None:
        self.number = number
        if link:
            # For any distance one that is not much further back: the two last multiples of each power of four.
            self.points = [(n, h) for n, h in self.points if n < number and any(
                n >= (number // step - 1) * step and n % step == 0 for step in (4**k for k in range(20)))] + [(number, link)]

    def cut(self, number: int) -> None:
        self.number = number
        self.points = [(n, h) for n, h in self.points if n <= number]


class Cursor(Protocol):
    """Where a follower keeps how far it has come."""

    def load(self) -> State | None: ...

    def save(self, state: State) -> None:
        """Makes the state durable, together with the effect of the messages up to it."""


class DatabaseCursor:
    """A row in the database that the messages' effect is in, saved and committed with it.

    `connection` is one of DB-API 2 that commits when it is told to: sqlite3, psycopg, psycopg2 …; `name` tells several apart.
    """

    def __init__(self, connection: Any, name: str = "res") -> None:
        self.connection, self.name = connection, name
        self.mark = "?" if type(connection).__module__.startswith("sqlite3") else "%s"
        self._execute("CREATE TABLE IF NOT EXISTS nwp_cursor (name TEXT PRIMARY KEY, state TEXT NOT NULL)")
        connection.commit()

    def _execute(self, sql: str, *values: str) -> Any:
        cursor = self.connection.cursor()
        cursor.execute(sql.replace("?", self.mark), values)
        return cursor

    def load(self) -> State | None:
        row = self._execute("SELECT state FROM nwp_cursor WHERE name = ?", self.name).fetchone()
        self.connection.commit()
        return State(**{**json.loads(row[0]), "points": [(n, h) for n, h in json.loads(row[0])["points"]]}) if row else None

    def save(self, state: State) -> None:
        self._execute("DELETE FROM nwp_cursor WHERE name = ?", self.name)
        self._execute("INSERT INTO nwp_cursor VALUES (?, ?)", self.name, json.dumps(vars(state)))
        self.connection.commit()


class _Peer:
    """A control connection that is made anew when it is silent."""

    def __init__(self, endpoint: str, key: str | None, server_key: str | None) -> None:
        if (key is None) != (server_key is None):
            raise ValueError("an encrypted endpoint takes both: your own key, and the server's public one")
        self.endpoint, self.key, self.server_key = endpoint, key, server_key
        self.requests = 0
        self.is_silent = False  # whether it was said that nobody answers
        self.socket: zmq.Socket[bytes] | None = None

    def open(self, kind: int, endpoint: str) -> zmq.Socket[bytes]:
        made: zmq.Socket[bytes] = zmq.Context.instance().socket(kind)
        made.linger = 0
        made.rcvhwm = 10_000
        # TCP finds peers that are gone; heartbeats of libzmq 4.3 can end a process whose queue is full (its issue 4364).
        made.tcp_keepalive, made.tcp_keepalive_idle, made.tcp_keepalive_intvl, made.tcp_keepalive_cnt = 1, 4, 2, 3
        made.setsockopt(zmq.TCP_MAXRT, 10_000)
        made.setsockopt(zmq.CONNECT_TIMEOUT, 5_000)
        # More than a message may have: one that is too large is named and passed over, and does not end the connection.
        made.maxmsgsize = 64 << 20
        if self.key and self.server_key:
            made.curve_publickey, made.curve_secretkey = zmq.auth.load_certificate(self.key)
            made.curve_serverkey = zmq.auth.load_certificate(self.server_key)[0]
        made.connect(endpoint)
        return made

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
        self.socket = None

    def ask(self, command: str, arguments: dict[str, Any], *payload: bytes, request: bytes | None = None) -> bytes:
        if self.socket is None:
            self.socket = self.open(zmq.DEALER, self.endpoint)
        self.requests += 1
        request = request or b"%d" % self.requests
        self.socket.send_multipart([b"NWP1", command.encode(), request, json.dumps(arguments).encode(), *payload])
        return request

    def answers(self, request: bytes | None = None) -> Iterator[tuple[str, bytes, dict[str, Any], list[bytes]]]:
        """Answers as they come, to a request or to any; ends, with the connection, where there is none for too long."""
        while self.socket is not None:
            if not self.socket.poll(int(PATIENCE * 1000)):
                if not self.is_silent:
                    logging.getLogger("nwp").warning("%s does not answer, or does not admit this key; asking again", self.endpoint)
                self.is_silent = True
                break
            self.is_silent = False
            frames = self.socket.recv_multipart()
            _, command, answered, arguments, *payload = frames + [b""] * (4 - len(frames))
            try:
                answer = {} if command == b"ITEM" else _answer(command, arguments)
            except ValueError as fault:
                _complain(f"{self.endpoint} says what is none of the protocol: {fault}; asking again")
                time.sleep(0.5)
                break
            if command == b"BYE":
                break
            if request is None or answered == request:
                yield command.decode(errors="replace"), answered, answer, payload
        self.close()


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _object(text: bytes) -> dict[str, Any]:
    """The JSON object, or ValueError with the place from which it is none."""
    def no_number(name: str) -> None:
        raise ValueError(f"{name} is no number")

    try:
        value = json.loads(text.decode(), parse_constant=no_number)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value


def _answer(command: bytes, arguments: bytes) -> dict[str, Any]:
    """What a server says, or ValueError where something is missing that it has to say."""
    answer = _object(arguments or b"{}")
    bounds = answer.get("streams", {})
    wanted: list[tuple[Any, str, type]] = [(answer, key, int) for key in {
        b"END": ("next", "hi"), b"GONE": ("lo",), b"ERR": ("code",), b"WELCOME": () if "streams" in answer else ("credit",)}.get(command, ())]
    if command in (b"ERR", b"ACK"):
        wanted.append((answer, "text" if command == b"ERR" else "id", str))
    if command == b"WELCOME" and isinstance(bounds, dict):
        wanted += [(stream, key, kind) for stream in bounds.values() for key, kind in (("e", str), ("lo", int), ("hi", int))]
    for place, key, kind in wanted:
        if not isinstance(place, dict) or not isinstance(place.get(key), kind):
            raise ValueError(f"{command.decode(errors='replace')} without {key}")
    return answer


def _message(frames: list[bytes]) -> tuple[Message, str | None]:
    """The message, empty where its body cannot be read, and why that is; `Malformed` where its place cannot."""
    try:
        if len(frames[1]) > 2_048:
            raise ValueError(f"{len(frames[1])} bytes")
        position = _object(frames[1])
        number, epoch, key, written, link = (position.get(name) for name in ("n", "e", "id", "ts", "h"))
        if not isinstance(number, int) or not (link is None or isinstance(link, str)):
            raise ValueError("no number, or a link that is none")
        epoch, key, written = _text(epoch), _text(key), _text(written)
    except (ValueError, IndexError, TypeError) as fault:
        raise Malformed(f"a message without its place: {fault!r}") from None
    topic, body = frames[0].decode(errors="replace"), b"".join(frames[2:3])
    try:
        if len(body) > LARGEST:
            raise ValueError(f"{len(body)} bytes, where {LARGEST} are allowed")
        event = _object(body)
        flaw = None
    except ValueError as fault:
        event, flaw = {}, f"message {number} on {topic} is no JSON object, and passed on as an empty one: {fault}"
    return Message(number, topic, epoch, key, written, link, event), flaw


def _next_port(endpoint: str) -> str:
    """The control endpoint: by default the port after the live one."""
    address, port = endpoint.rsplit(":", 1)
    return f"{address}:{int(port) + 1}"


class _Follower(_Peer):
    def __init__(self, live: str, cursor: Cursor | None, stream: str, control: str | None, key: str | None,
                 server_key: str | None) -> None:
        super().__init__(control or _next_port(live), key, server_key)
        self.live, self.cursor, self.stream = live, cursor, stream
        self.state = cursor.load() if cursor else None
        self.known = 0  # the highest number that the stream is known to have
        self.pending = 0  # messages taken and not saved
        self.news = self.open(zmq.SUB, live)
        for topic in (f"{stream}/1/", f"{stream}/0/", f"mark/{stream}/1/"):
            self.news.subscribe(topic)
        self.next_doubt = 0.0
        self.withheld = 0  # the message of which it was said that the server does not give it

    def run(self) -> Iterator[Event]:
        try:
            while True:
                yield from self.meet()
                while self.socket is not None:
                    yield from self.catch_up()
                    if not self.news.poll(0):
                        self.save()
                    if self.socket is None or not (yield from self.listen()):
                        break
        finally:
            self.news.close()
            self.close()

    def save(self) -> None:
        if self.cursor and self.state and self.pending:
            self.cursor.save(self.state)
        self.pending = 0

    def meet(self) -> Iterator[Event]:
        """HELLO until it is answered: the stream, and up to where it agrees."""
        self.save()
        bounds = None
        while bounds is None:
            points = self.state.points if self.state else []
            greeting = {"vmin": 1, "vmax": 1, "role": "follower", "client": "nwp.py", "at": {self.stream: points} if points else {}}
            for command, _, answer, _ in self.answers(self.ask("HELLO", greeting)):
                if command == "ERR":
                    if answer["code"] not in (429, 503):
                        raise Refused(answer["code"], answer["text"])
                    time.sleep(1)
                elif command == "WELCOME":
                    if self.stream not in answer["streams"]:
                        raise Refused(404, f"{self.endpoint} has no stream {self.stream}")
                    bounds = answer["streams"][self.stream]
                break
        self.known = bounds["hi"]
        if self.state is None:
            self.state = State(bounds["e"], bounds.get("j"), bounds["lo"] - 1)
        if self.state.journal and bounds.get("j") and self.state.journal != bounds["j"]:
            raise Replaced(f"the stream {self.stream} at {self.endpoint} began with epoch {bounds['j']}, not {self.state.journal}")
        same = bounds.get("same")
        if self.state.points and same is not None:
            # Behind the newest point may be what was lost, of a server that does not say the link there.
            newest = self.state.points[-1][0]
            if same < newest:
                yield from self.set_back(same)
            elif self.state.epoch != bounds["e"] and newest < self.state.number:
                # Nothing tells that what came behind it without a place is there still.
                yield from self.set_back(newest)
        elif self.state.epoch != bounds["e"] or self.state.number > bounds["hi"]:
            yield from self.set_back(bounds["lo"] - 1)
        self.state.epoch, self.state.journal = bounds["e"], bounds.get("j")
        if self.state.number < bounds["lo"] - 1:
            first = self.state.number + 1
            yield Lost(bounds["lo"] - 1, first)
            self.state.add(bounds["lo"] - 1, bounds.get("lh"))
            self.pending += 1

    def set_back(self, number: int) -> Iterator[Event]:
        assert self.state
        yield SetBack(number)
        self.state.cut(number)
        self.pending += 1
        self.save()

    def take(self, message: Message, flaw: str | None) -> Iterator[Event]:
        """Gives the next message of the stream; asks again who it is where it does not continue what was taken."""
        assert self.state
        before = self.state.link
        if message.link and before:
            digest = hashlib.sha256(b"".join(part.encode() + b"\0" for part in ("nwp1", "link", before, message.id)))
            # Behind what a journal had dropped before it knew links, they begin anew.
            if digest.hexdigest()[:32] != message.link and self.state.number > 0:
                self.doubt()
                return
        if flaw:
            # It is passed on all the same: it would stop every start anew.
            _complain(flaw)
        yield message
        self.state.add(message.number, message.link)
        self.pending += 1
        if self.pending >= WINDOW:
            self.save()

    def doubt(self, why: str | None = None) -> None:
        if time.monotonic() >= self.next_doubt:
            self.next_doubt = time.monotonic() + PATIENCE
            if why:
                _complain(f"{why}; asking {self.endpoint} which epoch is its")
            self.close()

    def catch_up(self) -> Iterator[Event]:
        """Fetches what is known to be there."""
        while self.state and self.socket is not None and self.state.number < self.known:
            start, nameless, foreign = self.state.number, 0, ""
            request = self.ask("FETCH", {"s": self.stream, "e": self.state.epoch, "from": start + 1, "to": start + WINDOW,
                                         "credit": WINDOW, "bytes": 8 << 20})
            for command, _, answer, payload in self.answers(request):
                if command == "ITEM":
                    try:
                        message, flaw = _message(payload)
                    except Malformed as fault:
                        _complain(f"{self.endpoint} sends {fault}")
                        nameless += 1
                        continue
                    if message.epoch != self.state.epoch:
                        foreign = f" of epoch {self.state.epoch}, but some of epoch {message.epoch}"
                        continue
                    yield from self.pass_over(message.number, nameless)
                    if self.socket is not None and message.number == self.state.number + 1:
                        nameless = 0
                        yield from self.take(message, flaw)
                    if self.socket is None:
                        return
                elif command == "END":
                    yield from self.pass_over(answer["next"], nameless)
                    self.known = max(answer["hi"], self.state.number)
                    break
                else:
                    # GONE, another epoch, or not now: HELLO tells which.
                    if command == "ERR" and answer["code"] in (401, 403, 404):
                        raise Refused(answer["code"], answer["text"])
                    time.sleep(0.2)
                    self.close()
                    return
            if self.state.number == start and start < self.known:
                if self.withheld != start + 1:
                    _complain(f"{self.endpoint} does not give message {start + 1}{foreign}, though it has later ones; asking again")
                self.withheld = start + 1
                time.sleep(0.5)
                self.close()

    def pass_over(self, number: int, nameless: int) -> Iterator[Event]:
        """Gives an empty message for each of those before `number`, where as many came without a place."""
        assert self.state
        missing = range(self.state.number + 1, number)
        if not 0 < len(missing) <= nameless:
            return
        for n in missing:
            _complain(f"message {n} cannot be read, nor its place, and is passed on as an empty one")
            yield Message(n, f"{self.stream}/1/und/-/", self.state.epoch, "", "", None, {})
            self.state.add(n, None)
            self.pending += 1
        # What follows cannot be seen to continue what was before: HELLO tells.
        self.close()

    def listen(self) -> Generator[Event, None, bool]:
        """Takes what is published, at most for a while; false where HELLO is to be said again."""
        assert self.state
        if not self.news.poll(int(PATIENCE * 1000)):
            # Marks come every second: silence means that the server is away, or was.
            self.close()
            return False
        frames = self.news.recv_multipart()
        is_mark = frames[0].startswith(b"mark/")
        try:
            mark: dict[str, Any] = _object(frames[1]) if is_mark else {"e": None, "n": 0}
            epoch, number = mark["e"], int(mark["n"])
            message, flaw = (None, None) if is_mark else _message(frames)
        except (Malformed, ValueError, KeyError, IndexError, TypeError) as fault:
            # Nothing is decided by it: a mark tells what was missed.
            _complain(f"what is published at {self.live} is none of the protocol: {fault!r}")
            return True
        if message is None:
            if epoch != self.state.epoch or number < self.state.number or (
                    number == self.state.number and mark.get("h") and self.state.link and mark["h"] != self.state.link):
                self.doubt()
            self.known = max(self.known, number) if epoch == self.state.epoch else self.known
        else:
            if message.epoch != self.state.epoch:
                self.doubt(f"message {message.number} at {self.live} is of epoch {message.epoch}, not {self.state.epoch}, and is not taken")
            elif message.number == self.state.number + 1:
                yield from self.take(message, flaw)
            self.known = max(self.known, message.number) if message.epoch == self.state.epoch else self.known
        return self.socket is not None


def follow(live: str, cursor: Cursor | None = None, *, stream: str = "res", control: str | None = None, key: str | None = None,
           server_key: str | None = None) -> Iterator[Event]:
    """Every message of a stream, each once, from the oldest that is kept or from where the cursor is, and without end.

    The cursor is saved, with all that the loop's body did since, whenever nothing more waits and at least every 256 messages; what was not
    saved comes again. Raises `Replaced` for another stream and `Refused` where the server does not let this client in; everything else
    is waited for. `key` and `server_key` are files of `onrecord keygen`, where the endpoint is encrypted.
    """
    return _Follower(live, cursor, stream, control, key, server_key).run()


def fetch(control: str, *, stream: str = "res", first: int = 1, last: int | None = None, key: str | None = None,
          server_key: str | None = None) -> Iterator[Message]:
    """The messages of a stretch of a stream, from those that are kept, up to the newest at the start.

    A message whose place cannot be read is said and left out. Raises `Refused` where the server does not let this client in, `Malformed` where
    it does not get on, and `TimeoutError`.
    """
    peer = _Peer(control, key, server_key)
    try:
        while last is None or first <= last:
            end = min(first + WINDOW - 1, last or 1 << 53)
            request = peer.ask("FETCH", {"s": stream, "from": first, "to": end, "credit": WINDOW, "bytes": 8 << 20})
            for command, _, answer, payload in peer.answers(request):
                if command == "ITEM":
                    try:
                        message, flaw = _message(payload)
                    except Malformed as fault:
                        _complain(f"{control} sends {fault}, which is passed over")
                        continue
                    if flaw:
                        _complain(flaw)
                    yield message
                elif command in ("GONE", "END"):
                    last = min(last or answer["hi"], answer["hi"]) if command == "END" else last
                    following = answer["next" if command == "END" else "lo"]
                    if following <= first and (last is None or first <= last):
                        raise Malformed(f"{control} does not get beyond message {first}")
                    first = following
                    break
                elif command == "ERR":
                    raise Refused(answer["code"], answer["text"])
            if peer.socket is None:
                raise TimeoutError(f"no answer from {control}")
    finally:
        peer.close()


@dataclass(frozen=True)
class Ack:
    """An article is durable: under this identifier, and `known` where it was before."""

    id: str
    number: int | None
    known: bool
    remarks: list[str]


def put(endpoint: str, articles: Iterable[dict[str, Any]], *, key: str | None = None, server_key: str | None = None
        ) -> Iterator[tuple[dict[str, Any], Ack | Refused]]:
    """Hands articles to a producer's `--ingest` socket; each comes back once it is durable, or refused for good.

    What is not acknowledged is repeated, in order, however often the producer is away: each is published once.
    """
    peer = _Peer(endpoint, key, server_key)
    waiting: dict[bytes, dict[str, Any]] = {}
    source = enumerate(articles, 1)
    is_done = False
    try:
        while not is_done or waiting:
            peer.ask("HELLO", {"vmin": 1, "vmax": 1, "role": "put", "client": "nwp.py"}, request=b"hello")
            credit = 0
            for command, request, answer, _ in peer.answers():
                if command == "WELCOME":
                    credit = answer["credit"]
                    for name, article in waiting.items():
                        peer.ask("PUT", {}, json.dumps(article).encode(), request=name)
                elif command == "ERR" and answer.get("retry"):
                    time.sleep(0.5)
                    peer.close()
                    break
                elif request in waiting and command == "ACK":
                    yield waiting.pop(request), Ack(answer["id"], answer.get("n"), answer.get("known", False), answer.get("remarks", []))
                elif request in waiting and command == "ERR":
                    yield waiting.pop(request), Refused(answer["code"], answer["text"])
                elif command == "ERR":
                    raise Refused(answer["code"], answer["text"])
                while credit > len(waiting) and not is_done:
                    following = next(source, None)
                    if following is None:
                        is_done = True
                    else:
                        name, waiting[name] = b"%d" % following[0], following[1]
                        peer.ask("PUT", {}, json.dumps(following[1]).encode(), request=name)
                if is_done and not waiting:
                    break
    finally:
        peer.close()

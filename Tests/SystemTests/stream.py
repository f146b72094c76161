"""A server of one stream that says what it is told to say: for what no analyzer would ever publish."""

import json
import threading

import zmq

EPOCH = "00000000000000aa"
TIME = "2024-06-01T12:30:00.000Z"


class Stream:
    """Serves messages of a stream by FETCH and live, until it is closed."""

    def __init__(self, name="res"):
        self.name = name
        self.messages = []
        self.live = []  # what is published once, whatever it is
        # Of the process's context, which nobody has to end: libzmq has been seen to wait for that without end.
        context = zmq.Context.instance()
        self.publisher = context.socket(zmq.PUB)
        self.control = context.socket(zmq.ROUTER)
        self.publish_endpoint = f"tcp://127.0.0.1:{self.publisher.bind_to_random_port('tcp://127.0.0.1')}"
        self.control_endpoint = f"tcp://127.0.0.1:{self.control.bind_to_random_port('tcp://127.0.0.1')}"
        self.lock = threading.Lock()
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self):
        self.ending.set()
        self.thread.join()
        self.publisher.close(linger=0)
        self.control.close(linger=0)

    def add(self, event, topic=None):
        """Appends an event, or bytes that are none."""
        # Half surrogates stay what they are: an escape in JSON.
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        self.add_frames(lambda usual, position: [topic.encode() if topic else usual, position, body], None if isinstance(event, bytes) else event["id"])

    def add_frames(self, frames, key=None):
        """Appends a message: the frames that are made of the topic and position that it should have."""
        with self.lock:
            n = len(self.messages) + 1
            position = {"v": 1, "s": self.name, "e": EPOCH, "n": n, "p": 0, "id": key or f"m{n}", "ts": TIME}
            self.messages.append(frames(f"{self.name}/1/en/-/".encode(), json.dumps(position).encode()))

    def _serve(self):
        told = 0
        while not self.ending.is_set():
            with self.lock:
                messages, (odd, self.live) = list(self.messages), (self.live, [])
            for frames in odd:
                self.publisher.send_multipart(frames)
            published, told = messages[told:], len(messages)
            for message in filter(None, published):
                self.publisher.send_multipart(message)
            while self.control.poll(20):
                with self.lock:
                    messages = list(self.messages)
                self._answer(messages, *self.control.recv_multipart()[:5])
            mark = {"v": 1, "s": self.name, "e": EPOCH, "n": told, "lo": 1, "ts": TIME}
            self.publisher.send_multipart([f"mark/{self.name}/1/".encode(), json.dumps(mark).encode(), b""])

    def _answer(self, messages, peer, magic, command, request, arguments=b"{}"):
        def say(name, value, *payload):
            self.control.send_multipart([peer, b"NWP1", name, request, json.dumps(value).encode(), *payload])

        if command == b"HELLO":
            stream = {"e": EPOCH, "j": EPOCH, "lo": 1, "hi": len(messages)}
            say(b"WELCOME", {"v": 1, "streams": {self.name: stream}, "mark_ms": 1000, "max_frame": 8 << 20, "server": "test"})
        if command == b"FETCH":
            asked = json.loads(arguments)
            last = min(asked.get("to", len(messages)), len(messages), asked["from"] + asked["credit"] - 1)
            for message in messages[asked["from"] - 1:last]:
                say(b"ITEM", {}, *message)
            say(b"END", {"e": EPOCH, "next": last + 1, "hi": len(messages)})


def analysis(key, quotes=(), claims=(), headline="A headline", uri=None, source="Courier", published="2024-05-01T10:00:00Z", roles=None, **links):
    """The event of an analysis. Quotes are (speaker, text) or (speaker, text, kind); claims (claimant or None, text, worth)."""
    names = {name: f"e{i}" for i, name in enumerate(dict.fromkeys([q[0] for q in quotes] + [c[0] for c in claims if c[0] is not None]))}
    place, items = 0, []

    def passage(text):
        nonlocal place
        place += len(text) + 1
        return {"text": text, "spans": [[place - len(text) - 1, place - 1]]}

    quoted = [{"id": f"{key}-q{i}", "kind": (*rest, "direct")[0], "act": "statement", "content": passage(text), "confidence": 0.9,
               "speaker": {"entity": names[name], "name": name, "type": "person"}} for i, (name, text, *rest) in enumerate(quotes)]
    claimed = []
    for i, (name, text, worth) in enumerate(claims):
        carrier = next((q for q in quoted if name is not None and text in q["content"]["text"]), None)
        if carrier:
            start = carrier["content"]["spans"][0][0] + carrier["content"]["text"].index(text)
            spans = [[start, start + len(text)]]
        else:
            spans = passage(text)["spans"]
        claimant = {"kind": "article"} if name is None else {"kind": "speaker", "entity": names[name], "name": name}
        claimed.append({"id": f"{key}-c{i}", "text": text, "spans": spans, "claimant": claimant, "checkWorthiness": worth})
    return {
        "specversion": "1.0", "id": f"r-{key}", "source": "urn:test", "type": "org.onrecord.analysis.v1", "time": TIME, "causationid": key, **links,
        "data": {
            "id": f"r-{key}", "pipeline": {"name": "test", "version": "1"}, "boilerplate": [],
            "article": {"uri": uri or f"https://news.example/{key}", "version": "1", "sha256": "0" * 64, "headline": headline, "language": "en",
                        "source": source, "published": published},
            "entities": [{"id": e, "name": n, "type": "person", "role": (roles or {}).get(n), "mentions": []} for n, e in names.items()],
            "quotes": quoted, "claims": claimed}}


def withdrawal(key, of, reason="canceled"):
    """The event of a notice that an article was taken back, for the topic `res/0/…`."""
    return {"specversion": "1.0", "id": key, "source": "urn:test", "type": "org.onrecord.notice.v1", "time": TIME,
            "data": {"kind": "withdrawal", "uri": f"https://news.example/{of}", "reason": reason, "targets": [{"id": of, "n": 1}]}}

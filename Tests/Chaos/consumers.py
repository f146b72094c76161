"""Consumers of the streams: two that must see everything, and a bare subscription."""

import hashlib
import json
import pathlib
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "SystemTests"))
import zmq  # noqa: E402
from history import Consumer, Entry, Sight  # noqa: E402
from onrecord import Control  # noqa: E402


def digest(frames):
    return hashlib.sha256(b"\0".join(frames)).hexdigest()[:32]


def sight(frames):
    position = json.loads(frames[1])
    return Sight(position["n"], position["id"], position["e"], digest(frames[:3]))


def entry(frames):
    """A message as a journal's entry, for the checker."""
    position, event = json.loads(frames[1]), json.loads(frames[2])
    data = event["data"]
    common = dict(n=position["n"], epoch=position["e"], id=position["id"], digest=digest(frames[:3]))
    match position["s"]:
        case "raw":
            body = next(body["value"] for body in data["bodies"] if body["contentType"] == "text/plain")
            return Entry(**common, uri=data["uri"], version=data["version"], sha256=_sha256(body))
        case "res":
            article, pipeline = data["article"], data["pipeline"]
            identity = f"{pipeline['name']}/{pipeline['version']}"
            if pipeline.get("model"):
                identity += f"+{pipeline['model']}"
            contents = [quote["content"] for quote in data["quotes"]]
            passages = tuple(
                (*content["spans"][0], content["text"]) for content in contents if len(content["spans"]) == 1)
            return Entry(
                **common, uri=article["uri"], version=article["version"], sha256=article["sha256"],
                cause=event["causationid"], pipeline=identity, passages=passages)
        case "dlq":
            body = data["article"] and next(iter(data["article"]["bodies"]))["value"]
            return Entry(
                **common, uri=data["uri"], version=data["version"], sha256=_sha256(body or ""),
                cause=data["raw"]["id"], pipeline=data["pipeline"])


def _sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def replay(control, stream, start, patience=5):
    """The messages from `start` on, by FETCH; ends early where the server is silent for so many seconds."""
    with Control(control) as client:
        while True:
            request = client.ask("FETCH", **{"s": stream, "from": start, "credit": 500, "bytes": 1 << 24})
            while True:
                try:
                    command, arguments, frames = client.answer(request, patience)
                except TimeoutError:
                    return
                if command != "ITEM":
                    break
                yield frames
                client.socket.send_multipart([b"NWP1", b"CREDIT", request, b'{"n":1}'])
            if command != "END" or arguments["next"] > arguments["hi"]:
                return
            start = arguments["next"]


class Watcher(threading.Thread):
    """A consumer on a thread of its own."""

    def __init__(self, name, stream, publish, control, isComplete):
        super().__init__(daemon=True)
        self.consumer = Consumer(name, stream, isComplete)
        self.name, self.stream = name, stream.split("-")[0]
        self.publish, self.control = publish, control
        self.isStopping = False
        self.cursor = 0
        self.onMessage = lambda frames: None

    def take(self, frames):
        self.consumer.seen.append(sight(frames))
        self.cursor = self.consumer.seen[-1].n
        self.onMessage(frames)

    def subscription(self):
        sub = zmq.Context.instance().socket(zmq.SUB)
        sub.set(zmq.LINGER, 0)
        sub.set(zmq.HEARTBEAT_IVL, 2_000)
        sub.set(zmq.HEARTBEAT_TIMEOUT, 6_000)
        sub.set(zmq.RECONNECT_IVL_MAX, 2_000)
        sub.subscribe(f"{self.stream}/1/")
        sub.subscribe(f"mark/{self.stream}/1/")
        sub.connect(self.publish)
        return sub

    def stop(self):
        self.isStopping = True
        self.join(60)


class Subscriber(Watcher):
    """A bare subscription."""

    def __init__(self, *arguments):
        super().__init__(*arguments, isComplete=False)

    def run(self):
        sub = self.subscription()
        while not self.isStopping:
            if sub.poll(200):
                frames = sub.recv_multipart()
                if not frames[0].startswith(b"mark/"):
                    self.take(frames)
        sub.close()


class Follower(Watcher):
    """A follower after section 6 of the protocol: live messages, and FETCH for what they leave out."""

    def __init__(self, *arguments):
        super().__init__(*arguments, isComplete=True)

    def run(self):
        sub = self.subscription()
        while not self.isStopping:
            newest = self.cursor
            if sub.poll(200):
                frames = sub.recv_multipart()
                newest = json.loads(frames[1])["n"]
                if newest == self.cursor + 1 and not frames[0].startswith(b"mark/"):
                    self.take(frames)
            if newest > self.cursor:
                for frames in replay(self.control, self.stream, self.cursor + 1):
                    self.take(frames)
                    if self.isStopping:
                        break
        sub.close()


class Tail:
    """What `onrecord tail --from` prints, started again after each end with the message that is due."""

    def __init__(self, stream):
        self.consumer = Consumer("onrecord tail", stream, True)

    @property
    def next(self):
        return len(self.consumer.seen) + 1

    def read(self, process):
        for line in process.stdout:
            # A line without its end was cut off by a kill.
            if line.endswith(b"\n"):
                self.consumer.seen.append(Sight(self.next, json.loads(line)["id"]))


def wait(condition, seconds):
    """Whether `condition` holds within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False

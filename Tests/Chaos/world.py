"""What chaos happens to: two producers, two heads, workers and consumers, joined by links that can break."""

import pathlib
import threading

import zmq
from articles import line
from consumers import Follower, Subscriber, Tail, entry, replay
from disk import Disk
from history import History
from onrecord import BINARIES, free_port
from processes import Kept
from proxy import Proxy

PRODUCERS = ("a", "b")


class Link:
    """A port that a service binds, and the proxy that others reach it by."""

    def __init__(self, name):
        self.name = name
        self.port = free_port()
        self.proxy = Proxy(self.port)
        self.bound = f"tcp://127.0.0.1:{self.port}"
        self.reached = f"tcp://127.0.0.1:{self.proxy.port}"


class World:
    """A site with its history."""

    def __init__(self, folder, draw, store, workers=2):
        self.folder, self.draw, self.store = pathlib.Path(folder), draw, store
        self.inbox = self.folder / "inbox"
        self.inbox.mkdir()
        self.logs = self.folder / "logs"
        self.logs.mkdir()
        self.history = History()
        self.acknowledged = {name: set() for name in PRODUCERS}
        self.fed = []  # what the second producer is given on standard input
        self.again = []
        self.feeding = threading.Condition()
        self.wire = {name: Link(name) for name in (
            "raw-a", "raw-a control", "raw-b", "raw-b control", "res", "res control", "pool")}
        self.links = [(link.name, link.proxy) for link in self.wire.values()]
        self.disks = [Disk(self.folder / name, 700) for name in store.disks]
        self.processes = []
        self.watchers = []
        self._producers()
        self._analyzers(workers)
        self._consumers()

    # MARK: - Processes

    def _keep(self, kind, name, *command, **options):
        kept = Kept(name, lambda: [BINARIES / command[0], *command[1:]], self.logs, self.draw, **options)
        kept.kind = kind
        self.processes.append(kept)
        return kept

    def _producers(self):
        for name, source in zip(PRODUCERS, (self.inbox, "-")):
            options = {"stdin": -1} if source == "-" else {}
            kept = self._keep(
                "producer", f"producer-{name}", "producer", *self.store.arguments(self.folder, f"producer-{name}"),
                "--publish", self.wire[f"raw-{name}"].bound, "--control", self.wire[f"raw-{name} control"].bound,
                "--source", source, *([] if source == "-" else ["--watch"]), takesFailures=True, **options)
            if source == "-":
                kept.onStart = self._feed

    def _analyzers(self, workers):
        raw = [word for name in PRODUCERS for word in (
            "--raw", self.wire[f"raw-{name}"].reached, "--raw-control", self.wire[f"raw-{name} control"].reached)]
        for number in (1, 2):
            self._keep(
                "head", f"head-{number}", "analyzer", *self.store.arguments(self.folder, "analyzer"), *raw,
                "--publish", self.wire["res"].bound, "--control", self.wire["res control"].bound,
                "--pool", self.wire["pool"].bound, "--workers", 1, takesFailures=True)
        for number in range(workers):
            self._keep(
                "worker", f"worker-{number + 1}", "analyzer", "--join", self.wire["pool"].reached, "--workers", 1,
                takesFailures=True)

    # MARK: - Consumers

    def _consumers(self):
        for stream, link in [("raw-a", "raw-a"), ("raw-b", "raw-b"), ("res", "res"), ("dlq", "res")]:
            address = self.wire[link].reached, self.wire[f"{link} control"].reached
            self.watchers.append(Follower("follower", stream, *address))
            if stream == "res":
                self.watchers.append(Subscriber("subscriber", stream, *address))
        for watcher in self.watchers[:2]:
            watcher.onMessage = self._acknowledge(watcher.consumer.stream[-1])
        tail = Tail("res")
        kept = self._keep("consumer", "tail", "onrecord", stdout=-1)
        kept.command = lambda: [
            BINARIES / "onrecord", "tail", "--connect", self.wire["res"].reached, "--control",
            self.wire["res control"].reached, "--from", tail.next, "--format", "jsonl"]
        kept.onStart = lambda process: self._begin(tail.read, process)
        self.history.consumers = [watcher.consumer for watcher in self.watchers] + [tail.consumer]

    def _acknowledge(self, producer):
        def take(frames):
            item = entry(frames)
            self.acknowledged[producer].add((item.uri, item.version))
        return take

    @staticmethod
    def _begin(work, *arguments):
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        thread.start()
        return thread

    # MARK: - Articles

    def put(self, number, items):
        """Sends articles by the first producer: a file of lines, complete from the moment it can be seen."""
        self.history.sent += items
        hidden = self.inbox / f".{number:06}"
        hidden.write_text("".join(map(line, items)), encoding="utf-8")
        hidden.rename(self.inbox / f"{number:06}.jsonl")

    def feed(self, items):
        """Sends articles by the second producer's standard input."""
        self.history.sent += items
        with self.feeding:
            self.fed += items
            self.feeding.notify_all()

    def feed_again(self, items):
        """Sends articles a second time, which changes nothing."""
        with self.feeding:
            self.again += items

    def _feed(self, process):
        """Gives a new producer all that the earlier ones did not make durable, then what comes."""
        def run():
            at = 0
            try:
                while process.poll() is None:
                    with self.feeding:
                        self.feeding.wait_for(lambda: at < len(self.fed), timeout=0.5)
                        items, again, self.again = self.fed[at:], self.again, []
                    due = [item for item in items if (item.uri, item.version) not in self.acknowledged["b"]]
                    for item in due + again:
                        process.stdin.write(line(item).encode())
                    process.stdin.flush()
                    at += len(items)
            except (BrokenPipeError, ValueError):
                pass
        self._begin(run)

    # MARK: - Course

    def start(self):
        for process in self.processes:
            process.start()
        for watcher in self.watchers:
            watcher.start()

    def faults(self, faults):
        return self.store.faults(faults)

    @property
    def published(self):
        return sum(map(len, self.acknowledged.values()))

    @property
    def ended(self):
        return sum(watcher.cursor for watcher in self.watchers
                   if watcher.consumer.isComplete and watcher.stream in ("res", "dlq"))

    def collect(self):
        """The journals as they are now, into the history."""
        for name in PRODUCERS:
            self.history.raw[f"raw-{name}"] = self._journal(f"raw-{name}", "raw")
        self.history.res, self.history.dlq = self._journal("res", "res"), self._journal("res", "dlq")

    def _journal(self, link, stream):
        return [entry(frames) for frames in replay(self.wire[f"{link} control"].bound, stream, 1, patience=30)]

    def stop(self):
        """Stops everything in order; what did not end well."""
        for watcher in self.watchers:
            watcher.stop()
        # Workers and heads first, as an operator would.
        stopped = {process: process.stop() for process in reversed(self.processes)}
        return [f"{process.name} ended with {process.process.returncode} on SIGTERM"
                for process, isWell in stopped.items() if not isWell]

    def close(self):
        for process in self.processes:
            process.isStopping = True
            if process.process and process.process.poll() is None:
                process.process.kill()
                process.process.wait()
        for disk in self.disks:
            disk.close()
        self.store.close()
        zmq.Context.instance().destroy(linger=0)

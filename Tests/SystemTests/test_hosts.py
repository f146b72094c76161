"""Services on several machines, with the example configurations as they stand in deploy/systemd: cables are pulled and bad, a new
release comes in the documented order, and a backup is restored on another machine."""

import collections
import json
import re
import shutil

import pytest
from hosts import Network, obstacle
from onrecord import BINARIES, ROOT, article, eventually
from test_security import Keys

pytestmark = pytest.mark.skipif(why := obstacle(), reason=str(why))

CONFIGURATIONS = ROOT / "deploy" / "systemd"


class Desk:
    """Producer and analyzer on one machine, workers on another, a reader on a third, each with its own folder and keys."""

    def __init__(self, folder):
        self.folder = folder
        self.network = Network("main", "moor", "desk", "spare")
        self.main, self.moor, self.desk, self.spare = self.network.hosts
        for host in self.network.hosts:
            (folder / host.name / "inbox").mkdir(parents=True)
            host.knows(analyzer=self.main.address, producer=self.main.address)
        made = folder / "keys"
        made.mkdir()
        self.keys = Keys(made)
        for name in ("producer", "analyzer", "worker", "reader"):
            self.keys.make(name)
        self.keys.allow(analyzer="sub,fetch", worker="work", reader="sub,fetch")
        self.written = 0

    def configuration(self, host, name, **changes):
        """The example configuration, with the keys and lists of this test."""
        text = (CONFIGURATIONS / f"{name}.conf").read_text()
        text = re.sub(r"/run/credentials/[^/]+|/etc/onrecord", str(self.folder / "keys"), text)
        text = re.sub(r"/[^ ]*/(producer|analyzer)\.allow", str(self.keys.list), text)
        text = text.replace("/srv/inbox", str(self.folder / host.name / "inbox"))
        for option, value in changes.items():
            text = re.sub(rf"^{option} = .*", f"{option} = {value}", text, flags=re.M)
        file = self.folder / host.name / f"{name}.conf"
        file.write_text(text)
        return "--config", file

    def producer(self, host=None):
        host = host or self.main
        return host.start("producer", *self.configuration(host, "producer"), "--state", self.folder / host.name / "producer")

    def analyzer(self, host=None, program="analyzer"):
        """A head that leaves all to workers that join."""
        host = host or self.main
        return host.start(
            program, *self.configuration(host, "analyzer", workers=0), "--state", self.folder / host.name / "analyzer")

    def worker(self, program="analyzer"):
        # The port of the example is for the first one on a machine.
        http = f"127.0.0.1:{9466 + len(self.moor.services)}"
        return self.moor.start(program, *self.configuration(self.moor, "worker", workers=1), "--http", http)

    def reader(self, command, *arguments, host="analyzer", stream="res"):
        live, control = (5566, 5567) if host == "analyzer" else (5556, 5557)
        connect = [f"tcp://{host}.example:{live}", "--control", f"tcp://{host}.example:{control}"] if command == "tail" else [
            f"tcp://{host}.example:{control}"]
        return [command, "--stream", stream, "--format", "jsonl", "--key", self.keys.secret("reader"), "--server-key",
                self.keys.public(host), "--connect", *connect, *arguments]

    def tail(self):
        return self.desk.start("onrecord", *self.reader("tail", "--from", 1))

    def fetch(self, on, **options):
        """What is there, asked on a machine whose cable is in place."""
        done = on.run(BINARIES / "onrecord", *self.reader("fetch", **options))
        return [json.loads(line) for line in done.stdout.splitlines()]

    def write(self, count, host=None):
        inbox = self.folder / (host or self.main).name / "inbox"
        for n in range(self.written, self.written + count):
            hidden = inbox / f".{n:05}"
            hidden.write_text(json.dumps({"uri": f"urn:x:{n}", "version": "1", "language": "en", "body": article(n)}))
            hidden.rename(inbox / f"{n:05}.json")
        self.written += count

    def expect(self, tail):
        """Everything written is analysed once, and the reader has heard of each once, in order."""
        eventually(lambda: len(tail.out) >= self.written, f"{self.written} results at the desk")
        events = [json.loads(line) for line in tail.out]
        assert collections.Counter(event["subject"] for event in events) == collections.Counter(
            f"urn:x:{n}" for n in range(self.written))
        assert events == self.fetch(self.main)
        assert self.fetch(self.main, stream="dlq") == []

    def close(self):
        self.network.close()


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def said(service, text):
    return sum(text in line for line in service.lines)


@pytest.mark.long
def test_pulled_and_bad_cables_lose_and_double_nothing(desk):
    producer, head, tail = desk.producer(), desk.analyzer(), desk.tail()
    workers = [desk.worker() for _ in range(2)]
    for worker in workers:
        worker.wait_for("worker is ready")
    desk.write(100)
    eventually(lambda: len(tail.out) >= 5, "some results at the desk")
    # The workers' machine is away: their articles wait for them.
    left, came = said(head, "worker left"), [said(worker, "worker is ready") for worker in workers]
    desk.moor.pull()
    eventually(lambda: said(head, "worker left") >= left + 2, "both workers are missed")
    desk.write(20)
    desk.moor.plug_in()
    eventually(lambda: all(said(worker, "worker is ready") > count for worker, count in zip(workers, came)), "both are back")
    eventually(lambda: len(tail.out) == desk.written, "all that was written")
    # The reader's machine is away, and all others go on.
    desk.desk.pull()
    desk.write(50)
    eventually(lambda: len(desk.fetch(desk.main)) == desk.written, "all results")
    assert len(tail.out) == desk.written - 50
    desk.desk.plug_in()
    eventually(lambda: len(tail.out) == desk.written, "what the reader missed")
    # Every second packet or so is lost on the way to each of them.
    for host in (desk.main, desk.moor, desk.desk):
        host.lose()
    desk.write(60)
    desk.expect(tail)
    for host in (desk.main, desk.moor, desk.desk):
        host.mend()
    assert [service.stop() for service in (tail, *workers, head, producer)] == [0] * 5


def other_release(folder):
    """The programs with another digest of their pipeline, as a later release has it."""
    program = folder / "later" / "analyzer"
    program.parent.mkdir()
    bytes_ = (BINARIES / "analyzer").read_bytes()
    digests = set(re.findall(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", bytes_))
    for digest in digests:
        bytes_ = bytes_.replace(digest, digest[::-1])
    program.write_bytes(bytes_)
    program.chmod(0o755)
    return program


def test_a_new_release_comes_in_the_documented_order(desk):
    """Producer, analyzer, workers; articles come in all the while, and a worker of the other release waits instead of giving up."""
    later = other_release(desk.folder)
    producer, head, tail = desk.producer(), desk.analyzer(), desk.tail()
    worker = desk.worker()
    worker.wait_for("worker is ready")
    desk.write(30)
    eventually(lambda: len(tail.out) >= 5, "some results at the desk")
    assert producer.stop() == 0
    producer = desk.producer()
    desk.write(30)
    # One that came too early: it waits for its head.
    early = desk.worker(later)
    assert "start the same release" in early.wait_for("does not take this worker yet")
    eventually(lambda: len(tail.out) == desk.written, "all so far")
    assert head.stop() == 0
    head = desk.analyzer(program=later)
    early.wait_for("worker is ready")
    desk.write(30)
    worker.wait_for("start the same release")
    assert worker.stop() == 0
    worker = desk.worker(later)
    worker.wait_for("worker is ready")
    desk.expect(tail)
    pipelines = {event["data"]["pipeline"]["model"] for event in map(json.loads, tail.out)}
    assert len(pipelines) == 2, pipelines
    assert [service.stop() for service in (tail, worker, early, head, producer)] == [0] * 5


@pytest.mark.waits
def test_a_backup_is_restored_on_another_machine(desk, monkeypatch):
    """The machine of producer and analyzer burns down; a spare one goes on from backups, under the same names."""
    desk.producer()
    head, tail, worker = desk.analyzer(), desk.tail(), desk.worker()
    desk.write(30)
    eventually(lambda: len(tail.out) == 30, "all so far")
    for program in ("analyzer", "producer"):
        done = desk.main.run(
            BINARIES / program, "backup", "--state", desk.folder / "main" / program, desk.folder / f"{program}.db")
        assert done.returncode == 0, done.stderr
    # What comes after the backup is lost with the machine, but for its sources.
    desk.write(10)
    eventually(lambda: len(tail.out) == 40, "what the backup does not have")
    ready = said(worker, "worker is ready")
    desk.main.pull()
    for service in desk.main.services:
        service.kill()
    spare = desk.spare
    shutil.copytree(desk.folder / "main" / "inbox", desk.folder / "spare" / "inbox", dirs_exist_ok=True)
    for program in ("analyzer", "producer"):
        state = desk.folder / "spare" / program
        state.mkdir()
        shutil.copy(desk.folder / f"{program}.db", state / "journal.db")
    for host in desk.network.hosts:
        host.knows(analyzer=spare.address, producer=spare.address)
    for program in ("PRODUCER", "ANALYZER"):
        monkeypatch.setenv(f"ONRECORD_{program}_RESTORED", "true")
    producer, head = desk.producer(spare), desk.analyzer(spare)
    eventually(lambda: said(worker, "worker is ready") > ready, "the worker finds the new machine")
    desk.write(20, host=spare)
    eventually(lambda: len(desk.fetch(spare)) == desk.written, "all results on the new machine")
    results = desk.fetch(spare)
    assert collections.Counter(event["subject"] for event in results) == collections.Counter(
        f"urn:x:{n}" for n in range(desk.written))
    ids = {event["id"] for event in results}
    eventually(lambda: {json.loads(line)["id"] for line in tail.out} == ids, "all results at the desk")
    assert desk.fetch(spare, stream="dlq") == []
    assert [service.stop() for service in (tail, worker, head, producer)] == [0] * 4

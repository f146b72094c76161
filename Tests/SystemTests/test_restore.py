"""Journals set back: restored from a backup, put back as files, copied; what came since is neither lost nor taken for what
was there before."""

import collections
import json
import os
import shutil
import signal
import subprocess

import pytest
import zmq
from onrecord import BINARIES, Service, article, eventually, last

pytestmark = pytest.mark.waits


def back_up(site, service, name="backup.db"):
    file = site.folder / name
    done = subprocess.run(
        [BINARIES / service, "backup", "--state", site.folder / service, file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return file


def restore(site, service, file, isInPlace=False):
    """Puts a backup where the journal was: into a new folder, as it is said, or over the file, as it is done."""
    folder = site.folder / service
    if not isInPlace:
        folder.rename(site.folder / f"{service}-before-{len(list(site.folder.iterdir()))}")
        folder.mkdir()
    with open(file, "rb") as source, open(folder / "journal.db", "wb") as target:
        shutil.copyfileobj(source, target)


def feed(site, numbers, *arguments):
    """Publishes articles from standard input, to be served from then on."""
    lines = "".join(json.dumps({"uri": f"urn:t:{n}", "version": "1", "body": article(n)}) + "\n" for n in numbers)
    producer = site.producer(*arguments, sources=["-"], stdin=subprocess.PIPE)
    producer.process.stdin.write(lines)
    producer.process.stdin.close()
    producer.wait_for("all sources are read")
    return producer


def analysed(site):
    return collections.Counter(event["data"]["article"]["uri"] for _, _, event in site.results())


def expect(site, numbers):
    wanted = collections.Counter(f"urn:t:{n}" for n in numbers)
    eventually(lambda: last(site.res_control, "res") >= len(wanted) and analysed(site) == wanted, f"results of {wanted}")
    assert last(site.res_control, "dlq") == 0


def wait_for_task(site, n):
    """Waits until the head gives article `n` to a worker that takes everything and does nothing."""
    worker = zmq.Context.instance().socket(zmq.DEALER)
    worker.set(zmq.LINGER, 0)
    worker.connect(site.pool)
    pipeline = json.loads(site.services[0].wait_for('"pipeline":'))["pipeline"]
    ready = {"vmin": 1, "vmax": 1, "pipeline": pipeline, "langs": ["*"], "credit": 100, "max_bytes": 1 << 23, "host": "t",
             "pid": 1}
    announce = [b"NWP1", b"READY", b"", json.dumps(ready).encode()]
    worker.send_multipart(announce)

    def task():
        """The number of a task, if one comes within a second; otherwise READY is said again: a silent session ends."""
        if not worker.poll(1000):
            worker.send_multipart(announce)
            return None
        _, command, name, *_ = worker.recv_multipart()
        return int(name.split(b".")[2]) if command == b"TASK" else None

    eventually(lambda: task() == n, f"task {n}")
    worker.send_multipart([b"NWP1", b"BYE", b"", b""])
    eventually(lambda: any("worker left" in line for line in site.services[0].lines), "goodbye")
    worker.close()


@pytest.mark.parametrize("isSaid", [True, False], ids=["said", "forgotten"])
@pytest.mark.parametrize("isInPlace", [True, False], ids=["in place", "new folder"])
@pytest.mark.parametrize("isRunning", [True, False], ids=["analyzer running", "analyzer stopped"])
def test_what_is_published_after_a_restore_of_the_producer_is_analysed(site, isSaid, isInPlace, isRunning):
    analyzer = site.analyzer()
    producer = feed(site, range(1, 6))
    file = back_up(site, "producer")
    assert producer.stop() == 0
    producer = feed(site, range(6, 9))
    expect(site, range(1, 9))
    if not isRunning:
        assert analyzer.stop() == 0
    producer.kill()
    restore(site, "producer", file, isInPlace)
    # 9 to 11 get the numbers that 6 to 8 had.
    producer = feed(site, range(9, 13), *(["--restored"] if isSaid else []))
    assert [event["data"]["uri"] for _, _, event in site.articles()] == [f"urn:t:{n}" for n in [*range(1, 6), *range(9, 13)]]
    if not isRunning:
        analyzer = site.analyzer()
    expect(site, range(1, 13))
    analyzer.wait_for("set back")
    # Once more from the sources: what the restore took out, and what is there.
    assert producer.stop() == 0
    producer = feed(site, [6, 9, 7, 12, 13])
    assert [event["data"]["uri"] for _, _, event in site.articles()][9:] == ["urn:t:6", "urn:t:7", "urn:t:13"]
    expect(site, range(1, 14))
    assert [producer.stop(), analyzer.stop()] == [0, 0]


def test_articles_that_are_held_when_the_producer_is_set_back_are_analysed_too(site):
    analyzer = site.analyzer("--workers", 0)
    producer = feed(site, range(1, 6))
    file = back_up(site, "producer")
    assert producer.stop() == 0
    producer = feed(site, range(6, 9))
    # The head holds all eight, since there is no worker.
    wait_for_task(site, 8)
    producer.kill()
    restore(site, "producer", file)
    producer = feed(site, range(9, 13))
    analyzer.wait_for("set back")
    assert last(site.res_control, "res") == 0
    worker = site.worker("--workers", 1)
    # 6 to 8 are in no journal of the producer any more, and still are not lost; 9 to 12 stand under their numbers.
    expect(site, range(1, 13))
    assert [worker.stop(), producer.stop(), analyzer.stop()] == [0, 0, 0]


@pytest.mark.parametrize("isSaid", [True, False], ids=["said", "forgotten"])
def test_an_analyzer_set_back_analyses_again_and_its_readers_miss_nothing(site, isSaid):
    producer = feed(site, range(1, 6))
    analyzer = site.analyzer()
    expect(site, range(1, 6))
    file = back_up(site, "analyzer")
    assert producer.stop() == 0
    producer = feed(site, range(6, 9))
    expect(site, range(1, 9))
    tail = Service("onrecord", "tail", "--stream", "res", "--from", 1, "--format", "jsonl", "--connect", site.res,
                   "--control", site.res_control)
    site.services.append(tail)
    eventually(lambda: len(tail.out) == 8, "eight results at a reader")
    analyzer.kill()
    restore(site, "analyzer", file)
    assert producer.stop() == 0
    producer = feed(site, [20, 21])
    analyzer = site.analyzer(*(["--restored"] if isSaid else []))
    expect(site, [*range(1, 9), 20, 21])
    ids = {event["id"] for _, _, event in site.results()}
    eventually(lambda: ids <= {json.loads(line)["id"] for line in tail.out}, "all results at the reader")
    assert [producer.stop(), analyzer.stop()] == [0, 0]


def test_a_copy_of_a_producer_is_another_branch_of_the_same_journal(site):
    analyzer = site.analyzer()
    producer = feed(site, range(1, 6))
    expect(site, range(1, 6))
    assert producer.stop() == 0
    shutil.copytree(site.folder / "producer", site.folder / "copy")
    producer = feed(site, range(6, 9))
    expect(site, range(1, 9))
    assert producer.stop() == 0
    # The copy takes the place of the first one, as on another machine.
    (site.folder / "producer").rename(site.folder / "first")
    (site.folder / "copy").rename(site.folder / "producer")
    producer = feed(site, range(9, 13))
    producer.wait_for("new epochs")
    expect(site, range(1, 13))
    assert producer.stop() == 0
    (site.folder / "producer").rename(site.folder / "copy")
    (site.folder / "first").rename(site.folder / "producer")
    producer = feed(site, [13])
    expect(site, range(1, 14))
    assert [producer.stop(), analyzer.stop()] == [0, 0]


def test_a_journal_copied_without_its_log_while_in_use_is_refused(site):
    producer = feed(site, range(1, 6))
    copied = site.folder / "copied"
    copied.mkdir()
    shutil.copy(site.folder / "producer" / "journal.db", copied)
    for program in (["producer"], ["producer", "backup", site.folder / "no.db"]):
        refused = Service(*program, "--state", copied, *(
            ["--publish", "ipc://" + str(site.folder / "p"), "--control", "ipc://" + str(site.folder / "c")]
            if len(program) == 1 else []))
        site.services.append(refused)
        assert refused.ended() == 65
        assert any("journal.db-wal is missing" in line and "--restored" in line for line in refused.lines), refused.lines
    assert producer.stop() == 0


def test_a_backup_of_a_running_producer_holds_what_was_published(site):
    producer = feed(site, range(1, 6))
    file = back_up(site, "producer")
    again = subprocess.run(
        [BINARIES / "producer", "backup", "--state", site.folder / "producer", file], capture_output=True, text=True)
    assert again.returncode == 73 and "is there already" in again.stderr
    assert os.stat(file).st_mode & 0o777 == 0o600
    producer.process.send_signal(signal.SIGKILL)
    producer.ended()
    restore(site, "producer", file)
    producer = feed(site, [6], "--restored")
    assert len(site.articles()) == 6
    assert producer.stop() == 0


def test_the_journal_of_another_service_is_not_backed_up(site):
    site.write(1)
    site.producer().wait_for("ready")
    site.analyzer().wait_for("ready")
    site.expect_results(1)
    for service, other in (("analyzer", "producer"), ("producer", "analyzer")):
        file = site.folder / "wrong.db"
        done = subprocess.run([BINARIES / service, "backup", "--state", site.folder / other, file], capture_output=True, text=True)
        assert done.returncode not in (0, None) and f"the journal of the {other}" in done.stderr and not file.exists(), done


@pytest.mark.parametrize("is_moved", [True, False])
def test_a_restored_producer_warns_before_it_publishes_all_files_of_another_folder_as_new(site, is_moved):
    site.write(1, 2)
    producer = site.producer("--watch")
    eventually(lambda: last(site.raw_control, "raw") == 2, "two articles")
    file = back_up(site, "producer")
    assert producer.stop() == 0
    restore(site, "producer", file)
    if is_moved:
        site.inbox = site.inbox.rename(site.folder / "elsewhere")
    producer = site.producer("--watch", "--restored")
    producer.wait_for("producer is ready")
    eventually(lambda: last(site.raw_control, "raw") == (4 if is_moved else 2), "the articles")
    assert any("in other folders" in line for line in producer.lines) == is_moved, producer.lines
    assert producer.stop() == 0

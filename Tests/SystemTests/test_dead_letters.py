"""What ends as a dead letter, what is kept and for how long, and in which order results come."""

import collections
import json
import os
import signal
import subprocess
import time

import pytest
from onrecord import BINARIES, DEADLINE, Control, article, eventually, last


def dlq(site, *words):
    """Runs `analyzer dlq`; its exit code and output."""
    command, *rest = words
    done = subprocess.run(
        [BINARIES / "analyzer", "dlq", command, "--state", site.folder / "analyzer", *map(str, rest)],
        capture_output=True, text=True, timeout=DEADLINE)
    return done.returncode, done.stdout + done.stderr


def crash_over_an_article(site, analyzer):
    """Ends the analyzer as a crash or the kernel would, while the mark says that a thread of its own runs an article."""
    busy = site.folder / "analyzer" / "busy"
    # Before that, the file holds the marks of the analyzer before.
    analyzer.wait_for("analyzer is ready")

    def is_crashed():
        analyzer.process.send_signal(signal.SIGSTOP)
        if busy.exists() and b"\x01" in busy.read_bytes()[::128]:
            analyzer.process.send_signal(signal.SIGKILL)
            analyzer.process.send_signal(signal.SIGCONT)
            return True
        analyzer.process.send_signal(signal.SIGCONT)
        return False

    eventually(is_crashed, "a mark in the file busy")
    analyzer.process.wait(DEADLINE)


def long_article(n):
    return article(n) + "".join(f"\n“We will open pier {n}-{i} in May,” engineer Mira Kolar said.\n" for i in range(600))


def test_an_article_that_crashes_its_analyzer_five_times_is_a_dead_letter_that_can_be_requeued_or_dropped(site):
    site.write(1, body=long_article(1))
    site.producer("--watch")
    eventually(lambda: last(site.raw_control, "raw") == 1, "the article")
    for _ in range(5):
        crash_over_an_article(site, site.analyzer())
    site.write(2, 3)
    analyzer = site.analyzer()
    assert len(site.expect_results(2)) == 2
    [(_, _, event)] = eventually(lambda: site.results("dlq"), "a dead letter")
    assert [attempt["code"] for attempt in event["data"]["attempts"]] == ["head-lost"] * 5

    code, text = dlq(site, "list", "--json")
    assert code == 0 and json.loads(text)["state"] == "open" and json.loads(text)["attempts"] == 5
    assert json.loads(dlq(site, "show", 1)[1])["id"] == event["id"]
    assert dlq(site, "requeue", 1) == (0, "1 dead letter to be analysed again\n")
    assert site.expect_results(3)[2][2]["causationid"] == event["causationid"]
    assert dlq(site, "list") == (0, "")
    assert " requeued " in dlq(site, "list", "--all")[1]
    assert dlq(site, "drop", 1)[0] == 65
    assert dlq(site, "show", 9)[0] == 65
    assert analyzer.stop() == 0


def test_orders_given_to_a_stopped_analyzer_are_carried_out_once_it_starts(site):
    (site.inbox / "a.jsonl").write_text(json.dumps({"uri": "urn:x:1", "language": "en", "body": "x"}) + "\n")
    site.write(1, body=long_article(1))
    site.producer().wait_for("all sources are read")
    for _ in range(5):
        crash_over_an_article(site, site.analyzer())
    analyzer = site.analyzer()
    eventually(lambda: last(site.res_control, "dlq") == 1, "a dead letter")
    assert analyzer.stop() == 0
    assert dlq(site, "drop", "--all") == (0, "1 dead letter given up\n")
    assert dlq(site, "requeue", 1)[0] == 65
    analyzer = site.analyzer()
    analyzer.wait_for("order about a dead letter")
    assert " dropped " in dlq(site, "list", "--all")[1]
    assert last(site.res_control, "dlq") == 1


def test_dlq_of_a_folder_without_a_journal_says_what_to_do(site):
    code, text = dlq(site, "list")
    assert code == 66 and "--state" in text


def test_results_come_in_the_order_of_the_articles_where_that_is_asked_for(site):
    site.write(0, body=long_article(0))
    site.write(*range(1, 60))
    site.producer().wait_for("all sources are read")
    site.analyzer("--workers", 3, "--ordered")
    results = site.expect_results(60)
    assert [event["causationid"] for _, _, event in results] == [event["id"] for _, _, event in site.articles()]


def test_what_is_past_retention_is_gone_and_an_analyzer_that_comes_late_says_so(site):
    site.write(*range(300))
    site.producer("--retain-bytes", "20kB").wait_for("all sources are read")

    def oldest():
        with Control(site.raw_control) as control:
            _, welcome, _ = control.call("HELLO", vmin=1, vmax=1, role="test", client="pytest")
            return welcome["streams"]["raw"]["lo"]

    eventually(lambda: oldest() > 200, "most articles are dropped")
    lo = oldest()
    with Control(site.raw_control) as control:
        command, answer, _ = control.call("FETCH", **{"s": "raw", "from": 1, "credit": 9, "bytes": 1 << 20})
        assert command == "GONE" and answer["lo"] == lo
    analyzer = site.analyzer("--retain-age", "1s")
    eventually(lambda: last(site.res_control, "res") == 301 - lo, "the rest")

    def results_left():
        with Control(site.res_control) as control:
            _, welcome, _ = control.call("HELLO", vmin=1, vmax=1, role="test", client="pytest")
            return welcome["streams"]["res"]["lo"] <= welcome["streams"]["res"]["hi"]

    eventually(lambda: not results_left(), "results older than a second are dropped")
    assert analyzer.stop() == 0


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 80 MB, of which the services leave 64 MiB free."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("this system allows no mount of a small file system")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("service", ["producer", "analyzer"])
def test_a_full_disk_is_said_and_nothing_is_lost_once_there_is_room(site, small_disk, service):
    (site.folder / service).symlink_to(small_disk)
    producer, analyzer = site.producer("--watch"), site.analyzer()
    site.write(1)
    site.expect_results(1)
    (small_disk / "filler").write_bytes(bytes(60_000_000))
    site.write(*range(2, 12))
    (producer if service == "producer" else analyzer).wait_for("are free, which clearing up needs")
    (small_disk / "filler").unlink()
    results = site.expect_results(11)
    assert set(collections.Counter(event["causationid"] for _, _, event in results).values()) == {1}


def test_two_analyzers_of_one_producer_each_analyse_every_article(site, tmp_path):
    from onrecord import Site
    (tmp_path / "other").mkdir()
    other = Site(tmp_path / "other")
    other.raw, other.raw_control = site.raw, site.raw_control
    try:
        site.write(*range(20))
        site.producer()
        site.analyzer()
        other.analyzer()
        causes = [{event["causationid"] for _, _, event in group.expect_results(20)} for group in (site, other)]
        assert causes[0] == causes[1] and len(causes[0]) == 20
    finally:
        other.close()


def test_a_slow_worker_makes_no_process_grow(site):
    count = 3_000
    (site.inbox / "all.jsonl").write_text(
        "".join(json.dumps({"uri": f"urn:x:{n}", "language": "en", "body": article(n) * 10}) + "\n" for n in range(count)))
    producer, head = site.producer(), site.analyzer("--workers", 0)
    worker = site.worker()
    producer.wait_for("all sources are read")
    eventually(lambda: last(site.res_control, "res") >= 5, "some results")
    time.sleep(2)

    def peak(service):
        with open(f"/proc/{service.process.pid}/status") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))

    assert os.path.exists(f"/proc/{worker.process.pid}")
    peaks = {name: peak(service) for name, service in (("producer", producer), ("head", head), ("worker", worker))}
    print(peaks)
    assert peaks["producer"] < 200 and peaks["head"] < 400, peaks

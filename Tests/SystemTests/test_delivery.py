"""Nothing lost, nothing twice: whatever is stopped, killed or late."""

import json
import collections

from onrecord import DEADLINE, Site, article, eventually, last


def causes(results):
    return collections.Counter(event["causationid"] for _, _, event in results)


def assert_each_analysed_once(site, count):
    results = site.expect_results(count)
    articles = {event["id"] for _, _, event in site.articles()}
    assert len(articles) == count
    assert causes(results) == collections.Counter(articles)
    assert [position["n"] for _, position, _ in results] == list(range(1, count + 1))


def test_three_workers_share_300_articles_and_each_is_analysed_once(site):
    site.write(*range(300))
    head = site.analyzer("--workers", 0)
    workers = [site.worker("--workers", 1) for _ in range(3)]
    eventually(lambda: sum("worker joined" in line for line in head.lines) == 3, "three workers")
    site.producer()
    assert_each_analysed_once(site, 300)
    assert [worker.stop() for worker in workers] == [0, 0, 0]
    shares = [json.loads(line)["analysed"] for worker in workers for line in worker.lines
              if '"analysed":' in line]
    assert len(shares) == 3 and sum(shares) >= 300 and min(shares) > 0


def test_a_worker_killed_in_the_middle_costs_nothing(site):
    head = site.analyzer("--workers", 0)
    doomed, healthy = site.worker("--workers", 2), site.worker("--workers", 1)
    doomed.wait_for("ready")
    healthy.wait_for("ready")
    site.write(*range(300))
    site.producer()
    eventually(lambda: last(site.res_control, "res") >= 20, "some results")
    doomed.kill()
    assert_each_analysed_once(site, 300)
    assert last(site.res_control, "dlq") == 0
    assert head.stop() == 0


def test_an_analyzer_that_comes_late_catches_up(site):
    site.write(*range(250))
    site.producer().wait_for("all sources are read")
    site.analyzer()
    assert_each_analysed_once(site, 250)


def test_an_analyzer_that_comes_first_waits_for_its_producer(site):
    site.analyzer().wait_for("ready")
    site.write(*range(5))
    site.producer()
    assert_each_analysed_once(site, 5)


def test_an_analyzer_killed_again_and_again_ends_with_each_article_once(site):
    site.write(*range(250))
    site.producer().wait_for("all sources are read")
    for share in (40, 100, 160):
        analyzer = site.analyzer("--workers", 2)
        eventually(lambda: last(site.res_control, "res") >= share, f"{share} results")
        analyzer.kill()
    site.analyzer("--workers", 2)
    assert_each_analysed_once(site, 250)


def test_a_producer_killed_in_the_middle_publishes_the_rest_and_nothing_twice(site):
    site.write(*range(250))
    site.analyzer()
    for share in (1, 80, 160):
        producer = site.producer()
        eventually(lambda: last(site.raw_control, "raw") >= share, f"{share} articles")
        producer.kill()
    site.producer().wait_for("all sources are read")
    assert_each_analysed_once(site, 250)


def test_reading_a_folder_again_publishes_nothing_twice_and_a_changed_file_as_a_new_version(site):
    site.write(1, 2)
    assert site.producer("--once").process.wait(DEADLINE) == 0
    site.write(2, body=article(2) + "\nThe board meets again in May.\n")
    assert site.producer("--once").process.wait(DEADLINE) == 0
    site.producer().wait_for("all sources are read")
    events = [event for _, _, event in site.articles()]
    assert len(events) == 3
    assert [event["data"]["version"] for event in events] == ["1", "1", "2"]
    assert events[1]["subject"] == events[2]["subject"]


def test_stopped_services_drain_and_end_well(site):
    site.write(*range(50))
    producer, analyzer = site.producer(), site.analyzer()
    eventually(lambda: last(site.res_control, "res") >= 1, "a first result")
    assert analyzer.stop() == 0
    assert producer.stop() == 0
    site.producer()
    site.analyzer()
    assert_each_analysed_once(site, 50)


def test_a_second_analyzer_of_the_same_journal_stands_by_and_takes_over(site):
    site.write(*range(3))
    site.producer("--watch")
    first = site.analyzer()
    eventually(lambda: last(site.res_control, "res") == 3, "three results")
    second = site.analyzer()
    second.wait_for("standing by")
    first.kill()
    second.wait_for("ready")
    site.write(*range(3, 6))
    assert_each_analysed_once(site, 6)


def test_two_producers_feed_one_analyzer(site, tmp_path):
    (tmp_path / "other").mkdir()
    other = Site(tmp_path / "other")
    try:
        site.write(*range(10))
        for n in range(10, 30):
            (other.inbox / f"{n}.txt").write_text(article(n))
        site.producer()
        other.producer()
        site.analyzer("--raw", other.raw, "--raw-control", other.raw_control)
        results = site.expect_results(30)
        assert len(causes(results)) == 30
    finally:
        other.close()

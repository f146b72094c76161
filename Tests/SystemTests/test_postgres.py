"""Journals in PostgreSQL: nothing lost and nothing twice, whatever happens to the server or to the way there."""

import json
import pathlib
import re
import shutil
import subprocess

import pytest

import postgres
from onrecord import BINARIES, DEADLINE, Service, Site, eventually, free_port, last, receive, subscribe
from test_delivery import assert_each_analysed_once
from test_operations import get


def test_one_url_serves_both_services_and_a_restart_goes_on(postgres_site, server):
    site = postgres_site
    site.write(*range(50))
    services = [site.producer(), site.analyzer()]
    assert_each_analysed_once(site, 50)
    assert [service.stop() for service in services] == [0, 0]
    site.write(*range(50, 60))
    services = [site.producer(), site.analyzer()]
    assert_each_analysed_once(site, 60)
    assert server.execute("SELECT last FROM producer.streams") == "60\n"
    assert [service.stop() for service in services] == [0, 0]


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_journal_holds_all_letters_in_a_database_of_any_encoding(tmp_path, server, encoding):
    """It holds bytes; a database of analyses has to be in UTF-8, which test_database_errors tells."""
    server.execute(f"CREATE DATABASE bytes ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
    place = postgres.url(server, database="bytes")
    site = Site(tmp_path, place)
    try:
        body = "Привет 東京\n\n“We open the пирс in May,” engineer Łukasz Żółć said on Monday in the harbour of the town.\n"
        site.write(1, body=body)
        services = [site.producer(), site.analyzer()]
        [(_, _, result)] = site.expect_results(1)
        [(_, _, event)] = site.articles()
        assert "We open the пирс in May" in json.dumps(event, ensure_ascii=False) and result["data"]["quotes"][0]["speaker"]["name"] == "Łukasz Żółć"
        done = subprocess.run([BINARIES / "producer", "erase", "--journal", place, event["subject"]], capture_output=True, text=True, timeout=DEADLINE)
        assert done.returncode == 0 and "1 of 1 entries erased" in done.stdout, done
        eventually(lambda: "erased" in site.results()[0][2], "the result is erased, too")
        assert [service.stop() for service in services] == [0, 0]
    finally:
        site.close()
        server.execute("DROP DATABASE bytes WITH (FORCE)")


def test_a_server_that_restarts_and_sessions_that_are_cut_cost_nothing(postgres_site, server):
    site = postgres_site
    site.write(*range(100))
    ports = [free_port(), free_port()]
    services = [site.producer("--watch", "--http", f"127.0.0.1:{ports[0]}"), site.analyzer("--http", f"127.0.0.1:{ports[1]}")]
    for round, disturb in enumerate([server.cut, server.stop, server.kill]):
        eventually(lambda: last(site.res_control, "res") >= 100 * round + 10, "some results")
        disturb()
        site.write(*range(100 * round + 100, 100 * round + 200))
        if disturb != server.cut:
            for service in services:
                service.wait_for("is away")
            for port in ports:
                eventually(lambda: get(port, "readyz")[0] == 503, "not ready while the server is away")
            server.start()
    assert_each_analysed_once(site, 400)
    services[0].wait_for("takes articles again")
    for service, port in zip(services, ports):
        # Each failure is counted, and said when it begins; in the end all is well.
        assert re.search(r"^onrecord_journal_errors_total [1-9]", get(port, "metrics")[1], re.M)
        assert 0 < sum('"level":"error"' in line and "is away" in line for line in service.lines) < 100
        eventually(lambda: get(port, "readyz") == (200, "ok\n"), "ready again")
    # The same when nothing is to be written, so that only reading tells.
    server.stop()
    eventually(lambda: get(ports[1], "readyz")[0] == 503, "not ready while the server is away")
    server.start()
    for service, port in zip(services, ports):
        eventually(lambda: get(port, "readyz") == (200, "ok\n"), "ready again")
        if any("journal cannot be read" in line for line in service.lines):
            service.wait_for("the journal can be read again")
    assert [service.stop() for service in services] == [0, 0]


def test_a_second_analyzer_stands_by_and_takes_over(postgres_site):
    site = postgres_site
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


def test_a_service_waits_for_a_server_that_comes_later(postgres_site, server):
    site = postgres_site
    server.stop()
    site.write(1)
    services = [site.producer(), site.analyzer()]
    for service in services:
        service.wait_for("journal is not available; trying again")
    server.start()
    assert_each_analysed_once(site, 1)


@pytest.mark.long
def test_after_a_fail_over_to_a_synchronous_standby_nothing_is_missing_and_nothing_there_twice(tmp_path):
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL 15 or later is not installed")
    primary = postgres.Server()
    standby = postgres.Server(standby_of=primary)
    site = Site(tmp_path, postgres.url(primary, standby))
    try:
        primary.require_standby()
        producer, analyzer = site.producer("--watch"), site.analyzer()
        articles = subscribe(site.raw, "raw/1/")
        analyzer.wait_for("ready")
        site.write(*range(300))
        eventually(lambda: last(site.res_control, "res") >= 50, "some results")
        primary.kill()
        standby.promote()
        site.write(*range(300, 400))
        assert_each_analysed_once(site, 400)
        seen = [position for _, position, _ in receive(articles, 400, "raw/1/")]
        held = {position["n"]: position["id"] for _, position, _ in site.articles()}
        assert len(held) == 400
        for position in map(json.loads, seen):
            assert held[position["n"]] == position["id"]
        assert [producer.stop(), analyzer.stop()] == [0, 0]
    finally:
        site.close()
        primary.close()
        standby.close()


@pytest.mark.parametrize("program", ["producer", "analyzer"])
def test_a_password_shows_neither_in_the_log_nor_in_ps(site, database, program):
    url = database.replace("postgres:///", "postgres://postgres:s3cret@/").replace("&user=postgres", "")
    variable = f"ONRECORD_{program.upper()}_JOURNAL"
    refused = Service(program, "--journal", url)
    assert refused.ended() == 78
    assert "command line" in "\n".join(refused.lines)

    start = getattr(site, program)
    service = start(env={variable: url})
    line = service.wait_for("ready")
    assert '"journal":"postgres://postgres@/' in line
    assert "s3cret" not in pathlib.Path(f"/proc/{service.process.pid}/cmdline").read_text()
    standby = start(env={variable: url})
    standby.wait_for("standing by")
    assert [service.stop(), standby.stop()] == [0, 0]
    assert "s3cret" not in "\n".join(refused.lines + service.lines + standby.lines)


@pytest.mark.parametrize("isRunning", [True, False], ids=["producer running", "producer stopped"])
def test_a_database_set_back_to_an_earlier_state_loses_nothing_silently(tmp_path, isRunning):
    site, server = Site(tmp_path), postgres.Server()
    try:
        def start(*arguments):
            return site.producer("--watch", "--journal", postgres.url(server), *arguments)

        producer, analyzer = start(), site.analyzer()
        site.write(*range(5))
        eventually(lambda: last(site.res_control, "res") == 5, "five results")
        server.stop()
        saved = pathlib.Path(server.folder, "saved")
        copy_tree(server.data, saved)
        server.start()
        site.write(*range(5, 8))
        eventually(lambda: last(site.res_control, "res") == 8, "eight results")
        if not isRunning:
            assert producer.stop() == 0
            # What came since is not given again.
            for n in range(5, 8):
                (site.inbox / f"{n:05}.txt").unlink()
        server.stop()
        # Recovery to a point in time: the same system, the same tables.
        shutil.rmtree(server.data)
        saved.rename(server.data)
        server.start()
        site.write(*range(8, 12))
        if isRunning:
            assert producer.ended() == 75
            assert any("was set back while this process wrote to it" in line for line in producer.lines), "\n".join(producer.lines[-9:])
        producer = start()
        # Of the three that the database has lost, those whose files are there are published again, and known.
        eventually(lambda: last(site.res_control, "res") == 12, "twelve results")
        assert len({event["causationid"] for _, _, event in site.results()}) == 12
        if not isRunning:
            # Where the same articles came again in the same order, nothing was set back for a follower.
            analyzer.wait_for("set back")
        assert [producer.stop(), analyzer.stop()] == [0, 0]
    finally:
        site.close()
        server.close()


def copy_tree(source, target):
    """With owners, as the server insists."""
    subprocess.run(["cp", "-a", source, target], check=True)

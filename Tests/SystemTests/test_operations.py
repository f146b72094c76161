"""What an operator looks at: onrecord status, /metrics, /livez, /readyz, and the log."""

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

import pytest
import zmq.auth
from onrecord import BINARIES, DEADLINE, Control, Service, Site, article, eventually, fetch, free_port, last

pytestmark = pytest.mark.waits


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=DEADLINE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def status(site, *arguments):
    done = subprocess.run(
        [BINARIES / "onrecord", "status", "--producer", site.raw_control, "--analyzer", site.res_control, *arguments],
        capture_output=True, text=True, timeout=DEADLINE)
    return done.returncode, done.stdout, done.stderr


NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?[0-9.e+-]+|NaN|[+-]Inf)")


def value(text, name):
    """The value of a metric without labels, 0 where it is not there yet."""
    return next((float(line.split()[1]) for line in text.splitlines() if line.startswith(f"{name} ")), 0)


def check_metrics(text):
    """Fails unless `text` is Prometheus text format 0.0.4 without what promtool complains of; by promtool where that is
    there, and by the grammar in any case."""
    assert text.endswith("\n")
    types, seen, current = {}, set(), None
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            _, _, current, help = line.split(" ", 3)
            assert current not in types and help.strip(), line
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name == current and kind in ("counter", "gauge", "histogram"), line
            assert (kind == "counter") == name.endswith("_total"), f"{line}: counters and nothing else end with _total"
            types[name] = kind
        else:
            match = SAMPLE.fullmatch(line)
            assert match, line
            name, labels, value = match.groups()
            family = re.sub("_(bucket|sum|count)$", "", name) if types.get(current) == "histogram" else name
            assert family == current, f"{line} stands among {current}"
            assert (name, labels) not in seen, line
            seen.add((name, labels))
            assert types[current] == "gauge" or float(value) >= 0, line
    if promtool := shutil.which("promtool"):
        done = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return {f"{name}{{{labels}}}" if labels else name for name, labels in seen}


def test_numbers_and_health_of_both_services(site):
    ports = [free_port(), free_port()]
    producer = site.producer("--watch", "--http", f"127.0.0.1:{ports[0]}")
    analyzer = site.analyzer("--http", f"127.0.0.1:{ports[1]}")
    site.write(*range(3))
    site.expect_results(3)
    for port in ports:
        eventually(lambda: get(port, "readyz") == (200, "ok\n"), "ready")
        assert get(port, "livez") == (200, "ok\n")
        assert get(port, "nothing")[0] == 404
        request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", data=b"x" * 100_000, method="POST")
        try:
            urllib.request.urlopen(request, timeout=DEADLINE)
            raise AssertionError("POST was taken")
        except urllib.error.HTTPError as error:
            assert error.code == 405
        except (ConnectionError, urllib.error.URLError):
            pass
    eventually(lambda: 'onrecord_newest{stream="raw"} 3\n' in get(ports[0], "metrics")[1], "three articles")
    names = check_metrics(get(ports[0], "metrics")[1])
    assert {'onrecord_newest{stream="raw"}', "onrecord_recorded_total", "onrecord_ready", "onrecord_up_seconds", "onrecord_disk_free_bytes"} <= names
    eventually(lambda: f'onrecord_source_settled{{source="{site.raw}"}} 3\n' in get(ports[1], "metrics")[1], "settled")
    text = get(ports[1], "metrics")[1]
    names = check_metrics(text)
    assert {f'onrecord_lag_messages{{source="{site.raw}"}}', "onrecord_workers", "onrecord_analysis_seconds_count"} <= names
    assert f'onrecord_lag_messages{{source="{site.raw}"}} 0\n' in text and "onrecord_analysis_seconds_count 3\n" in text

    # A second analyzer lives and is not ready: it stands by.
    port = free_port()
    standby = site.analyzer("--http", f"127.0.0.1:{port}")
    standby.wait_for("standing by")
    assert get(port, "livez")[0] == 200
    code, text = get(port, "readyz")
    assert code == 503 and "journal: another process leads it" in text
    assert "onrecord_ready 0\n" in get(port, "metrics")[1]
    # A port that is taken ends a service, which says so.
    taken = Service("producer", "--state", site.folder / "x", "--http", f"127.0.0.1:{port}")
    assert taken.ended() == 75 and "Address already in use" in taken.lines[-1]
    assert [producer.stop(), standby.stop(), analyzer.stop()] == [0, 0, 0]


def test_a_joined_worker_is_ready_once_its_head_takes_it(site):
    port = free_port()
    worker = site.worker("--http", f"127.0.0.1:{port}")
    worker.wait_for("joining")
    eventually(lambda: get(port, "readyz")[0] == 503 and "head" in get(port, "readyz")[1], "not ready")
    head = site.analyzer("--workers", 0)
    eventually(lambda: get(port, "readyz")[0] == 200, "ready")
    check_metrics(get(port, "metrics")[1])
    assert [worker.stop(), head.stop()] == [0, 0]


def test_slow_and_many_http_clients_hold_nothing_up(site):
    port = free_port()
    producer = site.producer("--watch", "--http", f"127.0.0.1:{port}")
    producer.wait_for("ready")
    sockets = [socket.socket() for _ in range(100)]
    for client in sockets:
        # More than are let in: the others stand before the door, and none of them is waited for.
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", port))
    for client in sockets:
        with contextlib.suppress(OSError):
            client.send(b"GET /metr")
    site.write(1)
    eventually(lambda: last(site.raw_control, "raw") == 1, "articles are published all the same")
    for client in sockets:
        client.close()
    eventually(lambda: get(port, "livez")[0] == 200, "it answers again")
    assert producer.stop() == 0


def test_status_shows_both_services_and_tells_scripts(site):
    code, text, _ = status(site)
    assert code == 69 and text.count("does not answer") == 2
    for address, words in [(site.raw_control, f"--producer {site.raw_control} or --analyzer {site.raw_control}"),
                           ("tcp://127.0.0.1", "--producer tcp://127.0.0.1"), ("moor:5567", "--analyzer tcp://moor:5567"),
                           (":5557", "--producer tcp://127.0.0.1:5557"), ("postgres://db/news", "no folder")]:
        code, _, errors = status(site, address)
        assert code == 64 and words in " ".join(errors.split()), errors
    producer, analyzer = site.producer("--watch"), site.analyzer("--workers", 0)
    analyzer.wait_for("analyzer is ready")
    producer.wait_for("producer is ready")
    eventually(lambda: status(site)[0] == 0, "both are ready")
    site.write(*range(4))
    eventually(lambda: last(site.raw_control, "raw") == 4, "four articles")
    eventually(lambda: "4 of 4 behind" in status(site)[1], "the analyzer has heard of all")
    code, text, errors = status(site)
    assert code == 0 and not errors
    assert re.search(r"up [0-9.]+ s\b", text), text
    assert re.search(r"raw 1 to 4, 0\.0 a second", text) and "queue 4 articles held, 0 of them with workers" in text and "pool 0 workers" in text, text
    assert "\x1b" not in text
    time.sleep(1.1)
    assert status(site, "--max-lag", "1s")[0] == 75
    assert status(site, "--max-lag", "1h")[0] == 0
    code, text, _ = status(site, "--format", "jsonl")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["service"], line["ready"], line["alive"]) for line in lines] == [
        ("producer", True, True), ("analyzer", True, True)]
    assert lines[0]["metrics"]["onrecord_newest{stream=raw}"] == 4 and lines[1]["lagSeconds"] > 1
    worker = site.worker()
    site.expect_results(4)
    eventually(lambda: "all 4 settled" in status(site)[1], "nothing is behind")
    assert worker.stop() == 0
    analyzer.kill()
    code, text, _ = status(site)
    assert code == 69 and text.count("does not answer") == 1
    assert producer.stop() == 0


@pytest.mark.parametrize("answer, words", [
    ([b"REPORT", b'{"server":"kiosk/1","waits":[],"stuck":[]}', b""], "here answers the kiosk, which is not the producer"),
    ([b"REPORT", b'{"server":"producer/1","waits":[],"stuck":[]}', b'onrecord_info{service="kiosk"} 1\n'], "here answers the kiosk"),
    ([b"ERR", b'{"code":501,"text":"no"}', b""], "this port is another than the producer's control endpoint"),
    ([b"REPORT", b'{"server":"producer/0","waits":[],"stuck":[]}', b""], None),
])
def test_whoever_else_answers_is_not_taken_for_the_service(answer, words):
    with zmq.Context.instance().socket(zmq.ROUTER) as router:
        router.linger = 0
        port = router.bind_to_random_port("tcp://127.0.0.1")
        asking = subprocess.Popen([BINARIES / "onrecord", "status", "--producer", f"tcp://127.0.0.1:{port}", "--once"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        # It looks twice, for the rates.
        for _ in range(2):
            assert router.poll(DEADLINE * 1000), "no question came"
            peer, magic, _, request, *_ = router.recv_multipart()
            router.send_multipart([peer, magic, answer[0], request, *answer[1:]])
        said, errors = asking.communicate(timeout=DEADLINE)
        assert (asking.returncode, "ready" in said.split()) == ((69, False) if words else (0, True)), (said, errors)
        assert not words or words in " ".join(said.split()), said


def test_each_service_is_told_from_the_other_and_from_other_ports(site):
    site.ingest, port = f"tcp://127.0.0.1:{free_port()}", free_port()
    site.producer("--watch", "--ingest", site.ingest, "--http", f"127.0.0.1:{port}").wait_for("producer is ready")
    site.analyzer("--workers", 0).wait_for("analyzer is ready")
    for service, endpoint, words in [
            ("producer", site.res_control, "here answers the analyzer, which is not the producer: ask it with --analyzer"),
            ("analyzer", site.raw_control, "here answers the producer, which is not the analyzer: ask it with --producer"),
            ("producer", site.ingest, "another than the producer's control endpoint"),
            # What hangs up on a question cannot be told from what refuses a key, and may be slower than one look.
            ("analyzer", site.pool, "analyzer"), ("producer", site.raw, other := (
                "is this its control endpoint", "name another endpoint with --producer", "look what listens there")),
            ("producer", f"tcp://127.0.0.1:{port}", other)]:
        done = subprocess.run([BINARIES / "onrecord", "status", f"--{service}", endpoint], capture_output=True, text=True, timeout=DEADLINE)
        said = " ".join(done.stdout.split())
        assert done.returncode == 69 and any(word in said for word in ([words] if isinstance(words, str) else words)), (endpoint, done)
        assert "ready" not in said.split(), (endpoint, done)


def test_an_earlier_release_or_stranger_is_told_apart(site):
    with Control(site.raw_control) as control:
        producer = site.producer("--watch")
        producer.wait_for("ready")
        command, arguments, payload = control.call("STATUS")
        assert command == "REPORT" and arguments["server"].startswith("producer/") and arguments["stuck"] == []
        check_metrics(payload[0].decode())
    assert producer.stop() == 0


def test_the_log_is_json_and_tells_each_article_at_debug(site):
    producer, analyzer = site.producer("--watch", "--log", "debug"), site.analyzer("--log", "debug")
    site.write(1, body=article(1))
    site.expect_results(1)
    [(_, position, event)] = site.articles()
    [(_, _, result)] = site.results()
    assert producer.stop() == analyzer.stop() == 0
    lines = [json.loads(line) for line in producer.lines + analyzer.lines]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["ts"]) for line in lines)
    [published] = [line for line in lines if line["msg"] == "article published"]
    [analysed] = [line for line in lines if line["msg"] == "article analysed"]
    assert published["uri"] == analysed["uri"] == event["subject"] and published["n"] == analysed["n"] == position["n"] == 1
    assert analysed["traceparent"] == event["traceparent"] == result["traceparent"]
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", event["traceparent"])


def test_keys_that_are_refused_are_counted(site, tmp_path):
    for name in ("producer", "stranger"):
        assert subprocess.run([BINARIES / "onrecord", "keygen", tmp_path / name], capture_output=True).returncode == 0
    key = zmq.auth.load_certificate(tmp_path / "producer.key")[0].decode()
    (tmp_path / "allow").write_text(f"sub,fetch {key} producer\n")
    port = free_port()
    producer = site.producer(
        "--watch", "--http", f"127.0.0.1:{port}", "--key", tmp_path / "producer.key_secret", "--allow", tmp_path / "allow")
    producer.wait_for("ready")
    subprocess.run(
        [BINARIES / "onrecord", "status", "--producer", site.raw_control, "--key", tmp_path / "stranger.key_secret",
         "--server-key", tmp_path / "producer.key"], capture_output=True, timeout=DEADLINE)
    eventually(lambda: 'onrecord_refused_keys_total{role="fetch"}' in get(port, "metrics")[1], "counted")
    producer.wait_for("not on the allow list")
    assert producer.stop() == 0


def test_what_is_far_too_old_at_a_start_is_kept_for_an_hour_and_what_is_dropped_is_told(site):
    """The clock was a month ahead at two starts: what it stamped at the first says nothing of it at the second."""
    for n in range(1, 4):
        site.write(n, body=article(n) * 9)
    producer = site.producer("--once")
    assert producer.ended() == 0, producer.lines
    with contextlib.closing(sqlite3.connect(site.folder / "producer" / "journal.db")) as db, db:
        db.execute("UPDATE entry SET time = '2020-01-01T00:00:00.000Z' WHERE n < 3")
    producer = site.producer("--watch", "--retain-age", "30d")
    assert "in an hour" in producer.wait_for("what is kept is far older than --retain-age")
    assert len(site.articles()) == 3
    assert producer.stop() == 0

    producer = site.producer("--watch", "--retain-bytes", "1kB")
    line = json.loads(producer.wait_for("messages past retention were dropped"))
    assert (line["count"], line["from"], line["through"], line["because"]) == (3, 1, 3, "--retain-bytes"), line
    assert (line["oldest"], line["kept"]) == ("2020-01-01T00:00:00.000Z", "nothing")


def test_an_analyzer_says_once_that_its_producer_is_away_and_once_that_it_is_back(site):
    port = free_port()
    producer, analyzer = site.producer("--watch"), site.analyzer("--http", f"127.0.0.1:{port}")
    site.write(1)
    site.expect_results(1)
    eventually(lambda: get(port, "readyz")[0] == 200, "ready")
    for how, undo in [(signal.SIGSTOP, lambda: producer.process.send_signal(signal.SIGCONT)), (signal.SIGKILL, None)]:
        before = len(analyzer.lines)
        producer.process.send_signal(how)
        code, text = eventually(lambda: (found := get(port, "readyz"))[0] == 503 and found, "not ready")
        assert f"producer {site.raw}: it has given no sign since" in text
        assert "not ready: producer" in status(site)[1]
        time.sleep(7)
        if undo:
            undo()
        else:
            producer = site.producer("--watch")
        eventually(lambda: get(port, "readyz")[0] == 200, "ready again")
        # It is ready a moment before it says so.
        eventually(lambda: any("the producer is there again" in line for line in analyzer.lines[before:]), "the word of it")
        said = [json.loads(line)["msg"].split(":")[0] for line in analyzer.lines[before:]]
        assert said.count("the producer is away") == 1 and said.count("the producer is there again") == 1, said
    assert f'onrecord_away_total{{source="{site.raw}"}} 2' in get(port, "metrics")[1]
    site.write(2)
    assert len(site.expect_results(2)) == 2


def test_whoever_closes_connections_at_once_has_not_refused_a_key(site):
    with socket.create_server(("127.0.0.1", 0)) as server:
        def close_all():
            with contextlib.suppress(OSError):
                while True:
                    server.accept()[0].close()

        threading.Thread(target=close_all, daemon=True).start()
        site.raw = site.raw_control = site.pool = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        tail, worker = Service("onrecord", "tail", "--stream", "raw", "--connect", site.raw), site.worker()
        try:
            code, text, _ = status(site)
            text = " ".join(text.split())
            assert code == 69 and "closes them before a word" in text and "--key" not in text, text
            assert "closes them before a word" in tail.wait_for("yet")
            assert "--key" not in worker.wait_for("does not take this worker yet")
            assert not [line for line in tail.lines + worker.lines if "--key" in line]
        finally:
            tail.kill()
        server.shutdown(socket.SHUT_RDWR)


def test_whoever_takes_connections_and_says_nothing_has_not_refused_a_key(site):
    producer = site.producer("--watch")
    producer.wait_for("producer is ready")
    producer.process.send_signal(signal.SIGSTOP)
    tail = Service("onrecord", "tail", "--stream", "raw", "--connect", site.raw)
    try:
        code, text, _ = status(site)
        text = " ".join(text.split())
        assert code == 69 and "takes connections and does not answer" in text and "--key" not in text, text
        assert "takes connections and gives no answer" in tail.wait_for("yet")
        # The handshake times out after five seconds.
        time.sleep(6)
        assert not [line for line in tail.lines if "--key" in line], tail.lines
    finally:
        tail.kill()
        producer.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("program", ["producer", "analyzer"])
def test_whoever_has_no_file_descriptors_left_says_so_and_is_not_ready(site, program):
    site.producer("--watch").wait_for("producer is ready")
    site.analyzer().wait_for("analyzer is ready")
    service = next(service for service in site.services if service.program == program)
    with Control(site.raw_control if program == "producer" else site.res_control) as control:
        assert eventually(lambda: not control.call("STATUS")[1]["waits"], "ready")
        pid = service.process.pid
        soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        used = {int(number) for number in os.listdir(f"/proc/{pid}/fd")}
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (next(n for n in range(soft) if n not in used), hard))
        assert "LimitNOFILE" in service.wait_for("no file descriptor is left")
        assert any("descriptor" in wait for wait in control.call("STATUS")[1]["waits"])
        time.sleep(2)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
        service.wait_for("there are file descriptors again")
        eventually(lambda: not control.call("STATUS")[1]["waits"], "ready again")
    assert len([line for line in service.lines if "no file descriptor is left" in line]) == 1
    assert service.stop() == 0


@pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a small disk")
def test_an_analyzer_that_has_nothing_to_do_is_not_ready_on_a_full_disk(site):
    folder = site.folder / "analyzer"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        port = free_port()
        producer, analyzer = site.producer("--watch"), site.analyzer("--http", f"127.0.0.1:{port}")
        analyzer.wait_for("analyzer is ready")
        eventually(lambda: get(port, "readyz")[0] == 200, "ready")
        (folder / "ballast").write_bytes(bytes(30 << 20))
        code, text = eventually(lambda: (found := get(port, "readyz"))[0] == 503 and found, "not ready")
        assert "room: " in text and "64 MiB" in text
        analyzer.wait_for("there is no room for the journal")
        (folder / "more").write_bytes(bytes(30 << 20))
        site.write(1)
        eventually(lambda: value(get(port, "metrics")[1], "onrecord_journal_errors_total") > 4, "repeated failures")
        assert len([line for line in analyzer.lines if "results wait" in line]) == 1, analyzer.lines
        (folder / "more").unlink()
        (folder / "ballast").unlink()
        analyzer.wait_for("the journal takes results again")
        eventually(lambda: get(port, "readyz")[0] == 200, "ready again")
        analyzer.wait_for("has room again")
        assert analyzer.stop() == 0 and producer.stop() == 0
    finally:
        site.close()
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a disk")
def test_an_idle_service_whose_disk_becomes_read_only_is_not_ready_meanwhile(site):
    port, folder = free_port(), site.folder / "producer"
    producer = site.producer("--watch", "--http", f"127.0.0.1:{port}")
    producer.wait_for("producer is ready")
    eventually(lambda: get(port, "readyz")[0] == 200, "ready")
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        code, text = eventually(lambda: (found := get(port, "readyz"))[0] == 503 and found, "not ready")
        assert "mounted read-only" in text, text
        producer.wait_for("the journal is out of reach")
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
    eventually(lambda: get(port, "readyz")[0] == 200, "ready again")
    assert producer.stop() == 0


@pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a disk")
def test_a_service_whose_disk_fails_ends_and_says_where_to_look(site):
    image, folder = site.folder / "image", site.folder / "producer"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(300 << 20)
    for command in (["mkfs.ext4", "-q", image], ["mount", "-o", "loop", image, folder]):
        if shutil.which(command[0]) is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("no file can be mounted here")
    try:
        producer = site.producer("--watch")
        producer.wait_for("producer is ready")
        # As the kernel does where a disk fails.
        subprocess.run(["mount", "-o", "remount,abort", folder], check=True)
        site.write(1)
        assert producer.ended() == 74
        assert any("journal.db: its disk" in line for line in producer.lines), producer.lines
    finally:
        site.close()
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be another user")
def test_an_idle_service_whose_folder_is_taken_from_it_is_not_ready_until_it_is_given_back():
    with tempfile.TemporaryDirectory() as place:
        # Unlike the folders of pytest, it can be opened to another user.
        os.chmod(place, 0o755)
        site, port = Site(place), free_port()
        folder = site.folder / "producer"
        folder.mkdir()
        os.chown(folder, 65534, 65534)
        try:
            producer = site.producer("--watch", "--http", f"127.0.0.1:{port}", user=65534, group=65534, extra_groups=[])
            producer.wait_for("producer is ready")
            eventually(lambda: get(port, "readyz")[0] == 200, "ready")
            folder.chmod(0)
            code, text = eventually(lambda: (found := get(port, "readyz"))[0] == 503 and found, "not ready")
            assert "cannot be reached" in text and "nobody" in text, text
            producer.wait_for("the journal is out of reach")
            folder.chmod(0o700)
            eventually(lambda: get(port, "readyz")[0] == 200, "ready again")
            producer.wait_for("within reach")
            assert producer.stop() == 0
        finally:
            site.close()

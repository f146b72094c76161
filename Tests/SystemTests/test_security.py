"""Nobody in who does not belong: keys, lists, revocation, and what a hostile peer can do beside good ones."""

import json
import multiprocessing
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import time

import pytest
import zmq
import zmq.auth
from onrecord import BINARIES, DEADLINE, Control, Service, article, eventually, fetch, free_port, last, receive


class Keys:
    """Key pairs by name, made by `onrecord keygen`, and an allow list."""

    def __init__(self, folder):
        self.folder = folder
        self.list = folder / "allow.txt"
        self.roles = {}

    def make(self, name):
        subprocess.run([BINARIES / "onrecord", "keygen", self.folder / name], check=True, capture_output=True)
        return self

    def public(self, name):
        return self.folder / f"{name}.key"

    def secret(self, name):
        return self.folder / f"{name}.key_secret"

    def load(self, name):
        return zmq.auth.load_certificate(self.secret(name))

    def allow(self, **roles):
        self.roles.update(roles)
        lines = [f"{role}  {self.load(name)[0].decode()}  {name}" for name, role in self.roles.items() if role]
        self.list.write_text("# roles, key, name\n" + "\n".join(lines) + "\n")
        return self

    def connect(self, kind, endpoint, name, server):
        sock = zmq.Context.instance().socket(kind)
        sock.linger = 0
        sock.curve_publickey, sock.curve_secretkey = self.load(name)
        sock.curve_serverkey = zmq.auth.load_certificate(self.public(server))[0]
        if kind == zmq.SUB:
            sock.subscribe(b"")
        sock.connect(endpoint)
        return sock


@pytest.fixture
def keys(tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir()
    made = Keys(folder)
    for name in ("producer", "analyzer", "reader", "worker"):
        made.make(name)
    return made.allow(analyzer="sub,fetch", reader="sub,fetch", worker="work")


def guarded(site, keys, *arguments):
    return site.producer(
        "--key", keys.secret("producer"), "--allow", keys.list, *arguments)


def guarded_analyzer(site, keys, *arguments):
    return site.analyzer(
        "--key", keys.secret("analyzer"), "--allow", keys.list, "--server-key", keys.public("producer"), *arguments)


def ask(sock, seconds=DEADLINE):
    """What a control socket says to HELLO, or None."""
    sock.send_multipart([b"NWP1", b"HELLO", b"1", b'{"vmin":1,"vmax":1,"role":"test","client":"x"}'])
    return sock.recv_multipart()[1] if sock.poll(seconds * 1000) else None


def test_keygen_writes_a_secret_that_only_its_owner_reads_and_never_overwrites(tmp_path):
    first = subprocess.run([BINARIES / "onrecord", "keygen", tmp_path / "a"], capture_output=True, text=True)
    secret = tmp_path / "a.key_secret"
    assert first.returncode == 0 and secret.stat().st_mode & 0o777 == 0o600
    public, private = zmq.auth.load_certificate(secret)
    assert zmq.curve_public(private) == public
    assert private.decode() not in first.stdout + first.stderr
    before = secret.read_bytes()
    again = subprocess.run([BINARIES / "onrecord", "keygen", tmp_path / "a"], capture_output=True, text=True)
    assert again.returncode == 73 and "--force" in again.stderr and secret.read_bytes() == before
    forced = subprocess.run([BINARIES / "onrecord", "keygen", "--force", tmp_path / "a"], capture_output=True)
    assert forced.returncode == 0 and secret.read_bytes() != before
    assert secret.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.key", "a.key_secret"]


@pytest.mark.parametrize("program, option", [
    ("producer", "publish"), ("producer", "control"), ("analyzer", "publish"), ("analyzer", "control"),
    ("analyzer", "pool")])
def test_an_endpoint_open_to_other_machines_is_refused_without_keys(tmp_path, program, option):
    service = Service(program, "--state", tmp_path / "s", f"--{option}", f"tcp://*:{free_port()}")
    assert service.process.wait(DEADLINE) == 64
    eventually(lambda: any("--insecure" in line and f"--{option}" in line for line in service.lines), "the remedy")


def test_insecure_opens_the_endpoint_and_says_so(site):
    producer = site.producer("--publish", "tcp://*:*", "--insecure")
    producer.wait_for("producer is ready")
    assert '"level":"warning"' in producer.wait_for("--allow")
    assert producer.stop() == 0


def test_a_secret_that_everybody_can_read_is_refused(site, keys):
    keys.secret("producer").chmod(0o644)
    producer = guarded(site, keys)
    assert producer.process.wait(DEADLINE) == 78
    eventually(lambda: any("chmod 600" in line for line in producer.lines), "the remedy")


def test_articles_reach_analyses_and_readers_over_encrypted_connections(site, keys):
    site.write(1, 2, 3)
    guarded(site, keys).wait_for("ready")
    head = guarded_analyzer(site, keys, "--workers", 0)
    head.wait_for("ready")
    worker = site.worker("--key", keys.secret("worker"), "--server-key", keys.public("analyzer"))
    me = ["--key", keys.secret("reader"), "--server-key", keys.public("analyzer"), "--format", "jsonl"]
    tail = subprocess.run(
        [BINARIES / "onrecord", "tail", "--connect", site.res, "--control", site.res_control, "--from", "1",
         "--count", "3", *me], capture_output=True, text=True, timeout=DEADLINE)
    assert tail.returncode == 0 and len(tail.stdout.splitlines()) == 3, tail.stderr
    fetched = subprocess.run(
        [BINARIES / "onrecord", "fetch", "--connect", site.res_control, *me],
        capture_output=True, text=True, timeout=DEADLINE)
    assert fetched.returncode == 0 and fetched.stdout == tail.stdout, fetched.stderr
    assert worker.stop() == 0 and head.stop() == 0


@pytest.mark.waits
@pytest.mark.parametrize("name", ["worker", "stranger", "plain"])
def test_whoever_lacks_the_role_the_list_or_the_keys_gets_no_answer(site, keys, name):
    guarded(site, keys).wait_for("ready")
    keys.make("stranger")
    if name == "plain":
        sock = zmq.Context.instance().socket(zmq.DEALER)
        sock.linger = 0
        sock.connect(site.raw_control)
    else:
        sock = keys.connect(zmq.DEALER, site.raw_control, name, "producer")
    with sock:
        assert ask(sock, 2) is None
    with keys.connect(zmq.DEALER, site.raw_control, "reader", "producer") as good:
        assert ask(good) == b"WELCOME"


@pytest.mark.waits
def test_a_client_refuses_a_server_with_another_key(site, keys):
    guarded(site, keys).wait_for("ready")
    with keys.connect(zmq.DEALER, site.raw_control, "reader", "analyzer") as sock:
        assert ask(sock, 2) is None


@pytest.mark.waits
@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_a_key_taken_off_the_list_is_cut_off_at_once_and_the_others_stay(site, keys, transport):
    if transport == "ipc":
        site.raw, site.raw_control = f"ipc://{site.folder}/raw", f"ipc://{site.folder}/raw.ctl"
    producer = guarded(site, keys, "--watch")
    producer.wait_for("ready")
    live, other = (keys.connect(zmq.SUB, site.raw, name, "producer") for name in ("reader", "analyzer"))
    control, good = (keys.connect(zmq.DEALER, site.raw_control, name, "producer") for name in ("reader", "analyzer"))
    assert live.poll(DEADLINE * 1000) and other.poll(DEADLINE * 1000)
    assert ask(control) == b"WELCOME" and ask(good) == b"WELCOME"
    keys.allow(reader="")
    producer.process.send_signal(signal.SIGHUP)
    producer.wait_for("allow list read again")
    assert ask(control) == b"ERR"
    assert ask(good) == b"WELCOME"
    # What was under way when the list changed may still arrive, nothing later.
    while live.poll(3_000):
        live.recv_multipart()
    # All connections were ended; the other one's is back once a mark comes.
    while other.poll(0):
        other.recv_multipart()
    assert other.poll(DEADLINE * 1000)
    site.write(7)
    receive(other, 1, "raw/")
    assert not live.poll(1_000)
    keys.allow(reader="sub,fetch")
    producer.process.send_signal(signal.SIGHUP)
    assert live.poll(DEADLINE * 1000), "back on the list"
    for sock in (live, other, control, good):
        sock.close()


def test_a_worker_taken_off_the_list_loses_its_tasks_and_nothing_is_lost(site, keys):
    keys.make("second").allow(second="work")
    site.write(*range(60))
    guarded(site, keys).wait_for("all sources are read")
    head = guarded_analyzer(site, keys, "--workers", 0)
    head.wait_for("ready")
    first = site.worker("--key", keys.secret("worker"), "--server-key", keys.public("analyzer"))
    head.wait_for("worker joined")
    keys.allow(worker="")
    head.process.send_signal(signal.SIGHUP)
    head.wait_for("worker left")
    site.worker("--key", keys.secret("second"), "--server-key", keys.public("analyzer")).wait_for("ready")
    me = ["--key", keys.secret("reader"), "--server-key", keys.public("analyzer"), "--format", "jsonl"]
    tail = subprocess.run(
        [BINARIES / "onrecord", "tail", "--connect", site.res, "--control", site.res_control, "--from", "1",
         "--count", "60", *me], capture_output=True, text=True, timeout=DEADLINE)
    causes = [json.loads(line)["causationid"] for line in tail.stdout.splitlines()]
    assert len(causes) == len(set(causes)) == 60, tail.stderr
    first.process.kill()


def test_a_list_with_a_mistake_changes_nothing(site, keys):
    producer = guarded(site, keys)
    producer.wait_for("ready")
    with keys.connect(zmq.DEALER, site.raw_control, "reader", "producer") as control:
        assert ask(control) == b"WELCOME"
        keys.list.write_text(keys.list.read_text() + "admin xyz\n")
        producer.process.send_signal(signal.SIGHUP)
        line = producer.wait_for("the earlier one stays in force")
        assert f"{keys.list}:5" in line and '"level":"error"' in line
        assert ask(control) == b"WELCOME"


def test_no_secret_shows_in_logs_or_process_listings(site, keys):
    site.write(1)
    services = [guarded(site, keys, "--log", "debug"), guarded_analyzer(site, keys, "--log", "debug"),
                site.worker("--key", keys.secret("worker"), "--server-key", keys.public("analyzer"), "--log", "debug")]
    services[2].wait_for("ready")
    services[1].wait_for("worker joined")
    secrets = [keys.load(name)[1] for name in ("producer", "analyzer", "worker")]
    for service in services:
        service.process.send_signal(signal.SIGHUP)
    for service in services[:2]:
        service.wait_for("allow list read again")
    shown = b"".join(
        pathlib.Path(f"/proc/{service.process.pid}/{name}").read_bytes()
        for service in services for name in ("cmdline", "environ"))
    assert [service.stop() for service in services[::-1]] == [0, 0, 0]
    shown += "\n".join(line for service in services for line in service.lines + service.out).encode()
    assert b"producer is ready" in shown
    assert not any(secret in shown for secret in secrets)


# MARK: - Hostile peers


def greeting(mechanism=b"NULL"):
    return b"\xff" + bytes(8) + b"\x7f" + b"\x03\x00" + mechanism.ljust(20, b"\0") + b"\0" + bytes(31)


def raw_connection(endpoint, kind=b"DEALER"):
    """A TCP connection that has just introduced itself as a ZMTP peer."""
    host, port = endpoint.removeprefix("tcp://").split(":")
    sock = socket.create_connection((host, int(port)), timeout=DEADLINE)
    sock.sendall(greeting())
    ready = b"\x05READY" + b"\x0bSocket-Type" + struct.pack(">I", len(kind)) + kind
    sock.sendall(b"\x04" + bytes([len(ready)]) + ready)
    return sock


class Flood:
    """Hostile peers in processes of their own, until the end of a with block.

    In threads of the test they took it with them: libzmq aborts a process that mistreats it long enough.
    """

    def __init__(self, *attacks):
        forking = multiprocessing.get_context("fork")
        self.ended = forking.Event()
        self.processes = [forking.Process(target=self._run, args=(attack,), daemon=True) for attack in attacks]

    def _run(self, attack):
        # They take whatever is left of the processors, and not what the tests beside them need.
        os.nice(10)
        while not self.ended.is_set():
            try:
                attack(self.ended)
            except (OSError, zmq.ZMQError):
                # Being thrown out is part of it.
                self.ended.wait(0.05)
        os._exit(0)

    def __enter__(self):
        for process in self.processes:
            process.start()

    def __exit__(self, *_):
        self.ended.set()
        for process in self.processes:
            process.join(10)
            process.kill()


def hostile_socket(kind, endpoint):
    sock = zmq.Context.instance().socket(kind)
    sock.linger = 0
    sock.sndtimeo = 200
    sock.connect(endpoint)
    return sock


def garbage(endpoint):
    def attack(ended):
        with hostile_socket(zmq.DEALER, endpoint) as sock:
            for n in range(2_000):
                if ended.is_set():
                    return
                sock.send_multipart([b"NWP1", os.urandom(n % 20), os.urandom(n % 40), os.urandom(n % 200)])
    return attack


def too_large(endpoint):
    def attack(ended):
        with hostile_socket(zmq.DEALER, endpoint) as sock:
            for _ in range(3):
                sock.send_multipart([b"NWP1", b"FETCH", b"1", bytes(9 << 20)])
                ended.wait(0.1)
    return attack


def many_frames(endpoint):
    def attack(ended):
        with hostile_socket(zmq.DEALER, endpoint) as sock:
            sock.send_multipart([b"x"] * 5_000)
            ended.wait(0.02)
    return attack


def never_reading(endpoint, stream):
    def attack(ended):
        with hostile_socket(zmq.DEALER, endpoint) as sock:
            sock.rcvhwm = 1
            request = json.dumps({"s": stream, "from": 1, "credit": 1 << 40, "bytes": 1 << 50}).encode()
            for _ in range(500):
                if ended.is_set():
                    return
                sock.send_multipart([b"NWP1", b"FETCH", b"1", request])
                ended.wait(0.01)
    return attack


def many_sessions(endpoint, stream):
    def attack(ended):
        socks = [hostile_socket(zmq.DEALER, endpoint) for _ in range(120)]
        request = json.dumps({"s": stream, "from": 1, "credit": 1, "bytes": 1}).encode()
        for sock in socks:
            sock.send_multipart([b"NWP1", b"FETCH", b"1", request])
        ended.wait(1)
        for sock in socks:
            sock.close()
    return attack


def subscriptions(endpoint):
    def attack(ended):
        with hostile_socket(zmq.SUB, endpoint) as sock:
            for n in range(2_000):
                sock.subscribe(b"%d/" % n)
            ended.wait(0.5)
    return attack


def half_handshakes(endpoint):
    host, port = endpoint.removeprefix("tcp://").split(":")

    def attack(ended):
        open_ones = [socket.create_connection((host, int(port)), timeout=5) for _ in range(100)]
        for n, sock in enumerate(open_ones):
            sock.sendall(os.urandom(100) if n % 3 else greeting()[: n % 64])
        ended.wait(1)
        for sock in open_ones:
            sock.close()
    return attack


def memory(service):
    status = pathlib.Path(f"/proc/{service.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def test_hostile_peers_of_all_kinds_disturb_nobody(site):
    """The good ones see every article analysed, in order and without loss, while the others do their worst."""
    producer, analyzer = site.producer("--watch"), site.analyzer()
    producer.wait_for("ready")
    analyzer.wait_for("ready")
    site.write(*range(20))
    site.expect_results(20)
    attacks = [
        garbage(site.raw_control), garbage(site.res_control), garbage(site.pool), too_large(site.raw_control),
        too_large(site.raw), many_frames(site.res_control), many_frames(site.pool),
        never_reading(site.raw_control, "raw"), subscriptions(site.raw), half_handshakes(site.raw),
        half_handshakes(site.pool)]
    with Flood(*attacks):
        site.write(*range(20, 120))
        results = site.expect_results(120)
        live = fetch(site.raw_control, "raw")
    assert len(live) == 120 and [position["n"] for _, position, _ in results] == list(range(1, 121))
    for service in (producer, analyzer):
        assert service.process.poll() is None and memory(service) < 500, memory(service)
    eventually(lambda: any("peer broke the protocol" in line for line in producer.lines + analyzer.lines), "that it is said")
    assert analyzer.stop() == 0 and producer.stop() == 0


def test_one_peer_with_many_requests_leaves_room_for_others(site, keys):
    """With keys, a hundred requests are one client's share, however many connections it has."""
    site.write(1, 2)
    guarded(site, keys).wait_for("all sources are read")
    request = json.dumps({"s": "raw", "from": 1, "credit": 1, "bytes": 1 << 20}).encode()
    socks = [keys.connect(zmq.DEALER, site.raw_control, "reader", "producer") for _ in range(130)]
    try:
        for sock in socks:
            sock.send_multipart([b"NWP1", b"FETCH", b"1", request])
        answers = [sock.recv_multipart() for sock in socks if sock.poll(DEADLINE * 1000)]
        refused = [json.loads(frames[3]) for frames in answers if frames[1] == b"ERR"]
        assert len(answers) == 130 and [error["code"] for error in refused] == [429] * 30
        with keys.connect(zmq.DEALER, site.raw_control, "analyzer", "producer") as other:
            other.send_multipart([b"NWP1", b"FETCH", b"1", request])
            assert other.poll(DEADLINE * 1000) and other.recv_multipart()[1] == b"ITEM"
    finally:
        for sock in socks:
            sock.close()


def test_a_frame_larger_than_a_request_can_be_ends_only_the_connection_it_came_on(site):
    site.write(1)
    site.producer().wait_for("all sources are read")
    with raw_connection(site.raw_control) as hostile:
        # The first frame of a message, announced as one mebibyte long.
        hostile.sendall(b"\x03" + struct.pack(">Q", 1 << 20) + bytes(1 << 16))
        hostile.settimeout(DEADLINE)
        with pytest.raises((ConnectionError, StopIteration)):
            while hostile.recv(65536):
                pass
            raise StopIteration
    assert len(site.articles()) == 1


@pytest.mark.waits
def test_a_peer_that_says_nothing_is_dropped_after_the_handshake_time(site):
    site.producer().wait_for("ready")
    host, port = site.raw_control.removeprefix("tcp://").split(":")
    with socket.create_connection((host, int(port)), timeout=DEADLINE) as silent:
        while silent.recv(1024):
            pass
    assert last(site.raw_control, "raw") == 0


def test_an_article_full_of_tricks_hurts_nobody(site, tmp_path):
    site.write(1)
    (site.inbox / "bad.jsonl").write_text(json.dumps({
        "uri": "urn:x:\u001b[2J\u202e", "headline": "\u001b]0;owned\u0007" + "“" * 10_000,
        "source": "../../etc/passwd", "language": "en\nraw/1/", "body": "“" * 200_000 + "(" * 200_000}) + "\n")
    site.write(2)
    producer, analyzer = site.producer(), site.analyzer()
    producer.wait_for("all sources are read")
    count = last(site.raw_control, "raw")
    eventually(lambda: last(site.res_control, "res") + last(site.res_control, "dlq") == count, "all settled")
    tail = subprocess.run(
        [BINARIES / "onrecord", "fetch", "--connect", site.res_control], capture_output=True, timeout=DEADLINE)
    for shown in (tail.stdout, tail.stderr, "\n".join(producer.lines + analyzer.lines).encode()):
        assert b"\x1b" not in shown and b"\x07" not in shown and "\u202e".encode() not in shown
    assert all(topic.count("/") == 4 for topic, _, _ in site.articles())


# MARK: - Signals and privileges


def test_a_second_signal_ends_a_service_at_once(site):
    """A head whose worker hangs would drain for half a minute."""
    site.write(1)
    site.producer().wait_for("all sources are read")
    head = site.analyzer("--workers", 0)
    head.wait_for("ready")
    sock = zmq.Context.instance().socket(zmq.DEALER)
    sock.linger = 0
    sock.connect(site.pool)
    pipeline = json.loads(head.wait_for("analyzer is ready"))["pipeline"]
    sock.send_multipart([b"NWP1", b"READY", b"", json.dumps({
        "vmin": 1, "vmax": 1, "pipeline": pipeline, "langs": ["*"], "credit": 2, "max_bytes": 8 << 20, "host": "h",
        "pid": 1}).encode()])
    while sock.recv_multipart()[1] != b"TASK":
        pass
    head.process.send_signal(signal.SIGTERM)
    head.wait_for("stopping")
    with pytest.raises(subprocess.TimeoutExpired):
        head.process.wait(0.5)
    head.process.send_signal(signal.SIGTERM)
    assert head.process.wait(DEADLINE) == 75
    sock.close()


def test_the_log_level_follows_the_configuration_file_on_sighup(site, tmp_path):
    configuration = tmp_path / "producer.conf"
    configuration.write_text("log = info\n")
    producer = site.producer("--watch", "--config", configuration)
    producer.wait_for("ready")
    configuration.write_text("log = warning\n")
    producer.process.send_signal(signal.SIGHUP)
    producer.wait_for("reading the configuration again")
    configuration.write_text("log = nonsense\n")
    producer.process.send_signal(signal.SIGHUP)
    producer.wait_for("the earlier one stays in force")
    assert sum("reading the configuration again" in line for line in producer.lines) == 1
    assert producer.stop() == 0


@pytest.mark.parametrize("program, arguments, code", [
    ("producer", ["--no-such"], 64), ("producer", ["--publish", "tcp://127.0.0.1"], 64),
    ("producer", ["--config", "/nowhere"], 78), ("producer", ["--key", "/nowhere", "--allow", "/nowhere"], 78),
    ("analyzer", ["--state", "/proc/nowhere"], 78)])
def test_exit_codes_tell_a_supervisor_whether_starting_again_helps(tmp_path, program, arguments, code):
    service = Service(program, "--state", tmp_path / "s", *arguments)
    assert service.process.wait(DEADLINE) == code, service.lines


def test_a_port_in_use_is_worth_another_try(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        service = Service(
            "producer", "--state", tmp_path / "s", "--publish", f"tcp://127.0.0.1:{taken.getsockname()[1]}")
        assert service.process.wait(DEADLINE) == 75


def test_services_run_as_nobody_with_everything_read_only_but_their_state(site, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    probe = ["unshare", "--mount", "true"]
    if not all(map(shutil.which, ("unshare", "setpriv", "mount"))) or subprocess.run(probe).returncode:
        pytest.skip("mount namespaces are not allowed here")
    state = pathlib.Path(subprocess.check_output(["mktemp", "-d", "/tmp/onrecord.XXXXXX"], text=True).strip())
    state.chmod(0o755)
    confined = (
        "mount --make-rprivate / && mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro / && "
        "exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all \"$@\"")
    try:
        for name in ("producer", "analyzer"):
            (state / name).mkdir()
            os.chown(state / name, 65534, 65534)
        article_file = state / "1.txt"
        article_file.write_text(article(1))

        within = ["unshare", "--mount", "sh", "-c", confined, state]
        binaries = state / "bin"
        binaries.mkdir()
        for program in ("producer", "analyzer"):
            shutil.copy(BINARIES / program, binaries / program)
        trial = "id -u; touch /etc/onrecord 2>&1; touch " + str(state / "producer/x")
        shown = subprocess.run([*within, "sh", "-c", trial], capture_output=True, text=True)
        assert shown.stdout.startswith("65534\n") and "Read-only" in shown.stdout and shown.returncode == 0, shown
        # An absolute path replaces the folder of the programs.
        producer = Service(
            binaries / "producer", "--state", state / "producer", "--publish", site.raw, "--control",
            site.raw_control, "--source", article_file, within=within)
        analyzer = Service(
            binaries / "analyzer", "--state", state / "analyzer", "--raw", site.raw, "--raw-control",
            site.raw_control, "--publish", site.res, "--control", site.res_control, "--pool", site.pool,
            within=within)
        site.services += [producer, analyzer]
        producer.wait_for("all sources are read")
        site.expect_results(1)
        assert "Uid:\t65534" in pathlib.Path(f"/proc/{producer.process.pid}/status").read_text()
        assert producer.stop() == 0 and analyzer.stop() == 0
    finally:
        shutil.rmtree(state)


@pytest.mark.waits
@pytest.mark.parametrize("command", [["sink", "{place}"], ["tail", "--from", "1"], ["fetch"], ["status", "--once"], ["put", "--patience", "6s", "{text}"]],
                         ids=lambda command: command[0])
@pytest.mark.parametrize("with_keys", ["none", "unknown", "of another server"])
def test_a_refused_key_is_not_taken_for_nobody(site, keys, tmp_path, command, with_keys):
    guarded(site, keys, "--ingest", (ingest := f"tcp://127.0.0.1:{free_port()}"))
    guarded_analyzer(site, keys).wait_for("ready")
    keys.make("stranger")
    (tmp_path / "text.txt").write_text("Pier opens\n\nIt opened in May.\n")
    words = [word.format(place=tmp_path / "a.db", text=tmp_path / "text.txt") for word in command]
    options = {"sink": ["--connect", site.res, "--control", site.res_control], "tail": ["--connect", site.res, "--control", site.res_control],
               "fetch": ["--connect", site.res_control], "status": ["--analyzer", site.res_control], "put": ["--connect", ingest]}[command[0]]
    if with_keys != "none":
        name, server = ("stranger", "analyzer") if with_keys == "unknown" else ("reader", "worker")
        options += ["--key", keys.secret(name), "--server-key", keys.public(server)]
    log, processes = tmp_path / "log", []

    def is_said():
        # On a slow machine one look may be over before anybody answers.
        if all(process.poll() is not None for process in processes):
            with log.open("a") as file:
                processes.append(subprocess.Popen([BINARIES / "onrecord", words[0], *map(str, options), *words[1:]], stdout=file, stderr=file))
        return "let this client in" in (text := " ".join(log.read_text().split())) and "--server-key" in text

    try:
        eventually(is_said, "that it is refused")
    finally:
        for process in processes:
            process.kill()
            process.wait()

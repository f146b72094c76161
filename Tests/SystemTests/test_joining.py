"""Workers that join: ready once they are welcome, and no silence where they are not."""

import signal

import pytest
from onrecord import Service, eventually, free_port
from test_security import guarded, guarded_analyzer, keys  # noqa: F401  (a fixture)

pytestmark = pytest.mark.waits


def test_a_worker_is_ready_once_the_head_takes_it(site):
    worker = site.worker("--workers", 1)
    worker.wait_for("nobody answers there")
    assert not any("worker is ready" in line for line in worker.lines)
    head = site.analyzer("--workers", 0)
    worker.wait_for("worker is ready")
    head.wait_for("worker joined")
    assert sum("worker joined" in line for line in head.lines) == 1
    # What it would have said meanwhile does not arrive now.
    assert not any("broke the protocol" in line for line in head.lines)
    head.kill()
    eventually(lambda: sum("nobody answers there" in line for line in worker.lines) > 1, "it is said again")
    site.analyzer("--workers", 0)
    eventually(lambda: sum("worker is ready" in line for line in worker.lines) == 2, "ready again")
    assert worker.stop() == 0


def test_a_worker_without_the_right_keys_says_so_and_the_head_says_whom_it_refused(site, keys):  # noqa: F811
    guarded(site, keys)
    head = guarded_analyzer(site, keys, "--workers", 0)
    head.wait_for("ready")
    keys.make("stranger")
    plain = site.worker()
    unlisted = site.worker("--key", keys.secret("stranger"), "--server-key", keys.public("analyzer"))
    wrong = site.worker("--key", keys.secret("worker"), "--server-key", keys.public("producer"))
    role = site.worker("--key", keys.secret("reader"), "--server-key", keys.public("analyzer"))
    for worker in (plain, unlisted, wrong, role):
        worker.wait_for("does not take this worker yet")
        worker.wait_for("--server-key")
        assert not any("worker is ready" in line for line in worker.lines)
    for name in ("stranger", "reader"):
        head.wait_for(keys.load(name)[0].decode().replace("\\", "\\\\").replace('"', '\\"'))
    assert any("not on the allow list" in line and '"role":"work"' in line for line in head.lines)
    head.wait_for("no key at all")
    # Once it is on the list it gets in by itself.
    keys.allow(stranger="work")
    head.process.send_signal(signal.SIGHUP)
    unlisted.wait_for("worker is ready")
    # Taken off again, it hears why.
    keys.allow(stranger="")
    head.process.send_signal(signal.SIGHUP)
    head.wait_for("worker left")
    eventually(lambda: sum("does not take this worker" in line for line in unlisted.lines) > 1, "why it waits")
    assert [worker.stop() for worker in (plain, unlisted, wrong, role)] == [0, 0, 0, 0]


def test_a_head_that_stops_has_refused_nobody(site, keys):  # noqa: F811
    guarded(site, keys)
    worker = site.worker("--key", keys.secret("worker"), "--server-key", keys.public("analyzer"))
    for count in (1, 2):
        head = guarded_analyzer(site, keys, "--workers", 0)
        eventually(lambda: sum("worker is ready" in line for line in worker.lines) == count, "the worker joins")
        assert head.stop() == 0 and "stopped" in head.lines[-1]
        assert not any("refused" in line for line in head.lines), head.lines
    assert worker.stop() == 0


def test_a_dead_port_is_said(tmp_path):
    worker = Service("analyzer", "--join", f"tcp://127.0.0.1:{free_port()}")
    worker.wait_for("nobody answers there")
    assert worker.stop() == 0

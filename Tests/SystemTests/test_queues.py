"""Peers whose queue is full when their connection breaks: libzmq 4.3 ends a process that has a heartbeat due then."""

import select
import socket
import struct
import time

import pytest
from test_security import raw_connection

# A little more than the two seconds after which heartbeats were due that OnRecord once sent.
DUE = 2.6


def frame(content, more=False):
    return struct.pack(">BB" if len(content) < 256 else ">BQ", more | 2 * (len(content) > 255), len(content)) + content


def message(*frames):
    return b"".join(frame(content, content is not frames[-1]) for content in frames)


def break_off(connection):
    """Ends a connection as a machine that is gone does: at once, whatever was under way."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def flood_and_break_off(endpoint, kind, flood):
    connections = [raw_connection(endpoint, kind) for _ in range(60)]
    begin = time.monotonic()
    for connection in connections:
        connection.setblocking(False)
    while connections and time.monotonic() < begin + DUE:
        # A moment at most, for they break off one by one.
        for connection in select.select([], connections, [], 0.005)[1]:
            try:
                connection.send(flood)
            except BlockingIOError:
                pass
            except OSError:
                connections.remove(connection)
        # One after the other around the moment when a heartbeat would be due.
        if connections and time.monotonic() > begin + DUE - 0.015 * len(connections):
            break_off(connections.pop())
    for connection in connections:
        break_off(connection)


@pytest.mark.parametrize("name, kind, flood", [
    ("res_control", b"DEALER", message(b"NWP1", b"PING", b"", b"{}") * 200),
    ("pool", b"DEALER", message(b"NWP1", b"BEAT", b"", b"{}") * 200),
    ("res", b"SUB", b"".join(message(b"\x01res/%d/" % n) for n in range(400))),
], ids=["control", "pool", "live"])
def test_peers_that_fill_a_queue_and_break_off_end_no_service(site, name, kind, flood):
    analyzer = site.analyzer("--workers", 0)
    analyzer.wait_for("ready")
    for _ in range(2):
        flood_and_break_off(getattr(site, name), kind, flood)
        assert analyzer.process.poll() is None, analyzer.lines[-20:]
    # It goes on with its work.
    site.write(1)
    site.producer()
    site.worker()
    site.expect_results(1)
    assert analyzer.stop() == 0

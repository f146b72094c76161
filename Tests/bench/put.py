"""Measures how many articles a second a producer acknowledges: articles of 4 kB, each durable before its answer.

    swift build -c release && ONRECORD_BIN=.build/release .venv/bin/python Tests/bench/put.py [SECONDS] [CLIENTS]
"""

import json
import os
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "SystemTests"))
import zmq  # noqa: E402
from onrecord import Site, free_port, last  # noqa: E402


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    text = ("The harbour board of Ostrava Bay repaired pier %d in March, engineer Mira Kolar told reporters on Friday. " * 40)[:3900]
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder)
        endpoint = f"tcp://127.0.0.1:{free_port()}"
        try:
            producer = site.producer("--ingest", endpoint, sources=[])
            producer.wait_for("ready")
            sockets, credit = [], 0
            for _ in range(clients):
                socket = zmq.Context.instance().socket(zmq.DEALER)
                socket.linger = 0
                socket.connect(endpoint)
                socket.send_multipart([b"NWP1", b"HELLO", b"", b'{"vmin":1,"vmax":1,"role":"put","client":"bench"}'])
                credit = json.loads(socket.recv_multipart()[3])["credit"]
                sockets.append(socket)
            body = json.dumps(text)
            number = acknowledged = 0
            unanswered = [0] * clients
            start, before = time.perf_counter(), processor_seconds(producer.process.pid)
            while (elapsed := time.perf_counter() - start) < seconds or any(unanswered):
                for index, socket in enumerate(sockets):
                    while elapsed < seconds and unanswered[index] < credit:
                        number += 1
                        item = '{"uri":"urn:bench:%d","version":"1","headline":"Pier %d","source":"bench","body":%s}' % (number, number, body)
                        socket.send_multipart([b"NWP1", b"PUT", b"%d" % number, b"", item.encode()], copy=True)
                        unanswered[index] += 1
                    wait = 1000 if clients == 1 else 1
                    while unanswered[index] and socket.poll(wait):
                        assert socket.recv_multipart()[1] == b"ACK"
                        acknowledged += 1
                        unanswered[index] -= 1
                        wait = 0
            elapsed = time.perf_counter() - start
            used = processor_seconds(producer.process.pid) - before
            assert last(site.raw_control, "raw") == acknowledged
            print(f"{acknowledged / elapsed:,.0f} articles of {len(item.encode()):,} bytes a second acknowledged "
                  f"({acknowledged:,} in {elapsed:.1f} s, {clients} client(s); the producer used {used / elapsed:.2f} cores)")
        finally:
            site.close()


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()

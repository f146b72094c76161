"""Measures how many analyses a second `onrecord sink` takes, from a server that has them in memory.

    swift build -c release --traits Postgres && ONRECORD_BIN=.build/release .venv/bin/python Tests/bench/sink.py [COUNT] [FILE-OF-ANALYSES]

Into SQLite, into JSON lines, and into a PostgreSQL server of its own on this machine, where one is installed.
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "SystemTests"))
import postgres  # noqa: E402
import zmq  # noqa: E402
from onrecord import BINARIES, ROOT, free_port  # noqa: E402

EPOCH = "5f2c9a7710be43d8"


def serve(control, live, items, ended):
    """A server of the stream `res`: HELLO and FETCH."""
    context = zmq.Context.instance()
    pub, router = context.socket(zmq.PUB), context.socket(zmq.ROUTER)
    pub.bind(live)
    router.sndhwm = router.rcvhwm = 0
    router.bind(control)
    while not ended.is_set():
        if not router.poll(100):
            continue
        peer, _, command, request, arguments, *_ = router.recv_multipart()
        arguments = json.loads(arguments or b"{}")
        if command == b"HELLO":
            answer = {"v": 1, "streams": {"res": {"e": EPOCH, "lo": 1, "hi": len(items), "j": EPOCH}}, "mark_ms": 1000,
                      "max_frame": 8 << 20, "server": "bench"}
            router.send_multipart([peer, b"NWP1", b"WELCOME", request, json.dumps(answer).encode()])
        elif command == b"FETCH":
            n, left = arguments["from"], arguments["bytes"]
            last = min(arguments.get("to", len(items)), len(items), n + arguments["credit"] - 1)
            while n <= last and left > 0:
                frames = items[n - 1]
                router.send_multipart([peer, b"NWP1", b"ITEM", request, b"{}", *frames], copy=False)
                left -= len(frames[2])
                n += 1
            end = json.dumps({"e": EPOCH, "next": n, "hi": len(items)}).encode()
            router.send_multipart([peer, b"NWP1", b"END", request, end])


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if len(sys.argv) > 2:
        events = [json.loads(line) for line in pathlib.Path(sys.argv[2]).read_text().splitlines()]
    else:
        events = [json.loads((ROOT / "protocols/examples/streams/res.json").read_text())["frames"][2]]
    items, size = [], 0
    for n in range(1, count + 1):
        event = events[n % len(events)]
        position = {"v": 1, "s": "res", "e": EPOCH, "n": n, "p": n - 1, "id": f"{n:032x}", "ts": "2024-05-01T09:31:03.000Z"}
        body = json.dumps({**event, "id": f"{n:032x}", "causationid": f"{n:032x}"}, ensure_ascii=False).encode()
        size += len(body)
        items.append((b"res/1/en/bench/", json.dumps(position).encode(), body))
    server = postgres.Server() if postgres.binaries() else None
    for name in ("bench.db", "bench.jsonl", *(["PostgreSQL"] if server else [])):
        with tempfile.TemporaryDirectory() as folder:
            control, live = (f"tcp://127.0.0.1:{free_port()}" for _ in range(2))
            ended = threading.Event()
            thread = threading.Thread(target=serve, args=(control, live, items, ended))
            thread.start()
            start = time.perf_counter()
            path = pathlib.Path(folder, name)
            place = postgres.url(server) if name == "PostgreSQL" else path
            subprocess.run([BINARIES / "onrecord", "sink", "--once", "--connect", live, "--control", control, place], check=True)
            elapsed = time.perf_counter() - start
            used = os.times().children_user + os.times().children_system
            ended.set()
            thread.join()
            if name.endswith(".db"):
                held, passages = (sqlite3.connect(path).execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                                  for table in ("analysis", "passage"))
                assert held == count, held
                print(f"{passages / count:.1f} quotes and claims an analysis")
            print(f"{name}: {count / elapsed:,.0f} analyses of {size / count:,.0f} bytes a second "
                  f"({count:,} in {elapsed:.1f} s, {used:.1f} s of processor time so far"
                  + (f", {path.stat().st_size / 1e6:,.0f} MB)" if path.exists() else ")"))
    if server:
        assert int(server.execute("SELECT count(*) FROM onrecord.analysis")) == count
        server.close()


if __name__ == "__main__":
    main()

"""Runs producer and analyzer at a steady rate for long, and checks that nothing grows.

    ONRECORD_BIN=.build/release .venv/bin/python Tests/bench/soak.py MINUTES RATE [FOLDER]

Every five seconds a row of soak.csv tells memory, file descriptors, threads, size of the journals and latency; soak.svg
shows them. The exit code is 1 where something grows that is bounded, or an article has no analysis.
"""

import csv
import json
import os
import pathlib
import random
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "SystemTests"))
import zmq  # noqa: E402
from onrecord import BINARIES, Site, eventually, last, subscribe  # noqa: E402
from plot import svg  # noqa: E402

PERIOD = 5  # seconds between two rows


def text(n, draw):
    """An article of 1 to 8 kB."""
    lines = [f"Harbour board of Ostrava Bay reports on pier {n}"]
    for _ in range(draw.randint(6, 50)):
        m = draw.randrange(1, 1_000)
        lines.append(draw.choice([
            f"“We will open pier {m} before the autumn storms,” engineer Mira Kolar told reporters on Friday.",
            f"Kolar said the work on pier {m} cost {m + 2} million crowns, {n} more than the plan.",
            f"According to the harbour board, {m} ships called at pier {n} last year, which nobody had expected.",
            f"The board repaired {m} metres of pier {n} in March and will meet again in {m} days."]))
    return "\n\n".join(lines) + "\n"


class Load(threading.Thread):
    """Gives the producer articles on standard input, at an even pace."""

    def __init__(self, pipe, rate, seconds):
        super().__init__(daemon=True)
        self.pipe, self.rate, self.seconds = pipe, rate, seconds
        self.sent = {}
        self.count = 0

    def run(self):
        draw = random.Random(1)
        start = time.monotonic()
        with os.fdopen(self.pipe, "w") as file:
            while (now := time.monotonic()) - start < self.seconds:
                due = start + self.count / self.rate
                if now < due:
                    time.sleep(due - now)
                    continue
                uri = f"urn:soak:{self.count}"
                line = json.dumps({"uri": uri, "version": "1", "body": text(self.count, draw)}) + "\n"
                self.sent[uri] = time.monotonic()
                self.count += 1
                file.write(line)
                file.flush()


class Latencies(threading.Thread):
    """Notes how long each article took from standard input to its analysis at a subscriber, in milliseconds."""

    def __init__(self, endpoint, load):
        super().__init__(daemon=True)
        self.sub, self.load = subscribe(endpoint, "res/1/"), load
        self.values, self.count = [], 0

    def run(self):
        while True:
            frames = self.sub.recv_multipart()
            if frames[0].startswith(b"res/"):
                start = self.load.sent.pop(json.loads(frames[2])["subject"], None)
                self.count += 1
                if start:
                    self.values.append((time.monotonic() - start) * 1_000)

    def take(self):
        values, self.values = self.values, []
        return values


def usage(pid):
    """Resident kilobytes, open files, threads and processor seconds of a process."""
    process = pathlib.Path(f"/proc/{pid}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return int(status["VmRSS"].split()[0]), len(os.listdir(process / "fd")), int(status["Threads"]), seconds


def size(folder):
    return sum(file.stat().st_size for file in pathlib.Path(folder).iterdir() if file.is_file()) / (1 << 20)


def slope(rows, name):
    """Growth of a column an hour over the second half, as a share of its mean there; by the median of pairwise slopes."""
    half = rows[len(rows) // 2:]
    step = max(1, len(half) // 100)
    points = [(row["seconds"], row[name]) for row in half[::step]]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for i, a in enumerate(points) for b in points[i + 1:]]
    mean = statistics.mean(value for _, value in points)
    return statistics.median(slopes) * 3_600 / mean if mean and slopes else 0.0


def main():
    minutes, rate = float(sys.argv[1]), float(sys.argv[2])
    folder = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else ".state/soak").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    site_folder = folder / f"site-{os.getpid()}"
    site_folder.mkdir()
    site = Site(site_folder)
    read, write = os.pipe()
    keep = ["--retain-bytes", os.environ.get("ONRECORD_SOAK_KEEP", "32MB")]
    producer, analyzer = site.producer(*keep, sources=["-"], stdin=read), site.analyzer(*keep, "--workers", 1)
    os.close(read)
    rows = []
    try:
        producer.wait_for("ready")
        analyzer.wait_for("ready")
        load = Load(write, rate, minutes * 60)
        latencies = Latencies(site.res, load)
        latencies.start()
        load.start()
        start = time.monotonic()
        with (folder / "soak.csv").open("w", newline="") as file:
            writer = None
            while load.is_alive():
                time.sleep(PERIOD)
                row = {"seconds": round(time.monotonic() - start, 1), "sent": load.count, "analysed": latencies.count}
                for name, service in (("producer", producer), ("analyzer", analyzer)):
                    memory, files, threads, seconds = usage(service.process.pid)
                    row |= {f"{name} kB": memory, f"{name} files": files, f"{name} threads": threads,
                            f"{name} cpu s": seconds, f"{name} journal MB": round(size(site.folder / name), 2)}
                values = sorted(latencies.take()) or [0.0]
                row |= {"median ms": round(statistics.median(values), 2),
                        "99th ms": round(values[min(len(values) - 1, int(0.99 * len(values)))], 2)}
                writer = writer or csv.DictWriter(file, row.keys())
                if not rows:
                    writer.writeheader()
                writer.writerow(row)
                file.flush()
                rows.append(row)
        eventually(lambda: last(site.res_control, "res") == load.count, "the last analyses")
        codes = analyzer.stop(), producer.stop()
    finally:
        site.close()
    (folder / "soak.svg").write_text(svg(rows, f"{minutes:g} minutes at {rate:g} articles a second"))
    faults = [f"ended with {code}" for code in codes if code != 0]
    for service in ("producer", "analyzer"):
        for name in ("kB", "journal MB"):
            growth = slope(rows, f"{service} {name}")
            print(f"{service} {name}: {rows[len(rows) // 2][f'{service} {name}']:.0f} at half time, "
                  f"{rows[-1][f'{service} {name}']:.0f} at the end, {growth:+.2%} an hour")
            if growth > 0.10:
                faults.append(f"{service} {name} grows")
        for name in ("files", "threads"):
            values = [row[f"{service} {name}"] for row in rows[len(rows) // 2:]]
            print(f"{service} {name}: {min(values)} to {max(values)}")
            if max(values) > min(values) + 4:
                faults.append(f"{service} {name} vary")
    print(f"{load.count} articles, {latencies.count} analyses seen live; "
          f"median {statistics.median(row['median ms'] for row in rows):.1f} ms")
    print("; ".join(faults) or "flat")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""Measures the running pair: from a file's arrival to its analysis, beside the extraction alone, and what idling costs.

    swift build -c release && ONRECORD_BIN=.build/release .venv/bin/python Tests/bench/latency.py [FILE-OF-ARTICLE]
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "SystemTests"))
import zmq  # noqa: E402
from onrecord import BINARIES, ROOT, Site, subscribe  # noqa: E402

COUNT = 300
IDLE_SECONDS = 20


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def usage(pid):
    """Processor seconds and resident megabytes of a process."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    resident = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), resident


def main():
    text = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else next((ROOT / "seeds").glob("000_*.txt"))).read_text()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        lines = folder / "articles.jsonl"
        lines.write_text("".join(json.dumps({"uri": f"urn:bench:{n}", "body": text}) + "\n" for n in range(COUNT)))
        analyze = [BINARIES / "onrecord", "analyze", "--format", "jsonl"]
        start = time.perf_counter()
        subprocess.run([*analyze, lines], stdout=subprocess.DEVNULL, check=True)
        alone = (time.perf_counter() - start) / COUNT * 1000

        site = Site(folder)
        try:
            producer, analyzer = site.producer("--watch"), site.analyzer()
            producer.wait_for("ready")
            analyzer.wait_for("ready")
            res = subscribe(site.res, "res/1/")
            times = []
            for n in range(COUNT):
                hidden = site.inbox / f".{n}"
                hidden.write_text(f"{text}\nNumber {n}.\n")
                start = time.perf_counter()
                hidden.rename(site.inbox / f"{n}.txt")
                while not res.recv_multipart()[0].startswith(b"res/"):
                    pass
                times.append((time.perf_counter() - start) * 1000)
            res.close()
            before = {service: usage(service.process.pid) for service in (producer, analyzer)}
            time.sleep(IDLE_SECONDS)
            idle = {service: usage(service.process.pid) for service in (producer, analyzer)}

            starts = []
            for _ in range(15):
                site.write(10_000 + len(starts))
                start = time.perf_counter()
                subprocess.run(
                    [BINARIES / "onrecord", "tail", "--connect", site.res, "--control", site.res_control, "--from", "1",
                     "--count", "1", "--format", "jsonl"], stdout=subprocess.DEVNULL, check=True)
                starts.append((time.perf_counter() - start) * 1000)
        finally:
            site.close()
    print(f"extraction alone, an article        {alone:8.2f} ms")
    print(f"arrival to analysis, median         {statistics.median(times):8.2f} ms   (n = {COUNT})")
    print(f"arrival to analysis, 99th of 100    {percentile(times, 0.99):8.2f} ms")
    print(f"onrecord tail, start to first line  {statistics.median(starts):8.2f} ms   (median of {len(starts)})")
    for service in (producer, analyzer):
        name = pathlib.Path(service.command[0]).name
        share = (idle[service][0] - before[service][0]) / IDLE_SECONDS * 100
        print(f"{name} idle: {share:5.2f} % of a core, {idle[service][1]:5.1f} MB resident")


if __name__ == "__main__":
    main()

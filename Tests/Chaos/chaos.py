#!/usr/bin/env python3
"""Publishes numbered articles while everything goes wrong, and checks what became of each.

    ONRECORD_BIN=.build/release .venv/bin/python Tests/Chaos/chaos.py --minutes 12 --articles 20000

Every fault is drawn at random from a seed that is printed. The exit code is 1 where anything was lost, came twice, out of
order or wrong, where a program crashed by itself, or did not end well in the end.
"""

import argparse
import collections
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from articles import article  # noqa: E402
from consumers import wait  # noqa: E402
from faults import Faults  # noqa: E402
from history import check  # noqa: E402
from stores import Postgres, SQLite  # noqa: E402
from world import World  # noqa: E402

STORES = {"sqlite": SQLite, "postgres": Postgres}
UNSETTLED = 3_000  # articles on their way at most


def publish(world, draw, count, seconds):
    """Sends `count` articles within so many seconds, if they are taken: both producers, versions, repetitions."""
    start = time.monotonic()
    files = 0
    number = 0
    while number < count:
        due = min(count, int((time.monotonic() - start) / seconds * count) + 1)
        if number >= due or number - world.ended > UNSETTLED:
            time.sleep(0.02)
            continue
        size = min(draw.randint(1, 8), count - number)
        items = []
        while len(items) < size:
            n = number + len(items)
            items += [article(n, version) for version in range(1, draw.choice([1, 1, 1, 1, 3]) + 1)][:size - len(items)]
        number += size
        if draw.random() < 0.5:
            files += 1
            world.put(files, items)
        else:
            world.feed(items)
        if draw.random() < 0.02 and world.fed:
            # The same again, which must not be published again.
            world.feed_again(draw.sample(world.fed, min(5, len(world.fed))))


def report(world, faults, anomalies, complaints, seconds):
    kinds = collections.Counter(anomaly.kind for anomaly in anomalies)
    print(f"\n{world.store.name}: {len(world.history.sent)} articles, {faults.total} faults, {seconds:.0f} s")
    for name, count in sorted(faults.counts.items()):
        print(f"  {count:5}  {name}")
    starts = collections.Counter()
    for process in world.processes:
        starts[process.kind] += process.starts
    print("starts: " + ", ".join(f"{count} of a {kind}" for kind, count in starts.items()))
    print(f"results: {len(world.history.res)}, dead letters: {len(world.history.dlq)}")
    for consumer in world.history.consumers:
        print(f"  {consumer.name} of {consumer.stream} saw {len(consumer.seen)}")
    for text in complaints:
        print(f"complaint: {text}")
    for anomaly in anomalies[:20]:
        print(f"{anomaly.kind}: {anomaly.text}")
    for process in world.processes if anomalies or complaints else ():
        for text in [text for text in process.lines() if '"error"' in text or '"warning"' in text][-3:]:
            print(f"{process.name} said: {text[:300]}")
    print(", ".join(f"{kinds[kind]} {kind}" for kind in ("lost", "duplicated", "reordered", "wrong")))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--articles", type=int, help="how many; 25 a second where it is not given")
    parser.add_argument("--faults", type=int, help="how many, about; one in three seconds where it is not given")
    parser.add_argument("--journal", choices=STORES, default="sqlite")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    seconds = options.minutes * 60
    count = options.articles or int(25 * seconds)
    print(f"seed {options.seed}", flush=True)

    folder = tempfile.mkdtemp(prefix="onrecord-chaos-")
    draws = [random.Random(options.seed * 4 + at) for at in range(3)]
    world = World(folder, draws[0], STORES[options.journal]())
    anomalies = complaints = ["it did not come to an end"]
    start = time.monotonic()
    try:
        world.start()
        faults = Faults(world, draws[1])
        threading.Thread(target=faults.run, args=(seconds / (options.faults or seconds / 3),), daemon=True).start()
        threading.Thread(target=progress, args=(world, faults), daemon=True).start()
        publish(world, draws[2], count, seconds)
        faults.stop()
        print(f"all sent after {time.monotonic() - start:.0f} s; {world.ended} ended", flush=True)
        wait(lambda: world.published >= count and world.ended >= count, 180)
        # What would come twice has time to come.
        time.sleep(2)
        world.collect()
        tail = world.history.consumers[-1]
        wait(lambda: len(tail.seen) >= len(world.history.res), 30)
        complaints = world.stop()
        complaints += [f"{process.name} crashed: {process.crashes}" for process in world.processes if process.crashes]
        anomalies = check(world.history)
        report(world, faults, anomalies, complaints, time.monotonic() - start)
    finally:
        world.close()
        if anomalies or complaints:
            print(f"The logs are in {folder}/logs; again: --seed {options.seed}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if anomalies or complaints else 0


def progress(world, faults):
    while not faults.isStopping.wait(15):
        print(f"  {len(world.history.sent)} sent, {world.published} published, {world.ended} ended, "
              f"{faults.total} faults", flush=True)


if __name__ == "__main__":
    sys.exit(main())

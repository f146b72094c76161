#!/usr/bin/env python3
"""Backs up, kills, restores and copies the journals of a producer and an analyzer at random, and checks what became of it.

    ONRECORD_BIN=.build/release .venv/bin/python Tests/Chaos/restores.py --rounds 60

Whatever happens: each article that the producer's journal holds in the end has exactly one result or dead letter, and a reader
that was there all the time has seen each of them. The exit code is 1 where that is not so. Half of the restores are not said.
"""

import argparse
import collections
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "SystemTests"))
from onrecord import BINARIES, Service, Site, article, eventually  # noqa: E402


class World:
    def __init__(self, folder, draw):
        self.site = Site(folder)
        self.draw = draw
        self.numbers = 0
        self.backups = collections.defaultdict(list)
        self.did = collections.Counter()
        self.producer = self.analyzer = None
        self.start("producer")
        self.start("analyzer")
        self.tail = Service("onrecord", "tail", "--stream", "res", "--from", 1, "--format", "jsonl", "--connect",
                            self.site.res, "--control", self.site.res_control)
        self.site.services.append(self.tail)

    def start(self, name, *arguments):
        if name == "producer":
            self.producer = self.site.producer(*arguments, sources=["-"], stdin=subprocess.PIPE)
        else:
            self.analyzer = self.site.analyzer("--workers", 2, *arguments)
        getattr(self, name).wait_for(f"{name} is ready")

    def end(self, name):
        service = getattr(self, name)
        if self.draw.random() < 0.5:
            service.kill()
        else:
            service.process.terminate()
            assert service.ended() == 0, service.lines[-5:]

    def publish(self):
        """New articles, and some that were given before: the journal may know them, or have lost them."""
        numbers = list(range(self.numbers, self.numbers + self.draw.randint(1, 9)))
        self.numbers = numbers[-1] + 1
        numbers += self.draw.sample(range(self.numbers), min(self.draw.randint(0, 5), self.numbers))
        self.draw.shuffle(numbers)
        for n in numbers:
            line = {"uri": f"urn:t:{n}", "version": "1", "body": article(n)}
            self.producer.process.stdin.write(json.dumps(line) + "\n")
        self.producer.process.stdin.flush()
        held = lambda: {event["data"]["uri"] for _, _, event in self.site.articles()}  # noqa: E731
        eventually(lambda: {f"urn:t:{n}" for n in numbers} <= held(), "what was given is published")

    def back_up(self, name):
        file = self.site.folder / f"{name}-{self.did.total()}.db"
        done = subprocess.run([BINARIES / name, "backup", "--state", self.site.folder / name, file], capture_output=True)
        assert done.returncode == 0, done.stderr
        self.backups[name].append(file)

    def restore(self, name):
        if not self.backups[name]:
            return
        self.end(name)
        folder = self.site.folder / name
        if self.draw.random() < 0.5:
            folder.rename(self.site.folder / f"{name}-before-{self.did.total()}")
            folder.mkdir()
        with open(self.draw.choice(self.backups[name]), "rb") as source, open(folder / "journal.db", "wb") as target:
            shutil.copyfileobj(source, target)
        self.start(name, *(["--restored"] if self.draw.random() < 0.5 else []))

    def copy(self, name):
        """Goes on with a copy of the folder, as on another machine; the other one is what is restored some day."""
        self.end(name)
        folder = self.site.folder / name
        other = self.site.folder / f"{name}-copied-{self.did.total()}"
        folder.rename(other)
        shutil.copytree(other, folder)
        self.start(name)

    def restart(self, name):
        self.end(name)
        self.start(name)

    def settle(self):
        def ended():
            causes = [event["causationid"] for _, _, event in self.site.results() + self.site.results("dlq")]
            return {event["id"] for _, _, event in self.site.articles()} <= set(causes)
        eventually(ended, "each article has its end")

    def step(self):
        kinds = [("publish", None)] * 6 + [("settle", None)] * 2
        kinds += [(kind, name) for kind in ("back_up", "restore", "restart", "copy") for name in ("producer", "analyzer")]
        kind, name = self.draw.choice(kinds)
        self.did[f"{kind} {name or ''}".strip()] += 1
        getattr(self, kind)(*([name] if name else []))

    def check(self):
        """What is wrong in the end."""
        self.settle()
        articles = collections.Counter(event["data"]["uri"] for _, _, event in self.site.articles())
        found = [f"{uri} was published {count} times" for uri, count in articles.items() if count > 1]
        ends = collections.Counter(
            event["causationid"] for _, _, event in self.site.results() + self.site.results("dlq"))
        for _, _, event in self.site.articles():
            if ends[event["id"]] != 1:
                found.append(f"{event['data']['uri']} has {ends[event['id']]} results")
        ids = {event["id"] for _, _, event in self.site.results()}
        seen = lambda: {json.loads(line)["id"] for line in self.tail.out}  # noqa: E731
        try:
            eventually(lambda: ids <= seen(), "the reader has seen all results", 20)
        except AssertionError:
            found.append(f"the reader misses {len(ids - seen())} of {len(ids)} results")
        return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="onrecord-restores-"))
    world = World(folder, random.Random(options.seed))
    found = ["it did not come to an end"]
    try:
        for _ in range(options.rounds):
            world.step()
        found = world.check()
    except AssertionError as error:
        found = [str(error)[:2_000]]
    finally:
        world.site.close()
    print(", ".join(f"{count} {kind}" for kind, count in sorted(world.did.items())))
    for text in found[:20]:
        print(text)
    if found:
        print(f"The journals are in {folder}; again: --seed {options.seed}")
        for service in world.site.services[-3:]:
            print("\n".join(service.lines[-5:]))
    else:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{world.numbers} articles, {len(found)} lost, doubled or wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

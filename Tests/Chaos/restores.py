#!/usr/bin/env python3
"""Backs up, kills, restores and copies the journals of a producer and an analyzer at random, and checks what became of it.

    ONRECORD_BIN=.build/release .venv/bin/python Tests/Chaos/restores.py --rounds 60 --journal postgres

Whatever happens: each article that the producer's journal holds in the end has exactly one result or dead letter, and a reader
that was there all the time has seen each of them. The exit code is 1 where that is not so. Half of the restores are not said.
With PostgreSQL, each service has a server of its own, which is set back while the service writes to it.
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
import postgres  # noqa: E402
from onrecord import BINARIES, Service, Site, article, eventually, fetch  # noqa: E402


class World:
    """A pair of services with journals in SQLite."""

    kinds = ["back_up", "restore", "restart", "copy"]

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
        arguments += tuple(self.journal(name))
        if name == "producer":
            self.producer = self.site.producer(*arguments, sources=["-"], stdin=subprocess.PIPE)
        else:
            self.analyzer = self.site.analyzer("--workers", 2, *arguments)
        getattr(self, name).wait_for(f"{name} is ready")

    def journal(self, name):
        """Options that say where a service keeps its journal, beside its folder."""
        return []

    def revive(self):
        """Starts what has ended by itself for a reason that a new start mends."""
        for name in ("producer", "analyzer"):
            service = getattr(self, name)
            if service.process.poll() is not None:
                assert service.ended() == 75, f"{name} ended with {service.ended()}: {service.lines[-5:]}"
                self.did[f"{name} ended with 75"] += 1
                self.start(name)

    def entries(self, stream):
        """The events of a stream; None where its service or server is away for the moment."""
        try:
            control = self.site.raw_control if stream == "raw" else self.site.res_control
            return [event for _, _, event in fetch(control, stream, patience=5)]
        except TimeoutError:
            return None
        except AssertionError as error:
            if "503" not in str(error):
                raise
            return None

    def ends(self):
        """Ids of the articles of all results and dead letters."""
        return [event["causationid"] for stream in ("res", "dlq") for event in self.entries(stream) or []]

    def close(self):
        self.site.close()

    def end(self, name):
        service = getattr(self, name)
        if self.draw.random() < 0.5:
            service.kill()
        else:
            service.process.terminate()
            # What was set back under it may be found out at this moment.
            code = service.ended()
            assert code in (0, 75), f"{name} ended with {code}: {service.lines[-5:]}"
            if code == 75:
                self.did[f"{name} ended with 75"] += 1

    def publish(self):
        """New articles, and some that were given before: the journal may know them, or have lost them."""
        numbers = list(range(self.numbers, self.numbers + self.draw.randint(1, 9)))
        self.numbers = numbers[-1] + 1
        numbers += self.draw.sample(range(self.numbers), min(self.draw.randint(0, 5), self.numbers))
        self.draw.shuffle(numbers)
        self.give(numbers)
        given = self.producer

        def held():
            nonlocal given
            self.revive()
            if self.producer is not given:
                # What its journal had not taken has to be given again.
                given = self.producer
                self.give(numbers)
            return {f"urn:t:{n}" for n in numbers} <= {event["data"]["uri"] for event in self.entries("raw") or []}

        eventually(held, "what was given is published")

    def give(self, numbers):
        """Gives articles to the producer, and does not wait. One that ends at this moment takes none of them: see `revive`."""
        lines = [json.dumps({"uri": f"urn:t:{n}", "version": "1", "body": article(n)}) + "\n" for n in numbers]
        try:
            self.producer.process.stdin.write("".join(lines))
            self.producer.process.stdin.flush()
        except BrokenPipeError:
            self.did["gave to a producer that ended"] += 1

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
            self.revive()
            articles = self.entries("raw")
            return articles is not None and {event["id"] for event in articles} <= set(self.ends())
        eventually(ended, "each article has its end")

    def step(self):
        kinds = [("publish", None)] * 6 + [("settle", None)] * 2
        kinds += [(kind, name) for kind in self.kinds for name in ("producer", "analyzer")]
        kind, name = self.draw.choice(kinds)
        self.did[f"{kind} {name or ''}".strip()] += 1
        self.revive()
        getattr(self, kind)(*([name] if name else []))

    def check(self):
        """What is wrong in the end."""
        self.publish()
        self.settle()
        articles = collections.Counter(event["data"]["uri"] for _, _, event in self.site.articles())
        found = [f"{uri} was published {count} times" for uri, count in articles.items() if count > 1]
        ends = collections.Counter(self.ends())
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


class PostgresWorld(World):
    """A pair of services with journals in PostgreSQL, each on a server of its own."""

    kinds = ["back_up", "restore", "restart", "kill_server"]

    def __init__(self, folder, draw):
        self.servers = {name: postgres.Server() for name in ("producer", "analyzer")}
        super().__init__(folder, draw)

    def journal(self, name):
        return ["--journal", postgres.url(self.servers[name])]

    def close(self):
        super().close()
        for server in self.servers.values():
            server.close()

    def load(self):
        """Articles that are on their way while something happens to a server: the journal may lose them."""
        numbers = list(range(self.numbers, self.numbers + self.draw.randint(5, 40)))
        self.numbers = numbers[-1] + 1
        self.give(numbers)

    def back_up(self, name):
        """A copy of the server's files, for which it stops under its service."""
        server = self.servers[name]
        self.load()
        server.stop()
        copy = f"{server.folder}/saved-{self.did.total()}"
        subprocess.run(["cp", "-a", server.data, copy], check=True)
        self.backups[name].append(copy)
        server.start()

    def restore(self, name):
        """The server's files as they were once, under a service that writes, or that is stopped and may be told."""
        if not self.backups[name]:
            return
        server = self.servers[name]
        isStopped = self.draw.random() < 0.4
        if isStopped:
            self.end(name)
        else:
            self.load()
        server.kill()
        shutil.rmtree(server.data)
        subprocess.run(["cp", "-a", self.draw.choice(self.backups[name]), server.data], check=True)
        server.start()
        if isStopped:
            self.start(name, *(["--restored"] if self.draw.random() < 0.5 else []))
        else:
            self.did[f"set back a {name}'s server under it"] += 1

    def kill_server(self, name):
        self.load()
        self.servers[name].kill()
        self.servers[name].start()


WORLDS = {"sqlite": World, "postgres": PostgresWorld}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--journal", choices=WORLDS, default="sqlite")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="onrecord-restores-"))
    world = WORLDS[options.journal](folder, random.Random(options.seed))
    found = ["it did not come to an end"]
    try:
        for _ in range(options.rounds):
            world.step()
        found = world.check()
    except AssertionError as error:
        found = [str(error)[:2_000]]
    finally:
        world.close()
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

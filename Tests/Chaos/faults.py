"""What goes wrong, each kind drawn at random."""

import collections
import signal
import threading
import time

# What a disk can fail at.
FILE_CALLS = ["posix/io/rw/pwrite", "posix/io/sync/fsync", "posix/io/sync/fdatasync", "posix/io/rw/ftruncate",
              "posix/io/oc/open", "posix/io/rw/pread", "posix/io/dir/unlink", "posix/io/*"]


class Faults:
    """Puts faults into a site, each for its time, and counts them."""

    def __init__(self, site, draw):
        self.site = site
        self.draw = draw
        self.counts = collections.Counter()
        self.kinds = [
            (6, self.kill), (5, self.hold), (2, self.terminate), (1, self.power), (4, self.cut), (3, self.freeze),
            (3, self.fail_calls), (3, self.fill_disk), *((weight, kind) for weight, kind in site.faults(self))]
        self.busy = set()
        self.pending = []
        self.isStopping = threading.Event()

    @property
    def total(self):
        return sum(self.counts.values())

    def run(self, period):
        """Draws a fault every `period` seconds on average, until told to stop."""
        weights = [weight for weight, _ in self.kinds]
        while not self.isStopping.wait(self.draw.expovariate(1 / period)):
            [(_, kind)] = self.draw.choices(self.kinds, weights)
            kind()

    def stop(self):
        """Mends everything."""
        self.isStopping.set()
        for thread in self.pending:
            thread.join()

    def during(self, name, target, seconds, begin, end):
        """A fault that lasts; none is put on a target that has one."""
        if target in self.busy or begin() is False:
            return
        self.busy.add(target)
        self.counts[name] += 1

        def later():
            time.sleep(seconds)
            end()
            self.busy.discard(target)

        thread = threading.Thread(target=later, daemon=True)
        self.pending.append(thread)
        thread.start()

    def at_once(self, name, done):
        if done is not False:
            self.counts[name] += 1

    # MARK: - Processes

    def kill(self):
        target = self.draw.choice(self.site.processes)
        self.at_once(f"SIGKILL {target.kind}", target.send(signal.SIGKILL))

    def power(self):
        """Everything of this machine ends at once."""
        for target in self.site.processes:
            target.send(signal.SIGKILL)
        self.at_once("SIGKILL everything", True)

    def terminate(self):
        target = self.draw.choice(self.site.processes)
        self.at_once(f"SIGTERM {target.kind}", target.send(signal.SIGTERM))

    def hold(self):
        """A process stands still, for less than a session lives or for much more."""
        target = self.draw.choice(self.site.processes)
        process = target.process
        self.during(
            f"SIGSTOP {target.kind}", target, self.draw.choice([self.draw.uniform(0.2, 4), self.draw.uniform(6, 14)]),
            lambda: target.send(signal.SIGSTOP), lambda: process.poll() is None and process.send_signal(signal.SIGCONT))

    # MARK: - Network

    def cut(self):
        name, proxy = self.draw.choice(self.site.links)
        self.during(f"cut {name}", proxy, self.draw.uniform(0, 5), proxy.cut, proxy.mend)

    def freeze(self):
        name, proxy = self.draw.choice(self.site.links)
        self.during(f"freeze {name}", proxy, self.draw.uniform(0.5, 12), proxy.hold, proxy.mend)

    # MARK: - Disk

    def fail_calls(self):
        """Some of a process's system calls fail, as they do on a broken disk."""
        candidates = [process for process in self.site.processes if process.takesFailures]
        if not candidates:
            return
        target, call = self.draw.choice(candidates), self.draw.choice(FILE_CALLS)
        process = target.process
        # Everything that reads and writes includes sockets and wakers: fewer, since the process soon ends of it.
        chance = 0.0005 if call.endswith("*") else 0.05

        def begin():
            target.hasFailures = target.inject(f"enable_random name={call},probability={chance}")
            return target.hasFailures

        def end():
            if target.process is process and target.inject(f"disable name={call}"):
                target.hasFailures = False

        self.during(f"failing {call}", target, self.draw.uniform(0.5, 4), begin, end)

    def fill_disk(self):
        disks = [disk for disk in self.site.disks if disk.isMounted]
        if disks:
            disk = self.draw.choice(disks)
            self.during("full disk", disk, self.draw.uniform(0.5, 6), disk.fill, disk.empty)

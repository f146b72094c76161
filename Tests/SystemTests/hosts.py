"""Machines of a test's own: network namespaces on a switch, with cables that can be pulled and made bad."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from onrecord import DEADLINE, Service

PREFIX = "onrecord"
NETWORK = "198.18.0"


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=DEADLINE)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    return done.stdout


def obstacle():
    """Why there can be no namespaces here, or None."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root can make network namespaces"
    if not shutil.which("ip"):
        return "iproute2 is not installed"
    try:
        Network("x").close()
    except RuntimeError as error:
        return f"this system allows no network namespaces: {error}"
    return None


class Host:
    """A machine with an address, names that it knows, and a cable to the switch."""

    def __init__(self, network, name, number):
        self.network, self.name = network, name
        self.namespace = f"{network.switch}-{name}"
        self.address = f"{NETWORK}.{number}"
        self.plug = f"to-{name}"
        self.files = pathlib.Path("/etc/netns", self.namespace)
        self.files.mkdir(parents=True)
        self.services = []
        run("ip", "netns", "add", self.namespace)
        run("ip", "-n", network.switch, "link", "add", self.plug, "type", "veth", "peer", "name", "eth0", "netns", self.namespace)
        run("ip", "-n", network.switch, "link", "set", self.plug, "master", "bridge", "up")
        run("ip", "-n", self.namespace, "address", "add", f"{self.address}/24", "dev", "eth0")
        run("ip", "-n", self.namespace, "link", "set", "lo", "up")
        run("ip", "-n", self.namespace, "link", "set", "eth0", "up")

    def knows(self, **addresses):
        """Sets which addresses names have, also for programs that run already."""
        lines = [f"{address} {name}.example\n" for name, address in addresses.items()]
        # In place: what is mounted over /etc/hosts is this very file.
        (self.files / "hosts").write_text("127.0.0.1 localhost\n" + "".join(lines))

    @property
    def within(self):
        return ["ip", "netns", "exec", self.namespace]

    def start(self, program, *arguments, **options):
        service = Service(program, *arguments, within=self.within, **options)
        self.services.append(service)
        return service

    def run(self, *command, **options):
        return subprocess.run([*self.within, *map(str, command)], capture_output=True, text=True, timeout=DEADLINE, **options)

    def pull(self):
        """Pulls the cable: neither side can send, and nobody is told who was connected."""
        run("ip", "-n", self.network.switch, "link", "set", self.plug, "down")

    def plug_in(self):
        run("ip", "-n", self.network.switch, "link", "set", self.plug, "up")

    def lose(self, percent=30):
        """Makes the cable lose packets on their way to this host: at random where the kernel has netem, else whatever comes faster
        than a trickle."""
        device = ["tc", "-n", self.network.switch, "qdisc", "replace", "dev", self.plug, "root"]
        try:
            run(*device, "netem", "loss", f"{percent}%")
        except RuntimeError:
            run(*device, "tbf", "rate", "1mbit", "burst", "2kb", "limit", "3kb")

    def mend(self):
        run("tc", "-n", self.network.switch, "qdisc", "del", "dev", self.plug, "root")

    def close(self):
        for service in self.services:
            if service.process.poll() is None:
                service.kill()
        run("ip", "netns", "del", self.namespace)
        shutil.rmtree(self.files)


class Network:
    """A switch, and machines by name."""

    def __init__(self, *names):
        clear_up()
        self.switch = f"{PREFIX}-{os.getpid()}"
        self.hosts = []
        run("ip", "netns", "add", self.switch)
        try:
            run("ip", "-n", self.switch, "link", "add", "bridge", "type", "bridge")
            run("ip", "-n", self.switch, "link", "set", "bridge", "up")
            for number, name in enumerate(names, 1):
                self.hosts.append(Host(self, name, number))
        except RuntimeError:
            self.close()
            raise

    def close(self):
        for host in self.hosts:
            host.close()
        run("ip", "netns", "del", self.switch)


def clear_up():
    """Removes what a test left behind that was killed."""
    for folder in ("/run/netns", "/etc/netns"):
        for left in pathlib.Path(folder).glob(f"{PREFIX}-*"):
            owner = re.match(rf"{PREFIX}-(\d+)", left.name)
            if owner and not pathlib.Path("/proc", owner.group(1)).exists():
                if folder == "/run/netns":
                    subprocess.run(["ip", "netns", "del", left.name], capture_output=True)
                else:
                    shutil.rmtree(left, ignore_errors=True)

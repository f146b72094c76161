"""deploy/run, with programs that only say what the real ones say: what it tells when one ends, and that it leaves nothing behind."""

import fcntl
import os
import shutil
import signal
import subprocess

import pytest
from onrecord import DEADLINE, ROOT, eventually

SERVICE = '#!/bin/sh\necho $$ >"$0.pid"\necho "${0##*/} is ready"\n'
PROGRAMS = {
    "swift": '#!/bin/sh\ncase "$*" in *--version*) echo "Swift version 6.3" ;; *--show-bin-path*) dirname "$0" ;; esac\n',
    "producer": SERVICE + 'echo "all sources are read"\nexec sleep 1000\n',
    "analyzer": SERVICE + "exec sleep 1000\n",
    "onrecord": '#!/bin/sh\ncase "$*" in fetch*) echo 1; echo 2 ;; *--count*) echo "$@" ;; *) exec sleep 1000 ;; esac\n',
}


class Place:
    """A copy of the script, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        (folder / "deploy").mkdir()
        for name in ("run", "lib.sh"):
            shutil.copy(ROOT / "deploy" / name, folder / "deploy" / name)
        for name, text in PROGRAMS.items():
            self.program(name, text)
        self.runs = []

    def program(self, name, text):
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def run(self, *arguments):
        number = len(self.runs)
        with open(self.folder / f"{number}.out", "w") as out, open(self.folder / f"{number}.err", "w") as err:
            self.runs.append(subprocess.Popen(
                [self.folder / "deploy" / "run", *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                env={**os.environ, "PATH": f"{self.bin}:{os.environ['PATH']}"}, start_new_session=True,
                # What these tests are run by may ignore it, as a shell has what it starts in the background do, and a script cannot trap
                # what it is started to ignore.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)))
        return self.runs[-1]

    def said(self, number=0):
        return (self.folder / f"{number}.err").read_text()

    def service(self, name):
        return int((self.bin / f"{name}.pid").read_text())

    def ends(self):
        """Waits until nothing is left of what a run began: all of that has its lock, also the `sleep` of a loop that was killed."""
        def is_free():
            with open(self.folder / ".state" / "run.lock") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
            return True

        eventually(is_free, "nothing is left of the run")

    def close(self):
        for run in self.runs:
            try:
                os.killpg(run.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            run.wait()


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("name", ["producer", "analyzer"])
def test_a_service_that_ends_is_named_and_ends_all(place, name):
    run = place.run()
    eventually(lambda: "appear below" in place.said(), "both services")
    os.kill(place.service(name), signal.SIGKILL)
    assert run.wait(DEADLINE) == 69 and f"{name} ended with status 137; its log is .state/{name}.log." in place.said()
    place.ends()


def test_a_service_that_does_not_begin_is_named_with_what_it_said(place):
    place.program("analyzer", "#!/bin/sh\necho the port is taken\nexit 73\n")
    assert place.run().wait(DEADLINE) == 69
    assert "the port is taken\nanalyzer ended with status 73; its log is .state/analyzer.log." in place.said()
    place.ends()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_script_alone_ends_all(place, number):
    run = place.run()
    eventually(lambda: "appear below" in place.said(), "both services")
    run.send_signal(number)
    assert run.wait(DEADLINE) == 0
    place.ends()


def test_a_second_run_says_so_and_leaves_the_first_alone(place):
    first = place.run()
    eventually(lambda: "appear below" in place.said(), "both services")
    assert place.run().wait(DEADLINE) == 75
    assert place.said(1).startswith("Another deploy/run is at work here") and len(place.said(1).splitlines()) == 1
    assert first.poll() is None and "producer is ready" in (place.folder / ".state" / "producer.log").read_text()
    # A service of one that was killed has the journal still.
    first.kill()
    first.wait()
    assert place.run().wait(DEADLINE) == 75


def test_once_shows_as_many_analyses_as_there_are_articles(place):
    assert place.run("--once").wait(DEADLINE) == 0
    assert (place.folder / "0.out").read_text() == "tail --from 1 --count 2\n"
    place.ends()

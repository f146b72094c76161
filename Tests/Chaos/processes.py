"""Processes that are started again whenever they end, as a supervisor does."""

import os
import pathlib
import signal
import subprocess
import threading
import time

# What a program dies of when it is at fault itself.
CRASHES = {signal.SIGILL, signal.SIGTRAP, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGSEGV}
PRELOADS = [pathlib.Path("/usr/lib/fiu") / name for name in ("fiu_run_preload.so", "fiu_posix_preload.so")]


class Kept:
    """A process that is kept running until `stop`."""

    def __init__(self, name, command, folder, draw, takesFailures=False, **options):
        self.name = name
        self.command = command if callable(command) else lambda: command
        self.log = pathlib.Path(folder) / f"{name}.log"
        self.fifo = pathlib.Path(folder) / f"{name}.fiu"
        self.draw = draw
        self.options = options
        self.mayTakeFailures = takesFailures and all(path.exists() for path in PRELOADS)
        # libfiu's own thread takes SIGTERM before the program can, so that only every other life of a process has it.
        self.takesFailures = False
        self.hasFailures = False
        self.starts = 0
        self.crashes = []  # exit codes of ends that were its own fault
        self.ends = {}  # exit codes of all ends, counted
        self.onStart = lambda process: None  # may give a thread that reads its output
        self.isStopping = False
        self.process = None
        self.keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self):
        self.keeper.start()
        return self

    def _keep(self):
        while not self.isStopping:
            environment = dict(os.environ)
            self.takesFailures = self.mayTakeFailures and self.draw.random() < 0.5
            if self.takesFailures:
                environment |= {"LD_PRELOAD": " ".join(map(str, PRELOADS)), "FIU_CTRL_FIFO": str(self.fifo)}
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [str(word) for word in self.command()], stderr=log,
                    **{"stdout": log, "env": environment, **self.options})
            self.starts += 1
            reader = self.onStart(self.process)
            code = self.process.wait()
            if reader:
                reader.join()
            self.ends[code] = self.ends.get(code, 0) + 1
            # libzmq aborts on system calls that never fail in reality, which is as good as being killed.
            if -code in CRASHES and not self.hasFailures:
                self.crashes.append(code)
            self.hasFailures = False
            if not self.isStopping:
                time.sleep(self.draw.uniform(0, 1.5))

    def send(self, number):
        """Sends a signal, if the process runs."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            return True
        return False

    def inject(self, command):
        """Tells the failure points in the process what to do."""
        pipe = f"{self.fifo}-{self.process.pid}"
        if self.process.poll() is not None or not os.path.exists(f"{pipe}.in"):
            return False
        try:
            done = subprocess.run(["fiu-ctrl", "-c", command, pipe], capture_output=True, timeout=5)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    def stop(self, patience=60):
        """SIGTERM; whether the process ended well, and in time."""
        self.isStopping = True
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return False
        return code == 0 or self.takesFailures and code == -signal.SIGTERM

    def lines(self):
        return self.log.read_text(errors="replace").splitlines()

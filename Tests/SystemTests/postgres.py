"""PostgreSQL servers of a test's own: Debian's binaries, on Unix sockets in temporary folders."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

from psycopg import pq

ROOT = pathlib.Path("/usr/lib/postgresql")
DEADLINE = 300  # seconds after which a test fails instead of hanging


def binaries():
    """Folder of the newest server from 15 on, or None where there is none."""
    versions = [int(folder.name) for folder in ROOT.iterdir() if folder.name.isdigit()] if ROOT.is_dir() else []
    newest = max((version for version in versions if version >= 15), default=None)
    return newest and ROOT / str(newest) / "bin"


def url(*servers, database="postgres"):
    """The URL of a journal on a server; several servers make one that follows a fail-over."""
    hosts = ",".join(server.folder for server in servers)
    return f"postgres:///{database}?host={hosts}&user=postgres"


class Server:
    """A server that can be stopped, killed, held still and promoted; it ends with this process at the latest.

    `standby_of` makes a copy of another server that follows it.
    """

    def __init__(self, *settings, standby_of=None):
        self.programs = binaries()
        if self.programs is None:
            raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
        # Not in pytest's folders: the path of a socket ends at 107 bytes, and the server is another user.
        self.folder = tempfile.mkdtemp(prefix="onrecord-pg-")
        self.user = {}
        if os.geteuid() == 0:
            # The server refuses to run as root.
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self.data = f"{self.folder}/data"
        self.guard = None
        if standby_of:
            self._copy(standby_of)
        else:
            self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        # Shared memory in files of its folder: what a killed server leaves behind goes with it.
        self.settings = ["listen_addresses=", f"unix_socket_directories={self.folder}",
                         "dynamic_shared_memory_type=mmap", *settings]
        self.start()

    def _copy(self, primary):
        self._run("pg_basebackup", "-h", primary.folder, "-U", "postgres", "-D", self.data, "-R", "-X", "stream",
                  "-c", "fast")

    def start(self):
        """Starts it, or starts it again after `stop` or `kill`; returns when it takes connections."""
        self._end_guard()
        options = [word for setting in self.settings for word in ("-c", setting)]
        # The server ends when this pipe closes, which also happens when this process is killed.
        script = 'trap "" INT; "$@" >>"$LOG" 2>&1 </dev/null & cat >/dev/null; kill -QUIT $! 2>/dev/null; wait'
        self.guard = subprocess.Popen(
            ["/bin/sh", "-c", script, "sh", self.programs / "postgres", "-D", self.data, *options],
            stdin=subprocess.PIPE, start_new_session=True, env={**os.environ, "LOG": f"{self.folder}/log"}, **self.user)
        end = time.monotonic() + DEADLINE
        while pq.PGconn.ping(self._address("postgres")) != pq.Ping.OK:
            if time.monotonic() > end:
                raise RuntimeError(f"the server did not start:\n{self.log()}")
            time.sleep(0.05)

    def stop(self, mode="fast"):
        """Ends it in order: `fast` cuts the sessions off, `immediate` does not even write what is in memory."""
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-t", str(DEADLINE), "stop")
        self._end_guard()

    def kill(self):
        """SIGKILL to all its processes, as far as a process can crash like its machine."""
        self._signal(signal.SIGKILL)
        self._end_guard()

    def hold(self):
        """SIGSTOP to all its processes: sessions stay open, nothing is answered."""
        self._signal(signal.SIGSTOP)

    def resume(self):
        """Lets it go on after `hold`."""
        self._signal(signal.SIGCONT)

    def cut(self):
        """Ends the sessions of all journals, as a network does that fails."""
        self.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'onrecord%'")

    def promote(self):
        """Makes a standby a primary; returns when it is one."""
        self._run("pg_ctl", "-D", self.data, "-w", "-t", str(DEADLINE), "promote")

    def follow(self, primary):
        """Makes a server that was killed anew, as a standby of another."""
        shutil.rmtree(self.data)
        self._copy(primary)
        self.start()

    def require_standby(self):
        """Acknowledges from now on only what a standby has, too; returns when one follows."""
        self.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.execute("SELECT pg_reload_conf()")
        end = time.monotonic() + DEADLINE
        while "sync" not in self.execute("SELECT sync_state FROM pg_stat_replication").split():
            if time.monotonic() > end:
                raise RuntimeError(f"no standby follows:\n{self.log()}")
            time.sleep(0.05)

    def execute(self, sql, database="postgres"):
        """Runs statements as an administrator; the rows, a line for each with | between the columns."""
        connection = pq.PGconn.connect(self._address(database))
        try:
            if connection.status != pq.ConnStatus.OK:
                raise RuntimeError(f"{sql}: {connection.error_message.decode()}")
            connection.send_query(sql.encode())
            lines = []
            while result := connection.get_result():
                if result.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK, pq.ExecStatus.EMPTY_QUERY):
                    raise RuntimeError(f"{sql}: {result.error_message.decode()}")
                for row in range(result.ntuples):
                    lines.append("|".join((result.get_value(row, column) or b"").decode() for column in range(result.nfields)) + "\n")
            return "".join(lines)
        finally:
            connection.finish()

    def _address(self, database):
        return f"host={self.folder} user=postgres dbname={database}".encode()

    def log(self):
        """The end of the server's log."""
        file = pathlib.Path(self.folder, "log")
        return file.read_text(errors="replace")[-4_000:] if file.exists() else "no log"

    def close(self):
        """Ends it at once and removes its folder."""
        if self.guard:
            self._signal(signal.SIGCONT)
        self._end_guard()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end_guard(self):
        if self.guard:
            self.guard.stdin.close()
            self.guard.wait(DEADLINE)
            self.guard = None

    def _signal(self, number):
        try:
            postmaster = int(pathlib.Path(self.data, "postmaster.pid").read_text().split()[0])
            children = pathlib.Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        except FileNotFoundError:
            return
        for process in [postmaster, *map(int, children)]:
            try:
                os.kill(process, number)
            except ProcessLookupError:
                pass

    def _run(self, program, *arguments):
        done = subprocess.run([self.programs / program, *arguments], cwd=self.folder, capture_output=True, text=True,
                              timeout=DEADLINE, **self.user)
        if done.returncode != 0:
            raise RuntimeError(f"{program} {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

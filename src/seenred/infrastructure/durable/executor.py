"""Which processes are at work: each holds a lock that the system lets go of when it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from pathlib import Path


class Executors:
    """Processes of one machine that perform runs.

    Args:
        folder: holds a file for each.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks: dict[str, int] = {}

    def enter(self) -> str:
        """A name for this process, as no other has; it is at work until `leave`."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        while True:
            name = f"{os.getpid()}-{secrets.token_hex(4)}"
            lock = os.open(self._folder / name, os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.fstat(lock).st_nlink:
                self._locks[name] = lock
                return name
            os.close(lock)  # another process swept it away in the moment before it was locked

    def leave(self, name: str) -> None:
        """It is not at work any more."""
        lock = self._locks.pop(name, None)
        if lock is not None:
            (self._folder / name).unlink(missing_ok=True)
            os.close(lock)

    def at_work(self, name: str) -> bool:
        """Whether that process is there, be it frozen."""
        if name in self._locks:
            return True
        try:
            lock = os.open(self._folder / name, os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False

    def gone(self, name: str) -> bool:
        """Whether that process was of this machine and was killed; its lock is there and free."""
        return (self._folder / name).exists() and not self.at_work(name)

    def sweep(self) -> list[str]:
        """Forget the processes that were killed; returns their names."""
        gone = [path.name for path in self._folder.glob("*") if not self.at_work(path.name)]
        for name in gone:
            with contextlib.suppress(OSError):
                (self._folder / name).unlink()
        return gone

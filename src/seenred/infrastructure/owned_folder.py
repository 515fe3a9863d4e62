"""Temporary folders that the next start removes when their owner was killed.

The owner holds a lock on the folder itself: the system lets go of it when the process ends in
whatever way, and no number of a process has to be trusted, which may mean another one by then, or
nothing in another container.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from seenred.errors import EnvironmentLacks

_PREFIX = "seenred-run-"


class OwnedFolder:
    """A new temporary folder of this process."""

    def __init__(self) -> None:
        self.path, self._lock = _made()

    def remove(self) -> None:
        """Remove it with all that is in it; harmless when it is gone."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def remove_orphans() -> None:
    """Remove the folders whose owners are gone, as far as this user may."""
    for path in _around().glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            lock = _locked(path)
            if lock is not None:
                shutil.rmtree(path, ignore_errors=True)
                os.close(lock)


def _around() -> Path:
    """Where temporary folders are made.

    Raises:
        EnvironmentLacks: `temporary-folder-missing`.
    """
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        raise EnvironmentLacks(
            "temporary-folder-missing",
            "No folder for temporary files can be written; free some space, or name one in TMPDIR.",
        ) from None


def _made() -> tuple[Path, int | None]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_around()))
        lock = _locked(path)
        if lock is not None and path.exists():
            return path, lock
        # another start took it for an orphan in the moment before it was locked
        if lock is not None:
            os.close(lock)


def _locked(path: Path) -> int | None:
    """The folder, open and locked; None when another process has the lock.

    Raises:
        OSError: it is gone, is none, or belongs to somebody else.
    """
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(folder)
        return None
    except OSError:
        os.close(folder)
        raise
    return folder

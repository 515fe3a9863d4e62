"""One run at a time in a repository."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from seenred.errors import UsageError
from seenred.infrastructure.workshop.writing_git import system_refusal


@contextmanager
def locked(common: Path) -> Iterator[None]:
    """Hold the repository; the system lets go of it when this process ends in whatever way.

    Raises:
        UsageError: `run-active`, or git's folder cannot be written.
    """
    try:
        (common / "seenred").mkdir(exist_ok=True)
        lock = os.open(common / "seenred" / "lock", os.O_RDWR | os.O_CREAT)
    except OSError as problem:
        raise system_refusal(common, problem) from None
    try:
        _take(lock, common)
        yield
    finally:
        os.close(lock)


def _take(lock: int, common: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 200, 0).decode(errors="replace").strip()
        raise UsageError(
            "run-active",
            f"Another run is at work in this repository ({holder or 'it has just begun'}); "
            "wait until it ends, or stop it, and run this again.",
        ) from None
    now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"process {os.getpid()}, since {now}\n".encode(), 0)
    except OSError as problem:
        raise system_refusal(common, problem) from None

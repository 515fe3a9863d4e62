"""One run at a time in a repository."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from seenred.errors import UsageError
from seenred.infrastructure.workshop.writing_git import system_refusal

# seconds; a fast-forward of a large repository takes some
_PATIENCE, _PAUSE = 30.0, 0.05


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


@contextmanager
def held(common: Path) -> Iterator[int]:
    """An open file that a git of ours inherits: the next run can tell whether it lives on.

    Raises:
        UsageError: git's folder cannot be written.
    """
    try:
        lock = os.open(common / "seenred" / "merging", os.O_RDWR | os.O_CREAT)
        fcntl.flock(lock, fcntl.LOCK_EX)
    except OSError as problem:
        raise system_refusal(common, problem) from None
    try:
        yield lock
    finally:
        os.close(lock)


def wait_for_git(common: Path) -> None:
    """Wait until the git that a killed run left has ended; not for ever, for it may hang."""
    try:
        lock = os.open(common / "seenred" / "merging", os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        for _ in range(int(_PATIENCE / _PAUSE)):
            if _taken(lock):
                break
            time.sleep(_PAUSE)
    finally:
        os.close(lock)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

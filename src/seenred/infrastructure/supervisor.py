"""Every process that we start outside of the sandbox: none is left behind, whatever happens.

No shell; a session of its own, so that Ctrl-C is for us and its group can be ended as one; both
pipes are read; SIGTERM, then SIGKILL; waited for. `run` is for children that come to an end,
`spawn` and `end` for those that stay.
"""

from __future__ import annotations

import asyncio
import os
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

GRACE = 2.0  # seconds between SIGTERM and SIGKILL
LINGER = 0.5  # seconds for what is still in the pipes of a child that has ended
_PIECE = 1 << 16
_POLL = 0.02  # seconds between two looks, where the kernel does not tell that a child has ended


class Fate(StrEnum):
    """How a child came to its end."""

    EXITED = "exited"
    TIMED_OUT = "took too long"
    FLOODED = "wrote too much"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a child may take; None is no limit.

    Attributes:
        seconds: wall-clock time.
        output: bytes of both pipes together.
        memory: bytes of address space, where the system lets us say so.
    """

    seconds: float | None = None
    output: int = 1 << 30
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What is left of a child.

    Attributes:
        returncode: as of `subprocess`: negative for a signal.
    """

    fate: Fate
    returncode: int
    stdout: bytes
    stderr: bytes


def run(
    argv: Sequence[str],
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    allowance: Allowance | None = None,
) -> Finished:
    """Run a child to its end; when this is left, it and its group are gone.

    Raises:
        OSError: it could not be started.
    """
    allowed = allowance or Allowance()
    process = subprocess.Popen(
        argv,
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        cwd=cwd,
        start_new_session=True,
    )
    with process:
        try:
            _limit_memory(process.pid, allowed.memory)
            conversation = _Conversation(process, stdin, allowed)
            fate = conversation.hold()
        except BaseException:
            stop(process)
            raise
        stop(process, now=fate is Fate.EXITED)
        out, err = (bytes(conversation.heard[pipe]) for pipe in (process.stdout, process.stderr))
    return Finished(fate, process.returncode, out, err)


def _limit_memory(pid: int, memory: int | None) -> None:
    """Not between fork and exec, which would make every start slower."""
    if memory is not None and hasattr(resource, "prlimit"):
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_AS, (memory, memory))


class _Conversation:
    """What goes to a child and what comes from it, until it has ended or has had enough."""

    def __init__(
        self, process: subprocess.Popen[bytes], stdin: bytes, allowance: Allowance
    ) -> None:
        self.heard: dict[Any, bytearray] = {
            process.stdout: bytearray(),
            process.stderr: bytearray(),
        }
        self._process = process
        self._left = memoryview(stdin)
        self._output = allowance.output
        seconds = allowance.seconds
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._ended: float | None = None

    def hold(self) -> Fate:
        """Talk until the child has ended and its pipes are read, or a limit is passed."""
        ending = _ending_of(self._process.pid)
        try:
            with selectors.DefaultSelector() as selector:
                for pipe in self.heard:
                    selector.register(pipe, selectors.EVENT_READ)
                if self._process.stdin is not None:
                    os.set_blocking(self._process.stdin.fileno(), False)
                    selector.register(self._process.stdin, selectors.EVENT_WRITE)
                if ending is not None:
                    selector.register(ending, selectors.EVENT_READ)
                return self._held(selector, ending)
        finally:
            if ending is not None:
                os.close(ending)

    def _held(self, selector: selectors.BaseSelector, ending: int | None) -> Fate:
        while True:
            for key, _ in selector.select(self._patience(ending)):
                if key.fileobj == ending:
                    selector.unregister(key.fileobj)
                    self._ended = time.monotonic()
                elif key.fileobj is self._process.stdin:
                    self._write(selector, self._process.stdin)
                else:
                    self._read(selector, key.fileobj)
            if sum(map(len, self.heard.values())) > self._output:
                return Fate.FLOODED
            if self._is_over(selector):
                return Fate.EXITED
            if self._deadline is not None and time.monotonic() >= self._deadline:
                return Fate.TIMED_OUT

    def _is_over(self, selector: selectors.BaseSelector) -> bool:
        """It has ended, and nobody has anything left to say or has said it in time."""
        if self._ended is None and _has_ended(self._process):
            self._ended = time.monotonic()
        if self._ended is None:
            return False
        pipes = (key for key in selector.get_map().values() if key.fileobj in self.heard)
        return not any(pipes) or time.monotonic() >= self._ended + LINGER

    def _patience(self, ending: int | None) -> float | None:
        """Seconds until there is something to do without being told."""
        now = time.monotonic()
        times = [] if self._deadline is None else [self._deadline]
        if self._ended is not None:
            times.append(self._ended + LINGER)
        elif ending is None:
            times.append(now + _POLL)
        return max(0.0, min(times) - now) if times else None

    def _write(self, selector: selectors.BaseSelector, pipe: IO[bytes]) -> None:
        try:
            self._left = self._left[os.write(pipe.fileno(), self._left[:_PIECE]) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._left = memoryview(b"")
        if not self._left:
            selector.unregister(pipe)
            pipe.close()

    def _read(self, selector: selectors.BaseSelector, pipe: Any) -> None:
        piece = os.read(pipe.fileno(), _PIECE)
        if piece:
            self.heard[pipe] += piece
        else:
            selector.unregister(pipe)


def _ending_of(pid: int) -> int | None:
    """A file that can be read once the process has ended, where the system has such files."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has; where that can be, it is not waited for, so that its number stays its own."""
    if not hasattr(os, "waitid"):
        return process.poll() is not None
    try:
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, process.pid, options) is not None
    except ChildProcessError:
        return True


def stop(process: subprocess.Popen[bytes], *, now: bool = False) -> None:
    """End the group of a child that has a session of its own, and wait; `now` leaves it no time."""
    if not now:
        _tell(process.pid, signal.SIGTERM)
        until = time.monotonic() + GRACE
        while not _has_ended(process) and time.monotonic() < until:
            time.sleep(_POLL)
    _tell(process.pid, signal.SIGKILL)
    process.wait()


def _tell(group: int, number: signal.Signals) -> None:
    """Only before the child is waited for: its number may be another's afterwards."""
    with suppress(ProcessLookupError, PermissionError):  # macOS: only zombies are left of it
        os.killpg(group, number)


async def spawn(
    argv: Sequence[str], *, limit: int = 1 << 16, **options: Any
) -> asyncio.subprocess.Process:
    """A child that stays, in a session of its own; `end` ends it.

    Args:
        limit: bytes of the longest line that is read from it.
        options: as of `asyncio.create_subprocess_exec`.

    Raises:
        OSError: it could not be started.
    """
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(*argv, limit=limit, start_new_session=True, **options)
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        # cancelling asyncio's own start half-way can hang: let it come up, then end it
        with suppress(OSError):
            await end(await starting)
        raise


async def end(process: asyncio.subprocess.Process, grace: float = 0.0) -> None:
    """End a child that stays, with its group, and wait for it; harmless when it has ended.

    Args:
        grace: seconds that it has to end by itself after SIGTERM.
    """
    await asyncio.shield(asyncio.ensure_future(_ended(process, grace)))


async def _ended(process: asyncio.subprocess.Process, grace: float) -> None:
    if process.stdin is not None:
        process.stdin.close()
    if process.returncode is None and grace:
        _tell(process.pid, signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), grace)
    if process.returncode is None:
        _tell(process.pid, signal.SIGKILL)
    await process.wait()

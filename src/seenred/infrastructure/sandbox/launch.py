"""Starts a supervisor, feeds it a command, reads what comes back, and sees it gone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seenred.domain.execution import Command, Ending, Execution
from seenred.errors import EnvironmentLacks, SandboxFailed, UsageError
from seenred.infrastructure.sandbox.inside import supervise
from seenred.infrastructure.sandbox.inside.request import Report, Request
from seenred.infrastructure.sandbox.interpreter import Interpreter
from seenred.infrastructure.sandbox.own_copy import own_copies

_HERE = Path(__file__).parent
# seconds that a supervisor gets to clear up before it is killed itself
_GRACE = 5.0
_CHUNK = 1 << 16
NO_LOOPBACK = (
    "This machine's sandbox has no network of its own, so --allow-loopback would open this"
    " machine's; install bubblewrap and allow user namespaces."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a supervisor runs a command.

    Attributes:
        mode: `bubblewrap`, `landlock` or `none`.
        wrapper: words before the supervisor's own command line.
        package: folder that holds the package `inside`, as the supervisor sees it.
        scratch: the command's folder, as the supervisor sees it.
        own_pids: the supervisor is the first process of a pid namespace.
        folder: the command's `Folder` as the supervisor sees it, else "".
        own_copies: files of which it sees a copy that no other process does.
    """

    mode: str
    scratch: str
    folder: str = ""
    wrapper: tuple[str, ...] = ()
    package: str = str(_HERE)
    own_pids: bool = False
    own_copies: tuple[str, ...] = ()


async def launch(command: Command, place: Place, interpreter: Interpreter) -> Execution:
    """Run one command to its end.

    Raises:
        EnvironmentLacks: it needs a network of its own and there is none.
        SandboxFailed: the supervisor did not start, or could not confine the command.
        UsageError: a file's path leads out of the scratch directory.
    """
    if command.loopback and not place.own_pids:
        raise EnvironmentLacks("no-loopback", NO_LOOPBACK)
    request = _request(command, place, interpreter)
    reading, writing = os.pipe()
    argv = _supervisor(place, interpreter, writing)
    starting = asyncio.ensure_future(_start(place, argv, writing))
    try:
        process = await asyncio.shield(starting)
    except asyncio.CancelledError:
        # cancelling asyncio's own start half-way can hang: let it come up, then end it
        await _Conversation(await starting, reading, command).abandon()
        raise
    except OSError as error:
        os.close(reading)
        raise SandboxFailed(
            "sandbox-not-started",
            f"{(*place.wrapper, *argv)[0]} did not start: {error.strerror}; see seenred doctor.",
        ) from error
    return await _Conversation(process, reading, command).hold(request.to_bytes())


async def _start(place: Place, argv: tuple[str, ...], report_fd: int) -> asyncio.subprocess.Process:
    try:
        with own_copies(place.own_copies) as (words, fds):
            return await asyncio.create_subprocess_exec(
                *place.wrapper[:-1],
                *words,
                *place.wrapper[-1:],
                *argv,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                pass_fds=(report_fd, *fds),
                env={},
                start_new_session=True,
                cwd="/",
            )
    finally:
        os.close(report_fd)


def _supervisor(place: Place, interpreter: Interpreter, report_fd: int) -> tuple[str, ...]:
    start = (
        f"import sys; sys.path.insert(0, {place.package!r});"
        # imported here too, so that the read-only view inside finds its bytecode
        f" from inside.supervise import {supervise.main.__name__} as main; main({report_fd})"
    )
    return (interpreter.executable, "-I", "-S", "-c", start)


def _request(command: Command, place: Place, interpreter: Interpreter) -> Request:
    for name in (*command.files, *command.collect):
        if name.startswith("/") or not name or any(p in ("", ".", "..") for p in name.split("/")):
            raise UsageError(
                "sandbox-path", f"{name!r} leads out of the scratch directory; use a relative path."
            )
    first, *others = command.argv
    limits = command.limits
    folder = [place.folder] if place.folder else []

    def filled(text: str) -> str:
        return text.replace("{scratch}", place.scratch).replace("{folder}", place.folder)

    return Request(
        argv=[interpreter.executable if first == "{python}" else first, *map(filled, others)],
        files=dict(command.files),
        stdin=command.stdin,
        collect=list(command.collect),
        scratch=place.scratch,
        mode=place.mode,
        own_pids=place.own_pids,
        readable=[*interpreter.readable, *folder],
        cwd=place.folder or place.scratch,
        environment={name: filled(value) for name, value in command.environment.items()},
        seconds=limits.seconds,
        memory=limits.memory,
        processes=limits.processes,
        file_size=limits.file_size,
        disk=limits.disk,
        loopback=command.loopback,
        progress=limits.progress,
        pause=limits.pause,
    )


class _Conversation:
    """Everything that passes between us and one supervisor."""

    def __init__(self, process: asyncio.subprocess.Process, reading: int, command: Command) -> None:
        self._process = process
        self._reading = reading
        self._limit = command.limits.output
        self._seconds = command.limits.seconds
        self._report_limit = command.limits.disk + (1 << 20)
        self._flooded = False
        self._leaving: asyncio.ReadTransport | None = None

    async def hold(self, request: bytes) -> Execution:
        """Send the request and gather what comes; on any way out the processes are gone."""
        try:
            report = await self._open_report()
            async with asyncio.timeout(self._seconds + _GRACE):
                _, out, err, said = await asyncio.gather(
                    self._send(request),
                    self._read(_there(self._process.stdout), self._limit),
                    self._read(_there(self._process.stderr), self._limit),
                    self._read(report, self._report_limit),
                )
                await self._process.wait()
        except TimeoutError as error:
            raise SandboxFailed(
                "sandbox-stuck",
                f"the sandbox did not end {_GRACE:.0f} s after the command's deadline;"
                " see seenred doctor.",
            ) from error
        finally:
            await self.abandon()
        return self._execution(out, err, said)

    async def _open_report(self) -> asyncio.StreamReader:
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        self._leaving, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(self._reading, "rb", 0)
        )
        return reader

    async def _send(self, request: bytes) -> None:
        stdin = self._process.stdin
        assert stdin
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            stdin.write(request)
            await stdin.drain()
        stdin.close()

    async def _read(self, stream: asyncio.StreamReader, limit: int) -> bytes:
        kept = bytearray()
        while part := await stream.read(_CHUNK):
            kept += part[: limit + 1 - len(kept)]
            if len(kept) > limit:
                self._flooded = True
                self._hang_up()
        return bytes(kept[:limit])

    def _hang_up(self) -> None:
        """The supervisor ends its command as soon as nobody waits for its report."""
        if self._leaving is not None:
            self._leaving.close()
        elif self._reading >= 0:
            os.close(self._reading)
        self._reading = -1

    async def abandon(self) -> None:
        """See the processes gone, whatever they are at; harmless when they are."""
        self._hang_up()
        stdin = self._process.stdin
        if stdin is not None and not stdin.is_closing():
            stdin.transport.abort()  # a supervisor that still reads its request leaves
        await asyncio.shield(asyncio.ensure_future(self._wait_or_kill()))

    async def _wait_or_kill(self) -> None:
        try:
            await asyncio.wait_for(self._drained(), _GRACE)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()

    async def _drained(self) -> None:
        """Wait for the end; a full pipe must not hold it up."""
        streams = (self._process.stdout, self._process.stderr)
        await asyncio.gather(*(_discard(_there(stream)) for stream in streams))
        await self._process.wait()

    def _execution(self, out: bytes, err: bytes, said: bytes) -> Execution:
        if self._flooded:
            return Execution(Ending.TOO_MUCH_OUTPUT, 128 + signal.SIGKILL, out, err, 0.0)
        try:
            report = Report.from_bytes(said)
        except ValueError as error:
            raise SandboxFailed("sandbox-broke", _broke(err)) from error
        if report.failure:
            raise SandboxFailed(
                "sandbox-not-confined", f"The sandbox {report.failure}; see seenred doctor."
            )
        return Execution(
            Ending(report.ending), report.exit_code, out, err, report.seconds, report.collected
        )


def _there(stream: asyncio.StreamReader | None) -> asyncio.StreamReader:
    assert stream is not None  # we asked for pipes
    return stream


async def _discard(stream: asyncio.StreamReader) -> None:
    while await stream.read(_CHUNK):
        pass


def _broke(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"]
    return f"The sandbox broke down: {lines[-1]}; see seenred doctor."


def parents(paths: Sequence[str]) -> list[str]:
    """Every folder above the paths, outermost first."""
    above = {str(parent) for path in paths for parent in Path(path).parents}
    return sorted(above - {"/"}, key=len)

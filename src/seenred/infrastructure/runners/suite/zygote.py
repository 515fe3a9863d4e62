"""One zygote as the host has it: started, asked, ended."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seenred.domain.execution import Folder, Limits
from seenred.errors import SandboxFailed
from seenred.infrastructure.environment.project_python import ProjectPython
from seenred.infrastructure.owned_folder import OwnedFolder
from seenred.infrastructure.runners.suite.inside.start import LENGTH
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap
from seenred.infrastructure.sandbox.inside.request import Report
from seenred.infrastructure.sandbox.inside.supervise import basic_environment
from seenred.infrastructure.sandbox.launch import Place
from seenred.infrastructure.sandbox.none import Unconfined
from seenred.infrastructure.sandbox.own_copy import own_copies
from seenred.infrastructure.supervisor import end, spawn
from seenred.referee.ports import Sandbox

_SUITE = Path(__file__).parent / "inside"
_SANDBOX = Path(__file__).parents[2] / "sandbox" / "inside"
_NAMES = {"seenred_inside": str(_SUITE), "seenred_sandbox": str(_SANDBOX)}
# bytes that all checks together may write at one time
_DISK = 512 << 20
# seconds to start, and more than a check's own limit to answer, on a busy machine
_START, _GRACE = 60.0, 15.0
_PROGRAM = """
import importlib.util, sys
for name, folder in {packages!r}.items():
    spec = importlib.util.spec_from_file_location(
        name, folder + "/__init__.py", submodule_search_locations=[folder])
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
sys.path[:] = [entry for entry in sys.path if entry]
from seenred_inside.zygote import main
main({settings!r}, {reply})
"""


class Unprepared(Exception):
    """A zygote came up but could not get ready; the message says why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a zygote has ready, and all that this depends on besides the interpreter.

    Attributes:
        prepared: a session has begun; otherwise pytest is only imported.
        options: pytest's command line without the tests.
        path: folders that go first on the path.
        settings: content of the files in which pytest looks for options.
    """

    prepared: bool
    options: tuple[str, ...]
    path: tuple[str, ...]
    hash_seed: int
    settings: tuple[tuple[str, str], ...]


class Zygote:
    """A process that answers checks, one at a time."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        replies: asyncio.StreamReader,
        transport: asyncio.ReadTransport,
        scratch: OwnedFolder | None,
    ) -> None:
        self._process = process
        self._replies = replies
        self._transport = transport
        self._scratch = scratch

    @property
    def pid(self) -> int:
        """The process that was started; the zygote is it, or lies below it."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None

    @classmethod
    async def start(
        cls, sandbox: Sandbox, python: ProjectPython, kind: Kind, folder: Folder
    ) -> Zygote:
        """Bring one up.

        Raises:
            Unprepared: it could not get what it should have ready.
            SandboxFailed: it did not start at all.
        """
        scratch = None if isinstance(sandbox, Bubblewrap) else OwnedFolder()
        place = _place(sandbox, folder, str(scratch.path) if scratch else "")
        environment = _environment(place, python, kind)
        reading, writing = os.pipe()
        try:
            with own_copies(place.own_copies) as (words, fds):
                argv = _command(place, words, python, kind, environment, writing)
                process = await _spawn(argv, environment, writing, fds)
            zygote = cls(process, *await _reader(reading), scratch)
        except OSError as error:
            raise SandboxFailed(
                "zygote-not-started", f"The test process did not start: {error}."
            ) from error
        try:
            ready = json.loads(await zygote._answer(_START))
        except BaseException:
            await zygote.close()
            raise
        if "failed" in ready:
            await zygote.close()
            raise Unprepared(str(ready["failed"]))
        return zygote

    async def check(self, job: Mapping[str, Any], limits: Limits, loopback: bool) -> Report:
        """Run one check; whoever stops waiting for it ends the zygote.

        Raises:
            SandboxFailed: the zygote is gone.
        """
        told = {
            "seconds": limits.seconds,
            "memory": limits.memory,
            "processes": limits.processes,
            "file_size": limits.file_size,
            "disk": limits.disk,
            "loopback": loopback,
            "progress": limits.progress,
            "pause": limits.pause,
        }
        data = json.dumps({"job": job, "limits": told}).encode()
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(b"%0*d" % (LENGTH, len(data)) + data)
            await stdin.drain()
            return Report.from_bytes(await self._answer(limits.seconds + _GRACE))
        except (ConnectionError, ValueError) as error:
            await self.close()
            raise SandboxFailed("zygote-gone", "The test process ended by itself.") from error
        except BaseException:
            await self.close()
            raise

    async def _answer(self, seconds: float) -> bytes:
        try:
            async with asyncio.timeout(seconds):
                length = int(await self._replies.readexactly(LENGTH))
                return await self._replies.readexactly(length)
        except (asyncio.IncompleteReadError, TimeoutError) as error:
            raise SandboxFailed("zygote-gone", await self._last_words()) from error

    async def _last_words(self) -> str:
        await self.close()
        stderr = self._process.stderr
        said = await stderr.read() if stderr is not None else b""
        lines = said.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        return f"The test process is gone: {lines[-1]}; see seenred doctor."

    async def close(self) -> None:
        """End it and everything below it; harmless when it is gone."""
        await end(self._process)
        self._transport.close()
        if self._scratch:
            await asyncio.to_thread(self._scratch.remove)


def _place(sandbox: Sandbox, folder: Folder, scratch: str) -> Place:
    if isinstance(sandbox, Bubblewrap):
        return sandbox.place(_DISK, folder, _NAMES)
    mode = "none" if isinstance(sandbox, Unconfined) else "landlock"
    return Place(mode, scratch, folder.path)


def _command(
    place: Place,
    copies: list[str],
    python: ProjectPython,
    kind: Kind,
    environment: Mapping[str, str],
    reply: int,
) -> list[str]:
    confined = place.mode == "bubblewrap"
    packages = {name: f"{place.package}/{name}" for name in _NAMES} if confined else _NAMES
    settings = {
        "mode": place.mode,
        "own_pids": place.own_pids,
        "readable": [*python.interpreter.readable, place.folder, *packages.values()],
        "scratch": place.scratch,
        "root": place.folder,
        "prepared": kind.prepared,
        "options": kind.options,
        "path": kind.path,
    }
    program = _PROGRAM.format(packages=packages, settings=json.dumps(settings), reply=reply)
    wrapper = list(place.wrapper)
    if wrapper:
        variables = [word for pair in environment.items() for word in ("--setenv", *pair)]
        wrapper[-1:-1] = [*copies, *variables]
    return [*wrapper, python.interpreter.executable, "-s", "-P", "-B", "-c", program]


def _environment(place: Place, python: ProjectPython, kind: Kind) -> dict[str, str]:
    folder = Path(python.interpreter.executable).parent
    return {
        **basic_environment(place.scratch),
        "PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin",
        "PYTHONHASHSEED": str(kind.hash_seed),
    }


async def _spawn(
    argv: list[str], environment: dict[str, str], reply: int, fds: tuple[int, ...]
) -> asyncio.subprocess.Process:
    try:
        return await spawn(
            argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            pass_fds=(reply, *fds),
            env=environment,
            cwd="/",
        )
    finally:
        os.close(reply)


async def _reader(fd: int) -> tuple[asyncio.StreamReader, asyncio.ReadTransport]:
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(fd, "rb", 0)
    )
    return reader, transport

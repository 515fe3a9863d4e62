"""The parent's side of a model that runs in a child process.

Both sides speak JSON lines. To the child: `{"do": "complete", "id": 1, "request": {…}}` and
`{"do": "cancel", "id": 1}`; a closed pipe ends it. From the child: `ready`, or `failed` while it
loads; then for each request any number of `text` and one `done` or `failed`.
"""

from __future__ import annotations

import asyncio
import json
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from seenred.errors import ModelFailed
from seenred.infrastructure.supervisor import end, spawn

CANCEL_SECONDS = 2.0
LINE_LIMIT = 16 << 20  # bytes of the longest line either side sends
STDERR_TAIL = 8192  # bytes

OnText = Callable[[str], None]


class ChildProcess:
    """Starts the child when it is first asked, and again after it died."""

    def __init__(self, name: str, argv: Sequence[str]) -> None:
        """`name` is the model's, for messages; `argv` starts the child."""
        self._name = name
        self._argv = tuple(argv)
        self._process: Process | None = None
        self._stderr = bytearray()
        self._listener: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._last_id = 0

    @property
    def pid(self) -> int | None:
        """Of the running child, whose process group has the same number."""
        return self._process.pid if self._process else None

    async def ask(
        self, request: Mapping[str, Any], on_text: OnText | None = None
    ) -> dict[str, Any]:
        """The `done` event of one request; when cancelled, the child is idle or gone.

        Raises:
            ModelFailed: the child could not load, failed, or died.
        """
        async with self._turn:
            process = self._process or await self._start()
            self._last_id += 1
            async with self._cancelled_on_error(process, self._last_id):
                await self._send(process, "complete", self._last_id, request=request)
                return await self._finish(process, self._last_id, on_text)

    async def close(self) -> None:
        """End the child; harmless when there is none."""
        process, listener = self._process, self._listener
        self._process = self._listener = None
        if process is None or listener is None:
            return
        await asyncio.shield(asyncio.gather(end(process), listener, _drained(process)))

    async def _start(self) -> Process:
        """A session of its own: Ctrl-C in the terminal reaches the parent alone."""
        self._stderr.clear()
        pipes = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE}
        process = await spawn(self._argv, limit=LINE_LIMIT, **pipes)
        self._process = process
        self._listener = asyncio.create_task(self._listen(process))
        try:
            event = await self._event(process)
            if event["event"] == "failed":
                raise _failure(event)
        except BaseException:
            await self.close()
            raise
        return process

    async def _listen(self, process: Process) -> None:
        """Keep the end of stderr, for the message when the child dies."""
        assert process.stderr is not None
        while piece := await process.stderr.read(STDERR_TAIL):
            self._stderr += piece
            del self._stderr[:-STDERR_TAIL]

    async def _send(self, process: Process, do: str, number: int, **more: object) -> None:
        assert process.stdin is not None
        process.stdin.write(json.dumps({"do": do, "id": number, **more}).encode() + b"\n")
        with suppress(ConnectionError):  # a dead child is noticed when its answer is read
            await process.stdin.drain()

    async def _finish(
        self, process: Process, number: int, on_text: OnText | None
    ) -> dict[str, Any]:
        while True:
            event = await self._event(process)
            if event.get("id") != number:
                continue
            if event["event"] == "failed":
                raise _failure(event)
            if event["event"] == "done":
                return event
            if on_text is not None:
                on_text(event["text"])

    async def _event(self, process: Process) -> dict[str, Any]:
        """The next thing the child says.

        Raises:
            ModelFailed: it died, or said what is no event.
        """
        assert process.stdout is not None
        line = await process.stdout.readline()
        if not line:
            raise await self._death(process)
        event: dict[str, Any] = json.loads(line)
        return event

    async def _death(self, process: Process) -> ModelFailed:
        code = await process.wait()
        await self.close()
        how = f"was killed by {_signal_name(-code)}" if code < 0 else f"exited with {code}"
        why = " (out of memory?)" if -code == signal.SIGKILL else ""
        words = self._stderr.decode(errors="replace").strip().splitlines()
        said = f"; it last said: {words[-1].strip()[:200]}" if words else ""
        return ModelFailed(
            "model-crashed",
            f"The process of {self._name} {how}{why}{said}; "
            "try again, or choose a smaller model with --model.",
        )

    @asynccontextmanager
    async def _cancelled_on_error(self, process: Process, number: int) -> AsyncIterator[None]:
        """Leave no reply running that nobody waits for."""
        try:
            yield
        except ModelFailed:
            raise
        except BaseException:
            try:
                await self._send(process, "cancel", number)
                await asyncio.wait_for(self._finish(process, number, None), CANCEL_SECONDS)
            except ModelFailed:
                pass  # it answered that it failed: as idle as after an answer
            except BaseException:
                await self.close()
            raise


async def _drained(process: Process) -> None:
    """Read stdout to its end, so that its transport is closed with the process."""
    assert process.stdout is not None
    while await process.stdout.read(65536):
        pass


def _failure(event: Mapping[str, Any]) -> ModelFailed:
    return ModelFailed(event["code"], event["message"])


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"

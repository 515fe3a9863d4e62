"""The engine without durability: what is recorded lives as long as this process."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from seenred.domain.run import RecordedStep
from seenred.engine.ports import Performer
from seenred.errors import UsageError
from seenred.infrastructure.durable.steps import RecordedSteps, diverged, step_unknown


class MemoryObjects:
    """Texts by their hashes."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def keep(self, text: str) -> str:
        """Keep it; returns its sha256."""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        self.texts[sha256] = text
        return sha256

    def recall(self, sha256: str) -> str | None:
        """The text, or None."""
        return self.texts.get(sha256)


class MemoryLedger:
    """What the steps of one run gave, as JSON texts in their order."""

    def __init__(self, records: Mapping[str, str] | None = None) -> None:
        self.records = dict(records or {})
        self._next = 0
        self._broken = False

    async def once(self, name: str, make: Callable[[], Awaitable[Any]]) -> Any:
        """What the step gave, or gives now.

        Raises:
            UsageError: `run-diverged`, another step is recorded in its place.
        """
        names = list(self.records)
        if self._next < len(names) and names[self._next] != name:
            raise diverged(f"its next step is {name}, and was {names[self._next]}")
        self._next += 1
        if name in self.records:
            return json.loads(self.records[name])
        try:
            given = json.dumps(await make())
        except BaseException:
            self._broken = True
            raise
        if not self._broken:  # what comes after a step that failed is none of what comes after it
            self.records[name] = given
        return json.loads(given)


class MemorySteps(RecordedSteps):
    """Steps of a run that nobody resumes."""

    def __init__(self) -> None:
        super().__init__(MemoryLedger(), MemoryObjects())


@dataclass(slots=True)
class MemoryRecord:
    """What engines have recorded of runs; a test gives it to one after the other.

    Attributes:
        steps: JSON texts of each run by the names of its steps.
        results: of the runs that are done, as JSON texts.
        queued: for each queue the runs that wait, and their kinds.
    """

    steps: dict[str, dict[str, str]] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    objects: MemoryObjects = field(default_factory=MemoryObjects)
    queued: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class MemoryEngine:
    """Performs runs in this process, over a record that dies with it."""

    def __init__(self, record: MemoryRecord, performers: Mapping[str, Performer]) -> None:
        self._record = record
        self._performers = performers
        self._tasks: dict[str, asyncio.Task[Any]] = {}

    async def run(self, run: str, kind: str) -> Any:
        """Perform a run, or go on where its record ends; of one that is done, its result."""
        if run not in self._record.results:
            self._tasks[run] = asyncio.ensure_future(self._performed(run, kind))
            try:
                await self._until(self._tasks[run])
            finally:
                del self._tasks[run]
        return json.loads(self._record.results[run])

    async def enqueue(self, run: str, kind: str, queue: str) -> None:
        """Put a run on a queue; one that was begun goes on where its record ends."""
        self._record.queued.setdefault(queue, []).append((run, kind))

    async def work(self, queue: str, most: int) -> None:
        """Perform the runs of a queue, at most so many at a time, until this is cancelled."""
        at_work: set[asyncio.Task[Any]] = set()
        waiting = self._record.queued.setdefault(queue, [])
        try:
            while True:
                while waiting and len(at_work) < most:
                    at_work.add(asyncio.ensure_future(self.run(*waiting.pop(0))))
                await asyncio.sleep(0.01)
                at_work = {task for task in at_work if not task.done()}
        finally:
            for task in at_work:
                task.cancel()
            await asyncio.gather(*at_work, return_exceptions=True)

    async def cancel(self, run: str) -> None:
        """Stop a run; it can be gone on with.

        Raises:
            UsageError: `run-unknown`.
        """
        if run not in self._record.steps:
            raise UsageError("run-unknown", f'There is no run "{run}".')
        if run in self._tasks:
            self._tasks[run].cancel()

    async def copy(self, origin: str, run: str, before: str) -> None:
        """Begin `run` with what the steps of `origin` gave before the one of that name.

        Raises:
            UsageError: `step-unknown`.
        """
        steps = self._record.steps.get(origin, {})
        names = list(steps)
        if before not in names:
            raise step_unknown(origin, before, names)
        kept = names[: names.index(before)]
        self._record.steps[run] = {name: steps[name] for name in kept}

    async def stranded(
        self,
        runs: Sequence[str],
        present: Callable[[str], bool],  # noqa: ARG002 - there is no other process
    ) -> list[str]:
        """Those of queued runs that no queue holds and nobody has taken from one."""
        waiting = {run for queue in self._record.queued.values() for run, _ in queue}
        return [run for run in runs if run not in waiting and run not in self._tasks]

    async def recorded(self, run: str) -> list[RecordedStep]:
        """The steps that are recorded, in order."""
        steps = self._record.steps.get(run, {})
        return [RecordedStep(name, json.loads(text)) for name, text in steps.items()]

    async def close(self) -> None:
        """Runs that are at work are left to be gone on with."""
        for task in self._tasks.values():
            task.cancel()

    async def _performed(self, run: str, kind: str) -> None:
        ledger = MemoryLedger(self._record.steps.get(run, {}))
        self._record.steps[run] = ledger.records
        result = await self._performers[kind](run, RecordedSteps(ledger, self._record.objects))
        self._record.results[run] = json.dumps(result)

    async def _until(self, task: asyncio.Task[Any]) -> None:
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.done():
                raise
            task.cancel()
            await task

"""The steps of one run: each performed once, its result as JSON data, its time with it."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.durable.shape import from_json, to_json

T = TypeVar("T")

# Characters of a result that lies with its step; a longer one goes to the objects.
LONG = 64 * 1024
OBJECT = "object"


class Ledger(Protocol):
    """Remembers what the steps of one run gave."""

    async def once(self, name: str, make: Callable[[], Awaitable[Any]]) -> Any:
        """What the step of this name gave, or what `make` gives now, which is then recorded.

        What `make` raises is not recorded.
        """


class Objects(Protocol):
    """Keeps texts by the sha256 of their UTF-8 bytes."""

    def keep(self, text: str) -> str:
        """Keep it; returns its sha256."""

    def recall(self, sha256: str) -> str | None:
        """The text, or None when it is not there."""


class RecordedSteps:
    """Steps of one run, over whatever remembers them.

    Attributes:
        names: as they ran; two of one name are numbered.
        seconds: wall-clock time inside steps, which is all that is not our own.
        recalled: how many were recorded already, and not performed.
    """

    def __init__(self, ledger: Ledger, objects: Objects) -> None:
        self.names: list[str] = []
        self.seconds = 0.0
        self.recalled = 0
        self._ledger = ledger
        self._objects = objects
        self._before = 0.0
        self._since = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds that the run has worked; right after a recalled step, as it was then."""
        return self._before + time.monotonic() - self._since

    async def run(
        self,
        name: str,
        step: Callable[[], Awaitable[T]],
        shape: Any = None,
        kept: Callable[[T], T] | None = None,
    ) -> T:
        """Perform or recall `step`; a name that was used before gets a number."""
        name = self._numbered(name)
        if shape is None:
            return await self._timed(step)
        made: list[Any] = []

        async def make() -> Any:
            before = self.seconds
            value = await self._timed(step)
            made[:] = [to_json(value, shape)]
            spent = {"seconds": self.seconds - before, "elapsed": self.elapsed}
            recorded = to_json(kept(value), shape) if kept else made[0]
            return {**self._laid(recorded), **spent}

        record = await self._ledger.once(name, make)
        if not made:
            self._recall(record)
        result: T = from_json(made[0] if made else self._value(record), shape)
        return result

    def _numbered(self, name: str) -> str:
        used = sum(n == name or n.startswith(f"{name}#") for n in self.names)
        self.names.append(f"{name}#{used + 1}" if used else name)
        return self.names[-1]

    async def _timed(self, step: Callable[[], Awaitable[T]]) -> T:
        started = time.monotonic()
        try:
            return await step()
        finally:
            self.seconds += time.monotonic() - started

    def _recall(self, record: dict[str, Any]) -> None:
        self.recalled += 1
        self.seconds += record["seconds"]
        self._before, self._since = record["elapsed"], time.monotonic()

    def _laid(self, value: Any) -> dict[str, Any]:
        """The value, or where it lies when it is long."""
        text = json.dumps(value, ensure_ascii=False)
        return {OBJECT: self._objects.keep(text)} if len(text) > LONG else {"value": value}

    def _value(self, record: dict[str, Any]) -> Any:
        if OBJECT not in record:
            return record["value"]
        text = self._objects.recall(record[OBJECT])
        if text is None or hashlib.sha256(text.encode()).hexdigest() != record[OBJECT]:
            raise EnvironmentLacks(
                "record-lost",
                f"The result {record[OBJECT][:12]} of a step is gone or was changed; begin the run "
                "anew.",
            )
        return json.loads(text)


def diverged(how: str) -> UsageError:
    """The run would not go as it is recorded."""
    return UsageError(
        "run-diverged",
        f"This version of Seenred does not do what the run has recorded ({how}); begin it anew "
        "with `seenred retry`.",
    )


def step_unknown(run: str, name: str, there: list[str]) -> UsageError:
    """The run has no step of that name."""
    shown = ", ".join(there) or "none"
    return UsageError("step-unknown", f'The run {run} has no step "{name}"; it has: {shown}.')

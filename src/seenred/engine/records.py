"""What is kept of runs beside the results of their steps, as ports."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from seenred.domain.run import ModelCall, Run, RunState


class RunTaken(asyncio.CancelledError):
    """Another process performs the run by now; who performed it before drops it."""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event of a run.

    Attributes:
        number: from 1, in the order in which they happened.
        at: seconds since the epoch.
        kind: which event, e.g. `step-started`.
        data: its fields, as plain data.
    """

    number: int
    at: float
    kind: str
    data: Mapping[str, Any]


class Runs(Protocol):
    """Every run that there is."""

    def add(self, run: Run, given: Mapping[str, Any]) -> None:
        """Put a new run on record, with what it was asked as plain data."""

    def change(self, run: str, **fields: Any) -> None:
        """Give these fields of a run other values."""

    def swap(self, run: str, was: str, /, **fields: Any) -> bool:
        """Take a run from its executor `was`, if that has it still; whether it had.

        Its generation grows, so that `was` can change nothing any more.
        """

    def claim(self, run: str, executor: str, /, **fields: Any) -> int | None:
        """Give a run to a process, with these values; returns its generation.

        None when that process was declared dead.
        """

    def settle(self, run: str, generation: int, /, **fields: Any) -> bool:
        """As `change`, if the run is of that generation still; whether it was."""

    def find(self, asked: str) -> Run:
        """The run of that id, or whose id alone begins or ends so.

        Raises:
            UsageError: there is none, or there are several.
        """

    def given(self, run: str) -> Mapping[str, Any]:
        """What a run was asked."""

    def newest(self, states: Sequence[RunState] = (), most: int = 20) -> list[Run]:
        """The newest runs in these states, or in any."""

    def count(self, states: Sequence[RunState] = ()) -> int:
        """How many there are."""


class Events(Protocol):
    """What happened in runs, in order."""

    def append(
        self,
        run: str,
        place: str,
        at: float,
        kind: str,
        data: Mapping[str, Any],
        generation: int | None = None,
    ) -> None:
        """Add one; nothing is added when the run has one of that place already.

        Raises:
            RunTaken: the run is of another generation by now.
        """

    def after(self, run: str, number: int = 0, most: int = 1000) -> list[StoredEvent]:
        """Those after the one of that number."""


class Calls(Protocol):
    """Every call of a model."""

    def keep(self, run: str, call: ModelCall, generation: int | None = None) -> None:
        """Put one on record; of a step that has one nothing is changed.

        Raises:
            RunTaken: the run is of another generation by now.
        """

    def of(self, run: str) -> list[ModelCall]:
        """The calls of a run, in order."""

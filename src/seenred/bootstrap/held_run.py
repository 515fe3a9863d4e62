"""A run as long as this process has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seenred.bootstrap.data import Records
from seenred.engine.records import StoredEvent


@dataclass(frozen=True, slots=True)
class HeldRun:
    """Its events; what is appended is refused once another process has the run.

    Attributes:
        generation: of the run, when this process began to perform it.
    """

    records: Records
    run: str
    generation: int

    def append(
        self,
        run: str,
        place: str,
        at: float,
        kind: str,
        data: Mapping[str, Any],
        generation: int | None = None,
    ) -> None:
        """Add one.

        Raises:
            RunTaken: another process has the run.
        """
        held = self.generation if generation is None else generation
        self.records.events.append(run, place, at, kind, data, held)

    def after(self, run: str, number: int = 0, most: int = 1000) -> list[StoredEvent]:
        """Those after the one of that number."""
        return self.records.events.after(run, number, most)

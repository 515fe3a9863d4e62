"""Events on record, as they were shown when they happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from rich.console import Console

from seenred.bootstrap.cycle_record import CYCLES
from seenred.cli.cycle_view import CycleView
from seenred.cli.watch import Watcher
from seenred.domain.event import TextArrived
from seenred.engine.records import StoredEvent
from seenred.infrastructure.durable.event_record import event_of

SCHEMA = "seenred.event/1"


class EventView:
    """Prints one event of a run after the other, for a person; close it at the end."""

    def __init__(self, console: Console, kind: str) -> None:
        quiet = Console(stderr=True, quiet=True)
        self._view: Any = CycleView(console, quiet) if kind == CYCLES else Watcher(console)

    def __call__(self, stored: StoredEvent) -> None:
        """Print one; what a model wrote is told by JSON alone."""
        event = event_of(stored)
        if event is not None and not isinstance(event, TextArrived):
            self._view(event)

    def close(self) -> None:
        """Remove the live line."""
        self._view.close()


def print_json(stored: StoredEvent) -> None:
    """Print one event as a line."""
    told = {"schema": SCHEMA, **asdict(stored)}
    print(json.dumps(told), flush=True)


def view_of(
    console: Console, kind: str, as_json: bool
) -> tuple[Callable[[StoredEvent], None], Callable[[], None]]:
    """What prints the events of a run, and what ends it."""
    if as_json:
        return print_json, lambda: None
    view = EventView(console, kind)
    return view, view.close

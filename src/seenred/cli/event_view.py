"""Events on record, as they were shown when they happened."""

from __future__ import annotations

import json
from dataclasses import asdict

from rich.console import Console

from seenred.cli.watch import Watcher
from seenred.domain.event import TextArrived
from seenred.engine.records import StoredEvent
from seenred.infrastructure.durable.event_record import event_of

SCHEMA = "seenred.event/1"


class EventView:
    """Prints one event after the other: for a person, or a line of JSON each."""

    def __init__(self, console: Console, as_json: bool) -> None:
        self._watcher = Watcher(console)
        self._as_json = as_json

    def __call__(self, stored: StoredEvent) -> None:
        """Print one; what a model wrote is told by JSON alone."""
        if self._as_json:
            told = {"schema": SCHEMA, **asdict(stored)}
            print(json.dumps(told, ensure_ascii=False), flush=True)
            return
        event = event_of(stored)
        if event is not None and not isinstance(event, TextArrived):
            self._watcher(event)
            self._watcher.close()

"""Puts the events of a run on record, so that a run that is gone on with records none twice."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any, get_args

from seenred.domain.cycle_event import CycleEvent
from seenred.domain.event import Event, TextArrived
from seenred.domain.secret import settled
from seenred.engine.records import Events, StoredEvent
from seenred.infrastructure.durable.shape import from_json, to_json
from seenred.infrastructure.durable.steps import RecordedSteps

# Seconds of text that become one event.
BURST = 0.25


def _kind(shape: type) -> str:
    """`StepStarted` as `step-started`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", shape.__name__).lower()


_KINDS: dict[str, Any] = {_kind(each): each for each in (*get_args(Event), *get_args(CycleEvent))}
_NAMES = {shape: name for name, shape in _KINDS.items()}


class EventRecord:
    """A listener that records what it hears, and hands it on.

    An event's place is how many steps had begun, and which one it was since: the same whenever the
    run goes this way. What a model writes is no part of that: a recalled reply is not written.

    Args:
        executor: this process.
        kept: what of an event is recorded; what gives None is heard and not recorded.
        told: its fields without secrets; None: all that they are.
    """

    def __init__(
        self,
        events: Events,
        run: str,
        steps: RecordedSteps,
        executor: str,
        listener: Callable[[Any], object],
        now: Callable[[], float] = time.time,
        kept: Callable[[Any], Any] = lambda event: event,
        told: Callable[[Any], Any] | None = None,
    ) -> None:
        self._events = events
        self._run = run
        self._steps = steps
        self._executor = executor
        self._listener = listener
        self._now = now
        self._kept = kept
        self._told = told
        self._step = -1
        self._number = 0
        self._text = ""
        self._since = 0.0

    def __call__(self, event: Event | CycleEvent) -> None:
        """Hear one."""
        self._listener(event)
        if isinstance(event, TextArrived):
            self._hear(event.text)
            return
        self.flush()
        if self._step != len(self._steps.names):
            self._step, self._number = len(self._steps.names), 0
        self._number += 1
        self._add(f"{self._step}.{self._number}", event)

    def flush(self) -> None:
        """Record the text that has arrived."""
        self._flush(len(self._text))

    def _flush(self, size: int) -> None:
        if size:
            text, self._text = self._text[:size], self._text[size:]
            place = f"{len(self._steps.names)} {self._executor} {self._since!r}"
            self._add(place, TextArrived(text))

    def _hear(self, text: str) -> None:
        if not self._text:
            self._since = self._now()
        self._text += text
        if self._now() - self._since >= BURST:
            # half a secret looks like none
            self._flush(settled(self._text) if self._told else len(self._text))
            self._since = self._now()

    def _add(self, place: str, event: Event | CycleEvent) -> None:
        kept = self._kept(event)
        if kept is None:
            return
        shape = type(kept)
        data = to_json(kept, shape)
        if self._told:
            data = self._told(data)
        self._events.append(self._run, place, self._now(), _NAMES[shape], data)


def event_of(stored: StoredEvent) -> Event | CycleEvent | None:
    """The event as it was heard; None for one that only the record knows."""
    shape = _KINDS.get(stored.kind)
    event: Event | CycleEvent | None = from_json(dict(stored.data), shape) if shape else None
    return event

"""Every event can be put on record, and is heard again as it was."""

from __future__ import annotations

from typing import Any

import pytest

from seenred.domain.cycle_event import Committed, CycleEnded, Ending, PhaseProven
from seenred.domain.cycle_event import Phase as CyclePhase
from seenred.domain.event import Noted, StepStarted, TextArrived
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.engine.recording import Recording
from seenred.engine.records import StoredEvent
from seenred.infrastructure.durable.event_record import EventRecord, event_of
from seenred.infrastructure.durable.memory import MemorySteps

PROOF = Proof(Claim.RED, Verdict.PROVEN, "test_a.py::test_a", "assertion", inputs={"a.py": "00"})
EVENTS = [
    Noted("told", warning=True),
    StepStarted("step 1", "problem-solver", "correctness"),
    PhaseProven(CyclePhase.RED, PROOF, "test_a.py", "code", ("why",), 0.5),
    Committed("abc", "feat: it"),
    CycleEnded(Ending.COMMITTED, seconds=2.0, tokens=5),
]


class MemoryEvents:
    """Events of one run; one for each place."""

    def __init__(self) -> None:
        self.stored: dict[str, StoredEvent] = {}

    def append(self, _: str, place: str, at: float, kind: str, data: Any) -> None:
        self.stored.setdefault(place, StoredEvent(len(self.stored) + 1, at, kind, data))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def record_of(events: MemoryEvents, executor: str, clock: Clock) -> EventRecord:
    return EventRecord(events, "r1", MemorySteps(), executor, lambda _: None, clock)


@pytest.mark.parametrize("event", EVENTS, ids=lambda each: type(each).__name__)
def test_an_event_is_heard_again_as_it_was(event):
    events = MemoryEvents()
    record_of(events, "here", Clock())(event)
    assert [event] == [event_of(each) for each in events.stored.values()]


def test_what_is_told_again_by_the_next_process_is_recorded_once():
    events = MemoryEvents()
    for executor in ("first", "second"):
        record = record_of(events, executor, Clock())
        for event in EVENTS[:2]:
            record(event)
    assert EVENTS[:2] == [event_of(each) for each in events.stored.values()]


def test_text_that_arrives_within_a_quarter_of_a_second_is_one_event():
    events, clock = MemoryEvents(), Clock()
    record = record_of(events, "here", clock)
    for at, text in ((0.0, "a"), (0.1, "b"), (0.3, "c"), (0.4, "d")):
        clock.now = at
        record(TextArrived(text))
    record.flush()
    assert ["abc", "d"] == [each.data["text"] for each in events.stored.values()]


def test_no_event_holds_a_secret_or_a_part_of_one():
    events, clock = MemoryEvents(), Clock()
    told = Recording(secrets=("my-own-key",)).told
    record = EventRecord(events, "r1", MemorySteps(), "here", lambda _: None, clock, told=told)
    key = "sk-0123456789abcdefghij"
    for at, text in ((0.0, "use "), (0.3, key[:12]), (0.6, key[12:]), (0.9, " and "), (1.2, "so")):
        clock.now = at
        record(TextArrived(text))
    record(Noted("it was my-own-key"))
    texts = [each.data["text"] for each in events.stored.values()]
    assert ("use [redacted] and so", "it was [redacted]") == ("".join(texts[:-1]), texts[-1])
    assert len(texts) > 2

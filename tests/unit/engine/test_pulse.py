"""A heart has stopped when its beats are not seen to grow by who looks steadily."""

from __future__ import annotations

import pytest

from seenred.engine.pulse import GAP, STOPPED, Pulse


class Stopwatch:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch():
    return Stopwatch()


@pytest.fixture
def pulse(watch):
    return Pulse(watch)


def looks(pulse, watch, beats, seconds: float, step: float = 2.0) -> list[str]:
    """What is found after looking so long; `beats` gives the counts of each look."""
    end = watch.now + seconds
    while True:
        found = pulse.look(beats())
        if watch.now >= end:
            return found
        watch.now += step


def test_a_heart_whose_beats_stand_still_has_stopped(pulse, watch):
    assert [] == looks(pulse, watch, lambda: {"a": 1}, STOPPED - 2)
    assert ["a"] == looks(pulse, watch, lambda: {"a": 1}, 2)


def test_a_heart_that_beats_has_not_stopped_however_seldom(pulse, watch):
    assert [] == looks(pulse, watch, lambda: {"a": int(watch.now / (STOPPED - 1))}, 60)


def test_who_was_frozen_itself_begins_anew(pulse, watch):
    looks(pulse, watch, lambda: {"a": 1}, STOPPED - 2)
    watch.now += GAP + 1
    assert [] == pulse.look({"a": 1})


def test_who_left_and_came_back_is_seen_anew(pulse, watch):
    looks(pulse, watch, lambda: {"a": 1}, STOPPED - 2)
    pulse.look({})
    watch.now += 2
    assert [] == pulse.look({"a": 1})

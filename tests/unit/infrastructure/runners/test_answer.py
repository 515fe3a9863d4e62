from __future__ import annotations

import json
from typing import Any

import pytest

from seenred.domain.execution import Limits, Outcome
from seenred.infrastructure.runners import answer

_SOURCE = """def f(x):
    assert x, "empty"
    if x < 0:
        raise ValueError(
            x)
    raise Refusal(int(x))
    return g(x)
"""


def _told(payload: object, **more: Any) -> dict[str, Any]:
    told = {"over": "", "state": "L", "exit": 0, "seconds": 0.5, "printed": "", "program": False}
    return {**told, "payload": json.dumps(payload), **more}


@pytest.mark.parametrize(
    ("line", "error", "deliberate"),
    [
        (2, "AssertionError: empty", True),
        (2, "TypeError: no truth", False),
        (4, "ValueError: -1", True),
        (5, "ValueError: -1", True),
        (6, "Refusal: 3", True),
        (6, "ValueError: int()", False),
        (7, "NameError: g", False),
        (None, "NameError: g", False),
    ],
)
def test_exception_is_deliberate_where_the_candidate_raises_it(
    line: int | None, error: str, deliberate: bool
) -> None:
    told = _told({"raised": error, "line": line, "own": True, "memory": False})

    assert answer.read(told, _SOURCE, Limits()).deliberate is deliberate


def test_exception_from_below_is_never_deliberate() -> None:
    told = _told({"raised": "ValueError: x", "line": 4, "own": False})

    assert not answer.read(told, _SOURCE, Limits()).deliberate


@pytest.mark.parametrize("payload", [[], None, 3, {}, {"value": 3}, {"raised": []}])
def test_payload_of_the_wrong_shape_gives_no_value(payload: object) -> None:
    assert answer.read(_told(payload), _SOURCE, Limits()).value == ""


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\x00"])
def test_payload_that_is_no_json_is_a_crash(text: str) -> None:
    told = {**_told(None), "payload": text}

    assert answer.read(told, _SOURCE, Limits()).outcome is Outcome.CRASHED


@pytest.mark.parametrize(("own", "seconds"), [(0.1, 0.1), (9.0, 0.5), (-1.0, 0.0), ("x", 0.5)])
def test_time_is_never_more_than_was_seen_outside(own: object, seconds: float) -> None:
    told = _told({"value": "1", "seconds": own})

    assert answer.read(told, _SOURCE, Limits()).seconds == seconds


def test_how_long_an_endless_candidate_was_waited_for_is_its_limit() -> None:
    told = _told(None, over="time", seconds=5.013)

    read = answer.read(told, _SOURCE, Limits(seconds=5.0))

    assert (read.outcome, read.seconds) == (Outcome.TIMED_OUT, 5.0)

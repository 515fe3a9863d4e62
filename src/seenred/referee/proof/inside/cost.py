"""What calls cost: seconds, or executed lines where an exact count is wanted."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

# a call is repeated until it takes this many seconds in all; below, the clock itself counts
_ENOUGH = 0.002
_MOST_REPEATS = 1000
_ROUNDS = 5
# when one call takes this long, larger inputs tell nothing new; and seconds for all sizes
_LONG, _BUDGET = 0.4, 12.0
SIZES = tuple(2**exponent for exponent in range(4, 20))
# lines are counted on small inputs: the count has no noise, and counting is slow
_COUNTED, _MOST_LINES = SIZES[:11], 30_000

Prepare = Callable[[int], Callable[[], Any]]


def timed(versions: Sequence[Prepare]) -> list[tuple[int, list[float]]]:
    """Seconds of a call at each size, of each version, measured in turn.

    Args:
        versions: for a size, each gives a call with fresh arguments.
    """
    points: list[tuple[int, list[float]]] = []
    began = time.monotonic()
    for size in SIZES:
        seconds = _in_turn(versions, size)
        points.append((size, seconds))
        if max(seconds) > _LONG or time.monotonic() - began > _BUDGET:
            break
    return points


def counted(
    versions: Sequence[Prepare], counts: Callable[[str], bool]
) -> list[tuple[int, list[float]]]:
    """Executed lines of a call at each size, of each version; `counts` tells which files'."""
    points: list[tuple[int, list[float]]] = []
    for size in _COUNTED:
        lines = [float(_lines(prepare(size), counts)) for prepare in versions]
        points.append((size, lines))
        if max(lines) > _MOST_LINES:
            break
    return points


def _in_turn(versions: Sequence[Prepare], size: int) -> list[float]:
    repeats = [_repeats(prepare, size) for prepare in versions]
    rounds = _ROUNDS if max(repeats) > 1 else 3
    seen: list[list[float]] = [[] for _ in versions]
    for _ in range(rounds):
        for index, prepare in enumerate(versions):
            seen[index].append(_once(prepare, size, repeats[index]))
    return [statistics.median(each) for each in seen]


def _repeats(prepare: Prepare, size: int) -> int:
    first = _once(prepare, size, 1)
    return max(1, min(_MOST_REPEATS, int(_ENOUGH / max(first, 1e-7))))


def _once(prepare: Prepare, size: int, repeats: int) -> float:
    """Seconds of one call, arguments made before the clock starts."""
    calls = [prepare(size) for _ in range(repeats)]
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        for call in calls:
            call()
        return (time.perf_counter() - began) / repeats
    finally:
        gc.enable()


def _lines(call: Callable[[], Any], counts: Callable[[str], bool]) -> int:
    total = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal total
        if not counts(frame.f_code.co_filename):
            return None
        total += event == "line"
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(previous)
    return total

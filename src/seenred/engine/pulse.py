"""Whose heart has stopped, seen by steady looking and by no clock but one's own stopwatch."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

# Seconds without a beat after which a process counts as dead, or frozen, which is the same to us.
STOPPED = 8.0
# Two looks further apart than this are no steady looking: we were frozen, or the database away.
GAP = 6.0


class Pulse:
    """What was seen of the hearts of other processes.

    Clocks of machines differ and jump; that a count has not grown while one looked says it all.

    Args:
        now: seconds of a clock that never jumps.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last = -float("inf")
        self._seen: dict[str, tuple[int, float]] = {}

    def look(self, beats: Mapping[str, int]) -> list[str]:
        """Those whose counts have stood still for too long.

        Args:
            beats: how often each heart has beaten.
        """
        now = self._now()
        if now - self._last > GAP:
            self._seen = {}
        self._last = now
        known, self._seen = self._seen, {}
        for name, count in beats.items():
            before = known.get(name)
            self._seen[name] = before if before and before[0] == count else (count, now)
        return [name for name, (_, since) in self._seen.items() if now - since >= STOPPED]

"""The engine without durability: steps run once, in order, in this process."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class MemorySteps:
    """Steps of one run.

    Attributes:
        names: as they ran; two of one name are numbered.
        seconds: wall-clock time inside steps, which is all that is not our own.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self.seconds = 0.0

    async def run(self, name: str, step: Callable[[], Awaitable[T]]) -> T:
        """Perform `step`; a name that was used before gets a number."""
        used = sum(n == name or n.startswith(f"{name}#") for n in self.names)
        self.names.append(f"{name}#{used + 1}" if used else name)
        started = time.monotonic()
        try:
            return await step()
        finally:
            self.seconds += time.monotonic() - started

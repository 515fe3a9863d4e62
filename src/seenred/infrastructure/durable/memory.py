"""The engine without durability: steps run once, in order, in this process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class MemorySteps:
    """Steps of one run; their names are kept, so that two of one name are noticed."""

    def __init__(self) -> None:
        self.names: list[str] = []

    async def run(self, name: str, step: Callable[[], Awaitable[T]]) -> T:
        """Perform `step`; a name that was used before gets a number."""
        used = sum(n == name or n.startswith(f"{name}#") for n in self.names)
        self.names.append(f"{name}#{used + 1}" if used else name)
        return await step()

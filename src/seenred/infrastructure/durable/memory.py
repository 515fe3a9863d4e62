"""The engine without durability: what is recorded lives as long as this process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from seenred.infrastructure.durable.steps import RecordedSteps


class MemoryObjects:
    """Texts by their hashes."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def keep(self, text: str) -> str:
        """Keep it; returns its sha256."""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        self.texts[sha256] = text
        return sha256

    def recall(self, sha256: str) -> str | None:
        """The text, or None."""
        return self.texts.get(sha256)


class MemoryLedger:
    """What the steps of one run gave, as JSON texts in their order."""

    def __init__(self) -> None:
        self.records: dict[str, str] = {}

    async def once(self, name: str, make: Callable[[], Awaitable[Any]]) -> Any:
        """What the step gave, or gives now."""
        if name not in self.records:
            self.records[name] = json.dumps(await make())
        return json.loads(self.records[name])


class MemorySteps(RecordedSteps):
    """Steps of a run that nobody resumes."""

    def __init__(self) -> None:
        super().__init__(MemoryLedger(), MemoryObjects())

"""A model whose weights live in a child process."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from seenred.domain.conversation import Prompt, Reply
from seenred.infrastructure.models.child_process import ChildProcess
from seenred.infrastructure.models.structured import messages_of


class ChildModel:
    """Implements `seenred.engine.ports.Model` over a child that runs `module`.

    Nothing starts before the first prompt; a child that died is started again by the next one.
    """

    def __init__(self, name: str, module: str, arguments: Sequence[str]) -> None:
        self._name = name
        # -P: what lies in the working directory is not ours to import
        self.child = ChildProcess(name, (sys.executable, "-P", "-m", module, *arguments))

    @property
    def name(self) -> str:
        return self._name

    @property
    def fills_gaps(self) -> bool:
        return False

    async def complete(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Reply:
        started = time.monotonic()
        done = await self.child.ask(_request(prompt), on_text)
        return Reply(
            text=done["text"],
            model=self._name,
            prompt_tokens=done["prompt_tokens"],
            reply_tokens=done["reply_tokens"],
            cached_tokens=done["cached_tokens"],
            seconds=time.monotonic() - started,
            truncated=done["truncated"],
        )

    async def close(self) -> None:
        await self.child.close()


def _request(prompt: Prompt) -> dict[str, Any]:
    messages = [
        {"role": message.speaker.value, "content": message.text} for message in messages_of(prompt)
    ]
    return {
        "messages": messages,
        "max_tokens": prompt.max_tokens,
        "temperature": prompt.temperature,
        "seed": prompt.seed,
        "schema": prompt.schema,
        "gap": asdict(prompt.gap) if prompt.gap else None,
    }

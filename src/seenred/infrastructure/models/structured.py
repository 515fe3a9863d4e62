"""How a JSON schema is told to a model in words, beside any grammar that enforces it.

A grammar can fail open, and a model that has not seen the schema fills it with nonsense.
"""

from __future__ import annotations

import json
from dataclasses import replace

from seenred.domain.conversation import Message, Prompt


def messages_of(prompt: Prompt) -> tuple[Message, ...]:
    """The prompt's messages, the last one with the schema at its end if there is one."""
    if prompt.schema is None or not prompt.messages:
        return prompt.messages
    *earlier, last = prompt.messages
    told = f"{last.text}\n\nReply with JSON only, valid against this schema:\n"
    return (*earlier, replace(last, text=told + json.dumps(prompt.schema)))

"""How long a prompt is, before any model has counted it."""

from __future__ import annotations

import json

from seenred.domain.conversation import Prompt

# Code and English of Qwen's tokenizer average 3.5 to 4 characters a token.
CHARACTERS_PER_TOKEN = 3.5


def about_tokens(prompt: Prompt) -> int:
    """Tokens of the prompt, about; its schema is told in its text."""
    gap = prompt.gap
    texts = [message.text for message in prompt.messages]
    texts += [json.dumps(dict(prompt.schema))] if prompt.schema else []
    texts += [gap.context, gap.before, gap.after] if gap else []
    length = sum(map(len, texts))
    return round(length / CHARACTERS_PER_TOKEN)

"""What goes to a model and what comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from seenred.domain.gap import Gap
from seenred.domain.secret import redacted_data


class Speaker(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request to a model.

    Attributes:
        messages: the conversation; candidates of one step share it whole, so that a local
            model computes their prefix once.
        max_tokens: limit of the reply, in tokens.
        most_tokens: limit of the reply with the thoughts before it; None: as many as the effort
            takes.
        temperature: 0 is greedy.
        seed: makes a sampled reply repeatable where the model allows it.
        schema: a JSON schema that the reply must satisfy, or None for free text.
        reasoning: thinking effort, `off`, `low`, `medium`, `high` or `max`; ignored by models
            that have none.
        gap: what is to be filled in, in place of an answer; only for a model that `fills_gaps`.
    """

    messages: tuple[Message, ...]
    max_tokens: int = 1024
    temperature: float = 0.0
    seed: int | None = None
    schema: Mapping[str, Any] | None = None
    reasoning: str = "high"
    gap: Gap | None = None
    most_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered.

    Attributes:
        prompt_tokens: tokens of the whole prompt, cached ones included.
        cached_tokens: those of them that were not computed again.
        seconds: wall-clock time of the call.
        cost: US dollars; 0 for a local model.
        truncated: the reply hit its token limit.
        answered_by: the model that the provider says has answered; "" where it says none.
    """

    text: str
    model: str
    prompt_tokens: int = 0
    reply_tokens: int = 0
    cached_tokens: int = 0
    seconds: float = 0.0
    cost: float = 0.0
    truncated: bool = False
    answered_by: str = ""


def request_text(prompt: Prompt, model: str, secrets: Iterable[str] = ()) -> str:
    """All that a reply depends on, as far as the caller can say it; JSON, equal for equal ones.

    Args:
        secrets: known ones, which it names no more than those that look like one.
    """
    asked = redacted_data({**asdict(prompt), "model": model}, tuple(secrets))
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False)
    # half a surrogate pair, as a model may write one, is nothing that can be kept
    return text.encode(errors="backslashreplace").decode()


def request_hash(prompt: Prompt, model: str) -> str:
    """sha256 of the request's text."""
    return hashlib.sha256(request_text(prompt, model).encode()).hexdigest()

"""solution-fixer: answers each finding of a fix plan."""

from __future__ import annotations

from seenred.agents.given import Given, code_request, conversation
from seenred.domain.conversation import Prompt

MAX_TOKENS = 1024

_TASK = "Fix the current code so that every finding is answered. Change nothing else. "


def fix_prompt(given: Given) -> Prompt:
    """Ask for a version with each finding answered."""
    return Prompt(conversation(given, _TASK + code_request(given)), max_tokens=MAX_TOKENS)

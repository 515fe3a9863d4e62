"""solution-improver: faster or simpler, the same behaviour, with what changed and why."""

from __future__ import annotations

from seenred.agents.given import Given, code_request, conversation
from seenred.domain.conversation import Prompt

MAX_TOKENS = 768

_TASK = (
    "Improve the current code: an algorithm that grows more slowly if there is one (sorting, "
    "bisect, heapq, dictionaries and running totals often remove an inner loop), otherwise "
    "simpler code. It must behave exactly as before on every input. Begin the code with one comment line that "
    "says what changed and why. "
)


def improve_prompt(given: Given) -> Prompt:
    """Ask for a better version of the current code."""
    return Prompt(conversation(given, _TASK + code_request(given)), max_tokens=MAX_TOKENS)


def stated_change(code: str) -> str:
    """What the improver says it changed: the comment lines that lead the code."""
    leading = []
    for line in code.splitlines():
        if not line.startswith("#"):
            break
        leading.append(line.lstrip("# ").strip())
    return " ".join(leading)

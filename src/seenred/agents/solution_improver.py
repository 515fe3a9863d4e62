"""solution-improver: faster or simpler, the same behaviour, with what changed and why."""

from __future__ import annotations

from seenred.agents.given import Given, code_request, conversation, without_version
from seenred.domain.conversation import Prompt

MAX_TOKENS = 768

_TASK = (
    "Improve the current code: an algorithm that grows more slowly if there is one, otherwise "
    "simpler code. It must behave exactly as before on every input. Begin the code with one "
    "comment line that says what changed and why. "
)


def improve_prompt(given: Given) -> Prompt:
    """Ask for a better version of the current code."""
    return Prompt(conversation(given, _TASK + code_request(given)), max_tokens=MAX_TOKENS)


def rethink_prompt(given: Given) -> Prompt:
    """Ask for a faster algorithm without showing the slow one.

    A small model that sees a quadratic solution writes it again: of 14 replies that were shown one
    none was faster, of 12 that were not 7 were right and O(n log n).
    """
    growth = given.growth or "as good as it can be"
    task = f"Solve the problem with an algorithm whose running time is {growth}. "
    return Prompt(
        conversation(without_version(given), task + code_request(given)), max_tokens=MAX_TOKENS
    )


def stated_change(code: str) -> str:
    """What the improver says it changed: the comment lines that lead the code."""
    leading = []
    for line in code.splitlines():
        if not line.startswith("#"):
            break
        leading.append(line.lstrip("# ").strip())
    return " ".join(leading)

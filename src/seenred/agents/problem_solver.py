"""problem-solver: a working solution first; correctness before speed."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.given import Given, code_request, conversation
from seenred.domain.conversation import Prompt

# Tokens of a solution: HumanEval solutions of the embedded model average 204; contest programs
# need about three times that.
MAX_TOKENS = 768

_TASK = "Solve the problem. It must be right for every input that the problem allows. "
_PLAIN_TASK = (
    "Solve the problem in the most straightforward way, so simple that it is obviously right; "
    "speed does not matter. "
)


def solve_prompt(given: Given, plain: bool = False, lesson: str = "") -> Prompt:
    """Ask for a solution; `plain` asks for an obviously right one, however slow.

    Args:
        lesson: how an earlier attempt failed. The attempt itself is not shown: a small model that
            sees its wrong code writes it again.
    """
    warning = f"An earlier attempt failed: {lesson}. Yours must not. " if lesson else ""
    task = (_PLAIN_TASK if plain else _TASK) + warning + code_request(given)
    return Prompt(conversation(given, task), max_tokens=MAX_TOKENS)


def solve_anew_prompt(given: Given, lesson: str) -> Prompt:
    """Ask a fixer for another solution than the one that failed, which it is not shown."""
    kept = {name: text for name, text in given.inputs.items() if name == "problem"}
    return solve_prompt(replace(given, inputs=kept, focus=""), lesson=lesson)

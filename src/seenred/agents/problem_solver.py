"""problem-solver: a working solution first; correctness before speed."""

from __future__ import annotations

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


def solve_prompt(given: Given, plain: bool = False) -> Prompt:
    """Ask for a solution; `plain` asks for an obviously right one, however slow."""
    task = (_PLAIN_TASK if plain else _TASK) + code_request(given)
    return Prompt(conversation(given, task), max_tokens=MAX_TOKENS)

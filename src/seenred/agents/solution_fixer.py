"""solution-fixer: answers each finding of a fix plan."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.excerpt import signature, skeleton
from seenred.agents.given import Given, code_request, conversation
from seenred.domain.conversation import Prompt

MAX_TOKENS = 1024

_TASK = "Fix the current code so that every finding is answered. Change nothing else. "


def fix_prompt(given: Given) -> Prompt:
    """Ask for a version with each finding answered."""
    return Prompt(conversation(given, _TASK + code_request(given)), max_tokens=MAX_TOKENS)


def rewrite_prompt(given: Given, source: str, name: str) -> tuple[Given, Prompt]:
    """Ask for a documented function of a module anew, its body unseen.

    A small model that sees a wrong function writes it again. What it best does is to complete a
    function whose docstring it sees: a module full of `...` makes it write all of that.
    """
    kept = {key: text for key, text in given.inputs.items() if key == "report"}
    seen = replace(given, inputs=kept, signature=signature(source, name))
    task = (
        "Complete the last function of this code, so that it does what its docstring says for "
        f"every argument.\n\n```python\n{skeleton(source, name)}```\n\nReply with one "
        f"```python block that holds the complete function `{name}`, and nothing else."
    )
    return seen, Prompt(conversation(seen, task), max_tokens=MAX_TOKENS)

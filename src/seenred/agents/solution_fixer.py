"""solution-fixer: answers each finding of a fix plan."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.excerpt import signature, without_body
from seenred.agents.given import Given, code_request, conversation
from seenred.domain.conversation import Prompt

MAX_TOKENS = 1024

_TASK = "Fix the current code so that every finding is answered. Change nothing else. "


def fix_prompt(given: Given) -> Prompt:
    """Ask for a version with each finding answered."""
    return Prompt(conversation(given, _TASK + code_request(given)), max_tokens=MAX_TOKENS)


def rewritten(given: Given, name: str) -> Given:
    """What is given for writing the function `name` anew: all but its body and its failures."""
    version = given.inputs["version"]
    kept = {key: text for key, text in given.inputs.items() if key == "report"}
    kept["version"] = without_body(version, name)
    return replace(given, inputs=kept, signature=signature(version, name))


def rewrite_prompt(given: Given) -> Prompt:
    """Ask for a function anew, as its docstring says.

    A small model that sees a wrong function writes it again; what `rewritten` gives hides it.
    """
    task = (
        f"Write the body of `{given.wanted}` so that it does what its docstring says, for every "
        "argument, and gives exactly the results that its examples show. "
    )
    return Prompt(conversation(given, task + code_request(given)), max_tokens=MAX_TOKENS)

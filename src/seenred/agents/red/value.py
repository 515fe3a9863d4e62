"""Asks for one expected value again, apart from the test that has it: a vote before any solution.

Drawn tests seldom have the same inputs, so they seldom agree; asked what must come of the same
calls, with the value left out, several replies can.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from seenred.agents.red.writer import RedRequest, opening
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.expectation import literal_of
from seenred.domain.literal import parse_literal
from seenred.domain.source_text import SourceText

# a value; worked out in words first, the embedded model's were wrong more often
MAX_TOKENS = 48
BLANK = "____"
_VALUE = re.compile(r"(?im)^\W*(?:value|answer|result)\W*:\W*?\s*(?P<value>\S.*)$")


@dataclass(frozen=True, slots=True)
class Blank:
    """A test with one expected value left out.

    Attributes:
        before, after: the source on both sides of the value.
    """

    before: str
    after: str

    @property
    def shown(self) -> str:
        """The test as it is asked about."""
        return f"{self.before}{BLANK}{self.after}"

    def filled(self, literal: str) -> str:
        """The test with a value of somebody's."""
        return f"{self.before}{literal}{self.after}"


def blank(source: str) -> Blank | None:
    """A test without the value that its last comparison expects, if that is written there."""
    text = SourceText.of(source.encode())
    compared = [node for node in ast.walk(text.module) if isinstance(node, ast.Assert)]
    for node in sorted(compared, key=lambda each: each.lineno, reverse=True):
        place = _place(node.test)
        if place is not None:
            before, after = text.content[: text.start(place)], text.content[text.end(place) :]
            return Blank(before.decode(), after.decode())
    return None


def value_prompt(
    request: RedRequest, asked: Blank, temperature: float = 0.8, seed: int | None = None
) -> Prompt:
    """Ask for the value that was left out."""
    item = request.item
    told = [item.text, item.details, *item.parents, item.section, request.title]
    task = (
        f"# What is wanted\n{chr(10).join(line for line in told if line)}\n\n"
        f"# A test of it\n```python\n{asked.shown.rstrip()}\n```\n\n"
        f"# Task\nWhich value must stand at {BLANK}, by what is wanted? Reply with one line, "
        "`Value: ` and the Python literal, and nothing else."
    )
    return Prompt(opening(request, task), MAX_TOKENS, temperature, seed)


def read_value(reply: Reply) -> str | None:
    """The Python literal that a reply ends with."""
    found = list(_VALUE.finditer(reply.text))
    if not found:
        return None
    told = found[-1]["value"].strip().strip("*").strip()
    return parse_literal(told.rstrip(".")) or parse_literal(told)


def _place(test: ast.expr) -> ast.expr | None:
    """Where the expected value of a plain comparison stands."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    if not isinstance(test.ops[0], ast.Eq | ast.Is):
        return None
    sides = [side for side in (test.comparators[0], test.left) if literal_of(side)[0]]
    return sides[0] if len(sides) == 1 else None

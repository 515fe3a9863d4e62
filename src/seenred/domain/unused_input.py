"""The inputs that a text states and that a test has nowhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from seenred.domain.expectation import literal_of, values_in
from seenred.domain.stated_value import Role, StatedValue, is_bound, is_same, stated_values

# Numbers up to this are often words only: "the two of them".
_FEW = 10
_COUNTED = re.compile(r"\s+(?:of\b|[a-z]+s\b)")


def unused_inputs(test_source: str, text: str) -> tuple[str, ...]:
    """The inputs that a text states and that a test has nowhere: it is about something else."""
    test = ast.parse(test_source)
    used = values_in(_handed_over(test))
    # written one by one, twenty rolls are twenty calls, or a list of twenty
    said = sum(isinstance(node, ast.Call | ast.Constant) for node in ast.walk(test))
    return tuple(
        text[each.start : each.end].strip("`()")
        for each in stated_values(text)
        if each.role is not Role.OUTPUT
        and (_is_written_out(text, each) or said < _count(text, each))
        and not any(is_same(u, m) for m in each.meanings for u in used)
    )


def _is_written_out(text: str, stated: StatedValue) -> bool:
    """In quotes or digits, or as a share."""
    words = text[stated.start : stated.end]
    told = stated.quoted or words[-1:].isdigit() or "percent" in words
    return told and not stated.loose


def _count(text: str, stated: StatedValue) -> int:
    """How many of something a word says, as in `twenty rolls`, `seventeen of 0`; else 0."""
    words, value = text[stated.start : stated.end], stated.meanings[0]
    if not words.replace("-", "").isalpha() or is_bound(text[: stated.start]):
        return 0
    counted = isinstance(value, int) and value > _FEW and _COUNTED.match(text, stated.end)
    return value if counted and isinstance(value, int) else 0


def _handed_over(node: ast.AST) -> Iterator[ast.AST]:
    """What a test consists of, without the parts of its own sums: `10 - 3`, `account.balance - 3`.

    Within a call they are what it gets.
    """
    if isinstance(node, ast.Call):
        yield from ast.walk(node)
        return
    yield node
    for child in _parts(node):
        yield from _handed_over(child)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and literal_of(node.right)[0]:
        if not literal_of(node)[0]:
            yield from (
                [node.left] if isinstance(node.left, ast.Attribute) else [node.left, node.right]
            )
        return
    yield from ast.iter_child_nodes(node)

"""The inputs that a text states and that a test has nowhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.expectation import literal_of, values_in
from seenred.domain.stated_value import Role, is_same, stated_values


def unused_inputs(test_source: str, text: str) -> tuple[str, ...]:
    """The inputs that a text states and that a test has nowhere: it is about something else."""
    used = values_in(_handed_over(ast.parse(test_source)))
    return tuple(
        text[each.start : each.end].strip("`()")
        for each in stated_values(text)
        if each.role is not Role.OUTPUT
        and not each.loose
        and (
            each.quoted or text[each.end - 1].isdigit() or "percent" in text[each.start : each.end]
        )
        and not any(is_same(u, m) for m in each.meanings for u in used)
    )


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

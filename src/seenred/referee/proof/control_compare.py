"""Changes of what an `assert` expects."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from seenred.domain.source_text import Edit, SourceText
from seenred.referee.proof.control_check import Check
from seenred.referee.proof.control_origin import is_only_expected, origin_of
from seenred.referee.proof.control_value import OTHER, brief, empty, is_plain, leaves, other_than
from seenred.referee.proof.placed_test import Function

_OPPOSITE: dict[type[ast.cmpop], str] = {
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.Lt: ">=",
    ast.LtE: ">",
    ast.Gt: "<=",
    ast.GtE: "<",
}


def of_expression(text: SourceText, function: Function, node: ast.expr) -> Iterator[Check]:
    """The changes of an asserted expression."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for operand in node.values:
            yield from of_expression(text, function, operand)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from _of_compare(text, function, node)
    else:
        yield negation(text, node)


def of_equality(
    text: SourceText, function: Function, actual: ast.expr, expected: ast.expr
) -> Iterator[Check]:
    """The changes of two sides that must be equal; either may be the expected one."""
    for side in (expected, actual):
        if (around := _approx(side)) is not None:
            yield from of_approx(text, function, around, side)
            return
    written = [side for side in (expected, actual) if _is_written(side)]
    if not written:
        written = [side for side in (expected, actual) if leaves(side)]
    if written:
        yield from _of_written(text, written[0])
        return
    for side in (expected, actual):
        origin = _at_origin(text, function, side)
        yield origin or at_run_time(text, side)


def of_approx(
    text: SourceText, function: Function, centre: ast.expr, whole: ast.expr
) -> Iterator[Check]:
    """The changes of what must be nearly equal."""
    found = leaves(centre)
    for leaf in found:
        if edit := other_than(text, leaf, far=True):
            yield _in_place("approx", text, leaf, edit)
    if not found:
        origin = _at_origin(text, function, centre, far=True)
        yield origin or Check(
            "approx",
            f"something else in place of {brief(text, whole)}",
            (text.replacing(whole, f"({text.text(whole)}, '~')"),),
            refutes=True,
        )


def at_run_time(text: SourceText, side: ast.expr) -> Check:
    """Another value made from the expected one when the test runs."""
    written = text.text(side)
    return Check(
        "equality",
        f"another value in place of {brief(text, side)}",
        (text.replacing(side, f"{OTHER}({written})"),),
        refutes=True,
    )


def negation(text: SourceText, node: ast.expr) -> Check:
    """The whole expression negated."""
    edits = (
        Edit(text.start(node), text.start(node), b"(not ("),
        Edit(text.end(node), text.end(node), b"))"),
    )
    return Check("negation", f"not {brief(text, node)}", edits)


def _of_compare(text: SourceText, function: Function, node: ast.Compare) -> Iterator[Check]:
    operator, right = node.ops[0], node.comparators[0]
    if isinstance(operator, ast.Eq):
        sides = (node.left, right)
        if not any(isinstance(s, ast.Constant) and s.value is None for s in sides):
            yield from of_equality(text, function, *sides)
            return
        yield negation(text, node)
        return
    opposite = _OPPOSITE[type(operator)]
    start, end = text.end(node.left), text.start(right)
    # the operator stands between its sides, with what parentheses belong to them
    between = text.content[start:end].decode()
    old = ast.unparse(ast.Compare(ast.Name("a"), [operator], [ast.Name("b")]))[2:-2]
    if between.count(old) != 1:
        yield negation(text, node)
        return
    edit = Edit(start, end, between.replace(old, opposite).encode())
    yield Check("negation", f"`{opposite}` in place of `{old}`", (edit,))


def _approx(side: ast.expr) -> ast.expr | None:
    """The centre of `approx(…)`."""
    if isinstance(side, ast.Call) and side.args:
        called = ast.unparse(side.func).rpartition(".")[2]
        return side.args[0] if called == "approx" else None
    return None


def _is_written(side: ast.expr) -> bool:
    return is_plain(side) and bool(leaves(side) or empty(side))


def _of_written(text: SourceText, side: ast.expr) -> Iterator[Check]:
    for leaf in [side] if empty(side) else leaves(side):
        if edit := other_than(text, leaf):
            yield _in_place("equality", text, leaf, edit)


def _in_place(kind: str, text: SourceText, leaf: ast.expr, edit: Edit) -> Check:
    what = f"{edit.text.decode().strip()} in place of {brief(text, leaf)}"
    return Check(kind, what, (edit,), refutes=True)


def _at_origin(
    text: SourceText, function: Function, side: ast.expr, *, far: bool = False
) -> Check | None:
    """The change where the value is written down, if nothing else is made of it."""
    if not isinstance(side, ast.Name) or not is_only_expected(side.id, function, _sides(function)):
        return None
    origin = origin_of(side.id, text, function)
    if origin is None:
        return None
    edits = [_first_other(text, value, far=far) for value in origin.values]
    if any(edit is None for edit in edits):
        return None
    what = f"another value in {origin.what} of {side.id}"
    found = tuple(edit for edit in edits if edit is not None)
    return Check("approx" if far else "equality", what, found, refutes=True)


def _first_other(text: SourceText, value: ast.expr, *, far: bool) -> Edit | None:
    if not is_plain(value):
        return None
    if empty(value):
        return other_than(text, value)
    return next((e for leaf in leaves(value) if (e := other_than(text, leaf, far=far))), None)


def _sides(function: Function) -> Sequence[ast.expr]:
    """Both sides of every equality, as far as they are names, also within `approx`."""
    found: list[ast.expr] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq):
            found += [_approx(side) or side for side in (node.left, *node.comparators)]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("self.assert"):
            found += node.args
    return [side for side in found if isinstance(side, ast.Name)]

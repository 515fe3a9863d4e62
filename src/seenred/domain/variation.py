"""Calls that are like one that is known: one literal argument changed."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from seenred.domain.perturbation import empty_like, perturbed


def varied(expression: str) -> tuple[str, ...]:
    """The expression with one literal argument of a call in it changed, each in turn."""
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:
        return ()
    found = dict.fromkeys(_variations(tree))
    return tuple(text for text in found if text != ast.unparse(tree))


def _variations(tree: ast.Expression) -> Iterator[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for number, call in enumerate(calls):
        for place, argument in enumerate(_arguments(call)):
            for value in _others(argument):
                changed = copy.deepcopy(tree)
                same = [node for node in ast.walk(changed) if isinstance(node, ast.Call)][number]
                _put(same, place, ast.parse(repr(value), mode="eval").body)
                yield ast.unparse(changed)


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _put(call: ast.Call, place: int, value: ast.expr) -> None:
    if place < len(call.args):
        call.args[place] = value
    else:
        call.keywords[place - len(call.args)].value = value


def _others(argument: ast.expr) -> list[object]:
    try:
        value = ast.literal_eval(argument)
    except ValueError:
        return []
    empty = empty_like(value)
    return [*perturbed(value), *([] if empty is None else [empty])]

"""Defaults of parameters that two versions of a module give otherwise.

A default is worked out when its function is made, so that it is no part of the function's code;
but a literal one can be set afterwards, unless somebody has looked at it.
"""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType
    from typing import Any

    Node = ast.FunctionDef | ast.AsyncFunctionDef

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Defaults:
    """The literal values that some parameters of one function have now."""

    def __init__(self, positional: dict[int, object], named: dict[str, object]) -> None:
        self._positional = positional
        self._named = named

    def set(self, function: FunctionType) -> None:
        """Give them to a function as it was made by the other version."""
        given = enumerate(function.__defaults__ or ())
        if self._positional:
            function.__defaults__ = tuple(self._positional.get(i, v) for i, v in given)
        if self._named:
            function.__kwdefaults__ = {**(function.__kwdefaults__ or {}), **self._named}


def take_out(old: ast.Module, new: ast.Module) -> dict[tuple[str, int], Defaults]:
    """Make the defaults in `new` those of `old`; what they were, by function.

    Only what can be set afterwards; a function is known by its name and its line in `old`.
    """
    found = {}
    before, after = list(_functions(old.body)), list(_functions(new.body))
    if [name for name, _ in before] != [name for name, _ in after]:
        return {}
    for (name, one), (_, other) in zip(before, after, strict=True):
        if defaults := _taken(one.args, other.args):
            found[name, one.lineno] = defaults
    return found


def _functions(body: list[ast.stmt], scope: str = "") -> Iterator[tuple[str, Node]]:
    """Undecorated functions, and methods of undecorated classes."""
    for node in body:
        if isinstance(node, _FUNCTIONS) and not node.decorator_list:
            yield scope + node.name, node
        elif isinstance(node, ast.ClassDef) and not (node.decorator_list or node.keywords):
            yield from _functions(node.body, f"{scope}{node.name}.")


def _taken(old: ast.arguments, new: ast.arguments) -> Defaults | None:
    if len(old.defaults) != len(new.defaults) or len(old.kw_defaults) != len(new.kw_defaults):
        return None
    try:
        positional = dict(_differing(old.defaults, new.defaults))
        named = dict(_differing(old.kw_defaults, new.kw_defaults))
    except ValueError:
        return None
    for number in positional:
        new.defaults[number] = old.defaults[number]
    for number in named:
        new.kw_defaults[number] = old.kw_defaults[number]
    names = {new.kwonlyargs[number].arg: value for number, value in named.items()}
    return Defaults(positional, names) if positional or named else None


def _differing(old: list[Any], new: list[Any]) -> Iterator[tuple[int, object]]:
    """Where they differ, and the new value.

    Raises:
        ValueError: one of them is not literal, or is there in one version only.
    """
    for number, (one, other) in enumerate(zip(old, new, strict=True)):
        if one is other or (one and other and ast.dump(one) == ast.dump(other)):
            continue
        if one is None or other is None:
            raise ValueError(number)
        ast.literal_eval(one)
        yield number, ast.literal_eval(other)

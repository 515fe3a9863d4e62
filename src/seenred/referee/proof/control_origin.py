"""Finds where an expected value comes from, when the assertion only names it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seenred.domain.expectation import cells_of, name_of, parameter_names
from seenred.domain.source_text import SourceText
from seenred.referee.proof.placed_test import Function


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value is written down.

    Attributes:
        what: for a person: `a parametrize cell`, `a fixture`.
        values: the expressions; for a parametrised test one for each of its rows.
    """

    what: str
    values: tuple[ast.expr, ...]


def origin_of(name: str, text: SourceText, function: Function) -> Origin | None:
    """Where a name of a test gets its value, if that is written in the same file, once."""
    if _is_parameter(name, function):
        cells = [_cells(call, name) for call in _parametrizations(function, text.module)]
        named = [each for each in cells if each]
        if len(named) == 1:
            return Origin("a parametrize cell", tuple(named[0]))
        return _fixture(name, text.module)
    for body, what in ((function.body, "a local value"), (text.module.body, "a constant")):
        values = _assigned(name, body)
        if values:
            return Origin(what, (values[0],)) if len(values) == 1 else None
    return None


def is_only_expected(name: str, function: Function, expected: Sequence[ast.expr]) -> bool:
    """Whether a test uses a name nowhere but where it stands for an expected value."""
    there = {id(node) for side in expected for node in ast.walk(side)}
    return all(
        id(node) in there
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    )


def _is_parameter(name: str, function: Function) -> bool:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return any(argument.arg == name for argument in every)


def _parametrizations(function: Function, module: ast.Module) -> Iterator[ast.Call]:
    classes = [c for c in ast.walk(module) if isinstance(c, ast.ClassDef) and function in c.body]
    decorators = [d for holder in (function, *classes) for d in holder.decorator_list]
    for decorator in decorators:
        if isinstance(decorator, ast.Call) and name_of(decorator) == "parametrize":
            yield decorator


def _cells(call: ast.Call, name: str) -> list[ast.expr]:
    """The cells of a column; none when they are not all written down there."""
    if len(call.args) < 2 or not isinstance(call.args[1], ast.List | ast.Tuple):
        return []
    columns = parameter_names(call.args[0])
    if name not in columns:
        return []
    rows = [cells_of(row, len(columns)) for row in call.args[1].elts]
    if any(len(row) != len(columns) for row in rows):
        return []
    return [row[columns.index(name)] for row in rows]


def _fixture(name: str, module: ast.Module) -> Origin | None:
    for node in module.body:
        if isinstance(node, Function) and node.name == name and _is_fixture(node):
            given = [
                each.value
                for each in ast.walk(node)
                if isinstance(each, ast.Return | ast.Yield) and each.value is not None
            ]
            return Origin("a fixture", (given[0],)) if len(given) == 1 else None
    return None


def _is_fixture(function: Function) -> bool:
    return any("fixture" in ast.unparse(each) for each in function.decorator_list)


def _assigned(name: str, body: Sequence[ast.stmt]) -> list[ast.expr]:
    """All values that a scope gives a name; a loop's or another binding counts as two."""
    found: list[ast.expr] = []
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found += [node.value for t in targets if isinstance(t, ast.Name) and t.id == name]
    stored = [
        node
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
    ]
    return found if len(stored) == len(found) else [*found, *found]

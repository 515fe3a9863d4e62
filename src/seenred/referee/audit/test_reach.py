"""What a test uses of its own file: helpers, tables, fixtures, and what those use."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from seenred.referee.audit.coded_test import CodedTest, meaning_of


def definitions(module: ast.Module) -> dict[str, ast.stmt]:
    """What the top of a file binds, by name; of several bindings the last."""
    return {name: node for node in module.body for name in _bound(node)}


def reach_of(test: CodedTest, defined: Mapping[str, ast.stmt]) -> dict[str, str]:
    """The definitions that a test uses, directly or not: name to meaning; itself left out.

    A fixture is used by the name of a parameter, or by being `autouse`.
    """
    own = test.classes[0].name if test.classes else test.node.name
    waiting = [*_used(test.classes[0] if test.classes else test.node), *_autouse(defined)]
    found: dict[str, str] = {}
    while waiting:
        name = waiting.pop()
        if name in defined and name not in found and name != own:
            found[name] = meaning_of(defined[name])
            waiting += _used(defined[name])
    return found


def table_named(name: str, defined: Mapping[str, ast.stmt]) -> list[ast.expr]:
    """The rows of a list that the top of a file binds; empty when it is none."""
    node = defined.get(name)
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    return list(value.elts) if isinstance(value, ast.List | ast.Tuple) else []


def _bound(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
        return
    for child in ast.walk(node):
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            yield child.id


def _used(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load):
            yield child.id
        elif isinstance(child, ast.arg):
            yield child.arg
        elif isinstance(child, ast.Constant) and str(child.value).isidentifier():
            yield str(child.value)  # `usefixtures("store")`


def _autouse(defined: Mapping[str, ast.stmt]) -> Iterator[str]:
    for name, node in defined.items():
        decorators = getattr(node, "decorator_list", [])
        if any("autouse=True" in ast.unparse(each) for each in decorators):
            yield name

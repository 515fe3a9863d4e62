"""Gives an attribute that hides the method of the same name another name.

`self.score = 0` beside `def score(self)` is what a small model writes most readily of a class whose
test calls `score()`; the instance's attribute hides the method, and the call fails.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.source_text import SourceText


def with_callable_methods(code: str, test: str) -> str:
    """`code`, with each method callable that `test` calls by its name."""
    try:
        module, called = SourceText.of_text(code).module, _called(ast.parse(test))
    except (SyntaxError, ValueError):
        return code
    lines = code.encode().split(b"\n")
    for node, name in sorted(_renamed(module, called), key=_position, reverse=True):
        end, row = node.end_col_offset or 0, (node.end_lineno or 1) - 1
        start = end - len(node.attr.encode())
        lines[row] = lines[row][:start] + name.encode() + lines[row][end:]
    return b"\n".join(lines).decode()


def _called(test: ast.Module) -> set[str]:
    calls = [node.func for node in ast.walk(test) if isinstance(node, ast.Call)]
    return {func.attr for func in calls if isinstance(func, ast.Attribute)}


def _renamed(module: ast.Module, called: set[str]) -> Iterator[tuple[ast.Attribute, str]]:
    """Uses of attributes that hide a called method, and their new names."""
    for owner in module.body:
        if isinstance(owner, ast.ClassDef):
            own = list(_own_attributes(owner))
            stored = {each.attr for each in own if isinstance(each.ctx, ast.Store)}
            hidden = _plain_methods(owner) & stored & called
            taken = {each.attr for each in own} | _methods(owner)
            calls = {id(node.func) for node in ast.walk(owner) if isinstance(node, ast.Call)}
            for each in own:
                if each.attr in hidden and id(each) not in calls:
                    yield each, _free(each.attr, taken)


def _own_attributes(owner: ast.ClassDef) -> Iterator[ast.Attribute]:
    for node in ast.walk(owner):
        match node:
            case ast.Attribute(value=ast.Name(id="self")):
                yield node


def _methods(owner: ast.ClassDef) -> set[str]:
    return {node.name for node in owner.body if isinstance(node, ast.FunctionDef)}


def _plain_methods(owner: ast.ClassDef) -> set[str]:
    functions = [node for node in owner.body if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if not node.decorator_list}


def _free(name: str, taken: set[str]) -> str:
    return f"_{name}" if f"_{name}" not in taken else f"{name}_"


def _position(found: tuple[ast.Attribute, str]) -> tuple[int, int]:
    return found[0].end_lineno or 0, found[0].end_col_offset or 0

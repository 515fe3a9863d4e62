"""What of some code a test can use: names, parameters and public attributes, no bodies.

A small model that sees bodies writes them again instead of a test.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.expectation import Function


def outline(code: str) -> str:
    """The signatures of a module's functions, classes and methods; the code if it isn't Python."""
    try:
        module = ast.parse(code)
    except (SyntaxError, ValueError):
        return code.strip()
    return "\n".join(line for node in module.body for line in _lines(node))


def _lines(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, Function):
        yield _signature(node)
    elif isinstance(node, ast.ClassDef):
        bases = f"({', '.join(ast.unparse(base) for base in node.bases)})" if node.bases else ""
        inner = [f"    {line}" for line in _members(node)]
        yield f"class {node.name}{bases}:" if inner else f"class {node.name}{bases}: ..."
        yield from inner
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [t.id for t in targets if isinstance(t, ast.Name) and not t.id.startswith("_")]
        if names and node.value is not None:
            value = ast.unparse(node.value)
            yield f"{names[0]} = {value if len(value) < 60 else '...'}"


def _members(owner: ast.ClassDef) -> Iterator[str]:
    for node in owner.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield ast.unparse(node)
    for name in dict.fromkeys(_attributes(owner)):
        yield f"{name} = ..."
    for node in owner.body:
        shown = isinstance(node, Function) and (
            not node.name.startswith("_") or node.name.startswith("__")
        )
        if isinstance(node, Function) and shown:
            yield from (f"@{ast.unparse(each)}" for each in node.decorator_list)
            yield _signature(node)


def _attributes(owner: ast.ClassDef) -> Iterator[str]:
    """The public attributes that methods set on `self`."""
    for node in ast.walk(owner):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
            and not node.attr.startswith("_")
        ):
            yield node.attr


def _signature(node: Function) -> str:
    kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{kind} {node.name}({ast.unparse(node.args)}){returns}: ..."

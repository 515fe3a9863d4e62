"""One function of a module with all that it needs, as a source of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def needed_source(source: str, name: str) -> str:
    """The top-level statements that `name` needs, in their order; empty when it isn't defined."""
    tree = ast.parse(source)
    wanted = {name}
    kept: list[ast.stmt] = []
    while True:
        more = [n for n in tree.body if n not in kept and wanted & set(_defined(n))]
        if not more:
            break
        kept += more
        wanted |= {used for node in more for used in _used(node)}
    return "\n\n".join(ast.unparse(node) for node in tree.body if node in kept)


def _defined(node: ast.stmt) -> Iterator[str]:
    """The names that a top-level statement binds."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        yield from (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_bound(n))


def _is_bound(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _used(node: ast.stmt) -> Iterator[str]:
    return (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))

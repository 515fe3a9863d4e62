"""Names of a module that nothing in it uses: imports, private definitions, local variables."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_Function = ast.FunctionDef | ast.AsyncFunctionDef
# what can see names that stand nowhere as such
_DYNAMIC = {"locals", "globals", "vars", "eval", "exec"}


def unused_names(module: ast.Module, source: str) -> Iterator[tuple[str, int, str]]:
    """Each with its line and the function around it, "" at module level.

    What other modules may use is none: public definitions, `import x as x`, names in `__all__`.
    """
    used = _read(module)
    if used & _DYNAMIC:
        return
    for node in module.body:
        for name in _private_or_imported(node):
            # a string may hold it: an annotation, `__all__`, a name for getattr
            if name not in used and f"'{name}'" not in source and f'"{name}"' not in source:
                yield name, node.lineno, ""
    for function in ast.walk(module):
        if isinstance(function, _Function):
            for name, line in _unread(function):
                yield name, line, function.name


def _read(node: ast.AST) -> set[str]:
    names = {
        n.id for n in ast.walk(node) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Store)
    }
    return names | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def _private_or_imported(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            if alias.name not in (alias.asname, "*"):
                yield (alias.asname or alias.name).partition(".")[0]
    elif isinstance(node, _Function | ast.ClassDef) and _is_private(node.name):
        yield node.name


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _unread(function: _Function) -> Iterator[tuple[str, int]]:
    """Local names that are bound by `=` alone and never read."""
    elsewhere = {
        name
        for node in ast.walk(function)
        if isinstance(node, ast.Global | ast.Nonlocal)
        for name in node.names
    }
    read = _read(function) | elsewhere
    told: set[str] = set()
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            name = target.id if isinstance(target, ast.Name) else "_"
            if not name.startswith("_") and name not in read | told:
                told.add(name)
                yield name, target.lineno

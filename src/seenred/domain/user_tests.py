"""How a user's pytest file imports what it tests."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from dataclasses import dataclass

from seenred.domain.problem import Parameter, Signature

# The name by which tests import a solution, unless they use one of their own.
SOLUTION = "solution"
_KNOWN = sys.stdlib_module_names | {"pytest", "hypothesis", "_pytest"}


@dataclass(frozen=True, slots=True)
class Imported:
    """A module that the tests import, and the names that they take from it."""

    module: str
    names: tuple[str, ...] = ()


def imported_modules(source: str) -> tuple[Imported, ...]:
    """Every absolute import of a module that is neither Python's nor pytest's, each once."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.setdefault(node.module, []).extend(alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                found.setdefault(alias.name, [])
    return tuple(
        Imported(module, tuple(dict.fromkeys(names)))
        for module, names in found.items()
        if module.split(".")[0] not in _KNOWN
    )


def solution_module(source: str, function: str | None) -> str | None:
    """The module by which tests mean the solution; None when none can be told.

    `solution`, else the one from which `function` comes, else the only one there is.
    """
    found = imported_modules(source)
    names = [each.module for each in found]
    if SOLUTION in names or (not names and _speaks_of(source, SOLUTION)):
        return SOLUTION
    giving = [each.module for each in found if function and function in each.names]
    if giving:
        return giving[0]
    return names[0] if len(names) == 1 else None


def imports_module(source: str, module: str) -> bool:
    """Whether tests import a module by its own name, or at least speak of it."""
    roots = {name for node in ast.walk(ast.parse(source)) for name in _imported_by(node)}
    return module in roots or _speaks_of(source, module)


def signature_from_tests(source: str, module: str) -> Signature | None:
    """The one function that tests import from `module`, its parameters counted from a call."""
    names = [n for each in imported_modules(source) if each.module == module for n in each.names]
    if len(names) != 1 or names == ["*"]:
        return None
    counts = Counter(
        len(node.args)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == names[0] and not node.keywords
        if not any(isinstance(argument, ast.Starred) for argument in node.args)
    )
    if not counts:
        return None
    count = min(counts.most_common(1)[0][0], 8)
    return Signature(names[0], tuple(Parameter(name) for name in "abcdefgh"[:count]))


def _imported_by(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return (node.module,)
    return tuple(alias.name for alias in node.names) if isinstance(node, ast.Import) else ()


def _speaks_of(source: str, module: str) -> bool:
    """Whether a string names the module or its file, as for `importlib` or a subprocess."""
    return any(
        isinstance(node, ast.Constant) and node.value in (module, f"{module}.py")
        for node in ast.walk(ast.parse(source))
    )

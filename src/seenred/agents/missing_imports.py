"""Adds the standard-library imports that a reply uses and forgot."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable

# What solutions use of the standard library; a name that a reply defines itself is left alone.
_MODULES = [
    "bisect",
    "calendar",
    "collections",
    "copy",
    "datetime",
    "decimal",
    "fractions",
    "functools",
    "heapq",
    "itertools",
    "json",
    "math",
    "operator",
    "os",
    "random",
    "re",
    "statistics",
    "string",
    "sys",
    "textwrap",
    "time",
    "typing",
]
_NAMES = {
    "abc": "ABC abstractmethod",
    "collections": "Counter OrderedDict defaultdict deque namedtuple",
    "contextlib": "contextmanager",
    "enum": "Enum IntEnum StrEnum",
    "functools": "cache cmp_to_key lru_cache partial reduce total_ordering wraps",
    "heapq": "heapify heappop heappush heappushpop nlargest nsmallest",
    "bisect": "bisect_left bisect_right insort insort_left insort_right",
    "itertools": "accumulate chain combinations groupby pairwise permutations product",
    "math": "ceil comb factorial floor gcd inf isqrt lcm sqrt",
    "typing": "Any Callable Deque Dict Iterable Iterator List Optional Sequence Set Tuple Union",
    "dataclasses": "dataclass field",
    "calendar": "isleap monthrange",
    "datetime": "date timedelta",
    "fractions": "Fraction",
    "decimal": "Decimal ROUND_HALF_EVEN ROUND_HALF_UP",
}
_FROM = {name: module for module, names in _NAMES.items() for name in names.split()}


def with_missing_imports(code: str, beside: Iterable[str] = ()) -> str:
    """`code` led by the imports of standard names that it uses without importing them.

    Args:
        beside: code of the same module, whose names are there too.
    """
    tree = ast.parse(code)
    missing = _undefined(tree).difference(*(_bound(ast.parse(each)) for each in beside))
    lines = [_import(name) for name in sorted(missing)]
    shadowed = _shadowed_modules(tree)
    lines += [f"import {name}" for name in sorted(shadowed)]
    found = [line for line in dict.fromkeys(lines) if line]
    if not found:
        return code
    kept = _without(code, tree, shadowed) if shadowed else code
    at = _after_future(tree)
    rows = kept.splitlines()
    if rows[at : at + 1] and rows[at].startswith(("def ", "async def ", "class ", "@")):
        found += ["", ""]
    return "\n".join([*rows[:at], *found, *rows[at:]]) + "\n"


def _import(name: str) -> str:
    if name in _MODULES:
        return f"import {name}"
    return f"from {_FROM[name]} import {name}" if name in _FROM else ""


def _undefined(tree: ast.Module) -> set[str]:
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return used - _bound(tree) - set(dir(builtins))


def _bound(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            names |= {*_MODULES, *_FROM}  # it may bind any
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return names


def _shadowed_modules(tree: ast.Module) -> set[str]:
    """`from bisect import bisect` followed by `bisect.bisect_left`: the module was meant."""
    imported = {
        node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        and any(alias.name == node.module and not alias.asname for alias in node.names)
    }
    return {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in imported
        and _FROM.get(node.attr) == node.value.id
    }


def _without(code: str, tree: ast.Module, modules: set[str]) -> str:
    lines = code.splitlines()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module in modules:
            rest = [a for a in node.names if a.name != node.module]
            text = ast.unparse(ast.ImportFrom(node.module, rest, 0)) if rest else ""
            lines[node.lineno - 1 : node.end_lineno] = [text] + [""] * (
                (node.end_lineno or node.lineno) - node.lineno
            )
    return "\n".join(lines)


def _after_future(tree: ast.Module) -> int:
    """The line below the docstring and `from __future__` imports."""
    line = 0
    for i, node in enumerate(tree.body):
        docstring = i == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not (docstring or future):
            break
        line = node.end_lineno or node.lineno
    return line

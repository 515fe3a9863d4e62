"""What in a module's structure can be measured to want tidying: what it is, and where."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from seenred.domain.unused import unused_names

# lines of a function and levels of its blocks: the house limits of the design
LONG, NESTED = 50, 4
# Statements that two places share before it is worth a name; chosen so that neither two small
# methods nor a row of guards are told.
SAME, ALIKE = 3, 5
REPEATED = 3
# a body with more statements is a table, not an algorithm, and would take long to compare
_LARGEST = 60
# as often a digit or an index as a value with a meaning
_SMALL = 10
_COMMON = (10, 100)

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


class SmellKind(StrEnum):
    """What Kent Beck and Martin Fowler call by these names, as far as it can be counted."""

    DUPLICATION = "duplication"
    LONG = "long function"
    NESTED = "deep nesting"
    UNUSED = "unused"
    MAGIC = "repeated literal"


@dataclass(frozen=True, slots=True)
class Smell:
    """One thing that wants tidying.

    Attributes:
        where: name of the function around it, `Class.method` for a method; "" at module level.
        start: first of its lines, counted from 1; the first place where there are two.
        end: last of them.
        what: a clause for a person or a model.
        places: all lines that it touches.
    """

    kind: SmellKind
    where: str
    start: int
    end: int
    what: str
    places: frozenset[int] = frozenset()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Smell) and self._told == other._told

    def __hash__(self) -> int:
        return hash(self._told)

    @property
    def _told(self) -> tuple[object, ...]:
        return (self.kind, self.where, self.start, self.end, self.what)


@dataclass(frozen=True, slots=True)
class _Part:
    """One statement, as runs compare it.

    Attributes:
        size: statements in it, itself included.
        exact: equal for the same statement.
        shape: equal also where only names and values differ.
    """

    start: int
    end: int
    size: int
    exact: str
    shape: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Statements that follow each other."""

    where: str
    parts: tuple[_Part, ...]

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    @property
    def lines(self) -> frozenset[int]:
        return frozenset(range(self.start, self.end + 1))

    def __str__(self) -> str:
        around = f" in `{self.where}`" if self.where else ""
        return f"lines {self.start}-{self.end}{around}"


def smells(
    source: str, changed: Collection[int] | None = None, *, tests: bool = False
) -> tuple[Smell, ...]:
    """What wants tidying, by line.

    Args:
        changed: lines that somebody has just written; only what touches them is told.
        tests: it is a file of tests, whose values are better repeated than named.
    """
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()
    functions = list(_functions(module))
    found = [*_duplications(functions), *_large(functions), *_unused(module, source)]
    if not tests:
        found += _magic(functions)
    if changed is not None:
        found = [each for each in found if each.places & frozenset(changed)]
    return tuple(sorted(found, key=lambda each: (each.start, each.kind)))


def _functions(node: ast.AST, owner: str = "") -> Iterator[tuple[str, _Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _Function):
            yield f"{owner}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{owner}{child.name}.")


def _large(functions: Sequence[tuple[str, _Function]]) -> Iterator[Smell]:
    for name, function in functions:
        end = function.end_lineno or function.lineno
        lines = frozenset(range(function.lineno, end + 1))
        length = len(lines) - _docstring_lines(function)
        if length > LONG:
            what = f"`{name}` has {length} lines"
            yield Smell(SmellKind.LONG, name, function.lineno, end, what, lines)
        if (depth := _depth(function.body)) > NESTED:
            what = f"`{name}` nests {depth} blocks"
            yield Smell(SmellKind.NESTED, name, function.lineno, end, what, lines)


def _docstring_lines(function: _Function) -> int:
    if ast.get_docstring(function) is None:
        return 0
    return (function.body[0].end_lineno or 0) - function.body[0].lineno + 1


def _depth(body: Sequence[ast.AST], chained: bool = False) -> int:
    deepest = 0
    for node in body:
        own = 0 if chained or not isinstance(node, _BLOCKS) else 1
        inner = [_depth(part, _is_elif(node, part)) for part in _bodies(node)]
        deepest = max(deepest, own + max(inner, default=0))
    return deepest


def _is_elif(node: ast.AST, part: Sequence[ast.AST]) -> bool:
    return (
        isinstance(node, ast.If)
        and part is node.orelse
        and len(part) == 1
        and isinstance(part[0], ast.If)
    )


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The bodies of a statement, but not those of a function or a class in it."""
    if isinstance(node, _Function | ast.ClassDef):
        return
    for name in ("body", "orelse", "finalbody"):
        part = getattr(node, name, None)
        if isinstance(part, list) and part:
            yield part
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body


def _duplications(functions: Sequence[tuple[str, _Function]]) -> Iterator[Smell]:
    """The longest pairs of runs that are the same, or alike but for names and values."""
    runs = [run for name, function in functions for run in _runs(name, function)]
    told: set[int] = set()
    for least, word, key in ((SAME, "the same", "exact"), (ALIKE, "alike", "shape")):
        groups: dict[tuple[str, ...], list[_Run]] = {}
        for run in runs:
            if run.size >= least:
                groups.setdefault(tuple(getattr(part, key) for part in run.parts), []).append(run)
        longest = sorted(groups.values(), key=lambda group: -group[0].size)
        for one, other in (pair for group in longest for pair in combinations(group, 2)):
            places = one.lines | other.lines
            if one.lines & other.lines or places & told:
                continue
            told |= places
            what = f"{one} and {other} are {word}"
            yield Smell(SmellKind.DUPLICATION, one.where, one.start, one.end, what, places)


def _runs(name: str, function: _Function) -> Iterator[_Run]:
    skip = 1 if ast.get_docstring(function) is not None else 0
    pending = [function.body[skip:]]
    while pending:
        body = pending.pop()
        pending += [part for node in body for part in _bodies(node)]
        if len(body) <= _LARGEST:
            parts = [_part(node) for node in body]
            for start, end in combinations(range(len(body) + 1), 2):
                yield _Run(name, tuple(parts[start:end]))


def _part(node: ast.stmt) -> _Part:
    inside = list(ast.walk(node))
    size = sum(isinstance(each, ast.stmt) for each in inside)
    shape = " ".join(
        type(each.value if isinstance(each, ast.Constant) else each).__name__ for each in inside
    )
    return _Part(node.lineno, node.end_lineno or node.lineno, size, ast.dump(node), shape)


def _unused(module: ast.Module, source: str) -> Iterator[Smell]:
    for name, line, where in unused_names(module, source):
        what = f"`{name}` is never used"
        yield Smell(SmellKind.UNUSED, where, line, line, what, frozenset({line}))


def _magic(functions: Sequence[tuple[str, _Function]]) -> Iterator[Smell]:
    """Numbers that several expressions write out."""
    seen: dict[str, list[tuple[str, int]]] = {}
    for name, function in functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and _is_uncommon(node.value):
                seen.setdefault(repr(node.value), []).append((name, node.lineno))
    counts = Counter({value: len(places) for value, places in seen.items()})
    for value, count in counts.items():
        if count >= REPEATED:
            where, line = seen[value][0]
            lines = frozenset(line for _, line in seen[value])
            what = f"`{value}` is written {count} times"
            yield Smell(SmellKind.MAGIC, where, line, line, what, lines)


def _is_uncommon(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, float) or (abs(value) >= _SMALL and value not in _COMMON)

"""Which functions of two versions of the code must be run against each other, and with what."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from seenred.domain.placed_statement import (
    Definition,
    FunctionNode,
    PlacedStatement,
    blocks,
    placed_statements,
)
from seenred.domain.renaming import Renaming
from seenred.domain.source_change import changed_statements, head
from seenred.domain.source_text import SourceText

# More functions than this say nothing that the first ones don't, within a time that one waits.
MOST_PAIRS = 40
_MOST_CONSTANTS = 12
_LONGEST_TEXT = 40
# statements that only bind a name when a module is imported
_BINDING = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | Definition

Place = tuple[str, str]  # path and qualified name


@dataclass(frozen=True, slots=True)
class VersionPair:
    """A function, or the values of a module, in both versions.

    Attributes:
        kind: `function` or `module`.
        why: it can't be compared, and why; "" when it can.
        own_names: parameters of the new function to those of the old, where they differ.
        constants: what both mention, the function's own first.
        values: of a module: names in both, old and new.
    """

    kind: str
    new: Place
    old: Place
    public: bool
    why: str = ""
    own_names: Mapping[str, str] | None = None
    constants: tuple[int | float | str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """What changed between two versions, and what shows whether it matters.

    Attributes:
        lines: of changed functions that a comparison must reach: `new` and `old`, by path.
        blocks: changes that no comparison of functions can judge, `path:line` and why.
    """

    pairs: tuple[VersionPair, ...]
    lines: Mapping[str, Mapping[str, tuple[int, ...]]]
    blocked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Function:
    node: FunctionNode
    path: str
    name: str

    @property
    def body(self) -> str:
        """What it does, whatever its docstring and annotations say."""
        return "\n".join(_deep(self.node))

    @property
    def lines(self) -> tuple[int, ...]:
        """First lines of its statements, docstrings left out."""
        inside = [each for each in ast.walk(self.node) if isinstance(each, ast.stmt)]
        found = {each.lineno for each in inside if each is not self.node and not _is_quiet(each)}
        return tuple(sorted(found))

    @property
    def words(self) -> frozenset[str]:
        """All names and attributes that it mentions."""
        names = {n.id for n in ast.walk(self.node) if isinstance(n, ast.Name)}
        return frozenset(
            names | {n.attr for n in ast.walk(self.node) if isinstance(n, ast.Attribute)}
        )

    @property
    def is_public(self) -> bool:
        return not any(p.startswith("_") and p != "__init__" for p in self.name.split("."))


class Version:
    """The changed modules of one version.

    Args:
        sources: path to content.
        modules: path to dotted name, of all production modules.
    """

    def __init__(self, sources: Mapping[str, bytes], modules: Mapping[str, str]) -> None:
        self.texts = {path: SourceText.of(source) for path, source in sources.items()}
        self.modules = modules

    @cached_property
    def functions(self) -> dict[Place, _Function]:
        """All functions and methods that are not inside another function."""
        found = [
            each for path, text in self.texts.items() for each in _functions(text.module, path)
        ]
        return {(each.path, each.name): each for each in found}

    @cached_property
    def top(self) -> dict[str, list[PlacedStatement]]:
        """What runs when each module is imported."""
        return {
            path: [p for p in placed_statements(text, everything=True)[0] if p.function is None]
            for path, text in self.texts.items()
        }

    def dotted(self, place: Place) -> str:
        """A place as one dotted name."""
        return f"{self.modules.get(place[0], '')}.{place[1]}"


def compare_versions(old: Version, new: Version, renaming: Renaming) -> Versions:
    """What to run against each other, public functions first."""
    return _Planner(old, new, renaming).plan()


def changed_functions(old: Version, new: Version) -> set[Place]:
    """The functions of the new version that the old one has otherwise, or not at all."""
    planner = _Planner(old, new, Renaming())
    return {place for place, each in new.functions.items() if planner.is_changed(each)}


def changed_lines(
    old: Version, new: Version, renaming: Renaming
) -> Mapping[str, tuple[tuple[str, range], ...]]:
    """The lines of each statement that only one of the two has: under `old` and `new`.

    A function that was moved as it is has none. What was removed together with the last code that
    names it has none either.
    """
    return _Planner(old, new, renaming).lines()


class _Planner:
    def __init__(self, old: Version, new: Version, renaming: Renaming) -> None:
        self._old = old
        self._new = new
        self._renaming = renaming
        self._back = {b: a for a, b in renaming.names.items()}
        self._counterparts = {place: self._counterpart(place) for place in new.functions}

    def plan(self) -> Versions:
        changed = [f for f in self._new.functions.values() if self.is_changed(f)]
        kept = {c for c in self._counterparts.values() if c}
        gone = [f for place, f in self._old.functions.items() if place not in kept]
        replaced = [self._old.functions[c] for f in changed if (c := self._counterparts[_at(f)])]
        top, blocked = self._top_changes()
        seeds = {f.name.rpartition(".")[2] for f in changed} | top
        chosen = self._mentioning(changed, seeds)
        functions = [pair for f in chosen if (pair := self._pair(f))]
        functions.sort(key=lambda pair: not pair.public)
        pairs = (*self._values(top), *functions)[:MOST_PAIRS]
        lines = {"new": _lines(changed), "old": _lines([*replaced, *gone])}
        return Versions(pairs, lines, tuple(blocked))

    def lines(self) -> dict[str, tuple[tuple[str, range], ...]]:
        """The statements that differ, by version."""
        found: dict[str, list[tuple[str, range]]] = {"old": [], "new": []}
        for function in self._new.functions.values():
            if self.is_changed(function):
                place = self._counterparts[_at(function)]
                before = self._old.functions[place] if place else None
                found["new"] += _own(function, before)
                found["old"] += _own(before, function) if before else []
        kept = set(self._counterparts.values())
        for place, function in self._old.functions.items():
            if place not in kept and self._is_mentioned(function):
                found["old"] += _own(function, None)
        for path, placed in self._new.top.items():
            changes = changed_statements(self._old.top.get(path, []), placed)
            moved = self._old.top.get(path) is None
            found["new"] += [] if moved else [(path, c.placed.own_lines) for c in changes]
        return {version: tuple(lines) for version, lines in found.items()}

    def _is_mentioned(self, function: _Function) -> bool:
        """Whether other old code names it: then it was called from somewhere."""
        name = function.name.rpartition(".")[2]
        others = [f for f in self._old.functions.values() if f is not function]
        top = {word for placed in self._old.top.values() for p in placed for word in _used(p.node)}
        return name in top or any(name in other.words for other in others)

    def _counterpart(self, place: Place) -> Place | None:
        """Where the old version has the function: under the old name, or where it is gone from."""
        dotted = self._new.dotted(place)
        expected = {self._renaming_back(dotted), dotted}
        expected.add(".".join(self._bare_back(part) for part in dotted.split(".")))
        for candidate in self._old.functions:
            if self._old.dotted(candidate) in expected:
                return candidate
        same = [c for c in self._old.functions if c[1] == place[1] and c not in self._new.functions]
        return same[0] if len(same) == 1 else None

    def _renaming_back(self, dotted: str) -> str:
        return Renaming(self._back).qualified(dotted)

    def _bare_back(self, part: str) -> str:
        return min(Renaming(self._back).identifier(part))

    def is_changed(self, function: _Function) -> bool:
        """Whether the old version has the function otherwise, or not at all."""
        place = self._counterparts[_at(function)]
        return place is None or self._old.functions[place].body != function.body

    def _top_changes(self) -> tuple[set[str], list[tuple[str, str]]]:
        """Names that are bound otherwise at import, and what does more than bind a name."""
        names: set[str] = set()
        blocked: list[tuple[str, str]] = []
        for path, placed in self._new.top.items():
            before = self._old.top.get(path, [])
            changes = [c.placed for c in changed_statements(before, placed)]
            for each in (*changes, *(c.placed for c in changed_statements(placed, before))):
                bound = _bound(each.node)
                names |= bound
                if not isinstance(each.node, _BINDING):
                    where = f"{path}:{each.node.lineno}"
                    blocked.append((where, "runs when the module is imported"))
        return names, blocked

    def _mentioning(self, changed: list[_Function], seeds: set[str]) -> list[_Function]:
        """The changed functions and those that mention one of them, directly or through others."""
        chosen = {_at(f): f for f in changed}
        known = set(seeds)
        while True:
            more = [
                f
                for place, f in self._new.functions.items()
                if place not in chosen
                and (not known.isdisjoint(f.words) or not known.isdisjoint(f.name.split(".")))
            ]
            if not more:
                return list(chosen.values())
            chosen |= {_at(f): f for f in more}
            known |= {f.name.rpartition(".")[2] for f in more}

    def _pair(self, function: _Function) -> VersionPair | None:
        place = self._counterparts[_at(function)]
        if place is None:
            return None
        old = self._old.functions[place]
        return VersionPair(
            kind="function",
            new=_at(function),
            old=place,
            public=function.is_public,
            why=_unlike(old.node, function.node),
            own_names=_own_names(old.node, function.node),
            constants=self._constants(old, function),
        )

    def _constants(self, old: _Function, new: _Function) -> tuple[int | float | str, ...]:
        tops = [*self._old.top.get(old.path, ()), *self._new.top.get(new.path, ())]
        assigned = [p.node for p in tops if isinstance(p.node, ast.Assign | ast.AnnAssign)]
        found = [c for node in (old.node, new.node, *assigned) for c in _constants(node)]
        return tuple(dict.fromkeys(found))[: 2 * _MOST_CONSTANTS]

    def _values(self, names: set[str]) -> Iterator[VersionPair]:
        """Of each module with other values, those that both versions bind."""
        for path, placed in self._new.top.items():
            old_path = path if path in self._old.top else ""
            before = {n for p in self._old.top.get(old_path, ()) for n in _assigned(p)}
            both = [(n, n) for p in placed for n in _assigned(p) if n in before and n in names]
            if both:
                yield VersionPair("module", (path, ""), (old_path, ""), True, values=tuple(both))


def _own(function: _Function, other: _Function | None) -> list[tuple[str, range]]:
    """Statements of one function that the other doesn't have, as ranges of lines."""
    known = Counter(head(each) for each in _statements(other)) if other else Counter[str]()
    found = []
    for each in _statements(function):
        known[head(each)] -= 1
        if known[head(each)] < 0:
            found.append((function.path, PlacedStatement(each, "").own_lines))
    return found


def _statements(function: _Function) -> list[ast.stmt]:
    inside = [each for each in ast.walk(function.node) if isinstance(each, ast.stmt)]
    return [each for each in inside if not _is_quiet(each)]


def _used(node: ast.stmt) -> set[str]:
    if isinstance(node, Definition):
        return set()
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _at(function: _Function) -> Place:
    return (function.path, function.name)


def _functions(module: ast.Module, path: str) -> Iterator[_Function]:
    def inside(body: Iterable[ast.stmt], scope: str) -> Iterator[_Function]:
        for node in body:
            if isinstance(node, FunctionNode):
                yield _Function(node, path, scope + node.name)
            elif isinstance(node, ast.ClassDef):
                yield from inside(node.body, f"{scope}{node.name}.")
            else:
                for block in blocks(node):
                    yield from inside(block, scope)

    return inside(module.body, "")


def _deep(node: ast.AST) -> Iterator[str]:
    """The heads of a function and of all statements inside it."""
    if isinstance(node, ast.stmt) and not _is_silent(node):
        yield head(node)
    for child in ast.iter_child_nodes(node):
        yield from _deep(child)
    yield "end"


def _is_silent(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _lines(functions: Iterable[_Function]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for each in functions:
        found[each.path] = (*found.get(each.path, ()), *each.lines)
    return found


def _bound(node: ast.stmt) -> set[str]:
    if isinstance(node, Definition):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return {name.id for name in names}


def _assigned(placed: PlacedStatement) -> set[str]:
    """Names of the module that a statement gives a value."""
    plain = isinstance(placed.node, ast.Assign | ast.AnnAssign) and not placed.scope
    return {n for n in _bound(placed.node) if not n.startswith("_")} if plain else set()


def _unlike(old: FunctionNode, new: FunctionNode) -> str:
    if type(old) is not type(new):
        return "one of the two is async"
    before, after = ([ast.dump(d) for d in node.decorator_list] for node in (old, new))
    if before != after:
        return "what decorates it differs"
    # by place each would get another's value
    names = [_parameter_names(node) for node in (old, new)]
    swapped = names[0] != names[1] and sorted(names[0]) == sorted(names[1])
    return "its parameters have another order" if swapped else ""


def _own_names(old: FunctionNode, new: FunctionNode) -> dict[str, str]:
    """Parameters of the new function by place, where the old one calls them otherwise."""
    before, after = _parameter_names(old), _parameter_names(new)
    return {b: a for a, b in zip(before, after, strict=False) if a != b}


def _parameter_names(node: FunctionNode) -> list[str]:
    arguments = node.args
    return [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _constants(node: ast.AST) -> Iterator[int | float | str]:
    for each in ast.walk(node):
        value = each.value if isinstance(each, ast.Constant) else None
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number or (isinstance(value, str) and len(value) < _LONGEST_TEXT):
            yield value  # type: ignore[misc]


def _is_quiet(node: ast.stmt) -> bool:
    """Whether running it leaves no trace of a line in every Python."""
    return _is_silent(node) or isinstance(node, ast.Pass | ast.Global | ast.Nonlocal)

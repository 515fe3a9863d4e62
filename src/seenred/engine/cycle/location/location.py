"""Where a change goes, and how much of it a model sees."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seenred.domain.source_text import SourceText
from seenred.domain.symbol import ModuleSymbols, Symbol, SymbolKind, symbols_of

_CHARACTERS = 4  # of a token of code, about
_BUDGET = 1500  # tokens that the located code takes where nobody says otherwise
_NEIGHBOURS = 400  # of its neighbours
_HEAD = 3  # a class's own rows that say what it is: a decorator, its name, a docstring


@dataclass(frozen=True, slots=True)
class Found:
    """A definition that the change is likely about."""

    path: str
    symbol: Symbol
    source: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A definition elsewhere that the located code uses."""

    path: str
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Location:
    """Where the next test and its code go.

    Attributes:
        production: paths to change, first the likeliest; it may not exist yet.
        module: import name of the first.
        source: of the first; "" when it is new.
        symbols: what the change is about, first the likeliest.
        signatures: what the located code uses of other files.
        test_file: existing or new.
        test_name: when the item names one; else "".
        names: what can be imported from the module.
    """

    production: tuple[str, ...]
    module: str
    test_file: str
    test_name: str = ""
    source: str = ""
    is_new: bool = False
    symbols: tuple[Found, ...] = ()
    signatures: tuple[Signature, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        """The class that a method without one belongs to; "" if that cannot be told."""
        for found in self.symbols:
            if found.path == self.production[0]:
                is_class = found.symbol.kind is SymbolKind.CLASS
                return found.symbol.name if is_class else found.symbol.owner
        return ""

    @property
    def code(self) -> str:
        """The located code as a model is to see it; "" when there is none yet."""
        return shown(self, _BUDGET)

    @property
    def neighbours(self) -> str:
        """Signatures of what the located code uses of other files."""
        return _cut("\n".join(_signatures(self.signatures)), _NEIGHBOURS * _CHARACTERS)


def render(location: Location, budget_tokens: int) -> str:
    """The located code whole, with its neighbours' signatures as far as the budget goes."""
    path = location.production[0]
    if location.is_new:
        return f"# {path} does not exist yet\n"
    heading = f"# {path}\n"
    code = shown(location, budget_tokens - len(heading) // _CHARACTERS - 1)
    left = budget_tokens * _CHARACTERS - len(heading) - len(code)
    return heading + code + _cut("\n".join(["", *_signatures(location.signatures)]), left)


def shown(location: Location, budget_tokens: int) -> str:
    """The module: whole, if the budget allows; else what was located whole, some signatures.

    What was located is shown whole as long as it fits by itself, the likeliest first.
    """
    limit = budget_tokens * _CHARACTERS
    if len(location.source) <= limit:
        return location.source
    module = symbols_of(location.source.encode())
    path = location.production[0]
    located = [each.symbol for each in location.symbols if each.path == path]
    return _Excerpt.of(location.source, module).rendered(located, limit)


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A long module, of which some rows are shown."""

    lines: tuple[str, ...]
    module: ModuleSymbols
    head: frozenset[int]

    @classmethod
    def of(cls, source: str, module: ModuleSymbols) -> _Excerpt:
        lines = tuple(source.splitlines())
        return cls(lines, module, frozenset(_import_rows(source)))

    def rendered(self, located: Sequence[Symbol], limit: int) -> str:
        """Whole definitions first, then the imports, then signatures, until the limit."""
        rows: dict[int, str] = {}
        parts = [self._whole(each) for each in located if each.kind is not SymbolKind.CLASS]
        parts += [self._whole(each) for each in located if each.kind is SymbolKind.CLASS]
        parts += [{row: self.lines[row - 1] for row in sorted(self.head)}]
        parts += [self._short(each) for each in self._by_nearness(located)]
        size = 0
        for part in parts:
            new = {row: line for row, line in part.items() if row not in rows}
            cost = sum(len(line) + 1 for line in new.values())
            if size + cost <= limit:
                rows.update(new)
                size += cost
        return "".join(f"{rows[row]}\n" for row in sorted(rows))

    def _whole(self, symbol: Symbol) -> dict[int, str]:
        rows = {row: self.lines[row - 1] for row in range(symbol.first, symbol.last + 1)}
        return {**self._owner_head(symbol), **rows}

    def _owner_head(self, symbol: Symbol) -> dict[int, str]:
        owner = next((s for s in self.module.symbols if s.name == symbol.owner), None)
        if owner is None:
            return {}
        inner = [s for s in self.module.symbols if s.owner == owner.name]
        below = min((each.first for each in inner), default=owner.last + 1)
        rows = range(owner.first, min(below, owner.first + _HEAD))
        return {row: self.lines[row - 1] for row in rows if self.lines[row - 1].strip()}

    def _short(self, symbol: Symbol) -> dict[int, str]:
        """A signature in its place, its body left out."""
        if symbol.kind is SymbolKind.VALUE or symbol.last == symbol.first:
            return self._whole(symbol)
        if symbol.kind is SymbolKind.CLASS:
            line = self.lines[symbol.first - 1]
            return {symbol.first: line}
        indent = self.lines[symbol.first - 1]
        blank = indent[: len(indent) - len(indent.lstrip())]
        text = "\n".join(f"{blank}{line}" for line in symbol.signature.split("\n"))
        return {**self._owner_head(symbol), symbol.first: f"{text} ..."}

    def _by_nearness(self, located: Sequence[Symbol]) -> list[Symbol]:
        """Other symbols: used by what was located, of the same class, then the rest."""
        used = {name for each in located for name in each.uses}
        owners = {each.owner for each in located if each.owner}
        others = [each for each in self.module.symbols if each not in located]

        def rank(symbol: Symbol) -> int:
            if symbol.own_name in used:
                return 0
            return 1 if symbol.owner in owners and symbol.owner else 2

        return sorted(others, key=rank)


def _import_rows(source: str) -> Iterator[int]:
    for node in SourceText.of_text(source.removeprefix("\ufeff")).module.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _signatures(found: Sequence[Signature]) -> Iterator[str]:
    """By file, each with its docstring's first line; the members of a class inside of it."""
    path = ""
    for each in found:
        if each.path != path:
            yield f"# {each.path}"
            path = each.path
        depth = "    " * each.symbol.name.count(".")
        yield from (f"{depth}{line}" for line in each.symbol.signature.split("\n")[:-1])
        end = " ..." if each.symbol.kind in (SymbolKind.FUNCTION, SymbolKind.METHOD) else ""
        summary = f"  # {each.symbol.summary}" if each.symbol.summary else ""
        yield f"{depth}{each.symbol.signature.split(chr(10))[-1]}{end}{summary}"


def _cut(text: str, limit: int) -> str:
    """Whole lines up to so many characters."""
    kept: list[str] = []
    for line in text.splitlines():
        limit -= len(line) + 1
        if limit < 0:
            break
        kept.append(line)
    return "".join(f"{line}\n" for line in kept)

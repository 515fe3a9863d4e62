"""What a Python module defines, uses and imports, as its text tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from seenred.domain.placed_statement import Definition, FunctionNode, blocks, first_line
from seenred.domain.source_text import parsed


class SymbolKind(StrEnum):
    """What a name stands for."""

    FUNCTION = "function"
    METHOD = "method"
    CLASS = "class"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A definition at the top of a module or in a class.

    Attributes:
        name: qualified within its module: `Account.deposit`.
        first: its first line from 1, decorators included.
        signature: `def deposit(self, amount: int) -> None:`; of a value, how it is written.
        summary: the docstring's first line.
        uses: names and attributes that it reads, sorted.
    """

    name: str
    kind: SymbolKind
    first: int
    last: int
    signature: str
    summary: str = ""
    uses: tuple[str, ...] = ()

    @property
    def own_name(self) -> str:
        """The name without its class."""
        return self.name.rpartition(".")[2]

    @property
    def owner(self) -> str:
        """The class around it, "" at the top of the module."""
        return self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class ModuleSymbols:
    """What one module holds.

    Attributes:
        imports: bound name and where it is from; a dot for each level of a relative import:
            `("Money", ".money.Money")`.
        skimmed: it was not parsed, and what definitions use and where they end is not known.
    """

    symbols: tuple[Symbol, ...] = ()
    imports: tuple[tuple[str, str], ...] = ()
    skimmed: bool = False


def symbols_of(source: bytes) -> ModuleSymbols:
    """The definitions of a module in the order of the text; none if it isn't Python."""
    try:
        module = parsed(source)
    except (SyntaxError, ValueError, RecursionError):
        return ModuleSymbols()
    return ModuleSymbols(tuple(_symbols(module.body, "")), tuple(_imports(module)))


def _symbols(body: Sequence[ast.stmt], owner: str) -> Iterator[Symbol]:
    for node in body:
        if isinstance(node, FunctionNode):
            yield _function(node, owner)
        elif isinstance(node, ast.ClassDef):
            yield _class(node, owner)
            yield from _symbols(node.body, f"{owner}{node.name}.")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from _values(node, owner)
        elif isinstance(node, ast.If | ast.Try):
            yield from _symbols([*node.body, *node.orelse], owner)


def _function(node: FunctionNode, owner: str) -> Symbol:
    kind = SymbolKind.METHOD if owner else SymbolKind.FUNCTION
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    marks = "".join(f"@{ast.unparse(each)}\n" for each in node.decorator_list)
    signature = f"{marks}{word} {node.name}({ast.unparse(node.args)}){returns}:"
    return _symbol(f"{owner}{node.name}", kind, node, signature)


def _class(node: ast.ClassDef, owner: str) -> Symbol:
    bases = ", ".join(ast.unparse(each) for each in (*node.bases, *node.keywords))
    marks = "".join(f"@{ast.unparse(each)}\n" for each in node.decorator_list)
    signature = f"{marks}class {node.name}{f'({bases})' if bases else ''}:"
    return _symbol(f"{owner}{node.name}", SymbolKind.CLASS, node, signature)


def _symbol(name: str, kind: SymbolKind, node: Definition, signature: str) -> Symbol:
    first = first_line(node)
    summary = (ast.get_docstring(node) or "").partition("\n")[0]
    last = node.end_lineno or node.lineno
    # a class uses what stands in it and not in its methods, which are symbols of their own
    own = [each for each in node.body if not isinstance(each, Definition)]
    uses = _uses([node] if kind is not SymbolKind.CLASS else [*own, *_head(node)])
    return Symbol(name, kind, first, last, signature, summary, uses)


def _head(node: Definition) -> Iterator[ast.AST]:
    yield from node.decorator_list
    if isinstance(node, ast.ClassDef):
        yield from node.bases


def _values(node: ast.Assign | ast.AnnAssign, owner: str) -> Iterator[Symbol]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        if isinstance(target, ast.Name):
            last = node.end_lineno or node.lineno
            written = ast.unparse(node).partition("\n")[0]
            kind = SymbolKind.VALUE
            yield Symbol(f"{owner}{target.id}", kind, node.lineno, last, written, "", _uses([node]))


def _uses(nodes: Sequence[ast.AST]) -> tuple[str, ...]:
    found: set[str] = set()
    for each in (inner for node in nodes for inner in ast.walk(node)):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
            found.add(each.id)
        elif isinstance(each, ast.Attribute):
            found.add(each.attr)
    return tuple(sorted(found))


def _imports(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in _statements(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                yield bound, alias.name
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            dot = "." if node.module else ""
            for alias in node.names:
                yield alias.asname or alias.name, f"{source}{dot}{alias.name}"


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """All statements inside, without a look at their expressions: there are ten times as many."""
    for block in blocks(node):
        for each in block:
            yield each
            yield from _statements(each)

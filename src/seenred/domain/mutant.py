"""A module with one piece of its code taken away: what its tests should notice."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from seenred.domain.mutant_part import (
    Node,
    brief,
    in_place,
    named_defaults,
    own_nodes,
    parts,
    start_of,
)
from seenred.domain.outside_effect import Outside
from seenred.domain.placed_statement import (
    Definition,
    Excuse,
    FunctionNode,
    PlacedStatement,
    blocks,
    placed_statements,
)
from seenred.domain.source_change import ChangedStatement, changed_statements
from seenred.domain.source_text import Edit, SourceText, breaks_in, is_python
from seenred.domain.value_mutant import value_parts

# kinds that take a whole piece of code away, with all that it does
_TAKEN_AWAY = ("deletion", "reversion", "guard", "operand", "arm", "filter")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small edit of a module; every other line keeps its number.

    Attributes:
        path: of the module, as it was given.
        first, last: lines of what was edited.
        kind: `deletion`, `reversion`, `emptied`, or the kind of a part: `guard`, `operand`, `arm`,
            `filter`, `handler`, `default`, `decorator`, `keyword`, `value`.
        what: what no test notices when all stay green: `deletion`, `the filter `x` left out`.
        code: the statement that was edited, its first line.
        scope: qualified name of the function or class around it, "" at the top of the module.
        at_import: the edited code runs when the module is imported, not when a test calls it.
        source: the whole edited module.
        effect: what was taken away and acts outside of the code, as `print(total)`; "" for nothing.
    """

    path: str
    first: int
    last: int
    kind: str
    what: str
    code: str
    scope: str
    at_import: bool
    source: bytes
    effect: str = ""

    @property
    def where(self) -> str:
        """`path:line` or `path:first-last`."""
        lines = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.path}:{lines}"


@dataclass(frozen=True, slots=True)
class Mutation:
    """The mutants of what a change added, and what it asks to be spared."""

    mutants: tuple[Mutant, ...]
    excuses: tuple[Excuse, ...] = ()


def statement_mutants(
    source: bytes, lines: Iterable[int] | None = None, *, path: str = "", values: bool = False
) -> tuple[Mutant, ...]:
    """The mutants of the statements on some lines; of all when none are named.

    Args:
        values: also those that compute something else: another number, operator, comparison.

    Raises:
        SyntaxError: the source isn't Python.
    """
    module = _Module.of(source, path)
    wanted = None if lines is None else frozenset(lines)
    chosen = [p for p in module.placed if wanted is None or not wanted.isdisjoint(p.own_lines)]
    return module.mutants([ChangedStatement(each) for each in chosen], values=values)


def change_mutants(old: bytes | None, new: bytes, *, path: str = "") -> Mutation:
    """The mutants of the statements that differ from the parent's; of all in a new module.

    A changed layout or comment is no difference. Where a statement was changed, one mutant puts
    the parent's back.

    Raises:
        SyntaxError: one of the two isn't Python.
    """
    module = _Module.of(new, path)
    if old is None:
        everything = [ChangedStatement(each) for each in module.placed]
        return Mutation(module.mutants(everything), module.excuses)
    parent = _Module.of(old, path)
    changed = changed_statements(parent.placed, module.placed)
    known = {parent.line(excuse) for excuse in parent.excuses}
    excuses = tuple(each for each in module.excuses if module.line(each) not in known)
    return Mutation(module.mutants(changed, parent.text), excuses)


def emptied(source: bytes, function: str, *, path: str = "") -> Mutant | None:
    """The module with a function (its qualified name) that does nothing; None without such a one.

    Raises:
        SyntaxError: the source isn't Python.
    """
    module = _Module.of(source, path)
    for placed in module.placed:
        node = placed.node
        if isinstance(node, FunctionNode) and f"{placed.scope}.{node.name}".strip(".") == function:
            return module.emptied(placed, node)
    return None


@dataclass(frozen=True, slots=True)
class _Module:
    text: SourceText
    path: str
    placed: tuple[PlacedStatement, ...]
    excuses: tuple[Excuse, ...]
    outside: Outside

    @classmethod
    def of(cls, source: bytes, path: str) -> _Module:
        text = SourceText.of(source)
        placed, excuses = placed_statements(text, exports=path.endswith("__init__.py"))
        outside = Outside.of(text.module, path)
        return cls(text, path, tuple(placed), tuple(excuses), outside)

    def line(self, excuse: Excuse) -> str:
        return self.text.lines[excuse.line - 1].strip()

    def mutants(
        self,
        changed: Sequence[ChangedStatement],
        parent: SourceText | None = None,
        *,
        values: bool = False,
    ) -> tuple[Mutant, ...]:
        """What compiles of the mutants, each only once."""
        excused = {excuse.line for excuse in self.excuses}
        found: dict[bytes, Mutant] = {}
        for each in changed:
            for mutant in (*self._of(each, parent), *(self._values(each) if values else ())):
                if mutant.first not in excused and is_python(mutant.source):
                    found.setdefault(mutant.source, mutant)
        found.pop(self.text.edited([]), None)
        return tuple(found.values())

    def emptied(self, placed: PlacedStatement, node: FunctionNode) -> Mutant:
        first = node.body[1] if ast.get_docstring(node) and node.body[1:] else node.body[0]
        start, end = self.text.start(first), self.text.end(node)
        idle = b"if False: yield" if _is_generator(node) else b"pass"
        edit = Edit(start, end, idle + b"\n" * breaks_in(self.text.content[start:end]))
        return self._edited(placed, node, edit, "emptied", f"{node.name}() emptied")

    def _of(self, changed: ChangedStatement, parent: SourceText | None) -> Iterator[Mutant]:
        placed, before = changed.placed, changed.before
        known: set[str] = set()
        if before is not None and parent is not None:
            yield from self._reversions(placed, before, parent)
            known = {_written(node) for node in own_nodes(before)}
            known |= {_written(part.node) for part in parts(parent, before)}
        else:
            yield from self._deletion(placed)
        for part in parts(self.text, placed.node):
            if _written(part.node) not in known:
                yield self._edited(placed, part.node, part.edit, part.kind, part.what)

    def _values(self, changed: ChangedStatement) -> Iterator[Mutant]:
        for part in value_parts(self.text, changed.placed.node):
            yield self._edited(changed.placed, part.node, part.edit, part.kind, part.what)

    def _deletion(self, placed: PlacedStatement) -> Iterator[Mutant]:
        node = placed.node
        if isinstance(node, ast.Return) and placed.is_last and _is_none(node.value):
            return
        if placed.is_elif and isinstance(node, ast.If):
            edit = in_place(self.text, node.test, "False")
        else:
            start, end = start_of(self.text, node), self.text.end(node)
            edit = Edit(start, end, b"pass" + b"\n" * breaks_in(self.text.content[start:end]))
        yield self._edited(placed, node, edit, "deletion", "deletion")

    def _reversions(
        self, placed: PlacedStatement, before: ast.stmt, parent: SourceText
    ) -> Iterator[Mutant]:
        """The parent's statement put back; of a compound one what its head tests or walks."""
        for now, then in _revertible(placed.node, before):
            edit = self.text.replacing(now, parent.text(then))
            what = f"`{brief(parent, then)}` put back"
            mutant = self._edited(placed, now, edit, "reversion", what)
            # what the parent does too is no news
            yield replace(mutant, effect="") if self.outside.effect(then) else mutant

    def _edited(
        self, placed: PlacedStatement, node: Node, edit: Edit, kind: str, what: str
    ) -> Mutant:
        lines = placed.node if kind == "emptied" else node
        return Mutant(
            path=self.path,
            first=self.text.line_at(start_of(self.text, lines)),
            last=lines.end_lineno or lines.lineno,
            kind=kind,
            what=what,
            code=self.text.lines[placed.node.lineno - 1].strip(),
            scope=placed.scope,
            at_import=placed.function is None and kind != "emptied",
            source=self.text.edited([edit]),
            effect=self.outside.effect(node) if kind in _TAKEN_AWAY else "",
        )


def _revertible(now: ast.stmt, then: ast.stmt) -> list[tuple[Node, Node]]:
    """The pieces of two statements that differ and can be exchanged."""
    if not any(blocks(now)):
        return [(now, then)]
    pairs: list[tuple[Node, Node]] = []
    if isinstance(now, FunctionNode) and isinstance(then, FunctionNode):
        old = named_defaults(then.args)
        pairs = [(d, old[n]) for n, d in named_defaults(now.args).items() if n in old]
    for name in ("test", "iter"):
        if hasattr(now, name) and hasattr(then, name):
            pairs.append((getattr(now, name), getattr(then, name)))
    return [(a, b) for a, b in pairs if ast.dump(a) != ast.dump(b)]


def _written(node: ast.AST) -> str:
    """A node, the same whatever its layout; of a handler what it catches."""
    if isinstance(node, ast.ExceptHandler):
        return f"except {ast.dump(node.type) if node.type else ''}"
    return ast.dump(node)


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _is_generator(node: FunctionNode) -> bool:
    own = [each for statement in node.body for each in (statement, *_inside(statement))]
    return any(isinstance(each, ast.Yield | ast.YieldFrom) for each in own)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes below one, those of nested functions left out."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Definition | ast.Lambda):
            yield child
            yield from _inside(child)

"""Which statements of a module differ from its parent's, whatever their layout."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from seenred.domain.placed_statement import Definition, PlacedStatement, blocks

# Below this share of common text, two statements have nothing to do with each other.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class ChangedStatement:
    """A statement that the parent doesn't have.

    Attributes:
        before: what the parent has in its place; None where nothing resembles it.
    """

    placed: PlacedStatement
    before: ast.stmt | None = None


def changed_statements(
    old: Sequence[PlacedStatement], new: Sequence[PlacedStatement]
) -> list[ChangedStatement]:
    """The new statements, in order; a compound one counts by its head, its body by itself."""
    gone = _unmatched(old, new)
    by_scope: dict[str, list[ast.stmt]] = defaultdict(list)
    for placed in gone:
        by_scope[placed.scope].append(placed.node)
    return [
        ChangedStatement(placed, _take_alike(placed.node, by_scope[placed.scope]))
        for placed in _unmatched(new, old)
    ]


def head(node: ast.stmt) -> str:
    """A statement without its nested blocks, written the same whatever its layout was."""
    return ast.dump(_beheaded(node))


def _unmatched(
    these: Sequence[PlacedStatement], those: Iterable[PlacedStatement]
) -> list[PlacedStatement]:
    known = Counter((each.scope, head(each.node)) for each in those)
    return [each for each in these if not _taken(known, (each.scope, head(each.node)))]


def _taken(known: Counter[tuple[str, str]], key: tuple[str, str]) -> bool:
    known[key] -= 1
    return known[key] >= 0


def _beheaded(node: ast.stmt) -> ast.stmt:
    """A copy that has the head only; annotations are no behaviour."""
    fields = {name: value for name, value in ast.iter_fields(node) if not _is_body(name, value)}
    if isinstance(node, ast.Try):
        fields["handlers"] = [_bare_handler(each) for each in node.handlers]
    if isinstance(node, ast.Match):
        fields["cases"] = [ast.match_case(each.pattern, each.guard, []) for each in node.cases]
    if isinstance(node, Definition):
        fields["returns"] = fields["type_comment"] = None
    return type(node)(**fields)


def _is_body(name: str, value: object) -> bool:
    return name in ("body", "orelse", "finalbody") and isinstance(value, list)


def _bare_handler(handler: ast.ExceptHandler) -> ast.ExceptHandler:
    return ast.ExceptHandler(handler.type, handler.name, [])


def _take_alike(node: ast.stmt, gone: list[ast.stmt]) -> ast.stmt | None:
    """The most similar of the statements that are gone, which is then no longer among them."""
    rated = [(_likeness(node, other), -index) for index, other in enumerate(gone)]
    best, index = max(rated, default=(0.0, 0))
    return gone.pop(-index) if best >= _ALIKE else None


def _likeness(node: ast.stmt, other: ast.stmt) -> float:
    if type(node) is not type(other):
        return 0.0
    if isinstance(node, Definition) and isinstance(other, Definition):
        return float(node.name == other.name)
    if _is_same_target(node, other):
        return 1.0
    return SequenceMatcher(None, _written(node), _written(other), autojunk=False).ratio()


def _is_same_target(node: ast.stmt, other: ast.stmt) -> bool:
    if not (isinstance(node, ast.Assign) and isinstance(other, ast.Assign)):
        return False
    return [ast.dump(each) for each in node.targets] == [ast.dump(each) for each in other.targets]


def _written(node: ast.stmt) -> str:
    return "" if any(blocks(node)) and not _tests(node) else ast.unparse(_first_part(node))


def _first_part(node: ast.stmt) -> ast.AST:
    return next(iter(_tests(node)), node)


def _tests(node: ast.stmt) -> Iterator[ast.expr]:
    if isinstance(node, ast.If | ast.While):
        yield node.test
    elif isinstance(node, ast.For | ast.AsyncFor):
        yield node.iter

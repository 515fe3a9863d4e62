"""What tests agree on that were drawn independently, before there is any solution.

A value that only a model expects may be invented; one that several draws expect of the same calls
rarely is. Two tests are about the same when they do the same before and judge the same expression,
whatever they call their variables.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seenred.domain.expectation import Expectation, Function, Kind, expectations

LEAST = 2  # draws that must expect the same


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the draws say of one test's expectations.

    Attributes:
        lines: of the assertions on which enough draws agree, within the test's source.
        rows: of a parametrised test the cases on which they do.
        all_lines: of every assertion.
        all_rows: every case.
    """

    lines: frozenset[int]
    rows: frozenset[int]
    all_lines: frozenset[int]
    all_rows: frozenset[int]

    @property
    def is_whole(self) -> bool:
        """Whether they agree on everything."""
        return self.lines == self.all_lines and self.rows == self.all_rows


def agreement(test: str, draws: Sequence[str], least: int = LEAST) -> Agreement:
    """What enough of `draws`, `test` among them, expect as `test` does, and as few others deny.

    Raises:
        SyntaxError: one of the sources isn't Python.
    """
    said = [dict(_said(source)) for source in draws]
    found = _expectations(test)
    agreed = [each for each in found if _is_agreed(each, said, least)]
    lines = {each.statement.lineno for each in found}
    rows = {each.row for each in found if each.row is not None}
    # an assertion counts when no case of it is left open, and a case when no assertion of it is
    open_lines = {e.statement.lineno for e in found if e not in agreed and e.row is None}
    open_rows = {e.row for e in found if e not in agreed}
    agreed_lines = {each.statement.lineno for each in agreed} - open_lines
    return Agreement(
        frozenset(agreed_lines),
        frozenset(row for row in rows - open_rows if row is not None),
        frozenset(lines),
        frozenset(row for row in rows if row is not None),
    )


def same_expectation(one: str, other: str) -> bool:
    """Whether two tests expect the same of the same."""
    return dict(_said(one)) == dict(_said(other))


def is_expected_already(test: str, file: str) -> bool:
    """Whether all that a test expects is expected by tests of a file."""
    try:
        nodes = list(ast.walk(ast.parse(file)))
    except (SyntaxError, ValueError):
        return False
    tests = [n for n in nodes if isinstance(n, Function) and n.name.startswith("test")]
    known = {_pair(found) for each in tests for found in expectations(each)}
    said = set(_said(test))
    return bool(said) and said <= known


def _is_agreed(found: Expectation, said: Sequence[dict[str, str]], least: int) -> bool:
    key, value = _pair(found)
    votes = Counter(each[key] for each in said if key in each)
    others = max((count for told, count in votes.items() if told != value), default=0)
    return votes[value] >= least and votes[value] > others


def _said(source: str) -> Iterator[tuple[str, str]]:
    """Each thing that a test judges, and what it expects of it."""
    for found in _expectations(source):
        yield _pair(found)


def _expectations(source: str) -> tuple[Expectation, ...]:
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, Function)]
    tests = [each for each in functions if each.name.startswith("test")]
    return expectations(tests[0]) if tests else ()


def _pair(found: Expectation) -> tuple[str, str]:
    before = [copy.deepcopy(each) for each in found.given if not _is_put_in(each, found.given)]
    judged = ast.unparse(found.actual) if found.actual is not None else ""
    names = {name: f"v{number}" for number, name in enumerate(_bound(before))}
    lines = [ast.unparse(_Renamed(names).visit(each)) for each in before]
    judged = ast.unparse(_Renamed(names).visit(ast.parse(judged))) if judged else ""
    return "\n".join([*lines, judged]), _expected(found)


def _expected(found: Expectation) -> str:
    if found.kind is Kind.RAISES:
        return f"raises {', '.join(str(value) for value in found.values)}"
    if found.kind is Kind.TRUTH or isinstance(found.whole, bool):
        return repr(bool(found.whole))
    whole = found.whole
    if isinstance(whole, float) and whole.is_integer():
        whole = int(whole)
    shown = repr(whole) if found.values else ast.unparse(found.statement)
    return f"in {shown}" if found.kind is Kind.MEMBER else shown


def _bound(statements: Sequence[ast.stmt]) -> list[str]:
    """The names that statements bind, in the order of the text."""
    names = [
        node.id
        for each in statements
        for node in ast.walk(each)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return list(dict.fromkeys(names))


def _is_put_in(statement: ast.stmt, given: Sequence[ast.stmt]) -> bool:
    """Whether it only names what is judged itself: that stands there in the place of the name."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not isinstance(target, ast.Name):
        return False
    others = [each for each in given if each is not statement]
    used = {n.id for each in others for n in ast.walk(each) if isinstance(n, ast.Name)}
    return target.id not in used


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

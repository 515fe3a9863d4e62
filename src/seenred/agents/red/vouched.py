"""Leaves out of a test what its plan item does not vouch for, as long as something is left."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from seenred.domain.expectation import Function, Kind, is_assertion, parametrizations
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import ValueOrigin, value_origins
from seenred.domain.source_text import Edit, SourceText

_MOST = 3  # assertions of a test that nobody but the model vouches for


def keep_vouched(
    source: str, item: PlanItem, statement: str = "", errors: Collection[str] = ()
) -> str:
    """The test without the assertions and cases whose values only the model vouches for.

    A test of which nothing would be left stays as it is.
    """
    origins = value_origins(source, item, statement, errors=errors)
    source = _without_match(source, origins)
    values = [each for each in origins if not _is_match(each, origins)]
    if any(each.is_vouched for each in values) and not all(each.is_vouched for each in values):
        source = _reduced(source, values)
    elif not any(each.is_vouched for each in values):
        lines = list(dict.fromkeys(each.line for each in values if each.row is None))
        # a reply that goes on and on has its best examples first
        source = keep_only(source, lines[:_MOST]) if len(lines) > _MOST else source
    return _without_tail(source)


def keep_only(source: str, lines: Collection[int], rows: Collection[int] | None = None) -> str:
    """The test with only the assertions that stand at these lines, and these cases of its own."""
    text = SourceText.of(source.encode())
    test = _test(text)
    edits = list(_dropped(text, test, lines))
    if rows is not None:
        edits += _dropped_rows(text, test, rows)
    return _edited(text, edits)


def _is_match(origin: ValueOrigin, origins: Sequence[ValueOrigin]) -> bool:
    return origin.kind is Kind.MEMBER and any(
        each.kind is Kind.RAISES and each.line == origin.line for each in origins
    )


def _reduced(source: str, values: Sequence[ValueOrigin]) -> str:
    lines = {each.line for each in values}
    bad = {each.line for each in values if not each.is_vouched and each.row is None}
    rows = {each.row for each in values if each.row is not None}
    if not rows:
        # one assertion may hold both: nothing would be left of it
        return keep_only(source, lines - bad) if lines - bad else source
    # of a parametrised test: an assertion that no case vouches for goes, then the cases
    never = {line for line in lines if not any(e.is_vouched for e in values if e.line == line)}
    kept = [each for each in values if each.line not in never]
    unsure = {each.row for each in kept if not each.is_vouched}
    sure = [row for row in rows - unsure if row is not None]
    return keep_only(source, lines - never, sure)


def _test(text: SourceText) -> Function:
    return next(node for node in text.module.body if isinstance(node, Function))


def _dropped(text: SourceText, test: Function, lines: Collection[int]) -> Iterator[Edit]:
    last = max((line for line in lines), default=0)
    for node in test.body:
        if is_assertion(node) and node.lineno not in lines:
            step = _step(node) if node.lineno < last else None
            yield text.replacing(node, text.text(step)) if step else text.removing(node)
        elif isinstance(node, ast.With | ast.For | ast.If | ast.While | ast.Try):
            inner = [n for n in ast.walk(node) if isinstance(n, ast.stmt) and is_assertion(n)]
            if inner and not is_assertion(node) and node.lineno not in lines:
                yield text.removing(node)


def _step(node: ast.stmt) -> ast.expr | None:
    """The call of an object's method that an assertion makes: it may be a step of the test."""
    if not isinstance(node, ast.Assert):
        return None
    sides = [node.test]
    if isinstance(node.test, ast.Compare):
        sides = [node.test.left, *node.test.comparators]
    for side in sides:
        if isinstance(side, ast.Call) and isinstance(side.func, ast.Attribute):
            return side if isinstance(side.func.value, ast.Name) else None
    return None


def _dropped_rows(text: SourceText, test: Function, rows: Collection[int]) -> Iterator[Edit]:
    for call in parametrizations(test):
        listed = call.args[1] if len(call.args) > 1 else None
        if isinstance(listed, ast.List | ast.Tuple) and not any(
            keyword.arg == "ids" for keyword in call.keywords
        ):
            kept = [text.text(row) for number, row in enumerate(listed.elts) if number in rows]
            yield text.replacing(listed, f"[{', '.join(kept)}]")


def _without_match(source: str, origins: Sequence[ValueOrigin]) -> str:
    """Leave out the messages that nobody but the model expects of an exception."""
    unsure = {each.line for each in origins if _is_match(each, origins) and not each.is_vouched}
    if not unsure:
        return source
    text = SourceText.of(source.encode())
    edits = [
        Edit(text.end(call.args[-1]), text.end(keyword.value), b"")
        for call in ast.walk(text.module)
        if isinstance(call, ast.Call) and call.lineno in unsure and call.args
        for keyword in call.keywords
        if keyword.arg == "match"
    ]
    return text.edited(edits).decode()


def _without_tail(source: str) -> str:
    """Leave out what stands after the last assertion, and names that nothing uses any more."""
    text = SourceText.of(source.encode())
    test = _test(text)
    last = max(
        (i for i, node in enumerate(test.body) if _asserts(node)), default=len(test.body) - 1
    )
    return _edited(text, [text.removing(node) for node in test.body[last + 1 :]])


def _asserts(node: ast.stmt) -> bool:
    return any(isinstance(n, ast.stmt) and is_assertion(n) for n in ast.walk(node))


def _edited(text: SourceText, edits: Sequence[Edit]) -> str:
    return text.edited(edits).decode()

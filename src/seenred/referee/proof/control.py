"""Negative controls: the same test with another expectation, which must go red."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from seenred.domain.source_text import Edit, SourceText, is_python
from seenred.referee.proof.control_call import is_assertion, of_call, of_context
from seenred.referee.proof.control_check import Check
from seenred.referee.proof.control_compare import of_expression
from seenred.referee.proof.control_value import OTHER, OTHER_SOURCE
from seenred.referee.proof.placed_test import Function, place

# One assertion of a long literal needs no more than these to be believed.
_MOST_OF_ONE = 6
_MOST = 40
_FAIL = "raise AssertionError('seenred: put here')"


@dataclass(frozen=True, slots=True)
class Control:
    """A test file with one expectation changed.

    Attributes:
        kind: `equality`, `approx`, `negation`, `raises`, `match`, `mock`, `forced` or `data`.
        line: of the assertion, in the file as it is.
        what: the change, for a person.
        content: the whole edited file.
        refutes: a test that stays green all the same is no evidence; otherwise it is only told.
        reached: the file with a failing assertion put before this one; None where it needn't be
            asked whether it is reached.
    """

    kind: str
    line: int
    what: str
    content: bytes
    refutes: bool
    reached: bytes | None = None


@dataclass(frozen=True, slots=True)
class Controls:
    """All controls of one test.

    Attributes:
        uncontrolled: lines of assertions that have none.
    """

    controls: tuple[Control, ...]
    uncontrolled: tuple[int, ...] = ()


def controls_of(source: bytes, test_id: str) -> Controls:
    """The controls of a test: one for each assertion at least, and a failure put at its start.

    Raises:
        SyntaxError: the file isn't Python.
    """
    text = SourceText.of(source)
    function = place(text.module, test_id)
    if function is None:
        return Controls(())
    checked = [(s, _checks(text, owner, s)) for owner, s in _asserting(text, function)]
    made = [
        control
        for statement, checks in checked
        for control in _controls(text, statement, checks)[:_MOST_OF_ONE]
    ]
    bare = tuple(s.lineno for s, checks in checked if not checks and not _is_compound(s))
    return Controls((*_forced(text, function), *made[:_MOST]), bare)


def _asserting(text: SourceText, function: Function) -> Iterator[tuple[Function, ast.stmt]]:
    """Statements that assert something: the test's own, then those of what it calls in its file."""
    known = {n.name: n for n in ast.walk(text.module) if isinstance(n, Function)}
    waiting, seen = [function], {function.name}
    while waiting:
        current = waiting.pop(0)
        for node in ast.walk(current):
            if isinstance(node, ast.stmt) and _may_assert(node):
                yield current, node
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "attr", getattr(called, "id", ""))
            if name in known and name not in seen and not name.startswith("test"):
                seen.add(name)
                waiting.append(known[name])


def _may_assert(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assert | ast.With | ast.AsyncWith):
        return True
    if not isinstance(node, ast.Expr):
        return False
    value = node.value.value if isinstance(node.value, ast.Await) else node.value
    return isinstance(value, ast.Call) and is_assertion(value)


def _checks(text: SourceText, owner: Function, statement: ast.stmt) -> Sequence[Check]:
    if isinstance(statement, ast.Assert):
        return list(of_expression(text, owner, statement.test))
    if isinstance(statement, ast.With | ast.AsyncWith):
        return list(of_context(text, statement))
    assert isinstance(statement, ast.Expr)
    value = statement.value
    call = value.value if isinstance(value, ast.Await) else value
    assert isinstance(call, ast.Call)
    return list(of_call(text, owner, call))


def _controls(text: SourceText, statement: ast.stmt, checks: Iterable[Check]) -> list[Control]:
    reached = _edited(text, [_failing_before(text, statement)])
    return [
        Control(check.kind, statement.lineno, check.what, content, check.refutes, reached)
        for check in checks
        if (content := _edited(text, check.edits)) is not None
    ]


def _edited(text: SourceText, edits: Sequence[Edit]) -> bytes | None:
    content = text.edited(edits)
    if any(OTHER.encode() in edit.text for edit in edits):
        content = content.rstrip() + OTHER_SOURCE.encode()
    return content if is_python(content) else None


def _forced(text: SourceText, function: Function) -> Iterator[Control]:
    """A failing assertion where every run of the test comes by: at its start."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if body:
        content = _edited(text, [_failing_before(text, body[0])])
        if content is not None:
            what = "a failing assertion at its start"
            yield Control("forced", body[0].lineno, what, content, refutes=True)


def _failing_before(text: SourceText, statement: ast.stmt) -> Edit:
    decorated = getattr(statement, "decorator_list", [])
    start = text.starts[decorated[0].lineno - 1] if decorated else text.start(statement)
    line = text.starts[text.line_at(start) - 1]
    indentation = text.content[line:start]
    if _is_compound(statement) and not indentation.strip():
        return Edit(start, start, _FAIL.encode() + b"\n" + (indentation or b""))
    return Edit(start, start, f"{_FAIL}; ".encode())


def _is_compound(statement: ast.stmt) -> bool:
    return hasattr(statement, "body")

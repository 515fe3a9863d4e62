"""Changes of what assertions expect that are calls: unittest's, mocks', `pytest.raises`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.source_text import Edit, SourceText
from seenred.referee.proof.control_check import Check
from seenred.referee.proof.control_compare import of_approx, of_equality
from seenred.referee.proof.control_value import brief, leaves, other_than
from seenred.referee.proof.placed_test import Function

_PAIRS = (
    ("assertTrue", "assertFalse"),
    ("assertIn", "assertNotIn"),
    ("assertIs", "assertIsNot"),
    ("assertIsNone", "assertIsNotNone"),
    ("assertIsInstance", "assertNotIsInstance"),
    ("assertGreater", "assertLessEqual"),
    ("assertGreaterEqual", "assertLess"),
    ("assertRegex", "assertNotRegex"),
    ("assert_called", "assert_not_called"),
    ("assert_awaited", "assert_not_awaited"),
)
_OPPOSITE = {
    **{a: b for pair in _PAIRS for a, b in (pair, pair[::-1])},
    "assertNotEqual": "assertEqual",
    "assertNotAlmostEqual": "assertAlmostEqual",
    "assert_called_once": "assert_not_called",
    "assert_awaited_once": "assert_not_awaited",
}
_EQUAL = {
    *("assertEqual", "assertListEqual", "assertDictEqual", "assertSetEqual", "assertTupleEqual"),
    *("assertSequenceEqual", "assertCountEqual", "assertMultiLineEqual"),
    *("assert_array_equal", "assert_equal", "assert_frame_equal", "assert_series_equal"),
}
_NEARLY = {
    "assertAlmostEqual",
    "assert_allclose",
    "assert_almost_equal",
    "assert_array_almost_equal",
}
_CALLED_WITH = {
    *("assert_called_with", "assert_called_once_with", "assert_any_call"),
    *("assert_awaited_with", "assert_awaited_once_with", "assert_any_await"),
}
_HAS = {"assert_has_calls", "assert_has_awaits"}
_RAISES = {"raises", "assertRaises", "assertRaisesRegex"}
_WARNS = {"warns", "assertWarns", "assertWarnsRegex"}
_NO_TEXT = "r'(?!)'"


def is_assertion(call: ast.Call) -> bool:
    """Whether a call asserts something by its name."""
    name = _name(call)
    return name.startswith("assert") or name in _RAISES or name in _WARNS


def of_call(text: SourceText, function: Function, call: ast.Call) -> Iterator[Check]:
    """The changes of an assertion that is a call."""
    name = _name(call)
    if name in _EQUAL and len(call.args) >= 2:
        yield from of_equality(text, function, call.args[0], call.args[1])
    elif name in _NEARLY and len(call.args) >= 2:
        yield from _nearly(text, function, call)
    elif name in _OPPOSITE:
        yield from _renamed(text, call, name)
    elif name in _CALLED_WITH:
        yield _other_arguments(text, call)
    elif name in _HAS and call.args:
        listed = call.args[0]
        edit = text.replacing(listed, f"[*{text.text(listed)}, object()]")
        yield Check("mock", "one more call expected", (edit,))
    elif name in _RAISES | _WARNS:
        yield from _raises(text, call)


def of_context(text: SourceText, statement: ast.With | ast.AsyncWith) -> Iterator[Check]:
    """The changes of `with pytest.raises(…)` and its kin."""
    for item in statement.items:
        call = item.context_expr
        if isinstance(call, ast.Call) and _name(call) in _RAISES | _WARNS:
            yield from _raises(text, call)


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _nearly(text: SourceText, function: Function, call: ast.Call) -> Iterator[Check]:
    first, second = call.args[:2]
    centre = second if leaves(second) or not leaves(first) else first
    yield from of_approx(text, function, centre, centre)


def _renamed(text: SourceText, call: ast.Call, name: str) -> Iterator[Check]:
    if isinstance(call.func, ast.Attribute):
        end = text.end(call.func)
        edit = Edit(end - len(name.encode()), end, _OPPOSITE[name].encode())
        kind = "mock" if "_" in name else "negation"
        yield Check(kind, f"{_OPPOSITE[name]} in place of {name}", (edit,))


def _other_arguments(text: SourceText, call: ast.Call) -> Check:
    given = [leaf for argument in _arguments(call) for leaf in leaves(argument)]
    for leaf in given:
        if edit := other_than(text, leaf):
            what = f"called with {edit.text.decode()} in place of {brief(text, leaf)}"
            return Check("mock", what, (edit,))
    start = text.end(call.func)
    opening = start + text.content[start:].index(b"(") + 1
    return Check("mock", "called with one more argument", (Edit(opening, opening, b"object(), "),))


def _arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    yield from (keyword.value for keyword in call.keywords)


def _raises(text: SourceText, call: ast.Call) -> Iterator[Check]:
    base = "Warning" if _name(call) in _WARNS else "Exception"
    if call.args:
        unrelated = f"type('Unrelated', ({base},), {{}})"
        edit = text.replacing(call.args[0], unrelated)
        yield Check("raises", f"an unrelated one in place of {brief(text, call.args[0])}", (edit,))
    matched = [keyword.value for keyword in call.keywords if keyword.arg == "match"]
    if _name(call).endswith("Regex"):
        matched += call.args[1:2]
    for value in matched:
        what = f"a text that nothing matches in place of {brief(text, value)}"
        yield Check("match", what, (text.replacing(value, _NO_TEXT),))

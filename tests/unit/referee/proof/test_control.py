from __future__ import annotations

import ast

import pytest

from seenred.referee.proof.control import Control, Controls, controls_of
from seenred.referee.proof.control_value import OTHER

HEAD = """\
import pytest
from bank import f

EXPECTED = {"a": 1}
TWICE = 1
TWICE = 2

@pytest.fixture
def answer(): return 42

@pytest.fixture
def built(): return f()

"""


def controls(body: str, name: str = "test_it") -> Controls:
    return controls_of((HEAD + body).encode(), f"tests/t.py::{name}")


def changed(body: str, control: Control) -> list[str]:
    """The lines that a control has and the file hasn't, without what is put below it."""
    lines = control.content.decode().splitlines()
    count = len((HEAD + body).rstrip().splitlines())
    before = (HEAD + body).splitlines()
    return [now.strip() for was, now in zip(before, lines[:count], strict=False) if now != was]


def expecting(body: str, *kinds: str) -> list[str]:
    """The changed lines of all controls but the forced one."""
    found = [c for c in controls(body).controls if c.kind != "forced"]
    assert not kinds or {c.kind for c in found} == set(kinds)
    return [line for control in found for line in changed(body, control)]


def in_test(assertion: str, parameters: str = "") -> str:
    return f"def test_it({parameters}):\n    x = f()\n    {assertion}\n"


@pytest.mark.parametrize(
    ("assertion", "kind", "lines"),
    [
        ("assert x == 5", "equality", ["assert x == 4"]),
        ("assert 5 == x", "equality", ["assert 4 == x"]),
        ("assert x == 'bob', 'why'", "equality", ["assert x == 'boa', 'why'"]),
        ("assert x == True", "equality", ["assert x == False"]),
        ("assert x == f'a{x}'", "equality", ["assert x == (f'a{x}' '~')"]),
        ("assert x == []", "equality", ["assert x == [0]"]),
        ("assert x == [1, [2]]", "equality", ["assert x == [2, [2]]", "assert x == [1, [1]]"]),
        (
            "assert x == {'a': 3, 'b': (None, 2)}",
            "equality",
            ["assert x == {'a': 2, 'b': (None, 2)}", "assert x == {'a': 3, 'b': (None, 1)}"],
        ),
        ("assert x.code == 42", "equality", ["assert x.code == 41"]),
        (
            "assert x == 5 and f(1) == 6",
            "equality",
            ["assert x == 4 and f(1) == 6", "assert x == 5 and f(1) == 5"],
        ),
        (
            "assert x == f(2)",
            "equality",
            [f"assert x == {OTHER}(f(2))", f"assert {OTHER}(x) == f(2)"],
        ),
        (
            "assert x == Point(1, 2)",
            "equality",
            [f"assert x == {OTHER}(Point(1, 2))", f"assert {OTHER}(x) == Point(1, 2)"],
        ),
        (
            "assert x == Colour.RED",
            "equality",
            [f"assert x == {OTHER}(Colour.RED)", f"assert {OTHER}(x) == Colour.RED"],
        ),
        ("assert x == pytest.approx(0.3)", "approx", ["assert x == pytest.approx(1000008.4)"]),
        (
            "assert x == pytest.approx([1, 2], abs=1)",
            "approx",
            [
                "assert x == pytest.approx([1000010, 2], abs=1)",
                "assert x == pytest.approx([1, 1000013], abs=1)",
            ],
        ),
        ("assert x == pytest.approx(f(1))", "approx", ["assert x == (pytest.approx(f(1)), '~')"]),
        ("self.assertEqual(x, 5)", "equality", ["self.assertEqual(x, 4)"]),
        ("self.assertEqual(5, x)", "equality", ["self.assertEqual(4, x)"]),
        (
            "self.assertAlmostEqual(x, 0.3, places=2)",
            "approx",
            ["self.assertAlmostEqual(x, 1000008.4, places=2)"],
        ),
    ],
)
def test_an_expected_value_is_replaced_by_another(
    assertion: str, kind: str, lines: list[str]
) -> None:
    assert lines == expecting(in_test(assertion, "self"), kind)
    assert all(c.refutes for c in controls(in_test(assertion, "self")).controls)


@pytest.mark.parametrize(
    ("assertion", "kind", "line"),
    [
        ("assert x", "negation", "assert (not (x))"),
        ("assert not x", "negation", "assert (not (not x))"),
        ("assert x is None", "negation", "assert x is not None"),
        ("assert x is not None", "negation", "assert x is None"),
        ("assert x == None", "negation", "assert (not (x == None))"),
        ("assert x != 5", "negation", "assert x == 5"),
        ("assert 5 in x", "negation", "assert 5 not in x"),
        ("assert 5 not in x", "negation", "assert 5 in x"),
        ("assert x < 5", "negation", "assert x >= 5"),
        ("assert (x) >= (5)", "negation", "assert (x) < (5)"),
        ("assert 1 < x < 5", "negation", "assert (not (1 < x < 5))"),
        ("assert x == 5 or x == 6", "negation", "assert (not (x == 5 or x == 6))"),
        ("assert isinstance(x, int), x", "negation", "assert (not (isinstance(x, int))), x"),
        ("self.assertTrue(x)", "negation", "self.assertFalse(x)"),
        ("self.assertNotIn(1, x)", "negation", "self.assertIn(1, x)"),
        ("self.assertIsNone(x)", "negation", "self.assertIsNotNone(x)"),
        ("self.assertGreater(x, 1)", "negation", "self.assertLessEqual(x, 1)"),
        ("x.assert_called_once_with(5)", "mock", "x.assert_called_once_with(4)"),
        ("x.assert_called_with(a='b')", "mock", "x.assert_called_with(a='a')"),
        ("x.assert_any_call(f)", "mock", "x.assert_any_call(object(), f)"),
        ("x.assert_called_once_with()", "mock", "x.assert_called_once_with(object(), )"),
        ("x.assert_called_once()", "mock", "x.assert_not_called()"),
        ("x.assert_not_called()", "mock", "x.assert_called()"),
        ("await x.assert_awaited_once_with(5)", "mock", "await x.assert_awaited_once_with(4)"),
        ("x.assert_has_calls([1])", "mock", "x.assert_has_calls([*[1], object()])"),
        (
            "with pytest.raises(ValueError): f()",
            "raises",
            "with pytest.raises(type('Unrelated', (Exception,), {})): f()",
        ),
        (
            "pytest.raises(ValueError, f)",
            "raises",
            "pytest.raises(type('Unrelated', (Exception,), {}), f)",
        ),
        (
            "with self.assertRaises(ValueError) as e: f()",
            "raises",
            "with self.assertRaises(type('Unrelated', (Exception,), {})) as e: f()",
        ),
        (
            "with pytest.warns(UserWarning): f()",
            "raises",
            "with pytest.warns(type('Unrelated', (Warning,), {})): f()",
        ),
    ],
)
def test_another_assertion_is_turned_round(assertion: str, kind: str, line: str) -> None:
    body = f"async {in_test(assertion, 'self')}"
    assert [line] == expecting(body, kind)
    assert not any(c.refutes for c in controls(body).controls if c.kind == kind)


def test_a_match_gets_a_text_that_nothing_matches() -> None:
    lines = expecting(in_test("with pytest.raises(ValueError, match='no'): f()"), "raises", "match")
    assert "with pytest.raises(ValueError, match=r'(?!)'): f()" in lines


TABLE = """
@pytest.mark.parametrize("n, expected", [(1, 2), pytest.param(3, 4, id="x")])
def test_it(n, expected): assert f(n) == expected
"""


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (TABLE, ['@pytest.mark.parametrize("n, expected", [(1, 1), pytest.param(3, 3, id="x")])']),
        (
            TABLE.replace("f(n)", "approx(f(n))").replace("(3, 4", "(3, g()"),
            ["def test_it(n, expected): assert (approx(f(n)), '~') == expected"],
        ),
        (
            TABLE.replace("(3, 4", "(3, g()"),
            [
                f"def test_it(n, expected): assert f(n) == {OTHER}(expected)",
                f"def test_it(n, expected): assert {OTHER}(f(n)) == expected",
            ],
        ),
        ("def test_it(answer): assert f() == answer\n", ["def answer(): return 41"]),
        ("def test_it(): assert f() == EXPECTED\n", ['EXPECTED = {"a": 2}']),
        ("def test_it():\n    wanted = 5\n    assert f() == wanted\n", ["wanted = 4"]),
    ],
)
def test_a_named_value_is_replaced_where_it_is_written(body: str, lines: list[str]) -> None:
    at_origin = [line for line in expecting(body) if OTHER not in line or OTHER in lines[0]]
    assert at_origin[: len(lines)] == lines


@pytest.mark.parametrize(
    "body",
    [
        "def test_it():\n    n = 5\n    assert f(n) == n\n",
        "def test_it(built): assert f(1) == built\n",
        "def test_it(): assert f() == TWICE\n",
        "def test_it(monkeypatch): assert f() == monkeypatch\n",
    ],
)
def test_a_value_that_has_other_uses_is_replaced_when_it_is_compared(body: str) -> None:
    assert any(OTHER in line for line in expecting(body, "equality"))


def test_assertions_in_what_the_test_calls_are_controlled_too() -> None:
    body = "def check(x): assert x == 5\n\ndef test_it(): check(f())\n"
    assert ["def check(x): assert x == 4"] == expecting(body)


def test_a_failure_is_put_at_the_start() -> None:
    forced = controls('def test_it():\n    "Why."\n    with f(): pass\n').controls[0]
    assert (forced.kind, forced.refutes) == ("forced", True)
    function = ast.parse(forced.content).body[-1]
    assert isinstance(function, ast.FunctionDef)
    assert isinstance(function.body[1], ast.Raise)


def test_whether_an_assertion_is_reached_can_be_asked() -> None:
    body = in_test("assert x == 5")
    control = controls(body).controls[1]
    assert control.reached is not None
    assert b"raise AssertionError('seenred: put here'); assert x == 5" in control.reached


def test_an_assertion_without_a_control_is_named() -> None:
    body = in_test("x.assert_something(5)")
    assert controls(body).uncontrolled == (len(HEAD.splitlines()) + 3,)


def test_lines_above_the_end_keep_their_numbers() -> None:
    body = in_test("assert x == '''a\n b'''") + "# last\n"
    (control,) = [c for c in controls(body).controls if c.kind == "equality"]
    lines = control.content.decode().splitlines()
    assert lines.index("# last") == (HEAD + body).splitlines().index("# last")


def test_a_test_that_is_not_there_has_none() -> None:
    assert controls("", "test_none") == Controls(())

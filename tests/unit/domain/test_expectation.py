import ast

import pytest

from seenred.domain.expectation import Kind, expectations


def expected(source):
    """Kind, values and what is judged, of a test's body or of a whole test."""
    if "def " not in source:
        source = "def test_it():\n" + "".join(f"    {line}\n" for line in source.splitlines())
    function = ast.parse(source).body[0]
    return [
        (each.kind, each.values, ast.unparse(each.actual) if each.actual else "")
        for each in expectations(function)
    ]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("assert f(1) == 2", (Kind.EQUAL, (2,), "f(1)")),
        ("assert 2 == f(1)", (Kind.EQUAL, (2,), "f(1)")),
        ("assert f(1) is None", (Kind.EQUAL, (None,), "f(1)")),
        ("assert f(1) == [1, 'a']", (Kind.EQUAL, (1, "a"), "f(1)")),
        ("assert f(1) == []", (Kind.EQUAL, ([],), "f(1)")),
        ("assert f(1) == approx(0.5)", (Kind.EQUAL, (0.5,), "f(1)")),
        ("assert f(1) == Decimal('1.5')", (Kind.EQUAL, ("1.5",), "f(1)")),
        ("assert f(1) == 2 * 20", (Kind.EQUAL, (40,), "f(1)")),
        ("assert f(1) == 'ab' * 2", (Kind.EQUAL, ("abab",), "f(1)")),
        ("wanted = 2\nassert f(1) == wanted", (Kind.EQUAL, (2,), "f(1)")),
        ("got = f(1)\nassert got == 2", (Kind.EQUAL, (2,), "f(1)")),
        ("assert 'a' in f(1)", (Kind.MEMBER, ("a",), "f(1)")),
        ("assert f(1)", (Kind.TRUTH, (True,), "f(1)")),
        ("assert not f(1)", (Kind.TRUTH, (False,), "f(1)")),
        ("assert f(1) > 2", (Kind.RELATION, (2,), "f(1)")),
        ("assert f(1) != 2", (Kind.RELATION, (2,), "f(1)")),
        ("assert f(1) == f(2)", (Kind.EQUAL, (), "f(1)")),
        ("with pytest.raises(KeyError):\n    f(1)", (Kind.RAISES, ("KeyError",), "f(1)")),
        ("pytest.raises(KeyError, f, 1)", (Kind.RAISES, ("KeyError",), "f(1)")),
        ("self.assertEqual(f(1), 2)", (Kind.EQUAL, (2,), "f(1)")),
        ("self.assertFalse(f(1))", (Kind.TRUTH, (False,), "f(1)")),
        ("self.assertIsNone(f(1))", (Kind.EQUAL, (None,), "f(1)")),
    ],
)
def test_an_assertion_expects_a_value(source, found):
    assert expected(source) == [found]


def test_both_halves_of_an_and_are_expected():
    assert [v for _, v, _ in expected("assert f(1) == 2 and f(2) == 3")] == [(2,), (3,)]


def test_each_case_of_a_parametrised_test_is_expected():
    source = (
        "@pytest.mark.parametrize('a, b', [(1, 2), pytest.param(2, 3, id='x')])\n"
        "def test_it(a, b):\n    assert f(a) == b\n"
    )
    assert expected(source) == [(Kind.EQUAL, (2,), "f(1)"), (Kind.EQUAL, (3,), "f(2)")]


def test_what_stands_before_an_assertion_is_given():
    function = ast.parse("def test_it():\n    a = A(1)\n    a.go()\n    assert a.x == 2").body[0]
    (found,) = expectations(function)
    assert [ast.unparse(each) for each in found.given] == ["a = A(1)", "a.go()"]


def test_a_huge_repetition_is_not_computed():
    assert expected("assert f(1) == 'a' * 10**12")[0][1] == ()

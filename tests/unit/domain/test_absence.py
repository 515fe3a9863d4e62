import pytest

from seenred.domain.absence import says_none
from seenred.domain.problem import Case, Problem, ProblemKind


def problem(kind, *expected):
    cases = tuple(Case(f"example {i}", expected=text) for i, text in enumerate(expected))
    return Problem("", "", kind, cases=cases)


@pytest.mark.parametrize(
    ("expected", "answer", "none"),
    [
        (["[0, 1]", "[]"], "[]", True),
        (["[0, 1]"], "[0, 1]", False),
        (["[0, 1]"], "None", True),
        (["'ab'"], "''", True),
        (["3", "-1"], "-1", True),
        (["[1]", "-1"], "-1", True),
        (["-3", "-1"], "-1", False),
        (["-1"], "-1", False),
        (["[1]", "False"], "False", True),
        (["True", "False"], "False", False),
        (["3"], "0", False),
        (["3"], "object at 0x1", False),
    ],
)
def test_of_a_function(expected, answer, none):
    assert none == says_none(answer, problem(ProblemKind.FUNCTION, *expected))


@pytest.mark.parametrize(
    ("expected", "answer", "none"),
    [
        (["1 2\n", "-1\n"], "-1\n", True),
        (["1 2\n", "NO SOLUTION\n"], "NO SOLUTION\n", True),
        (["1 2\n", "IMPOSSIBLE\n"], "IMPOSSIBLE", True),
        (["1 2\n"], "", True),
        (["YES\n", "NO\n"], "NO\n", False),
        (["YES\n1 2\n", "NO\n"], "NO\n", True),
        (["YES\n1 2\n", "NO\n"], "YES\n1 2\n", False),
        (["abc\n", "b\n"], "abc\n", False),
    ],
)
def test_of_a_program(expected, answer, none):
    assert none == says_none(answer, problem(ProblemKind.STDIO, *expected))

import ast

from seenred.domain.dependency import needed_source

MODULE = """
import math
import pytest
from solution import pair

LIMIT: int = 3
NEAR = 10 ** -LIMIT


def close(a, b):
    return math.isclose(a, b, abs_tol=NEAR)


def check(n, answer):
    return close(n, answer)


def test_pair():
    assert check(1, pair(1))
"""


def test_a_function_comes_with_what_it_needs_and_nothing_else():
    kept = [
        ast.unparse(node).splitlines()[0] for node in ast.parse(needed_source(MODULE, "check")).body
    ]
    assert kept == [
        "import math",
        "LIMIT: int = 3",
        "NEAR = 10 ** (-LIMIT)",
        "def close(a, b):",
        "def check(n, answer):",
    ]


def test_of_a_function_that_is_not_there_nothing_is_kept():
    assert needed_source(MODULE, "checker") == ""

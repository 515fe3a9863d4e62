from __future__ import annotations

import pytest

from seenred.referee.proof.special_case import (
    Known,
    constant_bodies,
    known_of,
    special_cases,
    triangulation,
)

TESTS = b"""\
import pytest
from calc import add

def test_add(): assert add(37, 5) == 42

@pytest.mark.parametrize("n, roman", [(14, "XIV")])
def test_roman(n, roman): assert to_roman(n) == roman

class TestCase:
    def test_it(self): self.assertEqual(add("left", "right"), "leftright")

def test_other(): assert add(70, 7) == 77
"""
KNOWN = known_of(TESTS, ["t.py::test_add", "t.py::test_roman[14-XIV]", "t.py::TestCase::test_it"])


def test_literals_of_the_named_tests_are_known() -> None:
    assert {"37", "5", "14", "'XIV'", "'left'"} <= KNOWN.given
    assert {"42", "'XIV'", "'leftright'"} <= KNOWN.expected
    assert not KNOWN.given & {"70", "77"}


@pytest.mark.parametrize(
    "source",
    [
        "def add(a, b):\n    if a == 37: return 42\n    return a",
        "def add(a, b):\n    if (a, b) == (37, 5):\n        return 42",
        "def add(a, b): return 42 if a == 37 and b == 5 else a",
        "def add(a, b):\n    if a % 100 == 37: return 42\n    return a",
        "def add(a, b):\n    if a - 37 == 0: return 42\n    return a",
        "def add(a, b):\n    if a in (37, 38):\n        r = 42\n    return r",
        "def to_roman(n):\n    match n:\n        case 14: return 'XIV'",
        "KNOWN = {14: 'XIV'}\ndef to_roman(n): return KNOWN[n]",
        "def to_roman(n): return {14: 'XIV', 37: 42}.get(n)",
        "def add(a, b): return {(37, 5): 42}.get((a, b))",
        "SUMS = {(37, 5): 42}\ndef add(a, b): return SUMS[a, b]",
    ],
)
def test_a_branch_on_a_tests_own_input_is_seen(source: str) -> None:
    (found,) = special_cases(source.encode(), KNOWN)
    assert found.kind == "special-case"


@pytest.mark.parametrize(
    "source",
    [
        "def add(a, b):\n    if a == 0: return b\n    return a + b",
        "def add(a, b):\n    if a == 37: raise ValueError\n    return a + b",
        "def add(a, b):\n    if a > 37: return 42\n    return a + b",
        "def add(a, b):\n    if a == 99: return 42\n    return a + b",
        "def add(a, b):\n    if a % 37 == 0: return 42\n    return a",
        "def add(a, b):\n    if a % 37 == 0 and a % 5 == 0: return 42\n    return a",
        "def add(a, b):\n    return 42 if a[37] == b else b",
        "ROMAN = {10: 'X', 5: 'V', 1: 'I'}\ndef to_roman(n): return ROMAN[n]",
        "def add(a, b): return {(37, 6): 42}.get((a, b))",
        "def broken(:",
    ],
)
def test_an_honest_branch_is_not(source: str) -> None:
    assert special_cases(source.encode(), KNOWN) == ()


def test_nothing_is_remembered_of_no_test() -> None:
    assert known_of(b"def broken(:", ["t.py::test_add"]) == Known(frozenset(), frozenset())


@pytest.mark.parametrize(
    ("source", "functions"),
    [
        ("def add(a, b): return 42", ["add"]),
        ('def add(a, b):\n    "Adds."\n    return [1, 2]', ["add"]),
        ("class A:\n    def size(self): return 5", ["size"]),
        ("def answer(): return 42", []),
        ("def add(a, b): return a", []),
        ("def add(a, b): pass", []),
    ],
)
def test_a_constant_body_is_seen(source: str, functions: list[str]) -> None:
    assert functions == [found.function for found in constant_bodies(source.encode())]


def test_the_triangulating_example_has_another_argument() -> None:
    assert "add(38, 5)" == triangulation(TESTS, "add")
    assert "to_arabic(…)" == triangulation(TESTS, "to_arabic")

import textwrap

import pytest

from seenred.domain.smell import LONG, NESTED, Smell, SmellKind, smells


def kinds(source: str, **options: object) -> list[SmellKind]:
    return [each.kind for each in smells(textwrap.dedent(source), **options)]  # type: ignore[arg-type]


PLAIN = '''
"""Doc."""
from math import sqrt

RATE = 3


def length(x, y):
    """Of a vector."""
    total = x * x + y * y
    return RATE * sqrt(total)
'''

TWICE = """
def first(rows):
    total = 0
    for row in rows:
        total += row
    return total


def second(rows):
    print(rows)
    total = 0
    for row in rows:
        total += row
    return total
"""

SAME_SHAPE = """
def price(orders):
    total = 0
    for order in orders:
        if order.price > 10:
            total += order.price
    print("price", total)
    return total


def weight(parcels):
    result = 0
    for parcel in parcels:
        if parcel.weight > 20:
            result += parcel.weight
    print("weight", result)
    return result
"""


def test_plain_code_has_no_smell():
    assert smells(PLAIN) == ()


def test_the_same_statements_twice_are_a_duplication_and_both_places_are_told():
    assert smells(TWICE) == (
        Smell(
            SmellKind.DUPLICATION,
            "first",
            3,
            6,
            "lines 3-6 in `first` and lines 11-14 in `second` are the same",
        ),
    )


def test_statements_of_one_shape_with_other_names_and_values_are_a_duplication():
    (found,) = smells(SAME_SHAPE)
    assert found.kind is SmellKind.DUPLICATION
    assert "alike" in found.what


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    def __init__(self, a):\n        self.a = a\n        self.b = 0\n",
        "def f(x):\n    return x\n\n\ndef g(x):\n    return x\n",
        "def f(n):\n    if n == 1:\n        return 2\n    if n == 3:\n        return 4\n",
    ],
)
def test_a_few_like_statements_are_no_duplication(source: str):
    assert kinds(source) == []


def test_a_function_longer_than_the_limit():
    body = "\n".join(f"    x = f({n % 3} + x)" for n in range(LONG))
    (found,) = [s for s in smells(f"def g(x):\n{body}\n    return x\n") if s.kind is SmellKind.LONG]
    assert (found.where, found.what) == ("g", f"`g` has {LONG + 2} lines")


def test_a_docstring_does_not_make_a_function_long():
    words = "\n".join("    words" for _ in range(LONG))
    assert kinds(f'def g(x):\n    """A.\n{words}\n    """\n    return x\n') == []


def test_blocks_nested_deeper_than_the_limit():
    rows = [f"{'    ' * (n + 1)}if x > {n}:" for n in range(NESTED + 1)]
    source = "\n".join(["def g(x):", *rows, f"{'    ' * (NESTED + 2)}return x", "    return 0", ""])
    (found,) = smells(source)
    assert (found.kind, found.where) == (SmellKind.NESTED, "g")


def test_elif_does_not_nest():
    rows = [f"    elif x == {n}:\n        return {n}" for n in range(1, 6)]
    source = "\n".join(["def g(x):", "    if x == 0:", "        return 1", *rows, ""])
    assert kinds(source) == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import os\n\n\ndef f(x):\n    return x\n", "os"),
        ("from math import sqrt, pi\n\n\ndef f(x):\n    return sqrt(x)\n", "pi"),
        ("def _old(x):\n    return x\n\n\ndef f(x):\n    return x\n", "_old"),
        ("def f(x):\n    y = x + 1\n    return x\n", "y"),
    ],
)
def test_what_nothing_uses(source: str, name: str):
    (found,) = smells(source)
    assert found.kind is SmellKind.UNUSED
    assert f"`{name}`" in found.what


@pytest.mark.parametrize(
    "source",
    [
        "from math import sqrt\n\n__all__ = ['sqrt']\n",
        "from math import sqrt as sqrt\n",
        "from __future__ import annotations\n",
        "def f(rows):\n    for _ in rows:\n        yield 1\n",
        "def f(x):\n    y = 1\n    def g():\n        return y\n    return g\n",
        "def f(x):\n    y = 0\n    y += x\n    return locals()\n",
        "class A:\n    _kept = 1\n\n    def _own(self):\n        return 1\n",
    ],
)
def test_what_is_used_or_may_be_is_no_smell(source: str):
    assert kinds(source) == []


REPEATED = """
def f(x):
    return x * 86400


def g(x):
    return x // 86400


def h(x):
    return x % 86400
"""


def test_a_number_that_is_written_again_and_again():
    (found,) = smells(REPEATED)
    assert (found.kind, found.what) == (SmellKind.MAGIC, "`86400` is written 3 times")


def test_common_numbers_may_be_repeated():
    assert kinds(REPEATED.replace("86400", "7")) == []


def test_tests_may_repeat_their_values():
    assert kinds(REPEATED, tests=True) == []


def test_only_what_touches_the_changed_lines_is_told():
    assert smells(TWICE, changed=frozenset({12})) != ()
    assert smells(TWICE, changed=frozenset({10})) == ()


def test_what_is_no_python_has_no_smell():
    assert smells("def f(:\n") == ()

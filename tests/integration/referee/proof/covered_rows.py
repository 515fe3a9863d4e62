"""Tests that pass on arrival: those that test something, and those that do not."""

from __future__ import annotations

from dataclasses import dataclass

TEST = "tests/test_cart.py"
CODE = """\
import logging

RATE = 0.2

class Cart:
    kind = "cart"

    def __init__(self, items=()):
        self.items = list(items)

    def add(self, item):
        if item is None:
            return
        self.items.append(item)

    def each(self):
        for item in self.items:
            yield item

def total(items):
    count = len(items)
    logging.debug("%s", count)
    return sum(items)

def find(items, wanted):
    for item in items:
        if item == wanted:
            return item
    return None

def check(n):
    if n < 0:
        raise ValueError(n)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A test of the code above.

    Attributes:
        test: its body, in a file that has imported everything.
        reason: code of the proof's reason.
    """

    test: str
    reason: str
    decisive: str = ""


COVERED = {
    "a result": Row("def test_it(): assert total([1, 2]) == 3", "covered", "total() emptied"),
    "nothing found": Row("def test_it(): assert find([1], 2) is None", "covered"),
    "an exception": Row("def test_it():\n    with pytest.raises(ValueError): check(-1)", "covered"),
    "a state": Row(
        "def test_it():\n    cart = Cart()\n    cart.add(1)\n    assert cart.items == [1]",
        "covered",
    ),
    "a generator": Row("def test_it(): assert list(Cart([1]).each()) == [1]", "covered"),
    "a constant": Row("def test_it(): assert RATE == 0.2", "covered"),
    "a class attribute": Row("def test_it(): assert Cart.kind == 'cart'", "covered"),
    "a fixture": Row(
        "@pytest.fixture\ndef cart(): return Cart([1])\n"
        "def test_it(cart): assert cart.items == [1]",
        "covered",
    ),
    "cases": Row(
        "@pytest.mark.parametrize('n', [1, 2])\ndef test_it(n): assert total([n]) == n", "covered"
    ),
    "unittest": Row(
        "import unittest\nclass Case(unittest.TestCase):\n"
        "    def test_it(self): self.assertEqual(total([1]), 1)",
        "covered",
    ),
}
VACUOUS = {
    "it asserts nothing": Row("def test_it(): total([1, 2])", "vacuous", "total() emptied"),
    "it asserts what is always true": Row(
        "def test_it():\n    total([1])\n    assert True", "vacuous"
    ),
    "it compares a value with itself": Row(
        "def test_it():\n    x = [1]\n    total(x)\n    assert x == x", "vacuous"
    ),
    "it swallows what it asserts": Row(
        "def test_it():\n    try:\n        assert total([1]) == 1\n    except BaseException: pass",
        "vacuous",
    ),
    "it asserts on its mock": Row(
        "from unittest import mock\ndef test_it():\n    with mock.patch('cart.total') as total:\n"
        "        total.return_value = 3\n        assert total([1]) == 3",
        "executes-nothing",
    ),
    "it has a subject of its own": Row(
        "def total(items): return 3\ndef test_it(): assert total([1]) == 3", "executes-nothing"
    ),
    "it fails": Row("def test_it(): assert total([1]) == 2", "not-passing"),
    "it is skipped": Row("def test_it(): pytest.skip('x')", "not-passing"),
}

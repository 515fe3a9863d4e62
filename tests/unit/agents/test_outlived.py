import pytest

from seenred.agents.outlived import without_outlived

BEFORE = """\
import math


# adds up
def _sum(rows):
    return math.fsum(rows)


def _unused(rows):
    return rows


class Cart:
    def total(self):
        return self._rounded(_sum(self.rows))

    def _rounded(self, amount):
        return round(amount, 2)

    def size(self):
        return 1
"""
RENAMED = BEFORE.replace("_sum(self", "_added_up(self")
ADDED = "\n\ndef _added_up(rows):\n    return math.fsum(rows)\n"
SUM = "\n\n# adds up\ndef _sum(rows):\n    return math.fsum(rows)\n"
ROUNDED = "\n    def _rounded(self, amount):\n        return round(amount, 2)\n"
INLINE = BEFORE.replace("self._rounded(_sum(self.rows))", "round(_sum(self.rows), 2)")

DROPPED = {
    "a function that was renamed": (RENAMED + ADDED, RENAMED.replace(SUM, "") + ADDED),
    "a method that was put into its caller": (INLINE, INLINE.replace(ROUNDED, "")),
    "but not what is new": (
        f"{INLINE}\n\ndef _other(x):\n    return 1\n",
        f"{INLINE.replace(ROUNDED, '')}\n\ndef _other(x):\n    return 1\n",
    ),
}


@pytest.mark.parametrize(("after", "expected"), DROPPED.values(), ids=DROPPED.keys())
def test_a_private_definition_that_was_replaced_goes(after, expected):
    assert without_outlived(BEFORE, after) == expected


def test_what_only_a_dropped_one_used_goes_with_it():
    first = "def _a(x):\n    return _b(x)\n\n\ndef _b(x):\n    return x\n\n\n"
    before = f"{first}def c(x):\n    return _a(x)\n"
    after = before.replace("return _a(x)", "return x")
    assert without_outlived(before, after) == "def c(x):\n    return x\n"


KEPT = {
    "still called": BEFORE.replace("self.rows", "self.all_rows"),
    "named in a text": f"{INLINE}\n\n__all__ = ['_rounded']\n",
    "as an attribute of anything": f"{INLINE}\n\ndef other(cart):\n    return cart._rounded\n",
}


@pytest.mark.parametrize("after", KEPT.values(), ids=KEPT.keys())
def test_what_may_be_used_stays(after):
    assert without_outlived(BEFORE, after) == after


def test_public_names_stay_whoever_uses_them():
    before = "def total(x):\n    return x\n\n\ndef twice(x):\n    return total(x)\n"
    after = before.replace("return total(x)", "return x")
    assert without_outlived(before, after) == after


def test_a_class_keeps_its_last_member():
    before = "class A:\n    def _x(self):\n        return 1\n\n\nprint(A()._x())\n"
    after = before.replace("print(A()._x())", "print(A())")
    assert without_outlived(before, after) == after


def test_a_byte_order_mark_stays():
    assert without_outlived(f"\ufeff{BEFORE}", f"\ufeff{INLINE}").startswith("\ufeffimport math")

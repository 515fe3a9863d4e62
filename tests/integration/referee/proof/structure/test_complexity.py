"""How a function's cost grows; lines are counted, so that no test judges time."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from seenred.domain.proof import Verdict
from seenred.referee.proof.complexity import prove_complexity

LINEAR = """
    def work(xs):
        total = 0
        for x in xs:
            total += x
        return total
    """
SQUARE = """
    def work(xs):
        total = 0
        for x in xs:
            for y in xs:
                total += x * y
        return total
    """
HALVING = """
    def work(xs):
        low, high = 0, len(xs)
        while low < high:
            middle = (low + high) // 2
            if xs[middle] < 7:
                low = middle + 1
            else:
                high = middle
        return low
    """
TESTS = "from shop import work\ndef test_work(): assert work([1, 2, 4]) is not None\n"


@dataclass(frozen=True)
class Row:
    name: str
    code: str
    claim: str
    verdict: Verdict
    reason: str
    shown: str = ""
    tests: str = TESTS
    inputs: str = ""


ROWS = [
    Row("linear", LINEAR, "O(n)", Verdict.PROVEN, "as-claimed", "O(n), slope 0.99 ±"),
    Row("square", SQUARE, "O(n log n)", Verdict.REFUTED, "grows-faster", "O(n²), slope 1.9"),
    Row("a sorted list stays sorted", HALVING, "O(log n)", Verdict.PROVEN, "as-claimed", "O(log n"),
    Row("nothing is claimed", SQUARE, "", Verdict.PROVEN, "measured", "O(n²)"),
    Row("no claim that is known", LINEAR, "fast", Verdict.NOT_PROVEN, "unknown-claim"),
    Row(
        "a number grows where nothing is long",
        """
        def work(n):
            total = 0
            for i in range(n):
                total += i
            return total
        """,
        "O(n)",
        Verdict.PROVEN,
        "as-claimed",
        tests="from shop import work\ndef test_work(): assert work(3) == 3\n",
    ),
    Row(
        "inputs are given",
        LINEAR,
        "O(n)",
        Verdict.PROVEN,
        "as-claimed",
        tests="import shop\ndef test_nothing(): assert shop\n",
        inputs="[1] * n",
    ),
    Row(
        "no test calls it",
        LINEAR,
        "O(n)",
        Verdict.NOT_PROVEN,
        "not-measured",
        "no test calls it with a value that can grow",
        tests="import shop\ndef test_nothing(): assert shop\n",
    ),
    Row(
        "it refuses what has grown",
        "def work(xs):\n    if len(xs) > 3:\n        raise ValueError('long')\n    return xs\n",
        "O(n)",
        Verdict.NOT_PROVEN,
        "not-measured",
        "it does not take the grown inputs: ValueError: long",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_table(laboratory, row):
    tree = laboratory.tree({"shop.py": row.code, "test_shop.py": row.tests})
    how = {"claim": row.claim, "inputs": row.inputs, "count": True}
    proof = laboratory.run(prove_complexity, tree, "shop.py:work", **how)
    assert (row.verdict, row.reason) == (proof.verdict, proof.reason), proof
    assert proof.decisive.startswith(row.shown)


def test_the_version_before_is_measured_in_turn(laboratory):
    before = laboratory.tree({"shop.py": SQUARE, "test_shop.py": TESTS})
    now = laboratory.tree({"shop.py": LINEAR, "test_shop.py": TESTS})
    proof = laboratory.run(prove_complexity, now, "shop.py:work", base=before, count=True)
    assert proof.values["speed_up"] > 50
    assert "× less lines than before" in proof.decisive
    assert any(d.what.startswith("before: O(n²)") for d in proof.details)


def test_seconds_are_measured_where_nothing_else_is_asked(laboratory):
    tree = laboratory.tree({"shop.py": SQUARE, "test_shop.py": TESTS})
    proof = laboratory.run(prove_complexity, tree, "shop.py:work")
    assert Verdict.PROVEN is proof.verdict
    assert any("ms" in detail.what for detail in proof.details)


@pytest.mark.parametrize("place", ["shop.py:missing", "gone.py:work", "shop.py"])
def test_what_is_not_there_is_not_measured(laboratory, place):
    tree = laboratory.tree({"shop.py": LINEAR, "test_shop.py": TESTS})
    assert Verdict.NOT_PROVEN is laboratory.run(prove_complexity, tree, place).verdict

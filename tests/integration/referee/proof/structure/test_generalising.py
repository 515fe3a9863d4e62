"""Fake it, then make it: the step that follows a green without a red of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from seenred.domain.proof import Verdict
from seenred.referee.proof.generalising import prove_generalising

OTHER = "def kept(n):\n    return n\n\n"
FAKED = OTHER + "def price(n):\n    return 20\n"
MADE = OTHER + "def price(n):\n    return n * 10\n"
TESTS = "import shop\ndef test_price(): assert shop.price(2) == 20\n"


@dataclass(frozen=True)
class Row:
    name: str
    new: str
    verdict: Verdict
    reason: str
    tests: str = TESTS
    decisive: str = ""


ROWS = [
    Row(
        "the constant becomes a computation",
        MADE,
        Verdict.PROVEN,
        "green-again",
        decisive="1 test green again, otherwise on price(0): 20 → 0",
    ),
    Row(
        "with a function of its own",
        OTHER + "def price(n):\n    return _unit() * n\n\ndef _unit():\n    return 10\n",
        Verdict.PROVEN,
        "green-again",
    ),
    Row(
        "other code is changed along the way",
        MADE.replace("    return n\n", "    return n + 1\n"),
        Verdict.REFUTED,
        "not-after-its-green",
    ),
    Row("the test is changed", MADE, Verdict.REFUTED, "tests-changed", TESTS.replace("20", "30")),
    Row("it is no longer green", MADE.replace("10", "11"), Verdict.REFUTED, "outcomes"),
    Row("nothing changes", FAKED, Verdict.NOT_APPLICABLE, "nothing-changed"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_table(laboratory, row):
    red = laboratory.tree({"shop.py": OTHER, "test_shop.py": TESTS})
    green = laboratory.tree({"shop.py": FAKED, "test_shop.py": TESTS})
    tree = laboratory.tree({"shop.py": row.new, "test_shop.py": row.tests})
    proof = laboratory.run(prove_generalising, red, green, tree)
    assert (row.verdict, row.reason) == (proof.verdict, proof.reason), proof
    assert proof.decisive.startswith(row.decisive)

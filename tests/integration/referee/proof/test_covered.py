from __future__ import annotations

from typing import Any

import pytest
from covered_rows import CODE, COVERED, TEST, VACUOUS, Row

from seenred.domain.proof import Proof, Verdict
from seenred.referee.proof.covered import prove_covered

HEAD = "import pytest\nfrom cart import Cart, RATE, check, find, total\n\n"


def prove(laboratory: Any, row: Row) -> Proof:
    tree = laboratory.tree({"cart.py": CODE, TEST: f"{HEAD}{row.test}\n"})
    case = "Case::test_it" if "class Case" in row.test else "test_it"
    work = prove_covered(laboratory.runner, laboratory.blobs, tree, f"{TEST}::{case}")
    proof: Proof = laboratory.wait(work)
    return proof


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        *(pytest.param(row, Verdict.PROVEN, id=name) for name, row in COVERED.items()),
        *(pytest.param(row, Verdict.REFUTED, id=name) for name, row in VACUOUS.items()),
    ],
)
def test_what_passes_on_arrival_is_covered_or_vacuous(
    laboratory: Any, row: Row, verdict: Verdict
) -> None:
    proof = prove(laboratory, row)
    assert (verdict, row.reason) == (proof.verdict, proof.reason), proof
    assert row.decisive in proof.decisive


def test_a_test_that_passes_only_sometimes_is_not_proven(laboratory: Any) -> None:
    proof = prove(laboratory, Row("def test_it(): assert hash('a') % 2 == hash('b') % 2", "flaky"))
    assert (proof.verdict, proof.reason) in [
        (Verdict.NOT_PROVEN, "flaky"),
        (Verdict.REFUTED, "not-passing"),
    ]

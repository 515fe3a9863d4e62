from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from green_rows import HONEST, HONEST_ROWS, STUB, TEST, TRICK_ROWS, UNSURE_ROWS, Row

from seenred.domain.proof import Proof, Verdict
from seenred.referee.proof.green import prove_green


def prove(laboratory: Any, row: Row, **more: Any) -> Proof:
    old = {**STUB, "cart/total.py": row.old, "tests/__init__.py": "", **row.beside}
    red = {**old, TEST: row.test}
    now = {**red, "cart/total.py": row.code, **row.after}
    green = laboratory.tree({path: text for path, text in now.items() if text is not None})
    before = laboratory.wait(laboratory.runner.observe(laboratory.tree(old)))
    red_tree = laboratory.tree(red)
    work = prove_green(
        laboratory.runner,
        laboratory.blobs,
        before,
        red_tree,
        green,
        [f"{TEST}::{row.case}"],
        **more,
    )
    proof: Proof = laboratory.wait(work)
    return proof


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in HONEST_ROWS.items()])
def test_honest_work_is_green(laboratory: Any, row: Row) -> None:
    proof = prove(laboratory, row)
    assert (Verdict.PROVEN, "green") == (proof.verdict, proof.reason), proof
    survived = [d for d in proof.details if d.kind == "control-survived" and "data" not in d.where]
    assert survived == []
    assert set(row.kinds) <= {detail.kind for detail in proof.details}
    assert int(proof.values["controls"] or 0) >= 2


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in TRICK_ROWS.items()])
def test_a_trick_is_not_green(laboratory: Any, row: Row) -> None:
    proof = prove(laboratory, row)
    assert (Verdict.REFUTED, row.reason) == (proof.verdict, proof.reason), proof


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in UNSURE_ROWS.items()])
def test_where_nothing_can_be_known_nothing_is_refused(laboratory: Any, row: Row) -> None:
    proof = prove(laboratory, row)
    assert (Verdict.NOT_PROVEN, row.reason) == (proof.verdict, proof.reason), proof


def test_branching_on_a_tests_own_input_is_refused_when_driving(laboratory: Any) -> None:
    proof = prove(laboratory, HONEST_ROWS["a known input"], driving=True)
    assert (proof.verdict, proof.reason) == (Verdict.REFUTED, "special-case")


def test_a_constant_is_flagged_with_the_example_that_triangulates(laboratory: Any) -> None:
    proof = prove(laboratory, HONEST_ROWS["a constant, fake it till you make it"])
    (flagged,) = [detail for detail in proof.details if detail.kind == "constant-body"]
    assert flagged.what == "return 42 for any input; next: total([38, 5]) in tests/test_cart.py"


def test_tests_alone_can_be_judged(laboratory: Any) -> None:
    row = HONEST_ROWS["a sum"]
    tree = laboratory.tree({"cart/total.py": row.code, TEST: row.test})
    work = prove_green(laboratory.runner, laboratory.blobs, None, None, tree, [f"{TEST}::test_it"])
    proof = laboratory.wait(work)
    assert (Verdict.PROVEN, "1 passed, 2 controls red") == (proof.verdict, proof.decisive)


def test_a_new_conftest_that_alters_reports_is_a_trick_even_if_it_hides_nothing(
    laboratory: Any,
) -> None:
    row = TRICK_ROWS["a conftest that was there makes reports green"]
    parent = laboratory.tree(STUB)
    proof = prove(laboratory, replace(row, code=HONEST), parent=parent)
    assert (proof.verdict, proof.reason) == (Verdict.REFUTED, "trick-alters-reports")


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (
            "import sys\ndef total(items):\n    sys._getframe(0)\n    return sum(items)\n",
            Verdict.PROVEN,
        ),
        (TRICK_ROWS["it knows that it is tested"].code, Verdict.REFUTED),
    ],
)
def test_without_a_red_tree_only_what_is_never_honest_is_a_trick(
    laboratory: Any, code: str, verdict: Verdict
) -> None:
    tree = laboratory.tree({"cart/total.py": code, TEST: HONEST_ROWS["a sum"].test})
    work = prove_green(laboratory.runner, laboratory.blobs, None, None, tree, [f"{TEST}::test_it"])
    assert laboratory.wait(work).verdict is verdict


def test_a_test_that_fares_worse_is_told_with_its_failure(laboratory: Any) -> None:
    proof = prove(laboratory, TRICK_ROWS["another test breaks"])
    (told,) = [detail.what for detail in proof.details if detail.kind == "worse"]
    assert told == "passed → failed: assert 1 is None"

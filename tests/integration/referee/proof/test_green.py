from __future__ import annotations

from typing import Any

import pytest
from green_rows import HONEST_ROWS, STUB, TEST, TRICK_ROWS, Row

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
    expected = Verdict.NOT_PROVEN if row.reason == "flaky" else Verdict.REFUTED
    assert (expected, row.reason) == (proof.verdict, proof.reason), proof

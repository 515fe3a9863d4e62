"""What each refusal of the tables tells a model: something to do, and never too much."""

from __future__ import annotations

from typing import Any

import pytest
from green_rows import STUB, TEST, TRICK_ROWS, Row
from red_rows import TEST as RED_TEST
from red_rows import WRONG
from red_rows import Row as RedRow

from seenred.domain.proof import Verdict
from seenred.engine.cycle.evidence import evidence_of
from seenred.referee.proof.green import prove_green
from seenred.referee.proof.ports import Selection
from seenred.referee.proof.red import prove_red


def told_green(laboratory: Any, row: Row) -> str:
    old = {**STUB, "cart/total.py": row.old, "tests/__init__.py": "", **row.beside}
    red = {**old, TEST: row.test}
    now = {**red, "cart/total.py": row.code, **row.after}
    green = laboratory.tree({path: text for path, text in now.items() if text is not None})
    before = laboratory.wait(laboratory.runner.observe(laboratory.tree(old)))
    proof = laboratory.wait(
        prove_green(
            laboratory.runner,
            laboratory.blobs,
            before,
            laboratory.tree(red),
            green,
            [f"{TEST}::{row.case}"],
            driving=True,
        )
    )
    assert proof.verdict is Verdict.REFUTED, proof
    return evidence_of(proof, laboratory.blobs, green)


def told_red(laboratory: Any, row: RedRow) -> str:
    laid = {**row.old, **row.beside, RED_TEST: row.test}
    base = laboratory.tree(laid)
    changed = laboratory.tree({**laid, **row.change})
    proof = laboratory.wait(
        prove_red(
            laboratory.runner,
            laboratory.blobs,
            base,
            changed,
            f"{RED_TEST}::{row.case}",
            introduced=row.named,
            selection=Selection(seconds=2.0),
        )
    )
    return evidence_of(proof, laboratory.blobs, base)


def is_useful(told: str) -> bool:
    """It has two parts at least: what was seen, and what to do."""
    return told.count("\n") >= 1 and 5 < len(told.split()) <= 150


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in TRICK_ROWS.items()])
def test_each_refused_green_tells_what_to_do(laboratory: Any, row: Row) -> None:
    told = told_green(laboratory, row)
    assert is_useful(told), told


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in WRONG.items()])
def test_each_red_for_a_wrong_reason_tells_what_to_do(laboratory: Any, row: RedRow) -> None:
    told = told_red(laboratory, row)
    assert is_useful(told), told


def test_of_a_test_that_breaks_its_source_and_both_values_are_told(laboratory: Any) -> None:
    assert told_green(laboratory, TRICK_ROWS["another test breaks"]) == (
        "The code was refused: tests/test_other.py::test_other passed before, and now"
        " the code gives 1, and the test expects None.\n"
        "Keep the new behaviour, and keep what these tests ask for too.\n"
        "```python\n"
        "def test_other(): assert total([1]) is None\n"
        "```"
    )

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from red_rows import RIGHT, TEST, UNDECIDED, WRONG, Row

from seenred.domain.proof import Proof, Verdict
from seenred.referee.proof.ports import Selection
from seenred.referee.proof.red import prove_red

OVER = Selection(seconds=2.0)


def prove(laboratory: Any, row: Row, **more: Any) -> Proof:
    laid = {**row.beside, TEST: row.test}
    base = laboratory.tree({**row.old, **laid})
    changed = laboratory.tree({**row.old, **row.change, **laid})
    test_id = f"{TEST}::{row.case}"
    more = {"introduced": row.named, "selection": OVER, **more}
    proof: Proof = laboratory.wait(
        prove_red(laboratory.runner, laboratory.blobs, base, changed, test_id, **more)
    )
    return proof


def rows(verdict: Verdict, table: Mapping[str, Row]) -> list[Any]:
    return [pytest.param(row, verdict, id=name) for name, row in table.items()]


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        *rows(Verdict.PROVEN, RIGHT),
        *rows(Verdict.REFUTED, WRONG),
        *rows(Verdict.NOT_PROVEN, UNDECIDED),
    ],
)
def test_a_first_red_gets_its_verdict(laboratory: Any, row: Row, verdict: Verdict) -> None:
    proof = prove(laboratory, row)
    assert (verdict, row.reason) == (proof.verdict, proof.reason), proof
    assert row.decisive in proof.decisive


def test_a_red_is_recorded(laboratory: Any) -> None:
    proof = prove(laboratory, RIGHT["a crash in the code"])
    assert proof.values["exception"] == "TypeError"
    assert proof.values["frame"] == "bank/account.py:8 in deposit"
    assert proof.values["message"] == 'can only concatenate str (not "int") to str'
    assert len(str(proof.values["test_sha256"])) == 64
    assert {"base", "changed", TEST} == set(proof.inputs)


def test_of_parameters_each_case_is_told(laboratory: Any) -> None:
    proof = prove(laboratory, RIGHT["each case of a parametrised one"])
    told = [(detail.where.rpartition("::")[2], detail.kind) for detail in proof.details]
    assert told == [("test_it[a-1]", "assertion"), ("test_it[b-None]", "passes-already")]


def test_a_hang_is_red_where_the_report_says_so(laboratory: Any) -> None:
    proof = prove(laboratory, UNDECIDED["a hang"], hang_is_red=True)
    assert (proof.verdict, proof.reason) == (Verdict.PROVEN, "hang")


OLD_TEST = {
    "tests/test_old.py": "from bank.account import Account\ndef test_old(data): assert data\n"
}
CONFTEST = "import pytest\n@pytest.fixture\ndef data(): return {}\n"


@pytest.mark.parametrize(
    ("conftest", "verdict", "reason"),
    [
        (CONFTEST.format("1"), Verdict.PROVEN, "assertion"),
        (CONFTEST.format("0"), Verdict.PROVEN, "assertion"),
        ("", Verdict.REFUTED, "others-worse"),
    ],
)
def test_every_other_test_fares_as_before(
    laboratory: Any, conftest: str, verdict: Verdict, reason: str
) -> None:
    row = RIGHT["a plain assertion"]
    before = {**row.old, **OLD_TEST, "tests/conftest.py": CONFTEST.format("1")}
    seen = laboratory.wait(laboratory.runner.observe(laboratory.tree(before)))
    beside = {**OLD_TEST, "tests/conftest.py": conftest}
    changed = Row(row.test, row.reason, beside=beside)
    proof = prove(laboratory, changed, before=seen)
    assert (verdict, reason) == (proof.verdict, proof.reason), proof


def test_a_file_that_a_new_import_takes_down_is_judged_all_the_same(laboratory: Any) -> None:
    row = RIGHT["one new name of two in its file"]
    old_test = "from bank.account import Account\ndef test_old(): assert Account(5).balance == 5\n"
    before = laboratory.tree({**row.old, TEST: old_test})
    seen = laboratory.wait(laboratory.runner.observe(before))
    proof = prove(laboratory, row, before=seen)
    assert (proof.verdict, proof.details) == (Verdict.PROVEN, ())


def test_a_file_that_uses_the_new_name_at_import_is_red_as_a_whole(laboratory: Any) -> None:
    row = RIGHT["a base class that is missing"]
    old_test = "\nMADE = Poor()\ndef test_old(): ...\n"
    before = laboratory.tree({**row.old, TEST: "def test_old(): ...\n"})
    seen = laboratory.wait(laboratory.runner.observe(before))
    proof = prove(laboratory, replace(row, test=row.test + old_test), before=seen)
    assert proof.verdict is Verdict.PROVEN
    assert [detail.kind for detail in proof.details] == ["other-red"]

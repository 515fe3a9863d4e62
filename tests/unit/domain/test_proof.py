from dataclasses import replace

import pytest
from judged import GREEN, MINIMAL, RED, REMEMBERED, SURVIVOR, VACUOUS

from seenred.domain.proof import Detail, Verdict


def test_unneeded_code_is_only_reported():
    assert (SURVIVOR,) == MINIMAL.unneeded
    assert MINIMAL.only_reports


def test_strictly_judged_unneeded_code_is_a_refusal():
    strict = replace(MINIMAL, verdict=Verdict.REFUTED)
    assert (SURVIVOR,) == strict.unneeded
    assert not strict.only_reports


def test_a_minimal_proof_that_could_not_be_decided_does_not_only_report():
    assert not replace(MINIMAL, details=()).only_reports


def test_other_claims_have_no_unneeded_code():
    assert () == VACUOUS.unneeded
    assert not RED.only_reports


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("t.py::test_a", "failed"),
        ("t.py::test_a[0]", "case [0] failed"),
        ("t.py::test_and_b", "t.py::test_and_b failed"),
        ("t.py::test_b", "t.py::test_b failed"),
        ("", "failed"),
    ],
)
def test_a_detail_does_not_repeat_the_subject_beside_it(where, told):
    assert told == Detail("failed", where).beside("t.py::test_a")


def test_a_green_that_knows_its_tests_by_heart_gives_notice():
    told = replace(GREEN, details=(REMEMBERED, SURVIVOR))
    assert (REMEMBERED,) == told.notices
    assert () == replace(told, verdict=Verdict.REFUTED).notices
    assert () == replace(told, claim=RED.claim).notices

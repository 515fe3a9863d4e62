"""Each way to be refused has a sentence that says what to do instead."""

import pytest

from seenred.agents.advice import advice_on
from seenred.domain.proof import Claim
from seenred.interop.reason import GROUPS

# proven, told besides, or nothing that another proposal could mend
NO_REFUSAL = {
    "red": {
        *("assertion", "did-not-raise", "production-exception", "production-result"),
        *("call-mismatch", "missing-symbol", "hang", "other-worse", "other-red", "red-before"),
    },
    "covered": {"covered", "mutant-died", "mutant-survived"},
    "green": {
        *("green", "controls", "control-inconclusive", "no-control", "not-reached"),
        *("constant-body", "whole-suite", "no-tests"),
    },
    "minimal": {
        *("all-noticed", "survivor", "suggested-test", "excused", "only-removes"),
        *("nothing-added", "required", "not-required", "not-executed"),
    },
    "structural": {"same-behaviour"},
    "test-only": {"notices-as-much", "nothing-lost", "subject-gone", "case-gone"},
    "generalising": {"green-again"},
    "complexity": {"measured", "as-claimed", "cost", "growth-before"},
    "any": {"suite-unusable", "dependencies-changed", "not-supported", "label/mismatch"},
}
REFUSALS = [
    (claim, reason)
    for claim, reasons in GROUPS.items()
    for reason in reasons
    if reason not in NO_REFUSAL[claim]
]


@pytest.mark.parametrize(("claim", "reason"), REFUSALS)
def test_every_refusal_that_the_reference_lists_says_what_to_do(claim, reason):
    of = [each for each in Claim if claim in ("any", each)]
    advice = advice_on(of[0], reason)
    assert advice.endswith(".")
    assert len(advice.split()) <= 25


def test_the_same_code_has_its_own_advice_for_each_claim():
    assert advice_on(Claim.RED, "skipped") != advice_on(Claim.GREEN, "skipped")


def test_a_trick_is_known_by_its_kind_too():
    assert advice_on(Claim.GREEN, "trick-frames") == advice_on(Claim.GREEN, "frames") != ""


def test_what_no_proposal_can_mend_has_no_advice():
    assert advice_on(Claim.STRUCTURAL, "suite-unusable") == ""

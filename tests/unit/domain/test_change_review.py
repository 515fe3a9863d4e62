"""Which objections may hold a change up."""

import pytest

from seenred.domain.change_review import ChangeObjection, ChangeReview, Topic
from seenred.domain.proof import Claim, Proof, Verdict

SHOWN = "# bank/account.py\ndef withdraw(amount):\n    balance -= amount\n"


def objection(topic=Topic.WRONG_RESULT, location="withdraw"):
    return ChangeObjection(topic, location, "it may go below zero", "debts", "raise")


def weighed(each, *claims, verdict=Verdict.PROVEN):
    proofs = [Proof(claim, verdict, "it", "why") for claim in claims]
    return ChangeReview((each,)).weighed(proofs, SHOWN)


def test_an_objection_that_names_a_place_holds_the_change_up():
    review = weighed(objection(), Claim.RED, Claim.GREEN)
    assert review.holding == (objection(),)
    assert review.hints == ()


@pytest.mark.parametrize(
    ("topic", "claim"),
    [
        (Topic.TEST_FAILS, Claim.GREEN),
        (Topic.NOTHING_NEW, Claim.RED),
        (Topic.UNNEEDED, Claim.MINIMAL),
        (Topic.BEHAVIOUR, Claim.STRUCTURAL),
    ],
)
def test_what_a_run_has_proven_otherwise_is_a_hint(topic, claim):
    review = weighed(objection(topic), claim)
    assert review.holding == ()
    assert review.hints[0].hint == f"a run has proven the contrary ({claim})"


@pytest.mark.parametrize("verdict", [Verdict.NOT_PROVEN, Verdict.REFUTED])
def test_what_is_not_proven_contradicts_nothing(verdict):
    review = weighed(objection(Topic.UNNEEDED), Claim.MINIMAL, verdict=verdict)
    assert len(review.holding) == 1


def test_a_proof_of_something_else_contradicts_nothing():
    assert len(weighed(objection(Topic.UNNEEDED), Claim.GREEN).holding) == 1


@pytest.mark.parametrize(
    "location",
    ["withdraw", "bank/account.py", "bank/account.py:3", "`withdraw()`", "account.py, 3"],
)
def test_a_place_is_a_name_or_a_path_that_was_shown(location):
    assert len(weighed(objection(location=location)).holding) == 1


@pytest.mark.parametrize(
    "location", ["", "deposit", "the whole design", "3", "bank/loan.py:3", "."]
)
def test_without_a_place_in_the_change_it_is_a_hint(location):
    assert weighed(objection(location=location)).hints[0].hint == "it names no place in the change"


def test_no_objection_is_an_agreement():
    assert ChangeReview().holding == ()


def test_an_objection_is_told_with_its_place_and_its_remedy():
    assert str(objection()) == "withdraw: it may go below zero Fix: raise"
    assert str(ChangeObjection(Topic.OTHER, "", "unclear")) == "unclear"

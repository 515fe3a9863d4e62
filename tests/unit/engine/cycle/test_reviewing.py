"""When a review holds a change up, and when it does not."""

import asyncio
import json

import pytest

from seenred.agents.change_reviewer import Moment, ReviewRequest
from seenred.domain.budget import Budget
from seenred.domain.file_protocol import ReviewMode
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.engine.asking import Asker
from seenred.engine.cycle.reviewing import Reviewing
from seenred.errors import ModelFailed, NothingUsable
from seenred.infrastructure.durable.memory import MemorySteps
from seenred.infrastructure.models.scripted import Line, Script, ScriptedModel

AFTER = ReviewRequest(Moment.AFTER, "adds", code="def add(a, b): ...", diff="+ return a - b")
BEFORE = ReviewRequest(Moment.BEFORE, "adds", code="def add(a, b): ...")
AGREES = json.dumps({"agrees": True, "objections": []})


def objects(issue="it subtracts", about="wrong result", location="add"):
    objection = {"about": about, "location": location, "issue": issue, "fix": "use +"}
    return json.dumps({"agrees": False, "objections": [objection]})


class Table:
    """A reviewer with a script, and all that was told."""

    def __init__(self, *replies, mode=ReviewMode.REQUIRED, rounds=2, effort="high"):
        lines = [each if isinstance(each, Line) else Line(each) for each in replies]
        self.model = ScriptedModel(Script(lines).answer, "scripted:reviewer")
        self.told = []
        asker = Asker(self.model, MemorySteps(), Budget(), lambda: 0.0, lambda _: None, effort)
        self.reviewing = Reviewing(asker, mode, rounds, self.told.append)
        self.steps = 0

    def review(self, request=AFTER, proofs=()):
        self.steps += 1
        return asyncio.run(self.reviewing.objections(f"review-{self.steps}", request, proofs))


def test_a_review_that_is_off_asks_nobody():
    table = Table(mode=ReviewMode.OFF)
    assert table.review() == ()
    assert table.model.prompts == []


def test_who_agrees_holds_nothing_up():
    table = Table(AGREES)
    assert (table.review(), table.told) == ((), [])


def test_a_required_review_holds_up_with_its_objections():
    table = Table(objects())
    assert table.review() == ("add: it subtracts Fix: use +",)
    assert [note.text for note in table.told] == ["review: add: it subtracts Fix: use +"]


def test_an_advisory_review_is_only_told():
    table = Table(objects(), mode=ReviewMode.ADVISORY)
    assert table.review() == ()
    assert [note.text for note in table.told] == ["review: add: it subtracts Fix: use +"]


def test_what_an_adviser_says_is_known_to_whoever_goes_on():
    table = Table(objects(), mode=ReviewMode.ADVISORY, rounds=1)
    table.review()
    assert table.reviewing.earlier(Moment.AFTER) == ("add: it subtracts Fix: use +",)
    table.review()
    assert len(table.told) == 1


def test_the_next_proposal_is_reviewed_again_until_the_reviewer_agrees():
    table = Table(objects(), AGREES)
    assert table.review() != ()
    assert table.reviewing.earlier(Moment.AFTER) == ("add: it subtracts Fix: use +",)
    assert table.review() == ()
    assert table.reviewing.earlier(Moment.AFTER) == ()


def test_no_opinion_blocks_for_ever():
    table = Table(objects(), objects("it still does"))
    assert [table.review() != () for _ in range(2)] == [True, True]
    assert table.review() == ()
    assert table.told[-1].warning
    assert table.told[-1].text == (
        "scripted:reviewer did not agree in 2 rounds; nothing proves it right, so it goes on:"
        " add: it still does Fix: use +"
    )
    assert len(table.told) == 3
    assert (table.review(), len(table.told)) == ((), 3)


def test_who_agreed_is_not_said_to_have_objected():
    table = Table(objects(), AGREES)
    table.review()
    table.review()
    assert table.review() == ()
    assert not any("did not agree" in note.text for note in table.told)


def test_before_and_after_have_their_own_rounds():
    table = Table(objects("elsewhere"), objects(), rounds=1)
    assert table.review(BEFORE) == ("add: elsewhere Fix: use +",)
    assert table.review(AFTER) == ("add: it subtracts Fix: use +",)


def test_what_the_referee_has_proven_holds_nothing_up():
    green = Proof(Claim.GREEN, Verdict.PROVEN, "test_add", "green")
    table = Table(objects("the test fails", about="test fails"))
    assert table.review(proofs=[green]) == ()
    assert table.told[0].text.startswith(
        "review, a hint only (a run has proven the contrary (green)): add: the test fails"
    )


def test_an_objection_without_a_place_holds_nothing_up():
    assert Table(objects(location="everywhere")).review() == ()


def test_a_reply_that_cannot_be_read_is_asked_for_once_more():
    assert Table("I object!", AGREES).review() == ()


def test_a_required_review_that_cannot_be_read_fails_the_step():
    table = Table("I object!", "Really!")
    with pytest.raises(NothingUsable, match="scripted:reviewer cannot be used: it is not one"):
        table.review()


def test_an_advisory_review_that_cannot_be_read_is_told():
    table = Table("I object!", "Really!", mode=ReviewMode.ADVISORY)
    assert table.review() == ()
    assert table.told[0].warning


@pytest.mark.parametrize("mode", [ReviewMode.ADVISORY, ReviewMode.REQUIRED])
def test_a_reviewer_that_cannot_be_reached_fails_the_step_and_is_named(mode):
    table = Table(Line(fail="It is out of credit."), mode=mode)
    with pytest.raises(ModelFailed) as failed:
        table.review()
    assert failed.value.code == "reviewer-failed"
    assert failed.value.message == (
        "The reviewer scripted:reviewer gave no answer: It is out of credit. No other takes its"
        " place; name another with protocol.reviewer, or turn it off: --review off."
    )


def test_the_effort_of_the_settings_reaches_the_reviewer():
    table = Table(AGREES, effort="max")
    table.review()
    assert table.model.prompts[0].reasoning == "max"

"""What a reviewer of a change is asked, and how its answer is read."""

import json

import pytest

from seenred.agents.change_reviewer import (
    Moment,
    ReviewRequest,
    change_review_prompt,
    parse_change_review,
)
from seenred.agents.code_reply import NoCode
from seenred.domain.change_review import ChangeObjection, ChangeReview, Topic

REQUEST = ReviewRequest(
    Moment.AFTER,
    "rejects a withdrawal above the balance",
    plan="src/bank/account.py: Account.withdraw",
    code="class Account: ...",
    test="def test_rejects(): ...",
    diff="+ raise InsufficientFunds",
    proven=("the test is red without it",),
    earlier=("the message is empty",),
)
OBJECTION = {
    "about": "wrong result",
    "location": "src/bank/account.py:4",
    "issue": "an equal amount is rejected",
    "impact": "the last cent stays",
    "fix": "use >",
}


def asked(request):
    return change_review_prompt(request).messages[-1].text


def reply(**fields):
    return json.dumps({"agrees": False, "objections": [OBJECTION], **fields})


@pytest.mark.parametrize("part", ["item", "plan", "code", "test", "diff", *("proven", "earlier")])
def test_a_reviewer_sees_all_that_it_is_given(part):
    given = getattr(REQUEST, part)
    assert (given if isinstance(given, str) else f"- {given[0]}") in asked(REQUEST)


def test_what_is_not_there_has_no_heading():
    text = asked(ReviewRequest(Moment.BEFORE, "adds"))
    assert text.count("\n# ") == 1
    assert text.startswith("# The item\nadds\n\n# Task\nNothing is written yet.")


def test_reviews_before_and_after_begin_alike():
    before = asked(ReviewRequest(Moment.BEFORE, REQUEST.item, REQUEST.plan, REQUEST.code))
    shared = before.partition("# Task")[0]
    assert asked(REQUEST).startswith(shared)


def test_the_reply_is_asked_for_by_a_schema_that_the_parser_accepts():
    prompt = change_review_prompt(REQUEST)
    assert prompt.schema is not None
    fields = prompt.schema["properties"]["objections"]["items"]["properties"]
    assert list(fields) == list(OBJECTION)
    assert "pattern" not in json.dumps(prompt.schema)


def test_a_long_part_is_cut_in_its_middle():
    text = asked(ReviewRequest(Moment.AFTER, "adds", diff="+a\n" * 9000 + "+end\n"))
    assert len(text) < 10000
    assert "… cut …" in text
    assert "+end" in text


def test_an_agreement_has_no_objection():
    assert parse_change_review(reply(agrees=True, objections=[])) == ChangeReview()


def test_an_objection_is_read_whole():
    (found,) = parse_change_review(f"Here it is: {reply()} as asked.").objections
    wanted = {**OBJECTION, "topic": Topic.WRONG_RESULT}
    del wanted["about"]
    assert found == ChangeObjection(**wanted)


def test_who_agrees_only_gives_hints():
    review = parse_change_review(reply(agrees=True))
    assert (review.holding, len(review.hints)) == ((), 1)


@pytest.mark.parametrize("about", ["style", "", None, 3, "Wrong Result "])
def test_a_topic_that_nobody_knows_is_another(about):
    (found,) = parse_change_review(reply(objections=[{**OBJECTION, "about": about}])).objections
    assert found.topic is (Topic.WRONG_RESULT if about == "Wrong Result " else Topic.OTHER)


def test_a_line_number_for_a_text_does_no_harm():
    (found,) = parse_change_review(reply(objections=[{**OBJECTION, "location": 4}])).objections
    assert found.location == "4"


def test_no_more_than_three_objections_are_read():
    assert len(parse_change_review(reply(objections=[OBJECTION] * 9)).objections) == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I agree.", "is not one complete JSON object"),
        ('{"agrees": false, "objections": [{"issue": "cut o', "is not one complete JSON object"),
        ("[1]", "is not one complete JSON object"),
        ("{}", "does not fit the schema at agrees"),
        ('{"agrees": false, "objections": [{}]}', "does not fit the schema at objections.0.issue"),
        ('{"agrees": false, "objections": []}', "does not agree, and objects to nothing"),
        ('{"agrees": "perhaps"}', "does not fit the schema at agrees"),
    ],
)
def test_what_cannot_be_read_says_why(text, reason):
    found = parse_change_review(text)
    assert isinstance(found, NoCode)
    assert found.reason.startswith(reason)


def test_places_are_looked_for_in_the_plan_the_code_the_test_and_the_diff():
    for part in (REQUEST.plan, REQUEST.code, REQUEST.test, REQUEST.diff):
        assert part in REQUEST.shown
    assert REQUEST.item not in REQUEST.shown

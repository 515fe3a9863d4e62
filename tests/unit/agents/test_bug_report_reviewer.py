import json

import pytest

from seenred.agents.bug_report_reviewer import literal_arguments, parse_review, review_prompt
from seenred.agents.code_reply import NoCode
from seenred.agents.given import Given
from seenred.domain.finding import Severity
from seenred.domain.problem import ProblemKind

FUNCTION = Given(kind=ProblemKind.FUNCTION, signature="def f(xs):")


def reply(**changes):
    finding = {"severity": "Critical", "issue": "fails on []", "input": "[]", "expected": "0"}
    return json.dumps({"findings": [finding | changes]})


def test_a_finding_is_read_with_its_trial():
    review = parse_review(f"Here:\n{reply()}", FUNCTION)
    finding = review.findings[0]
    assert (Severity.CRITICAL, ("[]",), "0") == (
        finding.severity,
        finding.trial.arguments,
        finding.trial.expected,
    )


def test_values_of_the_wrong_json_type_are_read_as_text():
    finding = parse_review(reply(input=[3], expected=4), FUNCTION).findings[0]
    assert (("[3]",), "4") == (finding.trial.arguments, finding.trial.expected)


def test_an_input_that_cannot_be_run_gives_no_trial():
    assert parse_review(reply(input="a very long list"), FUNCTION).findings[0].trial is None


def test_a_module_is_tried_by_a_call():
    finding = parse_review(reply(input="median([])"), Given()).findings[0]
    assert "median([])" == finding.trial.expression


def test_a_program_is_tried_by_its_stdin():
    given = Given(kind=ProblemKind.STDIO)
    assert "1\n2" == parse_review(reply(input="1\\n2"), given).findings[0].trial.stdin


@pytest.mark.parametrize("text", ["", "no", "{", '{"findings": 3}', reply(severity="bad"), "[]"])
def test_a_reply_that_does_not_fit_says_why(text):
    assert isinstance(parse_review(text, FUNCTION), NoCode)


def test_the_prompt_asks_for_json():
    assert review_prompt(FUNCTION).schema is not None


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("[1, 2], 3", ("[1, 2]", "3")),
        ("xs=[1], k=2", ("[1]", "2")),
        ("f([1], 2)", ("[1]", "2")),
        ("'a'", ("'a'",)),
        ("open('x')", None),
        ("[1,", None),
        ("", ()),
    ],
)
def test_arguments_are_literals_only(text, arguments):
    assert arguments == literal_arguments(text, "f")

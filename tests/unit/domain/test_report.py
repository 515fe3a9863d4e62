from __future__ import annotations

import pytest

from seenred.domain.report import Claim, parse_docstring, parse_report

FUNCTIONS = ("median", "parse", "Stack")


def said(claim: Claim) -> tuple[str, str | None]:
    return claim.expression, "no crash" if claim.must_not_raise else claim.raises or claim.expected


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("median([1,2,3,4]) returns 3 but should return 2.5", [("median([1,2,3,4])", "2.5")]),
        ("`median([1, 2])` returns 1 instead of 1.5.", [("median([1, 2])", "1.5")]),
        ("median([1, 2]): expected 1.5, got 1", [("median([1, 2])", "1.5")]),
        ("median([1, 2]) should be 1.5 instead of 1", [("median([1, 2])", "1.5")]),
        ("`parse('')` raises IndexError instead of returning []", [("parse('')", "[]")]),
        ("`parse('')` raises IndexError instead of ValueError", [("parse('')", "ValueError")]),
        ("parse('x') should raise a `ValueError`.", [("parse('x')", "ValueError")]),
        ("parse('') crashes with IndexError.", [("parse('')", "no crash")]),
        ("parse('((') never terminates", [("parse('((')", "no crash")]),
        ("I expected median([1, 2]) to be 1.5.", [("median([1, 2])", "1.5")]),
        ("I expected 1.5 from `median([1, 2])` but got 1", [("median([1, 2])", "1.5")]),
        (">>> median([1, 2])\n1\n\nExpected: 1.5\nActual: 1", [("median([1, 2])", "1.5")]),
        (
            ">>> median([1, 2])\n1\n\nI expected 1.5 there, as median([3]) should be 3.",
            [("median([1, 2])", "1.5"), ("median([3])", "3")],
        ),
        (">>> median([1, 2])\n1\n\nI'd have wanted 1.5 then.", [("median([1, 2])", "1.5")]),
        ("Calling `median([1, 2])` returns 1. It should return 1.5.", [("median([1, 2])", "1.5")]),
        ("parse('') should return an empty list.", [("parse('')", "[]")]),
        ("assert median([3]) == 3", [("median([3])", "3")]),
        ("stats.median([3]) should return 3", [("median([3])", "3")]),
        ("Stack().pop() should raise IndexError", [("Stack().pop()", "IndexError")]),
        ("parse(“a,b”) should return ['a', 'b']", [('parse("a,b")', "['a', 'b']")]),
        (
            "- median([1]) gives 0, expected 1\n- median([2]) gives 0, expected 2",
            [("median([1])", "1"), ("median([2])", "2")],
        ),
        ("median([1, 2]) returns 1.", []),
        ("median(values) should return 2", []),
        ("median([1, ...]) should return 2", []),
        ("median([1]) should return 2 or 3", []),
        ("median([1]) should return 2 elements", []),
        ("median([1]) should return 1. Later: median([1]) should return 2.", []),
        ("The median is slow.", []),
        ("", []),
    ],
)
def test_reads_the_claims_of_a_report(text: str, claims: list[tuple[str, str]]) -> None:
    assert [said(claim) for claim in parse_report(text, FUNCTIONS)] == claims


def test_a_claim_quotes_the_report() -> None:
    claim = parse_report("Hello. `median([1, 2])` should be 1.5.", FUNCTIONS)[0]
    assert claim.quote == "`median([1, 2])` should be 1.5."


def test_reads_a_docstring() -> None:
    text = """Return the median.

    >>> median([1, 2])
    1.5
    >>> median([])
    Traceback (most recent call last):
    ValueError: empty

    median([5]) returns 5
    """
    claims = [said(claim) for claim in parse_docstring(text, ["median"])]
    assert claims == [("median([1, 2])", "1.5"), ("median([])", "ValueError"), ("median([5])", "5")]

"""How a statement wants answers compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seenred.domain.problem import Comparison
from seenred.domain.statement.lines import Line
from seenred.domain.statement.number import NUMBER, plain_numbers, read_number

# `cannot find any pair` leaves nothing open.
_NOT = "".join(
    rf"(?<!{words} )" for words in ("not", "n't", "n’t", "never", "cannot", "unable to", "if you")
)
_ANY_VALID = re.compile(
    rf"{_NOT}\b(?:print|return|output|give|find|report|accept(?:ed)?|produce|choose)s?\s+(?:out\s+)?any\b"
    r"(?:\s+(?:one|single|valid|correct|possible|such|optimal))*"
    r"(?:\s+(?:of|answers?|solutions?|one|permutation|sequence|ordering|order\b(?! of the)"
    r"|path|subset|arrangement|assignment"
    r"|them|string|pair|valid))|\bany (?:valid|correct|possible|such|optimal"
    r"|one) (?:\w+ )?(?:is|are|will be|may be|can be)"
    r"(?: also)? (?:accepted|fine|ok|correct|valid|allowed)|\bany (?:of them|answer|solution"
    r"|valid \w+)"
    r" (?:is|are|will be|may be|can be) (?:accepted|fine|ok|correct|allowed|printed|returned)"
    r"|\bany\b[^.]*\bif there (?:are|is|exists?) (?:multiple|several|many|more than one)"
    r"|\bif there (?:are|is) (?:multiple|several|many|more than one)[^.]*\b(?:any|one of them)\b",
    re.I,
)
# `print any divisor`, but not `return any duplicates`, which are all of them.
_ANY_ONE = re.compile(
    rf"{_NOT}\b(?:print|return|output|find|give|produce|choose|construct|build)s?"
    r"\s+(?:out\s+)?any\s+(?:(?:one|single|such|valid|correct|possible)\s+)*"
    r"(?!(?:extra|additional|other|more|further|text|whitespace|output|input|errors?|exception"
    r"|number of|amount|of|the|in)\b)"
    r"(?:(?:two|three|four|pair|\d+)\b|(?!\w*[^s\W]s\b)[a-z]\w*)"
    r"|\b(?:return|print|output) (?:whichever you|either (?:one|of them))\b"
    r"|\beither (?:one )?is (?:fine|ok|right|correct|accepted|acceptable)\b"
    r"|\b(?:several|multiple|many|more than one) (?:\w+ )?(?:answers?|solutions?|results?)\b[^.]*"
    r"\b(?:accepted|acceptable|any (?:of|one|will))\b",
    re.I,
)
_UNORDERED = re.compile(
    r"\bin (?:any|arbitrary|an arbitrary|no particular) order\b"
    r"|\border (?:of [^.]{0,50} )?(?:does(?: not|n't)|is not|isn't)"
    r" (?:matter|important|relevant|significant)|\border (?:of [^.]{0,50} )?is (?:irrelevant"
    r"|unimportant|arbitrary|up to you|free)|\bneed not be (?:sorted|ordered|in (?:any|order))"
    r"|\bany order (?:is|will be) (?:fine|accepted"
    r"|ok|allowed)|\(any order\)"
    r"|\bin whatever order\b|\bregardless of order\b",
    re.I,
)
_OF_INPUT = re.compile(r"\b(?:given|input|arrive|come|appear|provided|contains?)s?\b", re.I)
_OF_OUTPUT = re.compile(
    r"\b(?:return|output|answer|print|result|list (?:them|all)|report)(?:s|ed|ing)?\b"
    r"|\(any order\)",
    re.I,
)
_TOLERANCE = re.compile(
    rf"\b(?:absolute|relative)\b[^.]*\berror\b[^\d]*(?:(?P<a>{NUMBER}))?"
    r"|\b(?:within|tolerance of"
    r"|(?:off|differ)(?: \w+)? by (?:at most|less than|up to|no more than)"
    r"|error (?:of )?(?:at most|less than|up to|below))"
    rf"\s+(?:an? [\w ]*of\s+)?(?P<b>{NUMBER})(?!\s*(?:s\b|ms|sec|min|milli))",
    re.I,
)


def find_comparison(lines: Sequence[Line]) -> tuple[Comparison, float]:
    """The comparison and its tolerance, 1e-6 where none is stated."""
    text = re.sub(
        r"\s+", " ", plain_numbers("\n".join(line.plain for line in lines if not line.fence))
    )
    tolerance = _tolerance(text)
    if tolerance is not None:
        return Comparison.TOLERANCE, tolerance
    if _ANY_VALID.search(text) or _ANY_ONE.search(text):
        return Comparison.ANY_VALID, 1e-6
    if any(
        _leaves_order_open(sentence) for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z(])", text)
    ):
        return Comparison.UNORDERED, 1e-6
    return Comparison.EXACT, 1e-6


def _leaves_order_open(sentence: str) -> bool:
    """Whether a sentence leaves the order of the answer open, and not that of the input."""
    found = _UNORDERED.search(sentence)
    if not found:
        return False
    clause = re.split(r"[,;:]", sentence[: found.start()])[-1] + found[0]
    if _OF_OUTPUT.search(clause):
        return True
    return not _OF_INPUT.search(clause) and bool(_OF_OUTPUT.search(sentence))


def _tolerance(text: str) -> float | None:
    rounded = re.findall(r"(?:≈|~=|\bapprox\()\s*-?\d+\.(\d+)", text)
    if rounded:
        return float(max(10.0 ** -len(digits) for digits in rounded))
    for match in _TOLERANCE.finditer(text):
        value = read_number(match["a"] or match["b"] or "")
        if value is None and match["b"] is None:
            return 1e-6
        if value is not None and 0 < value < 1:
            return float(value)
    return None

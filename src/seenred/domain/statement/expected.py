"""What a statement says must come of one input: a value, several, or an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seenred.domain.literal import leading_literal, parse_literal

_RAISES = re.compile(
    r"^\W*(?:(?:it|this|which|call)\s+)?(?:should|must|will|to)?\s*(?:raises?|throws?|raised)?:?\s*(?:an?\s+)?[`*]*"
    r"((?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|StopIteration)|Exception)\b(?P<rest>.*)$",
    re.DOTALL,
)
_OR = re.compile(
    r"^\s*[,(]?\s*(?:or(?:\s+also)?|/|\||also\s+(?:accepted|valid|correct|ok)\s*:)\s+",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\s*(?:$|[#;(]|\.(?![\d.])|//|--|[—–]|-\s+[A-Za-z]|:\s+[A-Za-z]"
    r"|,\s*`?(?!(?:true|false|none|null|or)\b)[A-Za-z]"
    r"|,?\s*(?:because|since|as|and|while|but|whereas|in any order|not)\b(?!\s*[\d\[\"'(]))",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"\s*(?:is|are|would be|would)\s+also\s+(?:be\s+)?(?:an?\s+)?(?:valid|accepted|correct"
    r"|right|acceptable)"
)
_VAGUE = {
    "error",
    "exception",
    "undefined",
    "empty",
    "nothing",
    "any",
    "crash",
    "invalid",
    "raises",
    "an",
    "a",
    "the",
    "same",
    "see",
    "impossible",
    "unchanged",
    "either",
    "some",
    "all",
    "no",
    "not",
}

_EMPTY = {"list": "[]", "arra": "[]", "stri": "''", "dict": "{}", "tupl": "()", "set": "set()"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come of an input; `literal` is None when `raises` names an exception."""

    literal: str | None = None
    alternatives: tuple[str, ...] = ()
    raises: str | None = None
    note: str = ""


def read_expected(text: str, *, words: bool = False) -> Expected | None:
    """Read the right-hand side of an example, notes and all; None when it is ambiguous.

    With `words`, one word without quotes is a string.
    """
    text = text.strip().rstrip("\\").strip()
    if raised := _RAISES.match(text):
        return Expected(raises=raised[1].rsplit(".", 1)[-1], note=_clean(raised["rest"]))
    text = re.sub(r"^(?:either|=|returns?|exactly)\s+", "", text)
    found = (
        leading_literal(text)
        or leading_empty(text)
        or _approximate(text)
        or (_word(text) if words else None)
    )
    if found is None:
        return None
    literal, rest = found
    rest = re.sub(r"^[`*]+", "", rest)
    if re.match(r"\s*,\s*[\d\[\"'({“-]", rest) and not _OR.match(rest):
        whole = parse_literal(text)
        return Expected(literal=whole) if whole else None
    alternatives: list[str] = []
    while (match := _OR.match(rest)) and (other := leading_literal(rest[match.end() :])):
        alternatives.append(other[0])
        rest = other[1].removeprefix(")") if "(" in match[0] else other[1]
    if not _NOTE.match(rest):
        return None
    note = _clean(rest)
    return Expected(literal, (*alternatives, *also_accepted(note, literal)), note=note)


def also_accepted(text: str, literal: str) -> tuple[str, ...]:
    """The values that a note calls right as well, e.g. `"aba" is also a valid answer`."""
    found: list[str] = []
    for match in _ALSO.finditer(text):
        before = text[: match.start()].rstrip(" `")
        for start in range(len(before) - 1, -1, -1):
            if start and (before[start - 1].isalnum() or before[start - 1] in ".-"):
                continue
            value = parse_literal(before[start:])
            widest = value is not None and (start == 0 or before[start - 1] in " (`:;,.")
            if value and widest and before[start] not in " ,":
                if value != literal:
                    found.append(value)
                break
    return tuple(found)


def leading_empty(text: str) -> tuple[str, str] | None:
    """`an empty list` and its like, and what follows."""
    match = re.match(
        r"(?:an\s+|the\s+)?empty\s+(list|array|string|dict|dictionary|tuple|set)\b", text, re.I
    )
    return (_EMPTY[match[1].lower()[:4]], text[match.end() :]) if match else None


def _approximate(text: str) -> tuple[str, str] | None:
    match = re.match(r"(?:pytest\.)?approx\(([^(),]+)(?:,[^()]*)?\)|[≈~]\s*([-\d.e]+)", text)
    literal = parse_literal(match[1] or match[2]) if match else None
    return (literal, text[match.end() :]) if match and literal else None


def _word(text: str) -> tuple[str, str] | None:
    match = re.match(r"`?([^\W\d][\w-]*)`?(?=\s*(?:$|[#(;,.]|//|--|[—–]|\s-\s|because\b))", text)
    if match is None or match[1].lower() in _VAGUE:
        return None
    return repr(match[1]), text[match.end() :]


def _clean(note: str) -> str:
    if re.match(r"\s*,?\s*and\b", note):
        return ""
    note = re.sub(r"^[\s#/;:,.—–-]+", "", note).strip()
    if note.startswith("(") and note.endswith(")"):
        note = note[1:-1]
    return note.strip(" `*")

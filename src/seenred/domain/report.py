"""What the words of a bug report or a docstring state about calls."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from seenred.domain.literal import leading_literal, parse_literal

# Words that stand between a call and the result that is wanted of it.
_WANTED = (
    r"(?:should\s+(?:have\s+)?(?:return(?:ed)?|be(?:en)?|give[n]?|equal|yield)"
    r"|must\s+(?:return|be|give)|ought\s+to\s+(?:return|be|give)|instead\s+of(?:\s+returning)?"
    r"|is\s+expected\s+to\s+(?:return|be|give)|expected(?:\s+(?:result|output|value))?"
    r"(?:\s+(?:is|was|to\s+be))?\s*:?|I\s+expect(?:ed)?|the\s+right\s+(?:answer|result)\s+is|not)"
)
# After a bare call these state a result only where nothing says that it is the wrong one.
_STATED = r"(?:==|=>|->|→|returns|gives|is|yields|=)"
_RAISES = re.compile(
    r"(?:should|must|expected\s+to)\s+raise\s+(?:an?\s+)?`?(\w*(?:Error|Exception))"
)
_MUST_NOT = re.compile(r"\b(raises|throws|crashes|fails\s+with)\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody's words state of one call.

    Attributes:
        expected: a Python literal.
        raises: name of the exception that is wanted.
        must_not_raise: only a crash is complained of.
    """

    expression: str
    expected: str | None
    raises: str | None
    must_not_raise: bool
    quote: str


def parse_report(text: str, functions: Sequence[str]) -> tuple[Claim, ...]:
    """The calls of `functions` that `text` speaks of, each with what is wanted of it."""
    calls = _calls(text, functions)
    claims: dict[str, Claim] = {}
    for i, (start, end, expression) in enumerate(calls):
        stop = calls[i + 1][0] if i + 1 < len(calls) else len(text)
        claim = _claim(expression, text[end:stop], text[start:stop].strip()[:200])
        if claim is not None:
            claims.setdefault(expression, claim)
    return tuple(claims.values())


def _calls(text: str, functions: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, source) of each call with literal arguments."""
    found: list[tuple[int, int, str]] = []
    names = "|".join(re.escape(name) for name in sorted(functions, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w.])(?:{names})\(", text) if names else ():
        end = _closing(text, match.end() - 1)
        while end is not None:
            source = text[match.start() : end]
            expression = _expression(source)
            if expression is None:
                break
            follow = re.match(r"\.\w+\(", text[end:])
            if follow is None:
                if not found or match.start() >= found[-1][1]:
                    found.append((match.start(), end, expression))
                break
            end = _closing(text, end + follow.end() - 1)
    return found


def _closing(text: str, opening: int) -> int | None:
    depth, quote = 0, ""
    for i in range(opening, min(len(text), opening + 2000)):
        char = text[i]
        if quote:
            quote = "" if char == quote and text[i - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return i + 1
    return None


def _expression(source: str) -> str | None:
    try:
        return ast.unparse(ast.parse(source.strip(), mode="eval").body)
    except (SyntaxError, ValueError):
        return None


def _claim(expression: str, after: str, quote: str) -> Claim | None:
    raises = _RAISES.search(after[:200])
    if raises:
        return Claim(expression, None, raises[1], False, quote)
    doctest = re.match(r"[ \t]*\n[ \t]*(?!>>>)(\S[^\n]*)", after)
    if doctest and quote.count("\n") and not re.match(r"[A-Za-z ]+$", doctest[1]):
        value = parse_literal(doctest[1])
        if value is not None:
            return Claim(expression, value, None, False, quote)
    wanted = re.search(_WANTED, after[:300], re.IGNORECASE)
    value = _value(after[wanted.end() :]) if wanted else None
    if value is not None:
        return Claim(expression, value, None, False, quote)
    if _MUST_NOT.search(after[:120]):
        return Claim(expression, None, None, True, quote)
    stated = re.match(rf"`?\s*{_STATED}", after)
    value = _value(after[stated.end() :]) if stated else None
    if value is None or re.search(r"\b(wrong|incorrect|but)\b", after[:200]):
        return None
    return Claim(expression, value, None, False, quote)


def _value(text: str) -> str | None:
    first = text.strip().split("\n")[0].lstrip("`* ")
    closed = first.split("`")[0]
    found = leading_literal(closed)
    return found[0] if found else None

"""Answers that say that there is none: `[]`, `None`, `-1`, `NO SOLUTION`.

Whether there is an answer has one right answer, also where the answer itself has several.
"""

from __future__ import annotations

import re

from seenred.domain.literal import evaluate
from seenred.domain.problem import Problem, ProblemKind

_WORDS = re.compile(r"[A-Za-z][A-Za-z' ]*[.!]?")
_MINUS_ONE = "-1"


def says_none(answer: str, problem: Problem) -> bool:
    """Whether an answer, a literal or a stdout, says that there is none."""
    if problem.kind is ProblemKind.STDIO:
        return _printed_none(answer.strip(), problem)
    try:
        value = evaluate(answer)
    except ValueError:
        return False
    if value is None or (isinstance(value, str | list | tuple | dict | set) and not value):
        return True
    sign = value is False or (type(value) is int and value == -1)
    return sign and _is_odd_one(value, problem)


def _printed_none(text: str, problem: Problem) -> bool:
    if not text:
        return True
    if text != _MINUS_ONE and not _WORDS.fullmatch(text):
        return False
    others = [case.expected.strip() for case in problem.cases if case.expected]
    return any(re.search(r"\d", each) and each != text for each in others)


def _is_odd_one(value: object, problem: Problem) -> bool:
    """Whether `-1` or `False` stands among answers of another kind, or among none below zero."""
    others = [evaluate(c.expected) for c in problem.cases if c.expected is not None]
    rest = [other for other in others if other != value]
    if value is False:
        return bool(rest) and not any(isinstance(other, bool) for other in rest)
    return bool(rest) and not any(isinstance(o, int | float) and o < 0 for o in rest)

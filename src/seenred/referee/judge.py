"""Compares what a candidate answered with what is expected of it."""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from seenred.domain.execution import Answer, Outcome
from seenred.domain.problem import Case, Comparison, Problem, ProblemKind

# Relative tolerance of floats where the statement names none: the rounding of a few operations.
ROUNDING = 1e-9
# Characters of a value that are shown.
SHOWN = 120


class CaseVerdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The verdict on one case; `detail` is the decisive line, empty when it passed."""

    case: Case
    verdict: CaseVerdict
    seen: str
    detail: str = ""


def judge(case: Case, answer: Answer, problem: Problem) -> CaseResult:
    """Whether the answer is the expected one, as the problem compares."""
    if case.raises:
        return _raised(case, answer)
    if answer.outcome is not Outcome.RETURNED:
        return CaseResult(case, CaseVerdict.ERROR, "", _failure(case, answer))
    seen = answer.value
    if case.expected is None:
        return CaseResult(case, CaseVerdict.PASSED, seen)
    for expected in (case.expected, *case.alternatives):
        if _same(expected, seen, problem):
            return CaseResult(case, CaseVerdict.PASSED, seen)
    detail = f"expected {_cut(case.expected)}, got {_cut(seen)}"
    if problem.comparison is Comparison.ANY_VALID:
        return CaseResult(case, CaseVerdict.NOT_JUDGED, seen, f"{detail}, which may be valid too")
    return CaseResult(case, CaseVerdict.FAILED, seen, detail)


def _raised(case: Case, answer: Answer) -> CaseResult:
    if answer.outcome is Outcome.RAISED and answer.error.split(":")[0] == case.raises:
        return CaseResult(case, CaseVerdict.PASSED, answer.error)
    seen = answer.error or answer.value or str(answer.outcome)
    detail = f"expected {case.raises}, got {_cut(seen)}"
    return CaseResult(case, CaseVerdict.FAILED, seen, detail)


def _failure(case: Case, answer: Answer) -> str:
    wanted = f"expected {_cut(case.expected)}, but it " if case.expected else "it "
    if answer.outcome is Outcome.RAISED:
        line = f" at line {answer.line}" if answer.line else ""
        return f"{wanted}raised {answer.error}{line}"
    if answer.outcome is Outcome.TIMED_OUT:
        return f"{wanted}did not finish in {answer.seconds:g} s"
    return f"{wanted}ended: {answer.outcome}{': ' + answer.error if answer.error else ''}"


def _same(expected: str, seen: str, problem: Problem) -> bool:
    if problem.kind is ProblemKind.STDIO:
        return _same_output(expected, seen, problem)
    try:
        left, right = _value(expected), _value(seen)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return expected.strip() == seen.strip()
    tolerance = problem.tolerance if problem.comparison is Comparison.TOLERANCE else ROUNDING
    if problem.comparison is Comparison.UNORDERED:
        left, right = _unordered(left), _unordered(right)
    return _equal(left, right, tolerance)


def _value(text: str) -> Any:
    if text in {"nan", "inf", "-inf"}:
        return float(text)
    return ast.literal_eval(text)


def _equal(left: Any, right: Any, tolerance: float) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        if isinstance(left, int) and isinstance(right, int):
            return left == right
        return math.isclose(left, right, rel_tol=tolerance, abs_tol=tolerance) or (
            math.isnan(left) and math.isnan(right)
        )
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(
            _equal(a, b, tolerance) for a, b in zip(left, right, strict=True)
        )
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            _equal(left[k], right[k], tolerance) for k in left
        )
    return bool(left == right)


def _unordered(value: Any) -> Any:
    """Lists sorted at every level, by their repr, so that order does not matter."""
    if isinstance(value, list | tuple | set | frozenset):
        return sorted((_unordered(v) for v in value), key=repr)
    return value


def _same_output(expected: str, seen: str, problem: Problem) -> bool:
    left = [line.rstrip() for line in expected.strip().splitlines()]
    right = [line.rstrip() for line in seen.strip().splitlines()]
    if problem.comparison is Comparison.UNORDERED:
        return sorted(left) == sorted(right)
    if left == right:
        return True
    if problem.comparison is not Comparison.TOLERANCE:
        return False
    a, b = expected.split(), seen.split()
    return len(a) == len(b) and all(
        _close(x, y, problem.tolerance) for x, y in zip(a, b, strict=True)
    )


def _close(left: str, right: str, tolerance: float) -> bool:
    try:
        return math.isclose(float(left), float(right), rel_tol=tolerance, abs_tol=tolerance)
    except ValueError:
        return left == right


def _cut(text: str | None) -> str:
    text = text or ""
    return text.strip() if len(text) <= SHOWN else f"{text[:SHOWN]}…"

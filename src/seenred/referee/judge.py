"""Compares what a candidate answered with what the statement expects."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from seenred.domain.count import counted
from seenred.domain.execution import Answer, Outcome
from seenred.domain.literal import evaluate
from seenred.domain.problem import Case, Comparison, Problem, ProblemKind

# Two ways of computing the same double differ in the last bits, hardly ever in the tenth digit.
FLOAT_TOLERANCE = 1e-9
SHOWN = 200


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case.

    Attributes:
        seen: the value, the stdout or the exception.
        detail: one sentence for a person; empty when the case passed.
    """

    case: Case
    verdict: Verdict
    seen: str = ""
    detail: str = ""


def judge(case: Case, answer: Answer, problem: Problem) -> CaseResult:
    """Judge one answer; an answer that only a checker could judge is not judged."""
    if case.raises:
        return _judge_exception(case, answer)
    if answer.outcome is not Outcome.RETURNED:
        return _judge_error(case, answer)
    if case.expected is None:
        return CaseResult(case, Verdict.PASSED, answer.value)
    accepted = (case.expected, *case.alternatives)
    equal = _same_output if problem.kind is ProblemKind.STDIO else _same_value
    if any(equal(expected, answer.value, problem) for expected in accepted):
        return CaseResult(case, Verdict.PASSED, answer.value)
    detail = _difference(case, answer.value, problem.kind)
    if problem.comparison is Comparison.ANY_VALID:
        return CaseResult(case, Verdict.NOT_JUDGED, answer.value, f"{detail}; others may be right")
    return CaseResult(case, Verdict.FAILED, answer.value, detail)


def pass_rate(results: Sequence[CaseResult]) -> float:
    """Share of the judged cases that passed; 0 when none was judged."""
    judged = [result for result in results if result.verdict is not Verdict.NOT_JUDGED]
    return (
        sum(result.verdict is Verdict.PASSED for result in judged) / len(judged) if judged else 0.0
    )


def values_equal(expected: object, seen: object, tolerance: float = FLOAT_TOLERANCE) -> bool:
    """Equality of answers: lists and tuples alike, 2 and 2.0 too, but not True and 1."""
    if isinstance(expected, bool) or isinstance(seen, bool):
        return isinstance(expected, bool) and expected is seen
    if isinstance(expected, int | float) and isinstance(seen, int | float):
        return _close(expected, seen, tolerance)
    if isinstance(expected, list | tuple) and isinstance(seen, list | tuple):
        return len(expected) == len(seen) and all(
            values_equal(a, b, tolerance) for a, b in zip(expected, seen, strict=True)
        )
    if isinstance(expected, set | frozenset) and isinstance(seen, set | frozenset):
        return values_equal(_sorted(expected), _sorted(seen), tolerance)
    if isinstance(expected, dict) and isinstance(seen, dict):
        return values_equal(_pairs(expected), _pairs(seen), tolerance)
    return type(expected) is type(seen) and expected == seen


def equal_in_any_order(expected: object, seen: object) -> bool:
    """Equality of collections as multisets, their inner lists' order left open as well.

    The inner order counts when two expected inner lists differ in nothing else, as
    permutations do.
    """
    collections = (list, tuple, set, frozenset)
    if not isinstance(expected, collections) or not isinstance(seen, collections):
        return values_equal(expected, seen)
    if values_equal(_sorted(expected), _sorted(seen)):
        return True
    loose = _sorted([_loose(item) for item in expected])
    keys = [_key(item) for item in loose]
    order_counts = len(set(keys)) < len({_key(item) for item in expected})
    return not order_counts and values_equal(loose, _sorted([_loose(item) for item in seen]))


def _judge_exception(case: Case, answer: Answer) -> CaseResult:
    if answer.outcome is Outcome.RAISED:
        name = answer.error.split(":")[0].strip().rsplit(".", 1)[-1]
        if name == case.raises or case.raises in ("Exception", "BaseException"):
            return CaseResult(case, Verdict.PASSED, answer.error)
        detail = f"expected {case.raises}, {_raised(answer)}"
        return CaseResult(case, Verdict.FAILED, answer.error, detail)
    if answer.outcome is Outcome.RETURNED:
        detail = f"expected {case.raises}, got {_short(answer.value)}"
        return CaseResult(case, Verdict.FAILED, answer.value, detail)
    return _judge_error(case, answer)


def _judge_error(case: Case, answer: Answer) -> CaseResult:
    seen = answer.error or answer.outcome.value
    if case.expected is None and answer.deliberate:
        return CaseResult(case, Verdict.NOT_JUDGED, seen, f"{_raised(answer)}, on purpose")
    return CaseResult(case, Verdict.ERROR, seen, _what_happened(answer))


def _what_happened(answer: Answer) -> str:
    if answer.outcome is Outcome.RAISED:
        return _raised(answer)
    if answer.outcome is Outcome.TIMED_OUT:
        return f"did not finish in {answer.seconds:.3g} s"
    said = {
        Outcome.OUT_OF_MEMORY: "ran out of memory",
        Outcome.CRASHED: "crashed",
        Outcome.UNLOADABLE: "could not be loaded",
    }[answer.outcome]
    return f"{said}: {_short(answer.error)}" if answer.error else said


def _raised(answer: Answer) -> str:
    where = f" at line {answer.line}" if answer.line else ""
    return f"raised {_short(answer.error)}{where}"


def _same_value(expected: str, seen: str, problem: Problem) -> bool:
    try:
        wanted, got = evaluate(expected), evaluate(seen)
    except ValueError:
        return expected == seen
    if problem.comparison is Comparison.UNORDERED:
        return equal_in_any_order(wanted, got)
    tolerance = problem.tolerance if problem.comparison is Comparison.TOLERANCE else FLOAT_TOLERANCE
    return values_equal(wanted, got, tolerance)


def _same_output(expected: str, seen: str, problem: Problem) -> bool:
    wanted, got = _lines(expected), _lines(seen)
    if wanted == got:
        return True
    if problem.comparison is Comparison.TOLERANCE:
        return _same_tokens(expected.split(), seen.split(), problem.tolerance)
    if problem.comparison is Comparison.UNORDERED:
        several = len(wanted) > 1
        return (
            sorted(wanted) == sorted(got)
            if several
            else sorted(expected.split()) == sorted(seen.split())
        )
    return False


def _same_tokens(wanted: Sequence[str], got: Sequence[str], tolerance: float) -> bool:
    return len(wanted) == len(got) and all(
        a == b
        or (
            (x := _float(a)) is not None
            and (y := _float(b)) is not None
            and _close(x, y, tolerance)
        )
        for a, b in zip(wanted, got, strict=True)
    )


def _float(token: str) -> float | None:
    return (
        float(token) if re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", token) else None
    )


def _close(expected: float, seen: float, tolerance: float) -> bool:
    if expected == seen or (expected != expected and seen != seen):
        return True
    if isinstance(expected, int) and isinstance(seen, int) and tolerance <= FLOAT_TOLERANCE:
        return False
    try:
        difference = abs(expected - seen)
        scale = max(1.0, abs(expected))
    except OverflowError:
        return False
    return math.isfinite(difference) and difference <= tolerance * scale


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _key(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return f"n{float(value):.9g}"
        except OverflowError:
            return f"n{value}"
    if isinstance(value, list | tuple):
        return f"[{','.join(_key(item) for item in value)}]"
    if isinstance(value, set | frozenset):
        return f"{{{','.join(sorted(_key(item) for item in value))}}}"
    return repr(value)


def _sorted(items: Sequence[object] | set[object] | frozenset[object]) -> list[object]:
    return sorted(items, key=_key)


def _loose(item: object) -> object:
    return _sorted(item) if isinstance(item, list | tuple | set | frozenset) else item


def _pairs(mapping: dict[object, object]) -> list[object]:
    return _sorted([[key, value] for key, value in mapping.items()])


def _difference(case: Case, seen: str, kind: ProblemKind) -> str:
    expected = case.expected or ""
    if kind is ProblemKind.STDIO:
        return _different_line(_lines(expected), _lines(seen))
    others = "".join(f" or {_short(other)}" for other in case.alternatives[:2])
    return f"expected {_short(expected)}{others}, got {_short(seen)}"


def _different_line(wanted: Sequence[str], got: Sequence[str]) -> str:
    if not got:
        return f"expected {_short(' / '.join(wanted))}, printed nothing"
    if len(wanted) == len(got) == 1:
        return f"expected {_short(wanted[0])}, got {_short(got[0])}"
    for number, (a, b) in enumerate(zip(wanted, got, strict=False), start=1):
        if a != b:
            return f"expected {_short(a)} in line {number}, got {_short(b)}"
    return f"expected {counted(len(wanted), 'line')}, got {len(got)}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 3]}..."

from __future__ import annotations

import pytest

from seenred.domain.execution import Answer, Outcome
from seenred.domain.problem import Case, Comparison, Problem, ProblemKind
from seenred.referee.judge import CaseResult, Verdict, judge, pass_rate

PASSED, FAILED, ERROR, NOT_JUDGED = Verdict


def problem(
    comparison: Comparison = Comparison.EXACT,
    kind: ProblemKind = ProblemKind.FUNCTION,
    tolerance: float = 1e-6,
) -> Problem:
    return Problem("t", "", kind, comparison=comparison, tolerance=tolerance)


def returned(value: str) -> Answer:
    return Answer(Outcome.RETURNED, value)


@pytest.mark.parametrize(
    ("comparison", "expected", "seen", "verdict"),
    [
        (Comparison.EXACT, "4", "4", PASSED),
        (Comparison.EXACT, "4", "3", FAILED),
        (Comparison.EXACT, "[1, 2]", "(1, 2)", PASSED),
        (Comparison.EXACT, "[1, 2]", "[2, 1]", FAILED),
        (Comparison.EXACT, "[]", "()", PASSED),
        (Comparison.EXACT, "[]", "None", FAILED),
        (Comparison.EXACT, "True", "1", FAILED),
        (Comparison.EXACT, "1", "True", FAILED),
        (Comparison.EXACT, "2", "2.0", PASSED),
        (Comparison.EXACT, "0.3", "0.30000000000000004", PASSED),
        (Comparison.EXACT, "0.3", "0.3001", FAILED),
        (Comparison.EXACT, "1000000000001", "1000000000002", FAILED),
        (Comparison.EXACT, "1e999", "inf", PASSED),
        (Comparison.EXACT, "'a'", "'A'", FAILED),
        (Comparison.EXACT, "{'a': [1]}", "{'a': (1,)}", PASSED),
        (Comparison.EXACT, "{1, 2}", "{2, 1}", PASSED),
        (Comparison.EXACT, "{1, 2}", "[1, 2]", FAILED),
        (Comparison.EXACT, "[1]", "<object at 0x1>", FAILED),
        (Comparison.UNORDERED, "[0, 1]", "[1, 0]", PASSED),
        (Comparison.UNORDERED, "[1, 1, 2]", "[1, 2, 2]", FAILED),
        (Comparison.UNORDERED, "[[1, 2], [3]]", "[[3], [2, 1]]", PASSED),
        (Comparison.UNORDERED, "[[1, 2], [2, 1]]", "[[2, 1], [1, 2]]", PASSED),
        (Comparison.UNORDERED, "[[1, 2], [2, 1]]", "[[1, 2], [1, 2]]", FAILED),
        (Comparison.UNORDERED, "[1, 2]", "{2, 1}", PASSED),
        (Comparison.UNORDERED, "3", "4", FAILED),
        (Comparison.TOLERANCE, "0.333333", "0.3333333333", PASSED),
        (Comparison.TOLERANCE, "1000000.0", "1000000.5", PASSED),
        (Comparison.TOLERANCE, "1.0", "1.1", FAILED),
        (Comparison.TOLERANCE, "1.0", "inf", FAILED),
        (Comparison.ANY_VALID, "[1]", "[1]", PASSED),
        (Comparison.ANY_VALID, "[1]", "[2]", NOT_JUDGED),
    ],
)
def test_compares_values(
    comparison: Comparison, expected: str, seen: str, verdict: Verdict
) -> None:
    result = judge(Case("c", expected=expected), returned(seen), problem(comparison))
    assert result.verdict is verdict
    assert bool(result.detail) is (verdict is not PASSED)


@pytest.mark.parametrize(
    ("comparison", "expected", "seen", "verdict"),
    [
        (Comparison.EXACT, "5\n", "5", PASSED),
        (Comparison.EXACT, "1 2\n3\n", "1 2  \n3\n\n", PASSED),
        (Comparison.EXACT, "1 2\n", "1  2\n", FAILED),
        (Comparison.EXACT, "1\n2\n", "1\n", FAILED),
        (Comparison.TOLERANCE, "0.5 x\n", "0.50000001 x\n", PASSED),
        (Comparison.TOLERANCE, "0.5\n", "0.6\n", FAILED),
        (Comparison.UNORDERED, "a\nb\n", "b\na\n", PASSED),
        (Comparison.UNORDERED, "1 2 3\n", "3 2 1\n", PASSED),
        (Comparison.UNORDERED, "1 2 3\n", "3 2 2\n", FAILED),
        (Comparison.ANY_VALID, "1\n", "2\n", NOT_JUDGED),
    ],
)
def test_compares_outputs(
    comparison: Comparison, expected: str, seen: str, verdict: Verdict
) -> None:
    case = Case("c", stdin="1\n", expected=expected)
    assert judge(case, returned(seen), problem(comparison, ProblemKind.STDIO)).verdict is verdict


def test_an_alternative_is_as_good_as_the_expected_value() -> None:
    case = Case("c", expected="[0, 1]", alternatives=("[1, 0]",))
    assert judge(case, returned("[1, 0]"), problem()).verdict is PASSED
    assert (
        judge(case, returned("[1, 1]"), problem()).detail == "expected [0, 1] or [1, 0], got [1, 1]"
    )


@pytest.mark.parametrize(
    ("answer", "verdict", "detail"),
    [
        (
            Answer(Outcome.RAISED, error="IndexError: list index out of range", line=7),
            ERROR,
            "raised IndexError: list index out of range at line 7",
        ),
        (Answer(Outcome.TIMED_OUT, seconds=2.0), ERROR, "did not finish in 2 s"),
        (Answer(Outcome.OUT_OF_MEMORY), ERROR, "ran out of memory"),
        (Answer(Outcome.CRASHED, error="exit code 139"), ERROR, "crashed: exit code 139"),
        (
            Answer(Outcome.UNLOADABLE, error="NameError: x"),
            ERROR,
            "could not be loaded: NameError: x",
        ),
        (Answer(Outcome.RETURNED, "3"), FAILED, "expected 4, got 3"),
    ],
)
def test_says_what_went_wrong(answer: Answer, verdict: Verdict, detail: str) -> None:
    result = judge(Case("c", expected="4"), answer, problem())
    assert (result.verdict, result.detail) == (verdict, detail)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer(Outcome.RAISED, error="ValueError: no"), PASSED),
        (Answer(Outcome.RAISED, error="json.ValueError: no"), PASSED),
        (Answer(Outcome.RAISED, error="IndexError: no"), FAILED),
        (Answer(Outcome.RETURNED, "None"), FAILED),
        (Answer(Outcome.TIMED_OUT, seconds=1.0), ERROR),
    ],
)
def test_judges_an_expected_exception(answer: Answer, verdict: Verdict) -> None:
    assert judge(Case("c", raises="ValueError"), answer, problem()).verdict is verdict


def test_without_an_expected_value_only_crashes_and_hangs_are_judged() -> None:
    case = Case("generated")
    assert judge(case, returned("5"), problem()).verdict is PASSED
    crash = Answer(Outcome.RAISED, error="IndexError: x")
    assert judge(case, crash, problem()).verdict is ERROR
    refusal = Answer(Outcome.RAISED, error="ValueError: x", deliberate=True)
    assert judge(case, refusal, problem()).verdict is NOT_JUDGED


def test_the_first_different_line_is_named() -> None:
    case = Case("c", expected="1\n2\n3\n")
    stdio = problem(kind=ProblemKind.STDIO)
    assert judge(case, returned("1\n5\n3\n"), stdio).detail == "expected 2 in line 2, got 5"
    assert judge(case, returned("1\n2\n"), stdio).detail == "expected 3 lines, got 2"
    assert judge(case, returned(""), stdio).detail == "expected 1 / 2 / 3, printed nothing"


def test_a_long_answer_is_cut() -> None:
    detail = judge(Case("c", expected="1"), returned(str(list(range(10_000)))), problem()).detail
    assert len(detail) < 300


def test_the_pass_rate_is_of_the_judged() -> None:
    def result(verdict: Verdict) -> CaseResult:
        return CaseResult(Case("c"), verdict)

    assert pass_rate([result(PASSED), result(FAILED), result(NOT_JUDGED)]) == 0.5
    assert pass_rate([result(PASSED), result(ERROR)]) == 0.5
    assert pass_rate([]) == 0.0

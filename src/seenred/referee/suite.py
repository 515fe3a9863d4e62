"""The tests of a problem or of a module, run against one version."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from seenred.domain.check import ARGUMENT_CHANGED, CheckResult, SuiteResult
from seenred.domain.execution import Answer, Limits, Outcome
from seenred.domain.finding import Trial
from seenred.domain.problem import Authority, Case, Problem, ProblemKind
from seenred.domain.report import Claim
from seenred.domain.user_tests import SOLUTION
from seenred.referee.checking import Panel, Ruling
from seenred.referee.judge import Verdict, judge
from seenred.referee.ports import Runner, TestSession

# Long inputs are cut in what a person or a model reads, in characters.
SHOWN = 160


class Suite(Protocol):
    """Judges versions; grows by what a run confirms."""

    async def run(self, source: str) -> SuiteResult:
        """Judge one version."""

    async def answer(self, source: str, trials: Sequence[Trial]) -> list[Answer]:
        """What a version does with each trial."""

    async def rulings(self, answers: Sequence[OpenAnswer]) -> list[Ruling]:
        """What checkers say of answers to inputs that no test holds."""

    def with_trial(self, name: str, trial: Trial, authority: Authority) -> Suite:
        """The suite and one more test, for an input that showed a defect."""

    def test_of(self, trial: Trial) -> str | None:
        """Name of the test that has this very input, if there is one."""


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer to an input of our own; `known` is another that is held to be right, or None."""

    trial: Trial
    value: str
    known: str | None = None


@dataclass(frozen=True, slots=True)
class UserTests:
    """A pytest file of the user's; `module` is the name by which it imports the solution."""

    text: str
    module: str = SOLUTION


@dataclass(frozen=True, slots=True)
class ProblemSuite:
    """The cases of a problem, those that a run confirmed, and the user's tests.

    Attributes:
        panel: judges the answers that differ from the expected ones; without it, they are wrong,
            or not judged where the statement allows several.
    """

    runner: Runner
    problem: Problem
    limits: Limits
    tests: UserTests | None = None
    panel: Panel | None = None

    async def run(self, source: str) -> SuiteResult:
        """Judge one version of a solution."""
        cases = self.problem.cases
        answers = await self._answers(source, cases)
        results = [
            _case_result(case, answer, self.problem)
            for case, answer in zip(cases, answers, strict=True)
        ]
        if self.panel is not None:
            results = await self._ruled(self.panel, results, answers)
        session = await _user_session(self.runner, source, self.tests, self.limits)
        return SuiteResult((*results, *_reports(session)), _load_error(answers, session))

    async def answer(self, source: str, trials: Sequence[Trial]) -> list[Answer]:
        """Call the solution with each trial's input."""
        return await self._answers(
            source, [Case("", arguments=t.arguments, stdin=t.stdin or "") for t in trials]
        )

    async def rulings(self, answers: Sequence[OpenAnswer]) -> list[Ruling]:
        """What the panel says; nothing where it lacks a right answer to compare with."""
        lacking = self.panel is not None and self.panel.compares
        if self.panel is None or (lacking and any(a.known is None for a in answers)):
            return [Ruling(None) for _ in answers]
        cases = [
            Case("", arguments=a.trial.arguments, stdin=a.trial.stdin or "", expected=a.known)
            for a in answers
        ]
        pairs = [(case, a.value) for case, a in zip(cases, answers, strict=True)]
        return await self.panel.rule(self.runner, self.problem, pairs, self.limits)

    def with_trial(self, name: str, trial: Trial, authority: Authority) -> ProblemSuite:
        """The suite and one more case."""
        case = Case(
            name,
            arguments=trial.arguments,
            stdin=trial.stdin or "",
            expected=trial.expected,
            authority=authority,
        )
        return replace(self, problem=replace(self.problem, cases=(*self.problem.cases, case)))

    def test_of(self, trial: Trial) -> str | None:
        """Name of the case with the trial's input."""
        wanted = _input(trial.arguments, trial.stdin or "")
        return next(
            (c.name for c in self.problem.cases if _input(c.arguments, c.stdin) == wanted), None
        )

    async def _ruled(
        self, panel: Panel, results: Sequence[CheckResult], answers: Sequence[Answer]
    ) -> list[CheckResult]:
        """The results, those of other answers than the expected ones as the panel rules."""
        pairs = zip(self.problem.cases, answers, strict=True)
        open_to = {
            index: (case, answer.value)
            for index, (case, answer) in enumerate(pairs)
            if answer.outcome is Outcome.RETURNED
            and (
                case.authority is Authority.CHECKER
                or (case.expected is not None and results[index].passed is not True)
            )
        }
        rulings = await panel.rule(self.runner, self.problem, [*open_to.values()], self.limits)
        ruled = dict(zip(open_to, rulings, strict=True))
        return [
            _ruled_result(result, answers[index], ruled[index], panel.name)
            if index in ruled
            else result
            for index, result in enumerate(results)
        ]

    async def _answers(self, source: str, cases: Sequence[Case]) -> list[Answer]:
        if not cases:
            return []
        if self.problem.kind is ProblemKind.STDIO:
            return await self.runner.feed(source, [c.stdin for c in cases], self.limits)
        name = self.problem.signature.name if self.problem.signature else "solve"
        if self.problem.kept_arguments:
            source, name = (
                f"{source}\n\n{_KEEPING.format(name=name, complaint=ARGUMENT_CHANGED)}",
                _KEEPER,
            )
        return await self.runner.call(source, name, [c.arguments for c in cases], self.limits)


_KEEPER = "_seenred_keeps"
# A solution is called through this where the statement wants its arguments left as they are.
_KEEPING = """
def _seenred_keeps(*arguments):
    import copy

    function = globals().get({name!r})
    if function is None:
        function = getattr(Solution(), {name!r})
    before = copy.deepcopy(arguments)
    result = function(*arguments)
    if arguments != before:
        raise AssertionError({complaint!r})
    return result
"""


@dataclass(frozen=True, slots=True)
class SourceSuite:
    """What a report and the docstrings claim of a module, and the user's tests.

    Attributes:
        module: the name that it is loaded under.
    """

    runner: Runner
    claims: tuple[tuple[str, Claim, Authority], ...]
    limits: Limits
    tests: UserTests | None = None
    module: str = SOLUTION

    async def run(self, source: str) -> SuiteResult:
        """Judge one version of the module."""
        answers = await self._evaluate(source, [claim.expression for _, claim, _ in self.claims])
        results = [
            _claim_result(name, claim, authority, answer)
            for (name, claim, authority), answer in zip(self.claims, answers, strict=True)
        ]
        session = await _user_session(self.runner, source, self.tests, self.limits)
        return SuiteResult((*results, *_reports(session)), _load_error(answers, session))

    async def answer(self, source: str, trials: Sequence[Trial]) -> list[Answer]:
        """Evaluate each trial's expression in the module."""
        return await self._evaluate(source, [t.expression for t in trials])

    async def rulings(self, answers: Sequence[OpenAnswer]) -> list[Ruling]:
        """Nothing: a module has no checkers."""
        return [Ruling(None) for _ in answers]

    def with_trial(self, name: str, trial: Trial, authority: Authority) -> SourceSuite:
        """The suite and one more claim."""
        claim = Claim(
            expression=trial.expression,
            expected=trial.expected,
            raises=None,
            must_not_raise=trial.expected is None,
            quote="",
        )
        return replace(self, claims=(*self.claims, (name, claim, authority)))

    def test_of(self, trial: Trial) -> str | None:
        """Name of the claim about the trial's expression."""
        wanted = plain_expression(trial.expression)
        return next(
            (name for name, c, _ in self.claims if plain_expression(c.expression) == wanted), None
        )

    async def _evaluate(self, source: str, expressions: Sequence[str]) -> list[Answer]:
        if not expressions:
            return []
        return await self.runner.evaluate(source, self.module, expressions, self.limits)


def plain_expression(text: str) -> str:
    """One spelling for equal expressions, whatever quotes they were written with."""
    try:
        return ast.unparse(ast.parse(text, mode="eval").body)
    except SyntaxError:
        return text


def _input(arguments: Sequence[str], stdin: str) -> tuple[tuple[str, ...], list[str]]:
    return tuple(plain_expression(argument) for argument in arguments), [
        line.rstrip() for line in stdin.strip().splitlines()
    ]


def shorten(text: str) -> str:
    """At most `SHOWN` characters, cut in the middle."""
    if len(text) <= SHOWN:
        return text
    return f"{text[: SHOWN // 2]} … {text[-SHOWN // 2 :]}"


def judge_claim(claim: Claim, answer: Answer) -> tuple[bool, str]:
    """Whether the module does what is claimed, and the decisive line when it does not."""
    if claim.raises:
        passed = answer.outcome is Outcome.RAISED and answer.error.startswith(claim.raises)
        return passed, "" if passed else f"expected {claim.raises}, {describe(answer)}"
    if claim.expected is None:
        return answer.outcome is Outcome.RETURNED, describe(answer)
    case = Case("", expected=claim.expected)
    verdict = judge(case, answer, _MODULE)
    return verdict.verdict is Verdict.PASSED, verdict.detail


_MODULE = Problem(title="", text="", kind=ProblemKind.FUNCTION)


def describe(answer: Answer) -> str:
    """`got 3`, `raised IndexError: … at line 7`, `timed out`."""
    if answer.outcome is Outcome.RETURNED:
        return f"got {shorten(answer.value)}"
    if answer.outcome is Outcome.RAISED:
        line = f" at line {answer.line}" if answer.line else ""
        return f"raised {shorten(answer.error)}{line}"
    return f"{answer.outcome}{': ' + shorten(answer.error) if answer.error else ''}"


def _case_result(case: Case, answer: Answer, problem: Problem) -> CheckResult:
    verdict = judge(case, answer, problem)
    passed = {Verdict.PASSED: True, Verdict.NOT_JUDGED: None}.get(verdict.verdict, False)
    shown = repr(case.stdin) if problem.kind is ProblemKind.STDIO else ", ".join(case.arguments)
    return CheckResult(
        name=case.name,
        passed=passed,
        detail="" if passed else verdict.detail,
        shown_by=shorten(shown),
        authority=case.authority,
        seconds=answer.seconds,
    )


def _ruled_result(result: CheckResult, answer: Answer, ruling: Ruling, name: str) -> CheckResult:
    if ruling.right:
        return replace(result, passed=True, detail="", judged_by=name)
    said = "is wrong" if ruling.right is False else "could not be judged"
    why = f" ({ruling.reason})" if ruling.reason else ""
    detail = f"{describe(answer)}, which {said} by {name}{why}"
    return replace(result, passed=ruling.right, detail=detail, judged_by=name)


def _claim_result(name: str, claim: Claim, authority: Authority, answer: Answer) -> CheckResult:
    passed, detail = judge_claim(claim, answer)
    return CheckResult(
        name=name,
        passed=passed,
        detail="" if passed else detail,
        shown_by=shorten(claim.expression),
        authority=authority,
        seconds=answer.seconds,
    )


async def _user_session(
    runner: Runner, source: str, tests: UserTests | None, limits: Limits
) -> TestSession:
    if tests is None:
        return TestSession()
    return await runner.test(source, tests.module, tests.text, limits)


def _reports(session: TestSession) -> list[CheckResult]:
    if session.error:
        return [CheckResult("user's tests", False, session.error, authority=Authority.USER_TESTS)]
    return [
        CheckResult(
            r.test_id, r.passed, r.message, authority=Authority.USER_TESTS, seconds=r.seconds
        )
        for r in session.reports
    ]


def _load_error(answers: Sequence[Answer], session: TestSession) -> str:
    broken = [a.error for a in answers if a.outcome is Outcome.UNLOADABLE]
    if answers and len(broken) == len(answers):
        return f"the code cannot be loaded: {broken[0]}"
    return session.error

"""Judges answers by checkers, where equality with an example says too little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seenred.domain.absence import says_none
from seenred.domain.checker import Checker
from seenred.domain.execution import Answer, Limits, Outcome
from seenred.domain.literal import evaluate
from seenred.domain.problem import Case, Problem, ProblemKind
from seenred.referee.ports import Runner


@dataclass(frozen=True, slots=True)
class Ruling:
    """What checkers say of one answer; `right` is None when they cannot tell."""

    right: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Checkers that judge together.

    Attributes:
        name: how a verdict of theirs is signed, e.g. `your checker`.
        same_length: only an answer as long as the expected one is right.
        existing: they know only answers that exist; that there is none, an example tells.
    """

    checkers: tuple[Checker, ...]
    name: str
    existing: bool = False
    same_length: bool = False

    @property
    def compares(self) -> bool:
        """Whether a ruling needs a right answer to compare with."""
        return self.same_length or any(checker.compares for checker in self.checkers)

    async def rule(
        self, runner: Runner, problem: Problem, answers: Sequence[tuple[Case, str]], limits: Limits
    ) -> list[Ruling]:
        """A ruling on each answer, a literal or a stdout; None unless all are of one mind."""
        settled = [self._settled(problem, *each) for each in answers]
        asked = [each for each, s in zip(answers, settled, strict=True) if s is None]
        looks = [await look(runner, c, problem, asked, limits) for c in self.checkers]
        ruled = iter([_together(rulings) for rulings in zip(*looks, strict=True)])
        return [ruling or next(ruled) for ruling in settled]

    def _settled(self, problem: Problem, case: Case, answer: str) -> Ruling | None:
        """A ruling that needs no checker, if there is one."""
        found = _about_existence(problem, case, answer) if self.existing else None
        if found is None and self.same_length and case.expected is not None:
            return _about_length(problem.kind, case.expected, answer)
        return found


async def look(
    runner: Runner,
    checker: Checker,
    problem: Problem,
    answers: Sequence[tuple[Case, str]],
    limits: Limits,
) -> list[Ruling]:
    """What one checker says of each answer."""
    if not answers:
        return []
    calls = [checker.arguments(case, answer, problem.kind) for case, answer in answers]
    said = await runner.call(checker.source, "check", calls, limits)
    return [
        _ruling(checker, one) if _is_plain(answer, problem) else Ruling(False, "is no plain value")
        for one, (_, answer) in zip(said, answers, strict=True)
    ]


def _about_existence(problem: Problem, case: Case, answer: str) -> Ruling | None:
    """One says that there is no answer, the other not."""
    if case.expected is None:
        return Ruling(None, "nobody knows") if says_none(answer, problem) else None
    if says_none(case.expected, problem):
        return Ruling(False, "there is no answer")
    return Ruling(False, "there is an answer") if says_none(answer, problem) else None


def _about_length(kind: ProblemKind, expected: str, answer: str) -> Ruling | None:
    wanted, seen = _length(kind, expected), _length(kind, answer)
    if wanted is None or wanted == seen:
        return None
    return Ruling(False, f"has length {seen} and should have {wanted}")


def _length(kind: ProblemKind, answer: str) -> int | None:
    """Of a value, or of what was printed: its words, or the letters of the only one."""
    if kind is ProblemKind.STDIO:
        words = answer.split()
        return len(words[0]) if len(words) == 1 else len(words)
    try:
        value = evaluate(answer)
    except ValueError:
        return None
    return len(value) if isinstance(value, str | list | tuple | set | dict) else None


def _is_plain(answer: str, problem: Problem) -> bool:
    if problem.kind is ProblemKind.STDIO:
        return True
    try:
        evaluate(answer)
    except ValueError:
        return False
    return True


def _ruling(checker: Checker, said: Answer) -> Ruling:
    if said.outcome is Outcome.RAISED:
        return Ruling(False, said.error)
    if said.outcome is not Outcome.RETURNED:
        return Ruling(None, f"{said.outcome}{f': {said.error}' if said.error else ''}")
    try:
        value = evaluate(said.value)
    except ValueError:
        value = None
    if isinstance(value, bool):
        return Ruling(value)
    if isinstance(value, str):
        return Ruling(not value, value)
    if checker.objects:
        return Ruling(True)
    return Ruling(None, f"gave {said.value[:40]}, neither True nor False")


def _together(rulings: Sequence[Ruling]) -> Ruling:
    said = {ruling.right for ruling in rulings}
    if len(said) == 1:
        return rulings[0]
    if None in said:
        return next(ruling for ruling in rulings if ruling.right is None)
    return Ruling(None, "the checkers disagree on it")

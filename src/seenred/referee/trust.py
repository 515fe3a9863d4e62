"""Tries a checker before it is believed: on the examples' own answers and on broken ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from seenred.domain.absence import says_none
from seenred.domain.checker import Checker
from seenred.domain.execution import Limits
from seenred.domain.literal import evaluate, render
from seenred.domain.perturbation import empty_like, perturbed, perturbed_output
from seenred.domain.problem import Case, Problem, ProblemKind
from seenred.referee.checking import Ruling, look
from seenred.referee.ports import Runner

# Seconds for one look at an answer of the size of an example.
LOOK_SECONDS = 2.0
# Answers of other examples that are tried with an input.
_CROSSED = 3


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying a checker showed.

    Attributes:
        refused: why it is not believed, to complete `the checker …`; empty when it is.
        rulings: on every answer that was tried, in order; alike for checkers of one mind.
    """

    refused: str = ""
    rulings: tuple[bool | None, ...] = ()


async def try_checker(runner: Runner, checker: Checker, problem: Problem, limits: Limits) -> Tried:
    """Try a checker twice; believed are only rulings that are right, strict and steady."""
    brief = replace(limits, seconds=min(limits.seconds, LOOK_SECONDS))
    first = await _try_once(runner, checker, problem, brief)
    if first.refused:
        return first
    again = await _try_once(runner, checker, problem, brief)
    return first if again == first else Tried("says something else each time it is asked")


async def refused_example(
    runner: Runner, checker: Checker, problem: Problem, limits: Limits
) -> str:
    """What a checker has against the examples' own answers; empty when nothing."""
    own = _own_answers(problem)
    rulings = await look(runner, checker, problem, own, limits)
    refused = [pair for pair in zip(own, rulings, strict=True) if pair[1].right is not True]
    return _refusal(*refused[0]) if refused else ""


async def _try_once(runner: Runner, checker: Checker, problem: Problem, limits: Limits) -> Tried:
    refused = await refused_example(runner, checker, problem, limits)
    if refused:
        return Tried(refused)
    told: list[bool | None] = []
    for case in checkable(problem):
        broken = broken_answers(case, problem)
        rulings = await look(runner, checker, problem, [(case, b) for b in broken], limits)
        lax = _why_lax(case, broken, rulings)
        if lax:
            return Tried(lax)
        told += [ruling.right for ruling in rulings]
    return Tried(rulings=tuple(told))


def checkable(problem: Problem) -> list[Case]:
    """The cases with an answer of which there may be several."""
    return [
        case
        for case in problem.cases
        if case.expected is not None and not says_none(case.expected, problem)
    ]


def broken_answers(case: Case, problem: Problem) -> list[str]:
    """Answers that are probably wrong for a case, the last of them surely: no answer at all."""
    expected = case.expected or ""
    others = [c.expected for c in problem.cases if c.expected and c.expected != expected]
    crossed = list(dict.fromkeys(others))[:_CROSSED]
    if problem.kind is ProblemKind.STDIO:
        found = [*perturbed_output(expected), *crossed, "\n"]
    else:
        value = evaluate(expected)
        near = [render(other) for other in perturbed(value)]
        found = [*near, *crossed, render(empty_like(value)), "None"]
    right = {expected, *case.alternatives}
    return [text for text in dict.fromkeys(found) if text not in right]


def _why_lax(case: Case, broken: Sequence[str], rulings: Sequence[Ruling]) -> str:
    unsure = next((ruling.reason for ruling in rulings if ruling.right is None), None)
    if unsure is not None:
        return f"cannot tell: {unsure}"
    if rulings and all(ruling.right for ruling in rulings[:-1]):
        return f"accepts every answer to {case.name}"
    if rulings and rulings[-1].right:
        return f"accepts {broken[-1].strip() or 'an empty output'} as the answer to {case.name}"
    return ""


def _own_answers(problem: Problem) -> list[tuple[Case, str]]:
    return [
        (c, answer) for c in checkable(problem) for answer in (c.expected or "", *c.alternatives)
    ]


def _refusal(given: tuple[Case, str], ruling: Ruling) -> str:
    case, answer = given
    why = f" ({ruling.reason})" if ruling.reason else ""
    said = "refuses" if ruling.right is False else "cannot judge"
    return f"{said} {answer.strip()[:80]}, the statement's own answer to {case.name}{why}"

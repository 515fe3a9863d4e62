"""Finds who judges the answers to a problem that allows several."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from seenred.agents.checker import checker_prompt, parse_checker, wants_a_length
from seenred.agents.code_reply import NoCode
from seenred.agents.repair import counterexample_prompt
from seenred.domain.checker import ANSWER, NAME, Checker, definition, read_checker
from seenred.domain.dependency import needed_source
from seenred.domain.event import Noted
from seenred.domain.problem import Comparison, Problem
from seenred.domain.workflow import Role, Step
from seenred.engine.asking import candidate
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.drafting import same_code
from seenred.errors import UsageError
from seenred.referee.checking import Panel
from seenred.referee.suite import ProblemSuite, Suite
from seenred.referee.trust import Tried, checkable, refused_example, try_checker

# Replies that are spent on checkers, at about ten seconds each with the embedded model.
DRAWN = 4
# The fewest of one mind that are believed: one alone may be wrong in its own way.
AGREEING = 2

_STEP = Step(Role.REVIEWER, ("problem",), "checker.py", focus="what makes an answer right")


@dataclass(frozen=True, slots=True)
class _Drawn:
    checker: Checker
    rulings: tuple[bool | None, ...]


async def with_user_checker(suite: ProblemSuite, source: str, path: str) -> ProblemSuite:
    """The suite with the user's checker, which must accept the statement's own answers.

    Raises:
        UsageError: it is no checker of this problem, or it refuses an example.
    """
    checker = read_checker(source, suite.problem)
    if isinstance(checker, str):
        raise UsageError("checker-unusable", f"{path}: the checker {checker}; correct it.")
    refused = await refused_example(suite.runner, checker, suite.problem, suite.limits)
    if refused:
        raise UsageError(
            "checker-refuses-example",
            f"{path}: the checker {refused}; correct the checker or the statement.",
        )
    return replace(suite, panel=Panel((checker,), "your checker"))


def checker_among(tests: str, problem: Problem) -> str | None:
    """The source of the checker in a file of tests: a `check` that takes an `answer`."""
    function = definition(ast.parse(tests))
    if function is None or ANSWER not in {a.arg for a in function.args.args}:
        return None
    source = needed_source(tests, NAME)
    return source if isinstance(read_checker(source, problem), Checker) else None


def judged_by(suite: Suite) -> str:
    """`judged by your checker`, or nothing."""
    panel = suite.panel if isinstance(suite, ProblemSuite) else None
    return f"judged by {panel.name}" if panel else ""


async def agree_on_checkers(desk: Desk, name: str) -> None:
    """Draw checkers where they are needed and none is there; two of one mind judge the run."""
    suite = desk.suite
    if not isinstance(suite, ProblemSuite) or not _needs_checker(suite):
        return
    desk.listener(Noted("Several answers can be right: checkers are drawn before any solution."))
    prompt = checker_prompt(desk.given(_STEP), suite.problem)
    drawn: list[_Drawn] = []
    refused: tuple[Checker, str] | None = None
    for number in range(1, DRAWN + 1):
        asked = counterexample_prompt(prompt, refused[0].source, refused[1]) if refused else prompt
        step = f"{name}/checker-{number}"
        made = parse_checker(await desk.asker.ask(step, candidate(asked, number)), suite.problem)
        if isinstance(made, NoCode):
            desk.listener(Noted(f"✗ checker {number}: no use, the reply {made.reason}"))
            refused = None
            continue
        why = await _try(desk, suite, step, number, made, drawn)
        refused = (made, f"the checker {why}") if why and refused is None else None
        agreeing = _of_one_mind(drawn)
        if len(agreeing) >= AGREEING:
            _seat(desk, suite, agreeing, number)
            return
    desk.judging = f"not judged: of {DRAWN} checkers no {AGREEING} that can be trusted agree"
    desk.listener(Noted(f"Answers other than the examples' are {desk.judging}.", warning=True))


def _needs_checker(suite: ProblemSuite) -> bool:
    several = suite.problem.comparison is Comparison.ANY_VALID
    return several and suite.panel is None and bool(checkable(suite.problem))


async def _try(
    desk: Desk, suite: ProblemSuite, name: str, number: int, made: Checker, drawn: list[_Drawn]
) -> str:
    """Keep a checker that is believed and was written independently; else say why not."""
    if any(same_code(made.source, each.checker.source) for each in drawn):
        desk.listener(Noted(f"✗ checker {number}: the same as an earlier one"))
        return ""
    tried = await desk.perform(
        f"{name}/try",
        lambda: try_checker(suite.runner, made, suite.problem, suite.limits),
        Tried,
    )
    said = tried.refused or f"accepts the examples' answers, tried on {len(tried.rulings)} others"
    desk.listener(Noted(f"{'✗' if tried.refused else '✓'} checker {number}: {said}"))
    if not tried.refused:
        drawn.append(_Drawn(made, tried.rulings))
    return tried.refused


def _of_one_mind(drawn: list[_Drawn]) -> list[Checker]:
    """The largest group that rules alike on every answer that was tried."""
    groups: dict[tuple[bool | None, ...], list[Checker]] = {}
    for each in drawn:
        groups.setdefault(each.rulings, []).append(each.checker)
    return max(groups.values(), key=len, default=[])


def _seat(desk: Desk, suite: ProblemSuite, agreeing: list[Checker], drawn: int) -> None:
    panel = Panel(
        tuple(agreeing),
        f"an agreed checker ({len(agreeing)} of {drawn})",
        existing=True,
        same_length=wants_a_length(suite.problem),
    )
    desk.suite = replace(suite, panel=panel)
    for checker in agreeing:
        desk.write(desk.artifacts.free_name("checker", ".py"), checker.source)
    desk.judging = f"judged by {panel.name}"
    desk.listener(Noted(f"Answers other than the examples' are {desk.judging}."))

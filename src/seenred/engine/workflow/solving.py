"""The step of problem-solver: candidates until independent ones agree."""

from __future__ import annotations

import asyncio

from seenred.agents.problem_solver import solve_prompt
from seenred.domain.event import Noted
from seenred.domain.problem import Comparison
from seenred.domain.version import Version
from seenred.domain.workflow import Step
from seenred.engine.workflow.agreement import Pool, comparable
from seenred.engine.workflow.checking import agree_on_checkers
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.drafting import Attempt, draft, shown_failures
from seenred.engine.workflow.evidence import judged_version
from seenred.errors import BudgetSpent, ModelFailed, NothingUsable

# The second candidate is asked for as an obviously right one: another approach, so that agreement
# with the first means more.
PLAIN = 2


async def solve(desk: Desk, step: Step, name: str) -> Version:
    """Record the first version of a solution.

    Raises:
        NothingUsable: not one reply could be used.
    """
    await agree_on_checkers(desk, name)
    pool = Pool()
    try:
        await _draw(desk, step, name, pool)
    except (BudgetSpent, ModelFailed, asyncio.CancelledError) as end:
        if pool.drafts:
            hurried = isinstance(end, asyncio.CancelledError)
            await _record(desk, step, pool, hurried=hurried)
        raise
    if not pool.drafts:
        raise NothingUsable(
            "no-usable-reply",
            f"None of {desk.candidates} replies of {desk.asker.model} held usable code; "
            "try another model with --model or more candidates with --candidates.",
        )
    return await _record(desk, step, pool)


async def _draw(desk: Desk, step: Step, name: str, pool: Pool) -> None:
    """Fill the pool until the evidence suffices."""
    given = desk.given(step)
    for number in range(1, desk.candidates + 1):
        prompt = solve_prompt(given, plain=number == PLAIN, lesson=_lesson(number, pool))
        attempt = Attempt(number, given, prompt, first=number == PLAIN, repeats=pool.repeats)
        made = await draft(desk, name, attempt)
        if made is not None:
            await pool.add(desk, name, made)
        if pool.settled or _enough(desk, pool):
            return


def _lesson(number: int, pool: Pool) -> str:
    """While none passes, how the best failed, for every second candidate after the plain one."""
    if number <= PLAIN or number % 2 == 0 or pool.behaviours or not pool.drafts:
        return ""
    return shown_failures(pool.best.result)


def _enough(desk: Desk, pool: Pool) -> bool:
    """Where nothing can be compared, more that pass would say no more.

    Where several answers are right a second one is still wanted, for a review to compare with.
    """
    problem = desk.subject.problem
    several = problem is not None and problem.comparison is Comparison.ANY_VALID
    passing = sum(d.result.all_pass for d in pool.drafts)
    return not comparable(desk) and passing > int(several and desk.candidates > 1)


async def _record(desk: Desk, step: Step, pool: Pool, *, hurried: bool = False) -> Version:
    best = pool.best
    desk.peers = pool.peers if pool.behaviours else []
    votes = pool.votes if pool.behaviours and comparable(desk) else None
    if len(set(pool.behaviours.values())) > 1 and not pool.settled:
        desk.listener(Noted("The passing candidates disagree on generated inputs.", warning=True))
    reason = _reason(desk, pool)
    return await judged_version(desk, step, best, reason, votes=votes, hurried=hurried)


def _reason(desk: Desk, pool: Pool) -> str:
    if not pool.behaviours:
        return "the best of those that fail"
    if not comparable(desk):
        return "passes all tests"
    if not pool.settled:
        return "passes all tests, no other candidate agrees"
    return f"passes all tests, {pool.votes} candidates agree"

"""The step of problem-solver: candidates until two independent ones agree."""

from __future__ import annotations

import asyncio

from seenred.agents.problem_solver import solve_prompt
from seenred.domain.event import Noted
from seenred.domain.problem import Comparison
from seenred.domain.version import Version
from seenred.domain.workflow import Step
from seenred.engine.checking import agree_on_checkers
from seenred.engine.desk import Desk
from seenred.engine.drafting import Draft, behaviour, draft, same_code, to_repair
from seenred.engine.evidence import judged_version
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
    drafts: list[Draft] = []
    behaviours: dict[int, tuple[str, ...]] = {}
    try:
        await _draw(desk, step, name, drafts, behaviours)
    except (BudgetSpent, ModelFailed, asyncio.CancelledError):
        if drafts:
            await _record(desk, step, drafts, behaviours)
        raise
    if not drafts:
        raise NothingUsable(
            "no-usable-reply",
            f"None of {desk.candidates} replies of {desk.asker.model} held usable code; "
            "try another model with --model or more candidates with --candidates.",
        )
    return await _record(desk, step, drafts, behaviours)


async def _draw(
    desk: Desk,
    step: Step,
    name: str,
    drafts: list[Draft],
    behaviours: dict[int, tuple[str, ...]],
) -> None:
    """Fill `drafts`, and `behaviours` of those that pass, until the evidence suffices."""
    given = desk.given(step)
    for number in range(1, desk.candidates + 1):
        prompt = solve_prompt(given, plain=number == PLAIN)
        failed = to_repair(drafts) if number > PLAIN and not behaviours else None
        made = await draft(desk, name, prompt, number, given, failed=failed)
        if made is None or any(same_code(made.source, d.source) for d in drafts):
            continue
        drafts.append(made)
        if made.result.all_pass:
            behaviours[number] = await behaviour(desk, f"{name}/candidate-{number}", made.source)
        if len(_largest_agreement(behaviours)) > 1 or _enough(desk, drafts):
            return


def _enough(desk: Desk, drafts: list[Draft]) -> bool:
    """Where any valid answer is right, two that pass need not agree."""
    problem = desk.subject.problem
    free = problem is not None and problem.comparison is Comparison.ANY_VALID
    return free and sum(d.result.all_pass for d in drafts) > 1


def _largest_agreement(behaviours: dict[int, tuple[str, ...]]) -> list[int]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, values in behaviours.items():
        groups.setdefault(values, []).append(number)
    return max(groups.values(), key=len, default=[])


async def _record(
    desk: Desk, step: Step, drafts: list[Draft], behaviours: dict[int, tuple[str, ...]]
) -> Version:
    agreeing = _largest_agreement(behaviours)
    if agreeing:
        chosen = next(d for d in drafts if d.number == agreeing[0])
        desk.peers = [d.source for d in drafts if d.result.all_pass and d is not chosen]
        reason = f"passes all tests, {len(agreeing)} of {len(drafts)} candidates agree"
    else:
        chosen = max(drafts, key=lambda d: d.result.passed)
        reason = "the best of those that fail"
    if len(behaviours) > 1 and len(agreeing) == 1:
        desk.listener(Noted("The passing candidates disagree on generated inputs.", warning=True))
    return await judged_version(desk, step, chosen, reason)

"""The step of solution-fixer: each confirmed finding answered, nothing else worse."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.given import Given
from seenred.agents.problem_solver import solve_anew_prompt
from seenred.agents.solution_fixer import fix_prompt, rewrite_prompt
from seenred.agents.solution_improver import rethink_prompt
from seenred.domain.event import Noted
from seenred.domain.version import Version
from seenred.domain.workflow import Step
from seenred.engine.workflow.agreement import Pool, comparable
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.drafting import (
    Attempt,
    Draft,
    behaviour,
    draft,
    same_code,
    shown_failures,
    to_repair,
)
from seenred.engine.workflow.evidence import judged_version
from seenred.engine.workflow.locating import located, to_write_anew

# Every second attempt writes anew: a function of a module, where its docstring says what it does,
# or the solution of a statement.
ANEW = 2


async def fix(desk: Desk, step: Step, name: str) -> Version | None:
    """Record the best answer to the fix plan, or nothing when no reply was usable."""
    given = await located(desk, desk.given(step), name)
    before = desk.current
    base = before.source if desk.subject.problem is None else ""
    anew = await to_write_anew(desk, name)
    pool = Pool()
    for number in range(1, desk.candidates + 1):
        attempt = _attempt(desk, given, anew, number, pool)
        made = await draft(desk, name, replace(attempt, base=base, repeats=pool.repeats))
        if made is None:
            continue
        if same_code(made.source, before.source):
            desk.listener(Noted(f"Candidate {number} changed nothing."))
            pool.copied = True
            pool.saw_nothing_new()
            continue
        await pool.add(desk, name, made)
        if pool.settled or (pool.behaviours and not comparable(desk)):
            break
    if not pool.drafts:
        return None
    return await _record(desk, step, name, before, pool)


def _attempt(desk: Desk, given: Given, anew: list[str], number: int, pool: Pool) -> Attempt:
    """The fix, a repair of one that helped, or an answer that is written without seeing it."""
    turn, every = divmod(number, ANEW)
    if anew and every == 0:
        name = anew[(turn - 1) % len(anew)]
        seen, prompt = rewrite_prompt(given, desk.current.source, name)
        return Attempt(number, seen, prompt, first=turn <= len(anew))
    result = desk.results[desk.kept]
    if "problem" in given.inputs and result.failures and (every == 0 or pool.copied):
        prompt = solve_anew_prompt(given, shown_failures(result))
        return Attempt(number, given, prompt, first=turn == 1)
    failed = to_repair(pool.drafts) if pool.drafts and not pool.behaviours else None
    if failed is not None and failed.result.passed <= result.passed:
        failed = None
    slow = desk.too_slow and result.all_pass and failed is None
    prompt = rethink_prompt(given) if slow else fix_prompt(given)
    return Attempt(number, given, prompt, failed=failed)


async def _record(desk: Desk, step: Step, name: str, before: Version, pool: Pool) -> Version:
    votes = pool.votes if pool.behaviours and comparable(desk) else None
    if pool.behaviours:
        desk.peers = pool.peers
    reason = await _compared(desk, name, before, pool.best)
    return await judged_version(desk, step, pool.best, reason, votes=votes)


async def _compared(desk: Desk, name: str, before: Version, chosen: Draft) -> str:
    """How often the fixed version does something else on generated inputs, for the reader."""
    if not desk.generated:
        return chosen.result.summary()
    old = await behaviour(desk, f"{name}/before", before.source)
    new = await behaviour(desk, f"{name}/after", chosen.source)
    changed = sum(a != b for a, b in zip(old, new, strict=True))
    return f"{chosen.result.summary()}; differs on {changed} of {len(old)} generated inputs"

"""The step of solution-fixer: each confirmed finding answered, nothing else worse."""

from __future__ import annotations

from seenred.agents.solution_fixer import fix_prompt, rewrite_prompt, rewritten
from seenred.agents.solution_improver import rethink_prompt
from seenred.domain.event import Noted
from seenred.domain.version import Version
from seenred.domain.workflow import Step
from seenred.engine.agreement import Pool, comparable
from seenred.engine.desk import Desk
from seenred.engine.drafting import Draft, behaviour, draft, same_code, to_repair
from seenred.engine.evidence import judged_version
from seenred.engine.locating import located, to_write_anew

# Every second attempt writes a function of a module anew, where its docstring says what it does.
ANEW = 2


async def fix(desk: Desk, step: Step, name: str) -> Version | None:
    """Record the best answer to the fix plan, or nothing when no reply was usable."""
    given = await located(desk, desk.given(step), name)
    before = desk.current
    base = before.source if desk.subject.problem is None else ""
    anew = await to_write_anew(desk, name)
    pool = Pool()
    for number in range(1, desk.candidates + 1):
        failed = to_repair(pool.drafts) if pool.drafts and not pool.behaviours else None
        seen, prompt = given, fix_prompt(given)
        round_, turn = divmod(number, ANEW)
        if desk.too_slow and desk.results[before.name].all_pass and failed is None:
            prompt = rethink_prompt(given)
        elif anew and turn == 0:
            seen, failed = rewritten(given, anew[(round_ - 1) % len(anew)]), None
            prompt = rewrite_prompt(seen)
        first = seen is not given and round_ <= len(anew)
        made = await draft(desk, name, prompt, number, seen, base, failed, first)
        if made is None:
            continue
        if same_code(made.source, before.source):
            desk.listener(Noted(f"Candidate {number} changed nothing."))
            continue
        await pool.add(desk, name, made)
        if pool.settled or (pool.behaviours and not comparable(desk)):
            break
    if not pool.drafts:
        return None
    return await _record(desk, step, name, before, pool)


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

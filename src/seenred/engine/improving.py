"""The step of solution-improver: faster or simpler, and the same on every input tried."""

from __future__ import annotations

from seenred.agents.solution_improver import improve_prompt, stated_change
from seenred.domain.event import Noted
from seenred.domain.version import Version
from seenred.domain.workflow import Step
from seenred.engine.desk import Desk
from seenred.engine.drafting import Draft, behaviour, differences, draft, same_code
from seenred.engine.evidence import judged_version

# An improver that was not right twice is not asked a third time: refinement without progress is
# net-negative for small models.
ATTEMPTS = 2


async def improve(desk: Desk, step: Step, name: str) -> Version | None:
    """Record an improved version, or nothing when no usable one was given."""
    given = desk.given(step)
    before = desk.current
    base = before.source if desk.subject.problem is None else ""
    old = await behaviour(desk, f"{name}/before", before.source)
    last: tuple[Draft, str] | None = None
    for number in range(1, min(ATTEMPTS, desk.candidates) + 1):
        made = await draft(desk, name, improve_prompt(given), number, given, base)
        if made is None:
            continue
        if same_code(made.source, before.source):
            desk.listener(Noted("solution-improver changed nothing."))
            break
        new = await behaviour(desk, f"{name}/after-{number}", made.source)
        differing = differences(desk, old, new)
        reason = f"differs on {differing[0]}" if differing else "behaves as before"
        last = (made, reason)
        if made.result.passed >= desk.results[before.name].passed and not differing:
            return await judged_version(desk, step, made, reason, stated_change(made.code))
        desk.listener(Noted(f"Candidate {number} is not taken: {reason}."))
    if last is None or last[0].result.passed >= desk.results[before.name].passed:
        return None
    return await judged_version(desk, step, last[0], last[1], stated_change(last[0].code))

"""The step of solution-improver: faster or simpler, and the same on every input tried."""

from __future__ import annotations

from seenred.agents.solution_improver import improve_prompt, rethink_prompt, stated_change
from seenred.domain.event import Noted
from seenred.domain.version import Version
from seenred.domain.workflow import Step
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.drafting import (
    Attempt,
    Draft,
    behaviour,
    differences,
    draft,
    same_code,
    to_repair,
)
from seenred.engine.workflow.evidence import judged_version

# Refinement without progress is net-negative for small models, so the attempts are few; of a
# version that misses a stated requirement they are twice as many.
ATTEMPTS = 2
# Of a version that is too slow, this many attempts are made without showing it.
RETHOUGHT = 3


async def improve(desk: Desk, step: Step, name: str) -> Version | None:
    """Record an improved version, or nothing when no usable one was given."""
    given = desk.given(step)
    before = desk.current
    base = before.source if desk.subject.problem is None else ""
    old = await behaviour(desk, f"{name}/before", before.source)
    rethought = RETHOUGHT if desk.too_slow else 0
    drafts: list[Draft] = []
    reasons: list[str] = []
    attempts = 2 * ATTEMPTS if desk.too_slow else ATTEMPTS
    for number in range(1, min(attempts, desk.candidates) + 1):
        prompt = rethink_prompt(given) if number <= rethought else improve_prompt(given)
        failed = to_repair(drafts) if number > rethought and drafts else None
        made = await draft(desk, name, Attempt(number, given, prompt, base, failed))
        if made is None:
            continue
        if same_code(made.source, before.source):
            desk.listener(Noted(f"Candidate {number} changed nothing."))
            continue
        drafts.append(made)
        worse = await _worse(desk, f"{name}/after-{number}", before, old, made)
        reasons.append(worse or "behaves as before")
        if not worse:
            votes = _votes(before, independent=number <= rethought)
            return await judged_version(
                desk, step, made, reasons[-1], stated_change(made.code), votes
            )
        desk.listener(Noted(f"Candidate {number} is not taken: {reasons[-1]}."))
    if not drafts:
        return None
    best = max(drafts, key=lambda d: d.result.passed)
    reason = reasons[drafts.index(best)]
    if best.result.passed >= desk.results[before.name].passed:
        return None  # as many tests pass, yet it behaves differently: not a better version
    return await judged_version(desk, step, best, reason, stated_change(best.code))


async def _worse(desk: Desk, name: str, before: Version, old: tuple[str, ...], made: Draft) -> str:
    """What speaks against a draft: a test, or another behaviour; nothing when it may be taken."""
    if made.result.passed < desk.results[before.name].passed:
        return made.result.summary()
    differing = await differences(desk, name, old, await behaviour(desk, name, made.source))
    return f"differs on {differing[0]}" if differing else ""


def _votes(before: Version, independent: bool) -> int | None:
    """One more for the version that it behaves as, if it was written without seeing that."""
    agreeing = before.evidence.agreeing
    return agreeing if agreeing is None else agreeing + int(independent)

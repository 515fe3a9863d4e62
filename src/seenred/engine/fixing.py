"""The step of solution-fixer: each confirmed finding answered, nothing else worse."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.excerpt import excerpt
from seenred.agents.given import Given
from seenred.agents.solution_fixer import fix_prompt
from seenred.agents.solution_improver import rethink_prompt
from seenred.domain.event import Noted
from seenred.domain.finding import Trial
from seenred.domain.version import Version
from seenred.domain.workflow import Step
from seenred.engine.desk import LONG, Desk
from seenred.engine.drafting import Draft, behaviour, draft, same_code, to_repair
from seenred.engine.evidence import judged_version
from seenred.referee.suite import SourceSuite


async def fix(desk: Desk, step: Step, name: str) -> Version | None:
    """Record the best answer to the fix plan, or nothing when no reply was usable."""
    given = await _located(desk, desk.given(step), name)
    before = desk.current
    base = before.source if desk.subject.problem is None else ""
    drafts: list[Draft] = []
    for number in range(1, desk.candidates + 1):
        failed = to_repair(drafts) if drafts else None
        alone = desk.too_slow and desk.results[before.name].all_pass and failed is None
        prompt = rethink_prompt(given) if alone else fix_prompt(given)
        made = await draft(desk, name, prompt, number, given, base, failed)
        if made is None:
            continue
        if same_code(made.source, before.source):
            desk.listener(Noted(f"Candidate {number} changed nothing."))
            continue
        drafts.append(made)
        if made.result.all_pass:
            break
    if not drafts:
        return None
    chosen = max(drafts, key=lambda d: d.result.passed)
    reason = await _compared(desk, name, before, chosen)
    return await judged_version(desk, step, chosen, reason)


async def _compared(desk: Desk, name: str, before: Version, chosen: Draft) -> str:
    """How often the fixed version does something else on generated inputs, for the reader."""
    if not desk.generated:
        return chosen.result.summary()
    old = await behaviour(desk, f"{name}/before", before.source)
    new = await behaviour(desk, f"{name}/after", chosen.source)
    changed = sum(a != b for a, b in zip(old, new, strict=True))
    return f"{chosen.result.summary()}; differs on {changed} of {len(old)} generated inputs"


async def _located(desk: Desk, given: Given, name: str) -> Given:
    """Of a long module, only the functions that the failing inputs run are shown whole."""
    suite = desk.suite
    source = desk.current.source
    if not isinstance(suite, SourceSuite) or len(source.splitlines()) <= LONG:
        return given
    failing = {r.shown_by for r in desk.results[desk.current.name].failures}
    trials = [f.trial for f in desk.confirmed if f.trial] + [
        Trial(expression=claim.expression)
        for _, claim, _ in suite.claims
        if claim.expression in failing
    ]
    lines: set[int] = set()
    for trial in trials:
        if trial.expression:
            lines |= set(
                await desk.perform(
                    f"{name}/trace",
                    lambda e=trial.expression: suite.runner.trace(source, e, suite.limits),  # type: ignore[misc]
                )
            )
    if not lines:
        return given
    return replace(given, inputs={**given.inputs, "version": excerpt(source, lines)})

"""Turns a judged draft into a version on record, measured where it can be."""

from __future__ import annotations

from dataclasses import replace

from seenred.domain.version import Version
from seenred.domain.workflow import Step
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.drafting import Draft
from seenred.referee.measure import Measurement, measure
from seenred.referee.suite import ProblemSuite


async def measured(desk: Desk, name: str, draft: Draft) -> Measurement | None:
    """Times on growing inputs, for a solution that passes its tests."""
    suite = desk.suite
    if not isinstance(suite, ProblemSuite) or not draft.result.all_pass:
        return None
    return await desk.perform(f"{name}/measure", lambda: measure(suite, draft.source), Measurement)


async def consistent(desk: Desk, name: str, draft: Draft) -> bool:
    """Whether a second run gives the same results; each run has another hash seed."""
    return (await desk.judge(f"{name}/again", draft.source)).outcomes == draft.result.outcomes


async def judged_version(
    desk: Desk,
    step: Step,
    draft: Draft,
    reason: str,
    changes: str = "",
    votes: int | None = None,
    *,
    hurried: bool = False,
) -> Version:
    """Put a draft on record with all the evidence there is.

    Args:
        votes: as `Evidence.agreeing`.
        hurried: run nothing more for it.
    """
    name = desk.output_name(step)
    measurement = None if hurried else await measured(desk, name, draft)
    steady = False if hurried else await consistent(desk, name, draft)
    version = Version(
        number=len(desk.versions) + 1,
        name=name,
        source=draft.source,
        made_by=step.role,
        evidence=replace(desk.evidence(draft.result, measurement, steady), agreeing=votes),
        changes=changes,
    )
    return desk.record(version, draft.result, measurement, reason)


async def judge_all_again(desk: Desk) -> None:
    """Judge every version by the suite as it is now, so that they stay comparable."""
    for version in list(desk.versions):
        result = await desk.judge(version.name, version.source)
        measurement = desk.measurements.get(version.name)
        desk.keep_result(version.name, result)
        known = version.evidence
        evidence = desk.evidence(result, measurement, known.consistent)
        evidence = replace(evidence, agreeing=known.agreeing)
        desk.replace_version(replace(version, evidence=evidence))

"""The step of bug-report-reviewer: what tests and clocks say, then the model."""

from __future__ import annotations

from seenred.agents.bug_report_reviewer import parse_review, review_prompt
from seenred.agents.code_reply import NoCode
from seenred.agents.fix_plan import Reviewed, findings_to_fix, render_fix_plan
from seenred.domain.check import CheckResult
from seenred.domain.event import Noted
from seenred.domain.event import Reviewed as ReviewedEvent
from seenred.domain.finding import Finding, Review, Severity, Status
from seenred.domain.workflow import Step
from seenred.engine.workflow.desk import Desk, FixPlan, finding_name
from seenred.engine.workflow.evidence import judge_all_again
from seenred.engine.workflow.inputs import sha256
from seenred.engine.workflow.locating import located
from seenred.referee.confirm import confirm
from seenred.referee.measure import slow_finding

# As many failing tests as a fixer can use at once.
SHOWN_FAILURES = 3


async def review(desk: Desk, step: Step, name: str) -> Review:
    """Review the current version, confirm what can be, write the fix plan."""
    given = await located(desk, desk.given(step), name)
    version = desk.current
    known = _failures(desk) + _slowness(desk)
    answered = await desk.asker.ask_for(
        name, review_prompt(given), lambda reply: parse_review(reply.text, given)
    )
    if isinstance(answered, NoCode):
        desk.listener(Noted(f"The review cannot be used: it {answered.reason}.", warning=True))
        answered = Review()
    tried = [await _tried(desk, name, finding) for finding in answered.findings]
    complete = answered.with_findings([*known, *tried])
    artifact = desk.output_name(step)
    title = "Validation report" if artifact.startswith("validation") else "Fix plan"
    content = render_fix_plan(complete, Reviewed(version.name, sha256(version.source)), title)
    shown = findings_to_fix(complete)
    desk.reviews.append(FixPlan(artifact, content, complete, shown, version.name))
    desk.write(artifact, content)
    await _adopt(desk, tried)
    desk.listener(ReviewedEvent(complete, artifact))
    return complete


async def _tried(desk: Desk, name: str, finding: Finding) -> Finding:
    subject = desk.subject
    tested = _tested(desk, finding)
    if tested is not None:
        return tested
    return await desk.perform(
        f"{name}/confirm",
        lambda: confirm(
            finding,
            desk.current.source,
            desk.suite,
            problem=subject.problem,
            peers=desk.peers,
            vouched=subject.vouched,
            report=subject.report,
        ),
        Finding,
    )


def _tested(desk: Desk, finding: Finding) -> Finding | None:
    """The finding as a test of that very input settles it; None when there is none."""
    test = desk.suite.test_of(finding.trial) if finding.trial else None
    result = next((r for r in desk.results[desk.current.name].results if r.name == test), None)
    if result is None or result.passed is None:
        return None
    if result.passed:
        return finding.refuted(f"{result.name} has this input, and passes")
    return finding.hinted(f"a test fails on it already ({result.name}); the why is unproven")


async def _adopt(desk: Desk, findings: list[Finding]) -> None:
    """Each newly confirmed finding becomes a test that every version is judged by."""
    have = {finding_name(f) for f in desk.confirmed}
    new = [
        f
        for f in findings
        if f.status is Status.CONFIRMED and f.trial and finding_name(f) not in have
    ]
    for finding in new:
        assert finding.trial is not None  # for the type checker: filtered above
        desk.confirmed.append(finding)
        desk.suite = desk.suite.with_trial(finding_name(finding), finding.trial, finding.authority)
    if new:
        await judge_all_again(desk)


def _failures(desk: Desk) -> list[Finding]:
    result = desk.results[desk.current.name]
    if result.error and not result.failures:
        return [_failed(CheckResult("loading", False, result.error))]
    known = {finding_name(f) for f in desk.confirmed}
    rows = [r for r in result.failures if r.name not in known]
    again = [f for f in desk.confirmed if finding_name(f) in {r.name for r in result.failures}]
    return [*(_failed(r) for r in rows[:SHOWN_FAILURES]), *again]


def _failed(result: CheckResult) -> Finding:
    shown = f"input {result.shown_by}: " if result.shown_by else ""
    return Finding(
        Severity.CRITICAL,
        location=result.name,
        issue=f"{result.name} fails",
        impact="a test that the task gives does not pass",
    ).confirmed(result.authority, f"{shown}{result.detail}")


def _slowness(desk: Desk) -> list[Finding]:
    measurement = desk.measurements.get(desk.current.name)
    slow = slow_finding(measurement, desk.current.name) if measurement else None
    return [slow] if slow else []

"""What the steps of one run share: the subject, its versions, and everything they may use."""

from __future__ import annotations

import difflib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from seenred.agents.given import Given
from seenred.domain.check import SuiteResult
from seenred.domain.event import ArtifactWritten, Listener, VersionRecorded
from seenred.domain.execution import Answer, Outcome
from seenred.domain.finding import Finding, Review, Severity, Trial
from seenred.domain.problem import Problem
from seenred.domain.version import Evidence, Version, best
from seenred.domain.workflow import Role, Step
from seenred.engine.asking import Asker
from seenred.engine.ports import Artifacts, Steps
from seenred.engine.workflow.inputs import ContextRecord, Input, resolve
from seenred.referee.measure import Measurement
from seenred.referee.suite import Suite

T = TypeVar("T")

# Versions longer than this, in lines, are shown to a later step as a diff.
LONG = 60
# A version that hangs on so many inputs in a row is taken to hang on all.
TASTED = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """What a run works on.

    Attributes:
        stem: the input's name without its suffix.
        path: of the input.
        text: its content.
        problem: for a statement; None for a module.
        report: the words of a bug report, or "".
        vouched: expressions of a module and the results that the user's words state.
    """

    stem: str
    path: str
    text: str
    problem: Problem | None = None
    report: str = ""
    vouched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FixPlan:
    """A review as an artifact.

    Attributes:
        shown: what a fixer sees of it.
        version: name of the version that was reviewed.
    """

    name: str
    content: str
    review: Review
    shown: str
    version: str


@dataclass(slots=True)
class Desk:
    """The mutable middle of a run.

    Attributes:
        peers: independent candidates that pass every test of the statement.
        generated: inputs without expected values, for comparing versions.
        result_files: for each version the artifact that holds its results, and its content.
        kept: name of the version that the next step starts from.
        judging: what becomes of answers other than the examples', where several are right.
    """

    subject: Subject
    suite: Suite
    asker: Asker
    steps: Steps
    artifacts: Artifacts
    listener: Listener
    candidates: int
    focus: str = ""
    generated: tuple[Trial, ...] = ()
    versions: list[Version] = field(default_factory=list)
    results: dict[str, SuiteResult] = field(default_factory=dict)
    result_files: dict[str, tuple[str, str]] = field(default_factory=dict)
    measurements: dict[str, Measurement] = field(default_factory=dict)
    peers: list[str] = field(default_factory=list)
    reviews: list[FixPlan] = field(default_factory=list)
    confirmed: list[Finding] = field(default_factory=list)
    kept: str = ""
    judging: str = ""
    context: ContextRecord = field(default_factory=ContextRecord)

    @property
    def current(self) -> Version:
        """The version that the next step starts from."""
        return next(v for v in self.versions if v.name == self.kept)

    @property
    def best(self) -> Version:
        return best(tuple(self.versions))

    async def judge(self, name: str, source: str) -> SuiteResult:
        """Run the suite on one source, as one step."""
        return await self.steps.run(f"{name}/test", lambda: self.suite.run(source), SuiteResult)

    async def answers(self, name: str, source: str, trials: Sequence[Trial]) -> list[Answer]:
        """What a source does with each trial, as one step; the rest counts as the first that hang.

        Forty calls that each take their whole time would be minutes.
        """
        if not trials:
            return []
        return await self.steps.run(
            f"{name}/answers", lambda: self._answers(source, trials), list[Answer]
        )

    async def _answers(self, source: str, trials: Sequence[Trial]) -> list[Answer]:
        first = await self.suite.answer(source, trials[:TASTED])
        rest = trials[TASTED:]
        if not rest:
            return first
        if all(answer.outcome is Outcome.TIMED_OUT for answer in first):
            return first + [first[-1]] * len(rest)
        return first + await self.suite.answer(source, rest)

    async def perform(self, name: str, step: Callable[[], Awaitable[T]], shape: type[T]) -> T:
        """Any other check, as one step."""
        return await self.steps.run(name, step, shape)

    def given(self, step: Step) -> Given:
        """What `step` sees, recorded in the context.

        Raises:
            UsageError: a declared input is missing.
        """
        inputs, dropped = resolve(step, self._available())
        self.context.add(step, len(self.context.steps) + 1, inputs, dropped)
        problem = self.subject.problem
        focus = ", ".join(f for f in (step.focus, self.focus) if f)
        return Given(
            inputs={name: one.text for name, one in inputs.items()},
            focus=focus,
            signature=problem.signature.render() if problem and problem.signature else "",
            kind=problem.kind if problem else None,
            growth=(problem.complexity or "") if problem else "",
        )

    def output_name(self, step: Step) -> str:
        """The artifact name of a step, its placeholders filled."""
        plans = len(self.reviews) + (1 if step.role is Role.REVIEWER else 0)
        return step.output.format(
            n=len(self.versions) + 1,
            k=plans,
            _k="" if plans <= 1 else f"_{plans}",
            stem=self.subject.stem,
        )

    def write(self, name: str, content: str) -> str:
        """Write an artifact and tell whoever watches."""
        path = self.artifacts.write(name, content)
        self.listener(ArtifactWritten(path))
        return path

    def record(
        self, version: Version, result: SuiteResult, measurement: Measurement | None, reason: str
    ) -> Version:
        """Put a version on record; it becomes the current one unless it is worse."""
        keep = not self.versions or not self.current.evidence.better_than(version.evidence)
        self.versions.append(version)
        if measurement is not None:
            self.measurements[version.name] = measurement
        if keep:
            self.kept = version.name
        self.write(version.name, version.source)
        self.keep_result(version.name, result)
        self.listener(VersionRecorded(version, keep, reason))
        return version

    def keep_result(self, version: str, result: SuiteResult) -> None:
        """What the tests say of a version, also as an artifact when it is news."""
        known = self.results.get(version)
        self.results[version] = result
        if known is None or known.outcomes != result.outcomes:
            name = self.artifacts.free_name("test_results", ".txt")
            self.result_files[version] = (name, result.render())
            self.write(name, result.render())

    @property
    def too_slow(self) -> bool:
        """The current version is known to miss a performance requirement."""
        measured = self.measurements.get(self.kept)
        return measured is not None and measured.meets is False

    def replace_version(self, version: Version) -> None:
        """The same version with newer evidence."""
        self.versions = [version if v.name == version.name else v for v in self.versions]

    def evidence(
        self, result: SuiteResult, measurement: Measurement | None, consistent: bool = True
    ) -> Evidence:
        """Evidence on a version; a failing test is critical, one that a finding became as that."""
        severities = {finding_name(f): f.severity for f in self.confirmed}
        still = [severities.get(r.name, Severity.CRITICAL) for r in result.failures]
        slow = measurement is not None and measurement.meets is False
        return Evidence(
            passed=result.passed,
            total=result.total,
            critical=still.count(Severity.CRITICAL),
            major=still.count(Severity.MAJOR) + int(slow),
            size=measurement.points[-1][0] if measurement and measurement.points else None,
            seconds=measurement.points[-1][1] if measurement and measurement.points else None,
            meets_performance=measurement.meets if measurement else None,
            consistent=consistent,
        )

    def _available(self) -> dict[str, Input]:
        """Everything that a step may ask for at this moment."""
        subject = self.subject
        found: dict[str, Input] = {}
        if subject.problem is not None:
            found["problem"] = Input(subject.path, subject.text, subject.text)
        if subject.report:
            found["report"] = Input("--report", subject.report, subject.report)
        if self.versions:
            found |= self._of_versions()
        if self.reviews:
            found |= self._of_reviews()
        return found

    def _of_versions(self) -> dict[str, Input]:
        current = self.current
        text = current.source
        found = {"version": Input(current.name, text, text)}
        earlier = [v for v in self.versions if v.name != current.name]
        if earlier:
            last = earlier[-1]
            found["prior_versions"] = Input(last.name, _shown(last, current), last.source)
        result = self.results.get(current.name)
        if result is not None:
            name, content = self.result_files[current.name]
            found["test_results"] = Input(name, result.brief(), content)
        measured = self.measurements.get(current.name)
        if measured is not None and (measured.points or measured.failed):
            text = measured.render()
            found["measurements"] = Input("report.json", text, text)
        return found

    def _of_reviews(self) -> dict[str, Input]:
        plan = self.reviews[-1]
        found = {"fix_plan": Input(plan.name, plan.shown, plan.content)}
        if len(self.reviews) > 1:
            earlier = self.reviews[-2]
            found["prior_fix_plans"] = Input(earlier.name, earlier.shown, earlier.content)
        return found


def finding_name(finding: Finding) -> str:
    """Name of the test that a confirmed finding becomes."""
    shown = finding.trial.render() if finding.trial else finding.issue
    return f"finding: {' '.join(shown.split())[:80]}"


def _shown(version: Version, current: Version) -> str:
    if len(version.source.splitlines()) <= LONG:
        return f"{version.name}:\n```python\n{version.source.rstrip()}\n```"
    diff = difflib.unified_diff(
        version.source.splitlines(),
        current.source.splitlines(),
        version.name,
        current.name,
        lineterm="",
    )
    return "\n".join(diff)

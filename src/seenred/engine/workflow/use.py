"""One agent, once, on files that the user names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from seenred.agents.fix_plan import confirmed_part, reviewed_version
from seenred.domain.finding import Review, Severity
from seenred.domain.version import Version
from seenred.domain.workflow import Role, Step
from seenred.engine.workflow.desk import Desk, FixPlan
from seenred.engine.workflow.fixing import fix
from seenred.engine.workflow.improving import improve
from seenred.engine.workflow.inputs import sha256
from seenred.engine.workflow.reviewing import review
from seenred.engine.workflow.solving import solve
from seenred.errors import UsageError

_INPUTS = {
    Role.SOLVER: ("problem",),
    Role.IMPROVER: ("problem?", "version", "measurements?"),
    Role.REVIEWER: ("problem?", "version", "report?", "test_results?"),
    Role.FIXER: ("problem?", "version", "fix_plan", "report?", "test_results?"),
}


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that the user named, and its text."""

    path: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class UseResult:
    """What one agent left.

    Attributes:
        output: name of the new artifact, or None when the agent gave nothing usable.
        good: the version passes every test that there is; a review confirmed nothing serious.
    """

    output: str | None
    good: bool


async def use_agent(
    desk: Desk,
    role: Role,
    taken: Collection[str],
    code: NamedFile | None = None,
    plan: NamedFile | None = None,
) -> UseResult:
    """Let one agent do its step.

    Args:
        taken: names that are in the output folder; numbers go on from theirs.

    Raises:
        UsageError: the agent lacks a file, or the fix plan belongs to other code.
    """
    step = Step(role, _INPUTS[role], _output(role, taken))
    if role is Role.SOLVER:
        return _of_version(await solve(desk, step, "use"))
    if code is None:
        raise UsageError("code-missing", f"{role} works on a .py file; name one after `on`.")
    await _take(desk, code)
    if role is Role.REVIEWER:
        found = await review(desk, step, "use")
        return UseResult(step.output, not found.confirmed(Severity.CRITICAL, Severity.MAJOR))
    if role is Role.IMPROVER:
        return _of_version(await improve(desk, step, "use"))
    _take_plan(desk, code, plan)
    return _of_version(await fix(desk, step, "use"))


def next_number(stem: str, suffix: str, taken: Collection[str]) -> int:
    """The number after the highest of `stem` + number + `suffix` in `taken`."""
    pattern = re.compile(rf"{re.escape(stem)}(\d+){re.escape(suffix)}")
    return max((int(m[1]) for n in taken if (m := pattern.fullmatch(n))), default=0) + 1


def _output(role: Role, taken: Collection[str]) -> str:
    if role is not Role.REVIEWER:
        return f"solution_v{next_number('solution_v', '.py', taken)}.py"
    if not any(re.fullmatch(r"fix_plan(_\d+)?\.md", name) for name in taken):
        return "fix_plan.md"
    return f"fix_plan_{max(2, next_number('fix_plan_', '.md', taken))}.md"


def _of_version(version: Version | None) -> UseResult:
    if version is None:
        return UseResult(None, good=False)
    return UseResult(version.name, version.evidence.solved or not version.evidence.total)


async def _take(desk: Desk, code: NamedFile) -> None:
    """The named code becomes the version that the agent works on."""
    result = await desk.judge("use/given", code.text)
    version = Version(1, code.name, code.text, "user", desk.evidence(result, None))
    desk.versions.append(version)
    desk.keep_result(code.name, result)
    desk.kept = code.name


def _take_plan(desk: Desk, code: NamedFile, plan: NamedFile | None) -> None:
    if plan is None:
        raise UsageError(
            "fix-plan-missing",
            "solution-fixer needs a fix plan; add `with fix_plan.md`, as bug-report-reviewer "
            "writes it.",
        )
    reviewed = reviewed_version(plan.text)
    if reviewed is not None and reviewed.sha256 != sha256(code.text):
        raise UsageError(
            "fix-plan-mismatch",
            f"{plan.path} was made for another text of {reviewed.name}, not for {code.path} as it "
            "is now; review it again with bug-report-reviewer.",
        )
    shown = confirmed_part(plan.text)
    if not shown:
        raise UsageError(
            "fix-plan-empty", f"{plan.path} has no confirmed finding, so there is nothing to fix."
        )
    desk.reviews.append(FixPlan(plan.path, plan.text, Review(), shown, code.name))

"""Workflows as data: agents, what each step sees, what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from seenred.errors import UsageError


class Role(StrEnum):
    """The four agents, by the names that people type."""

    SOLVER = "problem-solver"
    IMPROVER = "solution-improver"
    REVIEWER = "bug-report-reviewer"
    FIXER = "solution-fixer"


class Intake(StrEnum):
    """What a workflow starts from."""

    STATEMENT = "statement"
    SOURCE = "source"


# What a step may ask to see.
INPUTS = (
    "problem",
    "version",
    "prior_versions",
    "fix_plan",
    "prior_fix_plans",
    "test_results",
    "measurements",
    "report",
)

# What an agent cannot work without, so that its steps must declare it.
NEEDS: Mapping[Role, tuple[str, ...]] = {
    Role.SOLVER: ("problem",),
    Role.IMPROVER: ("version",),
    Role.REVIEWER: ("version",),
    Role.FIXER: ("version", "fix_plan"),
}
# Written by every run.
_TAKEN = frozenset({"report.md", "report.json", "context.json", "test_results.txt"})
_PLACEHOLDERS = "placeholders are {n}, {k} and {stem}"
# What a step leaves for later ones; tests and clocks are run on every version.
_GIVES = {Role.REVIEWER: frozenset({"fix_plan"})}
_OF_A_VERSION = frozenset({"version", "test_results", "measurements"})


@dataclass(frozen=True, slots=True)
class Step:
    """One agent, once.

    Attributes:
        inputs: names out of `INPUTS`; a trailing `?` marks one that may be missing.
        output: name of the artifact; `{n}` is the version's number, `{k}` the fix plan's,
            `{stem}` the input's name without its suffix.
        optional: done only when asked for (`--focus` names it) or when there is a need.
    """

    role: Role
    inputs: tuple[str, ...]
    output: str
    focus: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """A list of steps, and a review-and-fix pair that repeats until the evidence suffices.

    Attributes:
        final: name of the best version's copy; empty when the last output is the result.
    """

    name: str
    intake: Intake
    steps: tuple[Step, ...]
    repeat: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    final: str = ""


_REVIEW = ("problem", "version", "test_results?", "prior_fix_plans?")
_FIX = ("problem", "version", "fix_plan", "prior_versions?", "prior_fix_plans?", "test_results?")

DEVELOPMENT = Workflow(
    name="development",
    intake=Intake.STATEMENT,
    steps=(
        Step(Role.SOLVER, ("problem",), "solution_v{n}.py", focus="correctness"),
        Step(
            Role.IMPROVER,
            ("problem", "version", "measurements?"),
            "solution_v{n}.py",
            focus="speed and simplicity",
        ),
    ),
    repeat=(
        Step(Role.REVIEWER, _REVIEW, "fix_plan_{k}.md", focus="correctness and edge cases"),
        Step(Role.FIXER, _FIX, "solution_v{n}.py"),
    ),
    final="solution_final.py",
)

DEBUGGING = Workflow(
    name="debugging",
    intake=Intake.SOURCE,
    steps=(),
    repeat=(
        Step(
            Role.REVIEWER,
            ("version", "report?", "test_results?", "prior_fix_plans?"),
            "fix_plan{_k}.md",
            focus="defects",
        ),
        Step(
            Role.FIXER,
            ("version", "fix_plan", "report?", "prior_fix_plans?", "test_results?"),
            "{stem}_fixed{_k}.py",
        ),
    ),
    after=(
        Step(
            Role.IMPROVER,
            ("version", "measurements?"),
            "{stem}_optimized.py",
            focus="speed and simplicity",
            optional=True,
        ),
    ),
)

COMPETITIVE = Workflow(
    name="competitive",
    intake=Intake.STATEMENT,
    steps=(
        Step(Role.SOLVER, ("problem",), "solution_v{n}.py", focus="correctness"),
        Step(
            Role.IMPROVER,
            ("problem", "version", "measurements?"),
            "solution_v{n}.py",
            focus="complexity",
        ),
        Step(Role.REVIEWER, _REVIEW, "validation_report.md", focus="edge cases"),
    ),
    final="solution_final.py",
)

BUILT_IN = {w.name: w for w in (DEVELOPMENT, DEBUGGING, COMPETITIVE)}


def find_workflow(name: str, own: Mapping[str, Any]) -> Workflow:
    """A built-in workflow, or one that the settings describe.

    Raises:
        UsageError: there is none of that name, or its description cannot be used.
    """
    if name in own:
        return workflow_from_table(name, own[name])
    if name in BUILT_IN:
        return BUILT_IN[name]
    raise UsageError("workflow-unknown", unknown("workflow", name, [*BUILT_IN, *own]))


def refuse_missing_inputs(workflow: Workflow, *, report: bool) -> None:
    """Check that every step will have what it must see.

    Args:
        report: the user gives the words of a bug report.

    Raises:
        UsageError: `step-input-missing`, naming the first step and its input.
    """
    there = {"problem"} if workflow.intake is Intake.STATEMENT else set(_OF_A_VERSION)
    there |= {"report"} if report else set()
    for step in (*workflow.steps, *workflow.repeat, *workflow.after):
        for name in step.inputs:
            if not name.endswith("?") and name not in there:
                raise UsageError(
                    "step-input-missing",
                    f"The step {step.role} of {workflow.name} needs {name!r}, which "
                    f"{_source(name)}.",
                )
        if not step.optional:
            there |= _GIVES.get(step.role, _OF_A_VERSION)


def _source(name: str) -> str:
    """Where an input would come from, as the end of a sentence."""
    if name == "report":
        return "only you can give; add --report TEXT"
    if name == "problem":
        return 'a source has none of; set intake = "statement"'
    return "no step before it gives; put one there that does, or mark the input with `?`"


def find_role(name: str) -> Role:
    """The agent of that name.

    Raises:
        UsageError: there is none; the nearest is suggested.
    """
    try:
        return Role(name)
    except ValueError:
        raise UsageError("agent-unknown", unknown("agent", name, [*Role])) from None


def unknown(kind: str, name: str, known: list[str]) -> str:
    """`There is no agent "x"; did you mean y? Known: …`."""
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f'There is no {kind} "{name}".{hint} Known: {", ".join(known)}.'


def workflow_from_table(name: str, table: Any) -> Workflow:
    """Read `[workflows.NAME]` of the settings.

    Raises:
        UsageError: names the key and what it must be.
    """
    if not isinstance(table, Mapping):
        raise _wrong(name, "must be a table")
    extra = set(table) - {"intake", "steps", "repeat", "after", "final"}
    if extra:
        raise _wrong(name, f"has the unknown key {sorted(extra)[0]!r}")
    intake = table.get("intake", "statement")
    if intake not in [*Intake]:
        raise _wrong(name, f"intake must be statement or source, not {intake!r}")
    parts = {key: _steps(name, key, table.get(key, ())) for key in ("steps", "repeat", "after")}
    if not parts["steps"] and not parts["repeat"]:
        raise _wrong(name, "has no steps")
    roles = [step.role for step in parts["repeat"]]
    if roles and roles != [Role.REVIEWER, Role.FIXER]:
        raise _wrong(name, "repeat must be one bug-report-reviewer and one solution-fixer step")
    for step in (each for steps in parts.values() for each in steps):
        for need in set(NEEDS[step.role]) - set(step.inputs):
            raise _wrong(name, f"{step.role} must have {need!r} among its inputs")
    final = _text(name, "", table, "final")
    outputs = [final, *(step.output for steps in parts.values() for step in steps)]
    _refuse_names(name, [output for output in outputs if output])
    if any(step.output.format_map(_Blank()) == step.output for step in parts["repeat"]):
        raise _wrong(name, "repeat needs a number in each output: {n} or {k}")
    return Workflow(name=name, intake=Intake(intake), final=final, **parts)


class _Blank(dict[str, str]):
    """Fills every placeholder with nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def _refuse_names(name: str, outputs: list[str]) -> None:
    """Check that the outputs are file names of their own with placeholders that are known."""
    for output in outputs:
        try:
            shown = output.format(n=1, k=1, _k="", stem="stem")
        except (KeyError, IndexError, ValueError):
            raise _wrong(name, f"has the output {output!r}; {_PLACEHOLDERS}") from None
        if shown in {"", ".", ".."} or "/" in shown or "\\" in shown:
            raise _wrong(name, f"has the output {output!r}; it must be a plain file name")
        if shown in _TAKEN or (output.count("{") == 0 and outputs.count(output) > 1):
            raise _wrong(name, f"has the output {output!r} twice, or it is a report's own name")


def _text(name: str, place: str, row: Mapping[str, Any], key: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise _wrong(name, f"{place}{key} must be a text")
    return value


def _steps(name: str, key: str, rows: Any) -> tuple[Step, ...]:
    if not isinstance(rows, list | tuple) or not all(isinstance(r, Mapping) for r in rows):
        raise _wrong(name, f"{key} must be a list of tables")
    return tuple(_step(name, f"{key}[{i}]", row) for i, row in enumerate(rows))


def _step(name: str, place: str, row: Mapping[str, Any]) -> Step:
    for key in ("agent", "output"):
        if not isinstance(row.get(key), str):
            raise _wrong(name, f"{place} needs {key!r}, a text")
    extra = set(row) - {"agent", "inputs", "output", "focus", "optional"}
    if extra:
        raise _wrong(name, f"{place} has the unknown key {sorted(extra)[0]!r}")
    return Step(
        role=find_role(row["agent"]),
        inputs=_inputs(name, place, row.get("inputs", ())),
        output=row["output"],
        focus=_text(name, f"{place}.", row, "focus"),
        optional=bool(row.get("optional", False)),
    )


def _inputs(name: str, place: str, wanted: Any) -> tuple[str, ...]:
    if not isinstance(wanted, list | tuple) or not all(isinstance(one, str) for one in wanted):
        raise _wrong(name, f"{place}: inputs must be a list of texts")
    for one in wanted:
        if one.removesuffix("?") not in INPUTS:
            raise _wrong(name, f"{place}: {unknown('input', one, list(INPUTS)).rstrip('.')}")
    return tuple(wanted)


def _wrong(name: str, what: str) -> UsageError:
    return UsageError("workflow-invalid", f"[workflows.{name}] in the settings {what}.")

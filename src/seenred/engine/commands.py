"""What can be asked of the engine; plain values, so that any door can ask the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from seenred.domain.budget import Budget
from seenred.domain.workflow import Role, Workflow


@dataclass(frozen=True, slots=True)
class RunWorkflow:
    """Run a workflow on one input.

    Attributes:
        tests: a pytest file of the user's that imports the solution.
        checker: a file of the user's with `check(<inputs>, answer) -> bool`, for a statement.
        report: words of a bug report.
        output: folder for the artifacts; a numbered sibling is taken when it holds results.
    """

    workflow: Workflow
    input: Path
    output: Path
    focus: str = ""
    tests: Path | None = None
    checker: Path | None = None
    report: str = ""
    candidates: int = 8
    max_iterations: int = 5
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True)
class UseAgent:
    """Let one agent do its step once.

    Attributes:
        inputs: further files: a statement, a fix plan.
        output: folder for what it leaves; numbers go on from what is there.
    """

    role: Role
    subject: Path
    output: Path
    inputs: tuple[Path, ...] = ()
    focus: str = ""
    candidates: int = 8
    budget: Budget = field(default_factory=Budget)

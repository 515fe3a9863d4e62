"""What can be asked of the engine; plain values, so that any door can ask the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from seenred.domain.budget import Budget
from seenred.domain.cycle import Policy
from seenred.domain.file_protocol import FileProtocol
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCommand:
    """Whatever cycles are run for.

    Attributes:
        folder: one of the repository.
        attended: somebody watches and may be asked.
        dry_run: prove everything, and leave the user's branch and files as they are.
        beck: subjects say `behavioral:` and `structural:`.
        copy: paths that git does not know and that the tests need, from the repository's root.
        python: the project's interpreter or virtual environment; None finds it.
        allow_loopback: tests may open sockets to themselves.
    """

    folder: Path
    attended: bool = False
    dry_run: bool = False
    policy: Policy = field(default_factory=Policy)
    protocol: FileProtocol = field(default_factory=FileProtocol)
    beck: bool = False
    copy: tuple[str, ...] = ()
    python: Path | None = None
    allow_loopback: bool = False
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoCommand(CycleCommand):
    """Take the next items of the plan, one cycle each.

    Attributes:
        count: so many items; None: until the list is done or an item is abandoned.
        plan: path of the list, from the repository's root; None: PLAN.md, or plan.md.
    """

    count: int | None = 1
    plan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixCommand(CycleCommand):
    """Reproduce a defect by a test, and repair it.

    Attributes:
        report: the words of whoever saw it.
        plan: as of `GoCommand`; what is discovered goes there.
    """

    report: str
    plan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyCommand(CycleCommand):
    """Put code more simply, and change nothing that it does.

    Attributes:
        paths: files and folders, from the repository's root.
        goal: what is wanted of them; "" for what is measured.
    """

    paths: tuple[str, ...]
    goal: str = ""

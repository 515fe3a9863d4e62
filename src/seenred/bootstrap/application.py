"""The agents' workflows, wired: opens what a command needs and lets go of it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seenred.bootstrap.budget import opened_ledger
from seenred.bootstrap.cache import user_cache
from seenred.bootstrap.data import open_records
from seenred.bootstrap.durable_run import DurableRuns, open_durable
from seenred.bootstrap.model import Models
from seenred.config.settings import Settings
from seenred.domain.budget import Budget
from seenred.domain.drafted_item import DraftedItem
from seenred.domain.event import Listener, RunStarted, StepStarted
from seenred.domain.execution import Limits
from seenred.domain.run import Run
from seenred.domain.workflow import Role
from seenred.engine.asking import Asker
from seenred.engine.commands import RunWorkflow, UseAgent
from seenred.engine.conductor import Ended
from seenred.engine.planning import draft_plan
from seenred.engine.ports import Model
from seenred.engine.workflow.desk import Desk, Subject
from seenred.engine.workflow.loading import refuse_unloadable
from seenred.engine.workflow.subject import generated_trials, problem_subject, source_subject
from seenred.engine.workflow.use import NamedFile, UseResult, use_agent
from seenred.errors import ExitCode, UsageError
from seenred.infrastructure.durable.memory import MemorySteps
from seenred.infrastructure.runners.python import PythonRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.infrastructure.workspace.artifacts import FolderArtifacts, shared_folder
from seenred.infrastructure.workspace.document import read_document, read_source
from seenred.referee.ports import Sandbox
from seenred.referee.suite import Suite

STATEMENTS = {".txt", ".md", ".pdf"}


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a workflow left: the report as data, the command's exit code, and the run."""

    report: dict[str, Any]
    exit_code: ExitCode
    run: Run


class Application:
    """Opens what a command needs, runs it, lets go of everything."""

    def __init__(self, settings: Settings, listener: Listener) -> None:
        self._settings = settings
        self._listener = listener
        self._models = Models(listener)
        self._started = time.monotonic()

    async def run(self, command: RunWorkflow) -> RunResult:
        """Run a workflow to its end; the artifacts are left whatever happens.

        Raises:
            SeenredError: the input, the machine or the settings do not allow a run.
        """
        return await self._durably(lambda runs: runs.begin(command, self._settings))

    async def resume(self, run: str) -> RunResult:
        """Go on with a run where its record ends.

        Raises:
            SeenredError: it cannot be gone on with, or the machine does not allow it.
        """
        return await self._durably(lambda runs: runs.resume(run))

    async def retry(self, run: str, before: str | None) -> RunResult:
        """Take a run once more, from the step of that name on or from the start.

        Raises:
            SeenredError: there is no such run or step, or the machine does not allow it.
        """
        return await self._durably(lambda runs: runs.retry(run, before))

    async def enqueue(self, command: RunWorkflow, queue: str) -> Run:
        """Put a run of a workflow on a queue, for a worker.

        Raises:
            SeenredError: the input, the machine or the settings do not allow a run.
        """
        with open_records() as records:
            async with open_durable(records, self._listener) as runs:
                return await runs.enqueue(command, self._settings, queue)

    async def _durably(self, work: Callable[[DurableRuns], Awaitable[Ended]]) -> RunResult:
        with open_records() as records:
            async with open_durable(records, self._listener) as runs:
                return _result(await work(runs))

    async def use(self, command: UseAgent) -> tuple[UseResult, Path]:
        """Let one agent do its step; returns what it left and the folder.

        Raises:
            SeenredError: a file, the machine or the settings do not allow it.
        """
        files = _classified([command.subject, *command.inputs])
        sandbox = await self.sandbox()
        runner, limits = PythonRunner(sandbox), self._limits()
        code = files.code
        if files.statement is not None:
            text = read_document(files.statement)
            stem, path = files.statement.stem, str(files.statement)
            subject: Subject
            suite: Suite
            subject, suite = problem_subject(stem, path, text, runner, limits, None)
        elif code is not None and command.role is not Role.SOLVER:
            subject, suite = source_subject(
                Path(code.path).stem, code.path, code.text, "", runner, limits, None
            )
        else:
            raise UsageError(
                "statement-missing",
                f"{command.role} needs a problem statement (.txt, .md or .pdf); name one.",
            )
        await refuse_unloadable(subject, suite)
        model = self.model()
        folder = shared_folder(command.output)
        desk = self._desk(subject, suite, model, folder, command.candidates, command.budget)
        desk.focus = command.focus
        self._listener(RunStarted("use", str(command.subject), model.name, sandbox.name))
        taken = {path.name for path in folder.iterdir()}
        try:
            return await use_agent(desk, command.role, taken, code, files.plan), folder
        finally:
            await model.close()

    async def draft(self, description: str, budget: Budget) -> tuple[DraftedItem, ...]:
        """The test list that a description asks for.

        Raises:
            SeenredError: there is no model, or it gave no list.
        """
        model = self.model()
        self._listener(StepStarted("plan", "plan-writer", model.name))
        try:
            return await draft_plan(self._asker(model, MemorySteps(), budget), description)
        finally:
            await model.close()

    async def sandbox(self) -> Sandbox:
        """The sandbox that this machine allows."""
        enabled = self._settings.sandbox.enabled
        return await open_sandbox(allow_none=not enabled, cache=user_cache())

    def model(self, name: str | None = None) -> Model:
        """The model of the settings, or of that name."""
        return self._models.open(self._settings, name)

    def _desk(
        self,
        subject: Subject,
        suite: Suite,
        model: Model,
        folder: Path,
        candidates: int,
        budget: Budget,
    ) -> Desk:
        steps = MemorySteps()
        return Desk(
            subject=subject,
            suite=suite,
            asker=self._asker(model, steps, budget),
            steps=steps,
            artifacts=FolderArtifacts(folder),
            listener=self._listener,
            candidates=candidates,
            generated=generated_trials(subject.problem),
        )

    def _asker(self, model: Model, steps: MemorySteps, budget: Budget) -> Asker:
        return Asker(
            model,
            steps,
            budget,
            lambda: time.monotonic() - self._started,
            self._listener,
            self._settings.model.reasoning,
            opened_ledger(self._settings),
        )

    def _limits(self) -> Limits:
        sandbox = self._settings.sandbox
        return Limits(seconds=sandbox.seconds, memory=sandbox.memory_mb * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class _Files:
    statement: Path | None
    code: NamedFile | None
    plan: NamedFile | None


def _classified(paths: list[Path]) -> _Files:
    """Which of the files is what; a plan is a Markdown file that is not a statement."""
    statement: Path | None = None
    code = plan = None
    for path in paths:
        if path.suffix == ".py":
            code = NamedFile(str(path), path.name, read_source(path))
        elif path.suffix == ".md" and _is_plan(path):
            plan = NamedFile(str(path), path.name, read_document(path))
        elif path.suffix in STATEMENTS:
            statement = path
        else:
            raise UsageError(
                "file-unknown",
                f"{path} is neither a statement (.txt, .md, .pdf), code (.py) nor a fix plan "
                "(.md).",
            )
    return _Files(statement, code, plan)


def _is_plan(path: Path) -> bool:
    first = next((line for line in read_document(path).splitlines() if line.strip()), "")
    return "plan" in path.stem.lower() or first.startswith(("# Fix plan", "# Validation report"))


def _result(ended: Ended) -> RunResult:
    return RunResult(ended.result["report"], ExitCode(ended.run.exit_code or 0), ended.run)

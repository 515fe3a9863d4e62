"""Runs of workflows: what is taken in when one begins, and how it is performed from that alone."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seenred.bootstrap.cache import user_cache
from seenred.bootstrap.model import Models
from seenred.config.settings import Settings
from seenred.domain.event import Listener, Noted, RunStarted
from seenred.domain.execution import Limits
from seenred.domain.iteration import StopReason
from seenred.domain.workflow import Intake, refuse_missing_inputs
from seenred.engine.asking import Asker, Ledger
from seenred.engine.commands import RunWorkflow
from seenred.engine.conductor import Ending
from seenred.engine.ports import Artifacts, Model, Steps
from seenred.engine.workflow.checking import checker_among, judged_by, with_user_checker
from seenred.engine.workflow.desk import Desk, Subject
from seenred.engine.workflow.loading import refuse_unloadable
from seenred.engine.workflow.report import Surroundings, report_data, write_reports
from seenred.engine.workflow.subject import generated_trials, problem_subject, source_subject
from seenred.engine.workflow.testing import UserFile, check_tests
from seenred.engine.workflow.workflow_run import Outcome, WorkflowRun
from seenred.errors import ExitCode, UsageError
from seenred.infrastructure.runners.python import PythonRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.infrastructure.workspace.document import read_document, read_source
from seenred.referee.ports import Sandbox
from seenred.referee.suite import ProblemSuite, SourceSuite, Suite


@dataclass(frozen=True, slots=True)
class TakenIn:
    """All that a run of a workflow depends on, as it was when the run began.

    Attributes:
        text: of the input.
    """

    command: RunWorkflow
    text: str
    tests: UserFile | None = None
    checker: UserFile | None = None


def take_in(command: RunWorkflow) -> TakenIn:
    """Read the files that the command names.

    Raises:
        UsageError: one cannot be used.
    """
    refuse_missing_inputs(command.workflow, report=bool(command.report))
    statement = command.workflow.intake is Intake.STATEMENT
    text = read_document(command.input) if statement else read_source(command.input)
    return TakenIn(command, text, _file(command.tests), _file(command.checker))


def _file(path: Path | None) -> UserFile | None:
    return UserFile(str(path), read_source(path)) if path else None


class WorkflowPerformance:
    """Performs runs of workflows by its settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._started = time.monotonic()
        self._sandbox: Sandbox | None = None

    async def check(self, taken: TakenIn) -> None:
        """What can be refused before a model is asked.

        Raises:
            SeenredError: the input, the machine or the settings do not allow a run.
        """
        subject, suite = self._subject(taken, PythonRunner(await self.sandbox()))
        if isinstance(suite, ProblemSuite | SourceSuite) and suite.tests is not None:
            code = subject.text if isinstance(suite, SourceSuite) else None
            path = str(taken.command.tests)
            await check_tests(suite.runner, path, suite.tests, suite.limits, code)
        suite = await _with_checker(taken, suite)
        await refuse_unloadable(subject, suite)
        await Models(_unheard).open(self.settings).close()

    async def perform(
        self,
        taken: TakenIn,
        artifacts: Artifacts,
        steps: Steps,
        listener: Listener,
        ledger: Ledger,
        model: Model | None = None,
    ) -> tuple[dict[str, Any], Outcome]:
        """Perform the workflow; the artifacts are left whatever happens.

        Args:
            model: None: the one of the settings.

        Returns:
            The report as data, and how the run ended.

        Raises:
            SeenredError: the machine or the settings do not allow it, or no longer.
        """
        command, sandbox = taken.command, await self.sandbox()
        subject, suite = self._subject(taken, PythonRunner(sandbox))
        suite = await _with_checker(taken, suite)
        model = model or Models(listener).open(self.settings)
        elapsed = _Elapsed(steps)
        reasoning = self.settings.model.reasoning
        desk = Desk(
            subject=subject,
            suite=suite,
            asker=Asker(model, steps, command.budget, elapsed, listener, reasoning, ledger),
            steps=steps,
            artifacts=artifacts,
            listener=listener,
            candidates=command.candidates,
            generated=generated_trials(subject.problem),
            focus=command.focus,
            judging=judged_by(suite),
        )
        name = command.workflow.name
        listener(RunStarted(name, subject.path, model.name, sandbox.name))
        _tell_unparsed(subject, listener)
        try:
            outcome = await WorkflowRun(command.workflow, desk, command.max_iterations).run()
        finally:
            await model.close()
        seconds = await self._seconds(steps, outcome)
        data = report_data(desk, outcome, Surroundings(name, model.name, sandbox.name, seconds))
        write_reports(desk, data)
        return data, outcome

    async def _seconds(self, steps: Steps, outcome: Outcome) -> float:
        """That the run took, our preparations included; the same whenever the run is gone on with.

        An interrupted run records nothing after it was.
        """

        async def taken() -> float:
            return max(steps.elapsed, time.monotonic() - self._started)

        if outcome.stopped is StopReason.INTERRUPTED:
            return await taken()
        return await steps.run("seconds", taken, float)

    async def sandbox(self) -> Sandbox:
        """The sandbox that this machine allows."""
        if self._sandbox is None:
            unconfined = not self.settings.sandbox.enabled
            self._sandbox = await open_sandbox(allow_none=unconfined, cache=user_cache())
        return self._sandbox

    def limits(self) -> Limits:
        """Of one execution of model-written code."""
        sandbox = self.settings.sandbox
        return Limits(seconds=sandbox.seconds, memory=sandbox.memory_mb * 1024 * 1024)

    def _subject(self, taken: TakenIn, runner: PythonRunner) -> tuple[Subject, Suite]:
        command, limits = taken.command, self.limits()
        stem, path = command.input.stem, str(command.input)
        if command.workflow.intake is Intake.STATEMENT:
            return problem_subject(stem, path, taken.text, runner, limits, taken.tests)
        report = command.report
        return source_subject(stem, path, taken.text, report, runner, limits, taken.tests)


@dataclass(frozen=True, slots=True)
class _Elapsed:
    steps: Steps

    def __call__(self) -> float:
        return self.steps.elapsed


def ending(data: dict[str, Any], outcome: Outcome) -> Ending:
    """What the record says of a run that ended so."""
    usage = data["usage"]
    return Ending(
        verdict="solved" if outcome.solved else "not solved",
        reason=outcome.failure or str(outcome.stopped),
        exit_code=int(exit_code(outcome)),
        seconds=data["seconds"],
        calls=usage["calls"],
        tokens=usage["tokens"],
        cost=usage["cost"],
    )


def exit_code(outcome: Outcome) -> ExitCode:
    """What the command answers to the shell."""
    if outcome.stopped is StopReason.NOTHING_USABLE:
        return ExitCode.NO
    if outcome.stopped is StopReason.BUDGET:
        return ExitCode.YES if outcome.solved else ExitCode.BUDGET
    if outcome.failure:
        return ExitCode.ENVIRONMENT
    if outcome.solved:
        return ExitCode.YES
    return ExitCode.INTERRUPTED if outcome.stopped is StopReason.INTERRUPTED else ExitCode.NO


def _unheard(_: object) -> None:
    """For what nobody needs to be told."""


def _tell_unparsed(subject: Subject, listener: Listener) -> None:
    problem = subject.problem
    if problem is None:
        return
    wanted = problem.signature.render() if problem.signature else "a program"
    listener(Noted(f"{wanted} {len(problem.cases)} examples, {len(problem.bounds)} bounds"))
    for line in problem.unparsed:
        listener(Noted(f"Not understood: {line}", warning=True))


async def _with_checker(taken: TakenIn, suite: Suite) -> Suite:
    """The suite with the checker that the user named, or that the user's tests hold."""
    command, checker = taken.command, taken.checker
    if isinstance(suite, ProblemSuite):
        if checker is not None:
            return await with_user_checker(suite, checker.text, checker.path)
        if suite.tests is not None and (found := checker_among(suite.tests.text, suite.problem)):
            return await with_user_checker(suite, found, str(command.tests))
    elif checker is not None:
        raise UsageError(
            "checker-not-used",
            f"--checker judges solutions of a statement, and {command.workflow.name} works on "
            "code; leave it out.",
        )
    return suite

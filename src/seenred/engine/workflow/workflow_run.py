"""Performs a workflow: its steps, its loop of review and fix, its ending."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from seenred.domain.check import SuiteResult
from seenred.domain.event import Noted, StepStarted
from seenred.domain.iteration import Progress, StopReason, should_stop
from seenred.domain.version import Evidence, Version
from seenred.domain.workflow import Intake, Role, Step, Workflow
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.drafting import Draft
from seenred.engine.workflow.evidence import consistent
from seenred.engine.workflow.fixing import fix
from seenred.engine.workflow.guarding import guard_refusals
from seenred.engine.workflow.improving import improve
from seenred.engine.workflow.reviewing import review
from seenred.engine.workflow.solving import solve
from seenred.errors import BudgetSpent, ModelFailed, NothingUsable

_PERFORM: dict[Role, Callable[[Desk, Step, str], Awaitable[object]]] = {
    Role.SOLVER: solve,
    Role.IMPROVER: improve,
    Role.REVIEWER: review,
    Role.FIXER: fix,
}


# Who made the version that a run starts from.
USER = "user"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    Attributes:
        best: the best version by evidence; None when there is none.
        failure: why the run could not go on: a model failed or gave nothing usable, which limit
            was reached; else "".
    """

    stopped: StopReason
    best: Version | None
    iterations: int
    failure: str = ""

    @property
    def solved(self) -> bool:
        """A version that an agent made is right; a module that was right before is not solved."""
        if self.best is None or self.stopped is StopReason.INTERRUPTED:
            return False
        return self.best.evidence.solved and self.best.made_by != USER


class WorkflowRun:
    """One execution of a workflow on one subject."""

    def __init__(self, workflow: Workflow, desk: Desk, max_iterations: int) -> None:
        self._workflow = workflow
        self._desk = desk
        self._max_iterations = max_iterations
        self._iterations = 0
        self._number = 0

    async def run(self) -> Outcome:
        """Perform all steps; what is there when the budget ends or Ctrl-C comes is kept."""
        failure = ""
        try:
            stopped = await self._steps()
        except BudgetSpent as spent:
            self._desk.listener(Noted(spent.message, warning=True))
            stopped, failure = StopReason.BUDGET, spent.message
        except asyncio.CancelledError:
            stopped = StopReason.INTERRUPTED
        except NothingUsable as nothing:
            stopped, failure = StopReason.NOTHING_USABLE, nothing.message
        except ModelFailed as failed:
            stopped, failure = StopReason.INTERRUPTED, failed.message
        return self._outcome(stopped, failure)

    async def _steps(self) -> StopReason:
        if self._workflow.intake is Intake.SOURCE:
            await self._take_source()
        for step in self._workflow.steps:
            if self._due(step):
                await self._perform(step)
        stopped = await self._loop() if self._workflow.repeat else StopReason.COMPLETED
        for step in self._workflow.after:
            if (not step.optional or self._asked_for(step)) and self._desk.current.evidence.solved:
                await self._perform(step)
        return stopped

    async def _loop(self) -> StopReason:
        reviewing, fixing = self._workflow.repeat
        previous: str | None = None
        while True:
            await self._perform(reviewing)
            stop = should_stop(self._progress(previous), self._max_iterations)
            if stop is not None:
                return stop
            previous = self._desk.kept
            await self._desk.asker.begin_iteration("iteration")
            await self._perform(fixing)
            self._iterations += 1
            if not self._better_than(previous):
                return StopReason.NO_PROGRESS

    def _better_than(self, previous: str) -> bool:
        """Whether the last fix helped; a review could only hold more against it."""
        before = self._evidence_of(previous)
        return before is not None and self._desk.current.evidence.better_than(before)

    def _progress(self, previous: str | None) -> Progress:
        desk = self._desk
        open_findings = desk.reviews[-1].review.confirmed()
        return Progress(
            current=desk.current.evidence,
            previous=self._evidence_of(previous),
            iterations=self._iterations,
            open_findings=len(open_findings),
            budget_spent=desk.asker.spent() is not None,
        )

    def _evidence_of(self, name: str | None) -> Evidence | None:
        return next((v.evidence for v in self._desk.versions if v.name == name), None)

    async def _perform(self, step: Step) -> None:
        self._number += 1
        self._desk.listener(StepStarted(f"step {self._number}", step.role, step.focus))
        await _PERFORM[step.role](self._desk, step, f"{self._number}-{step.role}")

    def _due(self, step: Step) -> bool:
        """Whether a step is to be done; one that only improves waits until the tests pass."""
        desk = self._desk
        result = desk.results.get(desk.kept, SuiteResult())
        if step.role is Role.IMPROVER and (result.failures or result.error):
            desk.listener(Noted(f"{step.role} is left out: {desk.kept} fails a test."))
            return False
        return not step.optional or self._asked_for(step)

    def _asked_for(self, step: Step) -> bool:
        words = {"optim", "perform", "speed", "fast", "improv", "complex", "simpl"}
        return step.role is Role.IMPROVER and any(w in self._desk.focus.lower() for w in words)

    async def _take_source(self) -> None:
        """The user's module is version 1; it is judged, not rewritten."""
        desk = self._desk
        subject = desk.subject
        await guard_refusals(desk)
        result = await desk.judge("0-source", subject.text)
        draft = Draft(0, subject.text, subject.text, result)
        steady = await consistent(desk, "0-source", draft)
        name = f"{subject.stem}.py"
        version = Version(1, name, subject.text, USER, desk.evidence(result, None, steady))
        desk.record(version, result, None, _baseline(result))

    def _outcome(self, stopped: StopReason, failure: str) -> Outcome:
        desk = self._desk
        best = desk.best if desk.versions else None
        if best is not None and self._workflow.final:
            desk.write(self._workflow.final, best.source)
        if stopped is StopReason.BUDGET and not failure:
            failure = f"The budget is spent: {desk.asker.spent()}."
        if best is not None and best.evidence.solved and stopped is StopReason.COMPLETED:
            stopped = StopReason.SOLVED
        if best is not None and stopped is StopReason.COMPLETED and best.evidence.all_pass:
            stopped = StopReason.UNCONFIRMED if best.evidence.alone else stopped
        if best is not None and best.made_by == USER and stopped is StopReason.SOLVED:
            stopped = StopReason.NOTHING_TO_FIX
        return Outcome(stopped, best, self._iterations, failure)


def _baseline(result: SuiteResult) -> str:
    return result.summary() if result.total else "no test says anything about it"

"""Runs from their beginning to their end: begun, gone on with, cancelled, taken once more."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from seenred.domain.run import Run, RunState
from seenred.engine.ports import Engine, Performer, RunStopped, Steps
from seenred.engine.records import Runs, RunTaken
from seenred.errors import ExitCode, SeenredError, UsageError

# A run that was taken over so often is not taken over again.
TAKEOVERS = 3
# Looks after which a queued run that no queue holds is put on its queue.
SEEN = 3
# Stops the run of that id.
Stop = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Ending:
    """What a performer says of its run, under `ending` in its result.

    Attributes: as those of `Run`.
    """

    verdict: str
    reason: str
    exit_code: int
    seconds: float = 0.0
    calls: int = 0
    tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Ended:
    """A run as it stands now, and what its performer gave."""

    run: Run
    result: Any


class Conductor:
    """Keeps the record of runs true while the engine performs them.

    Args:
        executor: this process.
        at_work: whether the process of that name is.
        now: seconds since the epoch.
    """

    def __init__(
        self,
        engine: Engine,
        runs: Runs,
        executor: str,
        at_work: Callable[[str], bool],
        now: Callable[[], float],
    ) -> None:
        self._engine = engine
        self._runs = runs
        self._executor = executor
        self._at_work = at_work
        self._now = now
        self._generations: dict[str, int] = {}
        self._stranded: Counter[str] = Counter()

    def generation(self, run: str) -> int:
        """Of a run that this process has just begun to perform."""
        return self._generations[run]

    async def begin(self, run: Run, given: dict[str, Any]) -> Ended:
        """Put a run on record and perform it."""
        self._runs.add(replace(run, created=self._now()), given)
        return await self._perform(run)

    async def enqueue(self, run: Run, given: dict[str, Any], queue: str) -> Run:
        """Put a run on record and on a queue, for whoever works on that."""
        run = replace(run, created=self._now(), queue=queue)
        self._runs.add(run, given)
        await self._engine.enqueue(run.id, run.kind, queue)
        return run

    def worked(self, perform: Performer, tell: Callable[[Run], object]) -> Performer:
        """A performer of queued runs, which keeps their record true.

        Args:
            tell: gets the run when it begins, and when it is over.
        """

        async def work(run: str, steps: Steps) -> Any:
            held = self._begun(self._runs.find(run))
            begun = self._runs.find(run)
            tell(begun)
            try:
                result = await perform(run, steps)
            except RunStopped as stopped:
                tell(self._ended(run, held, stopped.result, RunState.INTERRUPTED).run)
                raise
            except RunTaken:
                tell(replace(begun, state=RunState.INTERRUPTED, reason="another worker has it"))
                raise
            except BaseException as error:
                self._broke(run, held, error)
                tell(self._runs.find(run))
                raise
            tell(self._ended(run, held, result, RunState.DONE).run)
            return result

        return work

    async def take_over(self) -> None:
        """Put the queued runs of processes that are gone back on their queues.

        One whose process died too often is done: it may be what kills them.
        """
        for run in self._runs.newest([RunState.RUNNING], most=1_000):
            if not run.queue or self._at_work(run.executor):
                continue
            if run.takeovers >= TAKEOVERS:
                await self._give_up(run)
                continue
            waiting = {"state": RunState.QUEUED, "executor": "", "takeovers": run.takeovers + 1}
            if self._runs.swap(run.id, run.executor, **waiting):  # else another was faster
                await self._engine.enqueue(run.id, run.kind, run.queue)

    async def _give_up(self, run: Run) -> None:
        reason = f"its process died {run.takeovers + 1} times"
        end = {"state": RunState.DONE, "verdict": "failed", "exit_code": int(ExitCode.ENVIRONMENT)}
        count = {"takeovers": run.takeovers + 1}
        if self._runs.swap(run.id, run.executor, reason=reason, ended=self._now(), **end, **count):
            with contextlib.suppress(UsageError):  # the engine may never have heard of it
                await self._engine.cancel(run.id)

    async def mend(self) -> None:
        """Put queued runs that no queue holds back on theirs, once they were seen so twice.

        Their process died between two records; or it is just now between them.
        """
        waiting = {run.id: run for run in self._runs.newest([RunState.QUEUED], most=1_000)}
        queued = [run.id for run in waiting.values() if run.queue]
        stranded = await self._engine.stranded(queued, self._at_work)
        self._stranded = Counter({run: self._stranded[run] + 1 for run in stranded})
        for run in stranded:
            if self._stranded[run] >= SEEN:
                await self._engine.enqueue(run, waiting[run].kind, waiting[run].queue)

    async def give_back(self) -> None:
        """Put what this process had to leave back on its queue, for another one."""
        for run in self._runs.newest([RunState.INTERRUPTED], most=1_000):
            if not run.queue or run.executor != self._executor:
                continue
            if self._runs.swap(run.id, self._executor, state=RunState.QUEUED, ended=None):
                await self._engine.enqueue(run.id, run.kind, run.queue)

    async def resume(self, run: Run) -> Ended:
        """Go on with a run where its record ends.

        Raises:
            UsageError: `run-at-work` or `run-done`.
        """
        run = standing(run, self._at_work)
        refuse_at_work(run)
        if run.state is RunState.DONE:
            raise UsageError(
                "run-done",
                f"The run {run.id} is done ({run.verdict}); `seenred retry {run.id}` takes it once "
                "more.",
            )
        return await self._perform(run)

    async def cancel(self, run: Run, stop: Stop | None = None) -> Run:
        """Stop a run, wherever it is performed.

        Args:
            stop: how, where no engine performs it.

        Raises:
            UsageError: `run-ended`, nobody works on it.
        """
        run = standing(run, self._at_work)
        if run.state in (RunState.DONE, RunState.CANCELLED):
            raise UsageError("run-ended", f"The run {run.id} is {run.state} already.")
        self._runs.change(run.id, state=RunState.CANCELLED, ended=self._now())
        if run.started is not None:
            await (stop or self._engine.cancel)(run.id)
        return self._runs.find(run.id)

    async def retry(self, origin: Run, run: Run, before: str | None) -> Ended:
        """Take a run once more, as a run of its own; what it was asked is the same.

        Args:
            before: the step from which on it is performed anew; None: all of it.

        Raises:
            UsageError: `run-at-work`, or `step-unknown`.
        """
        refuse_at_work(standing(origin, self._at_work))
        if before is not None:
            await self._engine.copy(origin.id, run.id, before)
        return await self.begin(run, dict(self._runs.given(origin.id)))

    async def _perform(self, run: Run) -> Ended:
        held = self._begun(run)
        try:
            result = await self._engine.run(run.id, run.kind)
        except RunStopped as stopped:
            return self._ended(run.id, held, stopped.result, RunState.INTERRUPTED)
        except BaseException as error:
            ours = self._broke(run.id, held, error)
            if not ours and isinstance(error, asyncio.CancelledError):
                raise _taken(run.id) from None
            raise
        return self._ended(run.id, held, result, RunState.DONE)

    def _begun(self, run: Run) -> int:
        """The run is this process's: its generation.

        Raises:
            RunTaken: this process was declared dead.
        """
        changed = {"started": run.started or self._now(), "ended": None}
        held = self._runs.claim(run.id, self._executor, state=RunState.RUNNING, **changed)
        if held is None:
            raise RunTaken(f"the run {run.id} goes to a worker that is alive")
        self._generations[run.id] = held
        return held

    def _ended(self, run: str, held: int, result: Any, state: RunState) -> Ended:
        ending = asdict(Ending(**result["ending"]))
        kept = self._kept(run, state)
        if not self._runs.settle(run, held, state=kept, ended=self._now(), **ending):
            raise RunTaken(f"the run {run} is performed by another process")
        return Ended(self._runs.find(run), result)

    def _broke(self, run: str, held: int, error: BaseException) -> bool:
        """Whether the run is this process's still."""
        told = error.message if isinstance(error, SeenredError) else str(error)
        code = error.exit_code if isinstance(error, SeenredError) else ExitCode.INTERRUPTED
        reason = "interrupted" if isinstance(error, asyncio.CancelledError) else told
        state = self._kept(run, RunState.INTERRUPTED)
        end = {"ended": self._now(), "reason": reason, "exit_code": int(code), "verdict": ""}
        return self._runs.settle(run, held, state=state, **end)

    def _kept(self, run: str, state: RunState) -> RunState:
        """A run that was cancelled meanwhile stays so, unless it was done before."""
        cancelled = self._runs.find(run).state is RunState.CANCELLED
        return RunState.CANCELLED if cancelled and state is not RunState.DONE else state


def _taken(run: str) -> UsageError:
    return UsageError(
        "run-taken",
        f"The run {run} was gone on with by another process while this one was frozen; follow it "
        f"with `seenred logs {run} -f`.",
    )


def standing(run: Run, at_work: Callable[[str], bool]) -> Run:
    """The run as it stands: one whose process is gone was interrupted."""
    if run.state is RunState.RUNNING and not at_work(run.executor):
        return replace(run, state=RunState.INTERRUPTED, reason="its process was killed")
    return run


def refuse_at_work(run: Run) -> None:
    """Check that nobody works on the run.

    Raises:
        UsageError: `run-at-work`.
    """
    if not run.state.ended:
        process = run.executor.partition("-")[0]
        raise UsageError(
            "run-at-work",
            f"The run {run.id} is {run.state} (process {process}); follow it with `seenred logs "
            f"{run.id} -f`, or stop it with `seenred cancel {run.id}`.",
        )

"""Durable runs, wired: begun, gone on with and taken once more over the record of runs."""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seenred.bootstrap.budget import opened_ledger
from seenred.bootstrap.data import Records
from seenred.bootstrap.held_run import HeldRun
from seenred.bootstrap.recording import keep_call, recording_of
from seenred.bootstrap.workflow import TakenIn, WorkflowPerformance, ending, take_in
from seenred.config.settings import Settings, load_settings
from seenred.domain.event import Listener, Noted
from seenred.domain.iteration import StopReason
from seenred.domain.run import Run
from seenred.engine.commands import RunWorkflow
from seenred.engine.conductor import Conductor, Ended
from seenred.engine.ports import Engine, Performer, RunStopped, Steps
from seenred.errors import UsageError
from seenred.infrastructure.durable.event_record import EventRecord
from seenred.infrastructure.durable.shape import from_json, to_json
from seenred.infrastructure.durable.steps import RecordedSteps
from seenred.infrastructure.workspace.artifacts import fresh_folder
from seenred.infrastructure.workspace.own_artifacts import OwnArtifacts

if TYPE_CHECKING:  # what is slow to import is imported when it is needed
    from seenred.infrastructure.durable.dbos_engine import DbosEngine

WORKFLOW = "workflow"
# An event that only the record knows: a file that a run was about to write.
CLAIMED = "artifact-claimed"


def fresh_run() -> str:
    """Days and hours sort; the rest tells runs of one second apart."""
    return f"{time.strftime('%y%m%d-%H%M%S')}-{secrets.token_hex(2)}"


class DurableRuns:
    """Runs of this process."""

    def __init__(
        self, conductor: Conductor, records: Records, executor: str, listener: Listener
    ) -> None:
        self._conductor = conductor
        self._records = records
        self._executor = executor
        self._listener = listener
        self._prepared: dict[str, WorkflowPerformance] = {}

    async def begin(self, command: RunWorkflow, settings: Settings) -> Ended:
        """Run a workflow to its end.

        Raises:
            SeenredError: the input, the machine or the settings do not allow a run.
        """
        return await self._conductor.begin(*await self._asked(command, settings))

    async def enqueue(self, command: RunWorkflow, settings: Settings, queue: str) -> Run:
        """Put a run of a workflow on a queue.

        Raises:
            SeenredError: the input, the machine or the settings do not allow a run.
        """
        run, given = await self._asked(command, settings)
        # whoever performs it stands elsewhere
        run = replace(run, output=str(Path(run.output).absolute()))
        return await self._conductor.enqueue(run, given, queue)

    async def _asked(self, command: RunWorkflow, settings: Settings) -> tuple[Run, dict[str, Any]]:
        """A new run, and what it takes in."""
        taken = take_in(command)
        performance = WorkflowPerformance(settings)
        await performance.check(taken)
        folder = fresh_folder(command.output)
        if folder != command.output:
            told = f"{command.output} holds earlier results; writing to {folder}."
            self._listener(Noted(told))
        run = Run(
            id=fresh_run(),
            kind=WORKFLOW,
            name=command.workflow.name,
            subject=str(command.input),
            folder=str(Path.cwd()),
            output=str(folder),
            model=settings.model.name,
        )
        self._prepared[run.id] = performance
        return run, {"taken": to_json(taken, TakenIn), "settings": _recorded(settings)}

    async def resume(self, asked: str) -> Ended:
        """Go on with a run where its record ends, in its own folder.

        Raises:
            UsageError: there is no such run, it is at work or done, or its folder is gone.
        """
        run = workflow_run(self._records, asked)
        _go_to(run)
        return await self._conductor.resume(run)

    async def retry(self, asked: str, before: str | None) -> Ended:
        """Take a run once more, into a folder of its own.

        Raises:
            UsageError: there is no such run or step, it is at work, or its folder is gone.
        """
        origin = workflow_run(self._records, asked)
        _go_to(origin)
        folder = fresh_folder(Path(taken_in(self._records, origin.id).command.output))
        anew = Run(
            id=fresh_run(),
            kind=origin.kind,
            name=origin.name,
            subject=origin.subject,
            folder=origin.folder,
            output=str(folder),
            model=origin.model,
            origin=origin.id,
        )
        return await self._conductor.retry(origin, anew, before)

    async def perform(self, run: str, steps: Steps) -> Any:
        """Perform a run of a workflow; the performer of its kind.

        Raises:
            RunStopped: it was interrupted.
        """
        assert isinstance(
            steps, RecordedSteps
        )  # the engines of `infrastructure.durable` give those
        found, taken = self._records.runs.find(run), taken_in(self._records, run)
        performance = self._performance(run)
        recording = recording_of(performance.settings)
        held = HeldRun(self._records, run, self._conductor.generation(run))
        parts = (held, run, steps, self._executor, self._listener)
        events = EventRecord(*parts, kept=recording.event, told=recording.told)
        ledger = opened_ledger(performance.settings)
        ledger.kept, ledger.secrets = recording.answered, recording.secrets
        ledger.keep = partial(keep_call, self._records, run, recording, held.generation)
        try:
            data, outcome = await performance.perform(
                taken, self._artifacts(found, held), steps, events, ledger
            )
        finally:
            events.flush()
        result = {"ending": asdict(ending(data, outcome)), "report": data}
        if outcome.stopped is StopReason.INTERRUPTED:
            raise RunStopped(result)
        return result

    def _performance(self, run: str) -> WorkflowPerformance:
        prepared = self._prepared.pop(run, None)
        return prepared or WorkflowPerformance(settings_of(self._records, run))

    def _artifacts(self, run: Run, held: HeldRun) -> OwnArtifacts:
        def claim(name: str, sha256: str) -> None:
            data = {"name": name, "sha256": sha256}
            held.append(run.id, f"{name} {sha256}", time.time(), CLAIMED, data)

        written = claimed(self._records, run.id)
        return OwnArtifacts(Path(run.output), written, claim, held.generation)


def workflow_run(records: Records, asked: str) -> Run:
    """The run of that id.

    Raises:
        UsageError: there is none, or it is no run of a workflow: `run-of-cycles`.
    """
    run = records.runs.find(asked)
    if run.kind != WORKFLOW:
        raise UsageError(
            "run-of-cycles",
            f"The run {run.id} is one of cycles, which go on by themselves: run `seenred "
            f"{run.name}` again in {run.folder}.",
        )
    return run


def taken_in(records: Records, run: str) -> TakenIn:
    """What a run took in when it began."""
    taken: TakenIn = from_json(records.runs.given(run)["taken"], TakenIn)
    return taken


def settings_of(records: Records, run: str) -> Settings:
    """Those of a run over those of the folder where it was begun."""
    folder = Path(records.runs.find(run).folder)
    return load_settings(records.runs.given(run)["settings"], folder, os.environ)


def claimed(records: Records, run: str) -> dict[str, list[str]]:
    """What a run has written or was about to: sha256 of each text, by the names of the files."""
    found: dict[str, list[str]] = {}
    for event in records.events.after(run, most=1_000_000):
        if event.kind == CLAIMED:
            found.setdefault(event.data["name"], []).append(event.data["sha256"])
    return found


@asynccontextmanager
async def open_durable(records: Records, listener: Listener) -> AsyncIterator[DurableRuns]:
    """What performs runs in this process; lets go of everything at the end."""
    executor = records.executors.enter()
    held: list[DurableRuns] = []

    async def perform(run: str, steps: Steps) -> Any:
        return await held[0].perform(run, steps)

    try:
        async with open_engine(records, executor, {WORKFLOW: perform}) as engine:
            await engine.forget(records.executors.sweep())
            conductor = _conductor(records, executor, engine)
            held.append(DurableRuns(conductor, records, executor, listener))
            yield held[0]
    finally:
        records.executors.leave(executor)


@asynccontextmanager
async def open_engine(
    records: Records, executor: str = "", performers: Mapping[str, Performer] | None = None
) -> AsyncIterator[DbosEngine]:
    """The engine over the record; without performers it only looks and cancels."""
    from seenred.infrastructure.durable.dbos_engine import DbosEngine

    engine = DbosEngine(records.database, records.objects, executor, performers or {})
    try:
        yield engine
    finally:
        await engine.close()


async def cancel_run(records: Records, asked: str) -> Run:
    """Stop a run, wherever it is performed; returns it as it stands then.

    Raises:
        UsageError: there is no such run, or nobody works on it.
    """
    run = records.runs.find(asked)

    async def interrupt(_: str) -> None:
        # its lock says that the process is there, so the number is still its own
        if records.executors.at_work(run.executor):
            os.kill(int(run.executor.partition("-")[0]), signal.SIGINT)

    async with open_engine(records) as engine:
        stop = interrupt if run.kind != WORKFLOW else None
        return await _conductor(records, "", engine).cancel(run, stop)


def _conductor(records: Records, executor: str, engine: Engine) -> Conductor:
    return Conductor(engine, records.runs, executor, records.executors.at_work, time.time)


def _recorded(settings: Settings) -> dict[str, Any]:
    """The settings that decide how a run goes; where models and keys are is not recorded."""
    model, sandbox = settings.model, settings.sandbox
    return {
        "model": {"name": model.name, "reasoning": model.reasoning, "timeout": model.timeout},
        "sandbox": {
            "enabled": sandbox.enabled,
            "seconds": sandbox.seconds,
            "memory_mb": sandbox.memory_mb,
        },
        "records": {"model_calls": settings.records.model_calls},
    }


def _go_to(run: Run) -> None:
    """Stand where the user stood, for paths are as they gave them.

    Raises:
        UsageError: `run-folder-gone`.
    """
    try:
        os.chdir(run.folder)
    except OSError as error:
        raise UsageError(
            "run-folder-gone",
            f"The run {run.id} was begun in {run.folder}, which cannot be entered "
            f"({error.strerror}); put the folder back, or begin the run anew elsewhere.",
        ) from None

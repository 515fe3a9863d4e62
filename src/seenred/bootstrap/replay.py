"""A recorded run, performed again without a model, beside its record."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seenred.bootstrap.data import Records
from seenred.bootstrap.durable_run import claimed, open_engine, settings_of, taken_in, workflow_run
from seenred.bootstrap.recording import recording_of
from seenred.bootstrap.workflow import WorkflowPerformance
from seenred.domain.account import Amount
from seenred.domain.run import RecordedStep, Run
from seenred.engine.asking import Answered, Ledger, ReplyWithheld, RequestChanged
from seenred.engine.metering import Bill
from seenred.errors import UsageError
from seenred.infrastructure.durable.replay import RecordEnds, ReplayedSteps, SilentModel
from seenred.infrastructure.workspace.held_artifacts import HeldArtifacts
from seenred.referee.measure import Measurement

# What a clock shows, what a model says, and that a day was charged.
_RECALLED = (Answered, Measurement, float, bool)


class _CountedMeter:
    """A day that was counted when the run ran, and is not counted again."""

    async def charge(self, _: Amount) -> None:
        """Nothing."""

    @asynccontextmanager
    async def holding(self, _: Amount) -> AsyncIterator[Bill]:
        yield Bill()


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay showed.

    Attributes:
        steps: that were gone through.
        same: names of the artifacts that are the same, byte for byte.
        difference: the first one, in a sentence; "" when there is none.
        lines: of it, as a unified diff.
        unfinished: where the record of an interrupted run ends; "" of one that is done.
    """

    run: Run
    steps: int
    same: tuple[str, ...]
    difference: str = ""
    lines: tuple[str, ...] = ()
    unfinished: str = ""


async def replay_run(records: Records, asked: str, *, offline: bool) -> Replay:
    """Perform a run again from its recorded replies.

    Args:
        offline: take the results of all checks from the record too, and run nothing.

    Raises:
        UsageError: there is no such run, or it has recorded nothing, or no replies.
    """
    run = workflow_run(records, asked)
    async with open_engine(records) as engine:
        recorded = await engine.recorded(run.id)
    if not recorded:
        raise UsageError("run-empty", f"The run {run.id} has no recorded step to be replayed.")
    held = HeldArtifacts(run.output)
    steps = ReplayedSteps(recorded, records.objects, _RECALLED, offline=offline)
    try:
        await _perform(records, run, recorded, steps, held)
    except ReplyWithheld:
        raise
    except UsageError as error:
        seen = _compared(records, run, steps, held, error.message)
        # what was written before it came out otherwise is the first difference
        return seen if seen.difference else _ended(records, seen, error)
    return _compared(records, run, steps, held, "")


def _ended(records: Records, seen: Replay, error: UsageError) -> Replay:
    if isinstance(error, RecordEnds):
        return seen
    if not isinstance(error, RequestChanged):
        return replace(seen, difference=error.message)
    was = records.objects.recall(error.recorded)
    lines = _diff(_readable(was), _readable(error.asked)) if was else ()
    told = f"The step {error.step} asks the model something else."
    return replace(seen, difference=told, lines=lines)


async def _perform(
    records: Records,
    run: Run,
    recorded: Sequence[RecordedStep],
    steps: ReplayedSteps,
    held: HeldArtifacts,
) -> None:
    settings = settings_of(records, run.id)
    performance = WorkflowPerformance(settings)
    taken = taken_in(records, run.id)
    model = SilentModel(_model(records, run))
    charged = any(step.record.get("value") is True for step in recorded)
    ledger = Ledger(meter=_CountedMeter()) if charged else Ledger()
    ledger.secrets = recording_of(settings).secrets
    await performance.perform(taken, held, steps, lambda _: None, ledger, model)


def _model(records: Records, run: Run) -> str:
    """The model's whole name, as the run told it."""
    told = (e for e in records.events.after(run.id) if e.kind == "run-started")
    return next((event.data["model"] for event in told), run.model)


def _compared(
    records: Records, run: Run, steps: ReplayedSteps, held: HeldArtifacts, unfinished: str
) -> Replay:
    """The artifacts beside what the run has written, in their order."""
    written = claimed(records, run.id)
    same: list[str] = []
    for name, text in held.texts.items():
        if _sha256(text) not in written.get(name, ()):
            was = _read(Path(run.folder) / run.output / name)
            lines = _diff(was, text) if was is not None else ()
            told = f"{name} is another one than the run has written."
            return Replay(run, len(steps.names), tuple(same), told, lines)
        same.append(name)
    missing = [] if unfinished else [name for name in written if name not in held.texts]
    told = f"{missing[0]} is not written any more." if missing else ""
    return Replay(run, len(steps.names), tuple(same), told, unfinished=unfinished)


def _readable(request: str) -> str:
    """A request as lines: its settings, then what is said."""
    asked: dict[str, Any] = json.loads(request)
    said = asked.pop("messages")
    settings = [f"{name}: {json.dumps(value)}" for name, value in asked.items()]
    return "\n".join([*settings, *(f"{each['speaker']}: {each['text']}" for each in said)])


def _diff(was: str, now: str) -> tuple[str, ...]:
    found = difflib.unified_diff(was.splitlines(), now.splitlines(), "recorded", "now", lineterm="")
    return tuple(found)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""Cycles on record as a run: what happens in them, what they cost, how they end.

They are not gone on with from here: their own journal and their branch do that, at the next start.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from seenred.bootstrap.data import Records, open_records
from seenred.bootstrap.recording import keep_call
from seenred.domain.cycle_event import CycleListener
from seenred.domain.cycle_result import GoResult
from seenred.domain.run import ModelCall, Run, RunState
from seenred.engine.recording import Recording
from seenred.errors import SeenredError
from seenred.infrastructure.durable.event_record import EventRecord
from seenred.infrastructure.durable.steps import RecordedSteps

CYCLES = "cycles"


class CycleRecord:
    """The record of one command that runs cycles."""

    def __init__(
        self, records: Records, run: Run, steps: RecordedSteps, recording: Recording
    ) -> None:
        self._records = records
        self._recording = recording
        self._run = run
        self._steps = steps
        self._calls = 0
        self._tokens = 0
        self._cost = 0.0
        self._begun = now = time.time()
        records.runs.add(replace(run, state=RunState.RUNNING, created=now, started=now), {})

    def heard(self, listener: CycleListener) -> CycleListener:
        """A listener that records what it hears, and hands it on."""
        run, executor = self._run.id, self._run.executor
        parts = (self._records.events, run, self._steps, executor, listener)
        return EventRecord(*parts, kept=self._recording.event, told=self._recording.told)

    def keep(self, call: ModelCall, request: str) -> None:
        """Put a model's call on record."""
        self._calls += 1
        self._tokens += call.prompt_tokens + call.reply_tokens
        self._cost += call.cost
        keep_call(self._records, self._run.id, self._recording, None, call, request)

    def ended(self, result: GoResult) -> GoResult:
        """The command is over; returns what it gave."""
        endings = Counter(str(cycle.ending) for cycle in result.cycles)
        verdict = ", ".join(f"{count} {ending}" for ending, count in endings.items())
        self._end(RunState.DONE, verdict or "nothing to do", result.stopped, result.exit_code)
        return result

    def broke(self, error: BaseException) -> None:
        """It was refused, or interrupted."""
        if isinstance(error, SeenredError):
            self._end(RunState.DONE, "refused", error.message, error.exit_code)
        else:
            stopped = isinstance(error, asyncio.CancelledError)
            reason = "interrupted" if stopped else str(error)
            self._end(RunState.INTERRUPTED, "", reason, 130)

    def _end(self, state: RunState, verdict: str, reason: str, exit_code: int) -> None:
        cancelled = self._records.runs.find(self._run.id).state is RunState.CANCELLED
        kept = RunState.CANCELLED if cancelled and state is not RunState.DONE else state
        now = time.time()
        spent: dict[str, Any] = {"calls": self._calls, "tokens": self._tokens, "cost": self._cost}
        self._records.runs.change(
            self._run.id,
            state=kept,
            verdict=verdict,
            reason=reason,
            exit_code=int(exit_code),
            ended=now,
            seconds=now - self._begun,
            **spent,
        )


@contextmanager
def cycle_record(run: Run, steps: RecordedSteps, recording: Recording) -> Iterator[CycleRecord]:
    """The record of a run of cycles, which is at work until this is left.

    Raises:
        EnvironmentLacks: there can be no record here.
    """
    with open_records() as records:
        executor = records.executors.enter()
        try:
            record = CycleRecord(records, replace(run, executor=executor), steps, recording)
            try:
                yield record
            except BaseException as error:
                record.broke(error)
                raise
        finally:
            records.executors.leave(executor)

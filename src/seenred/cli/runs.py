"""`seenred runs`, `show`, `logs` and `cancel`."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.console import Console

from seenred.bootstrap.data import Records, open_records, recorded
from seenred.cli.run_view import show_run, show_runs
from seenred.domain.event import VersionRecorded
from seenred.domain.run import RecordedStep, Run, RunState
from seenred.engine.conductor import standing
from seenred.engine.records import StoredEvent
from seenred.errors import ExitCode

# Seconds between two looks at what another process does.
LOOK = 0.2


def list_runs(states: tuple[str, ...], most: int, as_json: bool) -> int:
    """The newest runs; makes no record where there is none."""
    found: list[Run] = []
    total = 0
    if recorded():
        with open_records() as records:
            asked = [RunState(state) for state in states]
            # one whose process was killed is on record as running
            looked = [*asked, RunState.RUNNING] if RunState.INTERRUPTED in asked else asked
            stand = [_standing(records, run) for run in records.runs.newest(looked, most)]
            found = [run for run in stand if not asked or run.state in asked]
            total = records.runs.count(looked)
    if as_json:
        print(json.dumps([asdict(run) for run in found], indent=2, ensure_ascii=False))
    else:
        show_runs(Console(highlight=False), found, total)
    return ExitCode.YES


def show(asked: str, as_json: bool) -> int:
    """One run with its steps, versions and calls."""
    with open_records() as records:
        run = _standing(records, records.runs.find(asked))
        steps = asyncio.run(_steps(records, run))
        versions = _versions(records, run)
        calls = records.calls.of(run.id)
    if as_json:
        told = {**asdict(run), "steps": [{"name": s.name, "seconds": s.seconds} for s in steps]}
        told["model_calls"] = [asdict(call) for call in calls]
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        show_run(Console(highlight=False), run, steps, versions)
    return ExitCode.YES


def logs(asked: str, follow: bool, as_json: bool) -> int:
    """What happened in a run, in order; with `follow` until it ends."""
    from seenred.cli.event_view import view_of

    with open_records() as records:
        run = records.runs.find(asked)
        tell, close = view_of(Console(highlight=False), run.kind, as_json)
        try:
            for event in _events(records, run, follow):
                tell(event)
        finally:
            close()
    return ExitCode.YES


def _events(records: Records, run: Run, follow: bool) -> Iterator[StoredEvent]:
    """The events of a run; to `follow` it waits for those to come."""
    seen = 0
    while True:
        ended = _standing(records, records.runs.find(run.id)).state.ended
        events = records.events.after(run.id, seen)
        yield from events
        if events:
            seen = events[-1].number
        elif ended or not follow:
            return
        else:
            time.sleep(LOOK)


def cancel(asked: str) -> int:
    """Stop a run, wherever it is performed."""
    from seenred.bootstrap.durable_run import cancel_run

    with open_records() as records:
        run = asyncio.run(cancel_run(records, asked))
    Console(highlight=False, soft_wrap=True).print(
        f"{run.id} is cancelled; what it has is kept · go on: [bold]seenred resume {run.id}[/]"
    )
    return ExitCode.YES


def _standing(records: Records, run: Run) -> Run:
    return standing(run, records.executors.at_work)


async def _steps(records: Records, run: Run) -> list[RecordedStep]:
    from seenred.bootstrap.durable_run import open_engine

    async with open_engine(records) as engine:
        return await engine.recorded(run.id)


def _versions(records: Records, run: Run) -> list[VersionRecorded]:
    from seenred.infrastructure.durable.event_record import event_of

    heard: list[Any] = [event_of(each) for each in records.events.after(run.id, most=1_000_000)]
    return [event for event in heard if isinstance(event, VersionRecorded)]

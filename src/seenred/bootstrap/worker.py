"""A process that takes queued runs, and those of workers that are gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from seenred.bootstrap.data import Records
from seenred.bootstrap.durable_run import WORKFLOW, DurableRuns, open_engine
from seenred.domain.run import Run
from seenred.engine.conductor import Conductor
from seenred.engine.ports import Performer, Steps

# Seconds between two looks for workers that are gone.
SWEEP = 2.0


async def work(records: Records, queue: str, most: int, tell: Callable[[Run], object]) -> None:
    """Perform the runs of a queue until this is cancelled; what was at work goes back on it then.

    Args:
        most: so many at a time.
        tell: gets each run when it begins, and when it is over.
    """
    executor = records.executors.enter()
    held: list[Performer] = []

    async def perform(run: str, steps: Steps) -> Any:
        return await held[0](run, steps)

    try:
        async with open_engine(records, executor, {WORKFLOW: perform}) as engine:
            at_work = records.executors.at_work
            conductor = Conductor(engine, records.runs, executor, at_work, time.time)
            runs = DurableRuns(conductor, records, executor, lambda _: None)
            held.append(conductor.worked(runs.perform, tell))
            await engine.forget(records.executors.sweep())
            try:
                await _first_of(engine.work(queue, most), _sweep(conductor))
            finally:
                await conductor.give_back()
    finally:
        records.executors.leave(executor)


async def _first_of(*endless: Coroutine[Any, Any, None]) -> None:
    """Until one of them fails, or this is cancelled; none is left."""
    tasks = [asyncio.ensure_future(each) for each in endless]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _sweep(conductor: Conductor) -> None:
    while True:
        await conductor.take_over()
        await asyncio.sleep(SWEEP)

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
from seenred.infrastructure.database.refusal import Server, away
from seenred.infrastructure.durable.dbos_engine import DbosEngine

# Seconds between two looks for workers that are gone, and between two tries to begin again.
SWEEP, AGAIN = 2.0, 1.0
# So many looks between two for runs that are on no queue.
MENDING = 4


class Worker:
    """Performs the runs of a queue.

    Args:
        most: so many at a time.
        tell: gets each run when it begins, and when it is over.
        say: gets what else a person should know: the database is away, others took this for dead.
    """

    def __init__(
        self,
        records: Records,
        queue: str,
        most: int,
        tell: Callable[[Run], object],
        say: Callable[[str], object],
    ) -> None:
        self._records = records
        self._queue = queue
        self._most = most
        self._tell = tell
        self._say = say

    async def work(self) -> None:
        """Until this is cancelled; what was at work goes back on its queue then."""
        place = self._records.place
        if isinstance(place, Server):
            place.listener = self._say
        while True:
            try:
                await self._life()
                self._say("This worker was frozen and others took its runs; beginning anew.")
            except Exception as error:
                if not away(place, error):
                    raise
            await asyncio.sleep(AGAIN)

    async def _life(self) -> None:
        """Under one name; ends when others have declared it dead, for no name comes back."""
        loop, lost = asyncio.get_running_loop(), asyncio.Event()
        executors = self._records.executors
        executor = executors.enter(lambda: loop.call_soon_threadsafe(lost.set))
        held: list[Performer] = []

        async def perform(run: str, steps: Steps) -> Any:
            return await held[0](run, steps)

        try:
            async with open_engine(self._records, executor, {WORKFLOW: perform}) as engine:
                parts = (engine, self._records.runs, executor, executors.present, time.time)
                conductor = Conductor(*parts)
                runs = DurableRuns(conductor, self._records, executor, lambda _: None)
                held.append(conductor.worked(runs.perform, self._tell))
                await engine.forget(executors.sweep())
                try:
                    sweeping = self._sweep(conductor, engine)
                    await _first_of(engine.work(self._queue, self._most), sweeping, lost.wait())
                finally:
                    await conductor.give_back()
        finally:
            executors.leave(executor)

    async def _sweep(self, conductor: Conductor, engine: DbosEngine) -> None:
        """Look for workers that are gone, again and again; what is missed is seen next time."""
        number = 0
        while True:
            number += 1
            try:
                with self._records.executors.burying() as buried:
                    if buried is not None:
                        await engine.forget([*buried, *self._records.executors.sweep()])
                        await conductor.take_over()
                        if number % MENDING == 0:
                            await conductor.mend()
            except Exception as error:
                if not away(self._records.place, error):
                    raise
            await asyncio.sleep(SWEEP)


async def work(
    records: Records,
    queue: str,
    most: int,
    tell: Callable[[Run], object],
    say: Callable[[str], object] = lambda _: None,
) -> None:
    """Perform the runs of a queue until this is cancelled; as of `Worker`."""
    await Worker(records, queue, most, tell, say).work()


async def _first_of(*endless: Coroutine[Any, Any, object]) -> None:
    """Until one of them ends or fails, or this is cancelled; none is left."""
    tasks = [asyncio.ensure_future(each) for each in endless]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

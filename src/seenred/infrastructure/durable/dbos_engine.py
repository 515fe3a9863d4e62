"""The durable engine: DBOS Transact over the database of runs. No other module names it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, EnqueueOptions, SetWorkflowID, WorkflowStatus
from dbos import error as dbos_error

from seenred.domain.run import RecordedStep
from seenred.engine.ports import Performer
from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.durable.dbos_steps import DbosLedger, JsonSerializer
from seenred.infrastructure.durable.steps import Objects, RecordedSteps, step_unknown

APPLICATION = "seenred"
# The same for all versions that record the same steps; another one would strand what is pending.
VERSION = "1"
WORKFLOW = "seenred.run"
# A queue that nobody looks at: its runs wait until they are gone on with.
NOWHERE = "nowhere"
# Seconds between two looks at the queue of this process, and at one that workers share.
POLL, IDLE = 0.02, 0.1


class DbosEngine:
    """Performs runs in this process; one engine at a time.

    Args:
        database: of the runs.
        executor: this process, as no other is named.
        performers: what performs the runs of each kind.
    """

    def __init__(
        self,
        database: sa.Engine,
        objects: Objects,
        executor: str,
        performers: Mapping[str, Performer],
    ) -> None:
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        self._database = database
        self._objects = objects
        self._executor = executor
        self._performers = performers
        self._client: DBOSClient | None = None
        self._launched = False
        self._ended: dict[str, asyncio.Future[Any]] = {}
        self._tasks: dict[str, asyncio.Task[Any]] = {}

    async def run(self, run: str, kind: str) -> Any:
        """Perform a run, or go on where its record ends; of one that is done, its result.

        Raises:
            Exception: what the performer raised; the run can be gone on with.
        """
        status = await asyncio.to_thread(self._status, run)
        if status is not None and status.status == "SUCCESS":
            return status.output
        await self._launch(self._queue)
        ended = self._ended[run] = asyncio.get_running_loop().create_future()
        if status is None:
            with SetWorkflowID(run):
                await DBOS.enqueue_workflow_async(self._queue, self._perform, kind)
        else:
            await asyncio.to_thread(self._again, run, self._queue)
        return await self._until(run, ended)

    async def enqueue(self, run: str, kind: str, queue: str) -> None:
        """Put a run on a queue; one that was begun goes on where its record ends."""
        if await asyncio.to_thread(self._status, run) is not None:
            await asyncio.to_thread(self._again, run, _shared(queue))
            return
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": _shared(queue),
            "workflow_id": run,
            "app_version": VERSION,
        }
        await self._opened.enqueue_async(options, kind)

    async def work(self, queue: str, most: int) -> None:
        """Perform the runs of a queue, at most so many at a time, until this is cancelled."""
        await self._opened.register_queue_async(
            _shared(queue), worker_concurrency=most, polling_interval_sec=IDLE
        )
        await self._launch(self._queue, _shared(queue))
        try:
            await asyncio.Event().wait()
        finally:
            at_work = [*self._tasks.values()]
            for task in at_work:
                task.cancel()
            await asyncio.gather(*at_work, return_exceptions=True)

    async def cancel(self, run: str) -> None:
        """Whoever works on it stops within a second or two; what is recorded stays.

        Raises:
            UsageError: `run-unknown`.
        """
        if await asyncio.to_thread(self._status, run) is None:
            raise UsageError("run-unknown", f'There is no run "{run}".')
        await self._opened.cancel_workflow_async(run)

    async def copy(self, origin: str, run: str, before: str) -> None:
        """Begin `run` with what the steps of `origin` gave before the one of that name.

        Raises:
            UsageError: `step-unknown`, with the names that there are.
        """
        steps = await asyncio.to_thread(self._steps, origin)
        names = [name for _, name in steps]
        if before not in names:
            raise step_unknown(origin, before, names)
        number = steps[names.index(before)][0]
        with SetWorkflowID(run):
            await asyncio.to_thread(
                self._opened.fork_workflow,
                origin,
                number,
                application_version=VERSION,
                queue_name=NOWHERE,
            )

    async def stranded(self, runs: Sequence[str], present: Callable[[str], bool]) -> list[str]:
        """Those of queued runs that no queue holds and nobody who is present has taken from one."""
        if not runs:
            return []
        found = await self._opened.list_workflows_async(
            workflow_ids=[*runs], load_input=False, load_output=False
        )
        kept = {
            each.workflow_id
            for each in found
            if each.status in ("ENQUEUED", "DELAYED")
            or (each.status == "PENDING" and present(each.executor_id or ""))
        }
        return [run for run in runs if run not in kept]

    async def recorded(self, run: str) -> list[RecordedStep]:
        """The steps that are recorded, in order."""
        steps = await self._opened.list_workflow_steps_async(run)
        return [RecordedStep(s["function_name"], s["output"] or {}) for s in steps]

    async def forget(self, executors: Iterable[str]) -> None:
        """Remove what processes that are gone have left for themselves."""
        for each in executors:
            await self._opened.delete_queue_async(_queue_of(each))

    async def close(self) -> None:
        """Let go of everything; a run that is at work is left to be gone on with."""
        for task in self._tasks.values():
            task.cancel()
        if self._launched:
            with contextlib.suppress(sa.exc.DBAPIError):  # the server is away; who sweeps does it
                await asyncio.to_thread(self._opened.delete_queue, self._queue)
            await asyncio.to_thread(DBOS.destroy, destroy_registry=True)
            # DBOS had put its own threads in the place of the loop's, and they are gone now
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
            self._launched = False
        if self._client is not None:
            self._client.destroy()
            self._client = None

    @property
    def _queue(self) -> str:
        """Of this process alone: a run goes on where a person asked for it."""
        return _queue_of(self._executor)

    @property
    def _opened(self) -> DBOSClient:
        if self._client is None:
            self._client = DBOSClient(
                system_database_engine=self._database,
                serializer=JsonSerializer(),
                application_name=APPLICATION,
                lazy=True,
                retry_connection_errors=False,  # steps wait for a server; who asks is told
            )
        return self._client

    async def _launch(self, *queues: str) -> None:
        if self._launched:
            return
        # before the launch, or DBOS takes a second to notice it
        await self._opened.register_queue_async(self._queue, polling_interval_sec=POLL)
        DBOS(
            config={
                "name": APPLICATION,
                # its beginning decides which SQL is spoken; the engine is what connects
                "system_database_url": f"{self._database.dialect.name}:///given-as-engine",
                "system_database_engine": self._database,
                "application_version": VERSION,
                "executor_id": self._executor,
                "serializer": JsonSerializer(),
                "run_migrations": False,
                "log_level": "CRITICAL",
                "notification_listener_polling_interval_sec": 0.2,
            }
        )
        DBOS.listen_queues(queues)
        self._perform = DBOS.workflow(name=WORKFLOW)(self._performing())
        try:
            DBOS.launch()
        except dbos_error.DBOSInitializationError as error:
            raise EnvironmentLacks(
                "database-older",
                f"The record of runs has older tables than DBOS needs ({error}); run "
                "`seenred db upgrade`.",
            ) from None
        self._launched = True

    def _performing(self) -> Any:
        async def perform(kind: str) -> Any:
            return await self._performed(str(DBOS.workflow_id), kind)

        return perform

    async def _performed(self, run: str, kind: str) -> Any:
        """The run, as DBOS performs it; what is raised leaves it open, and goes to who waits."""
        task = asyncio.current_task()
        assert task is not None  # DBOS performs a coroutine as a task
        self._tasks[run] = task
        ended = self._ended.get(run)
        try:
            steps = RecordedSteps(DbosLedger(), self._objects)
            result = await self._performers[kind](run, steps)
        except BaseException as error:
            if ended is not None:
                _tell(ended, error)
            raise asyncio.CancelledError from error
        finally:
            del self._tasks[run]
        if ended is not None:
            # DBOS records the result after this returned; who waits is told when it has
            task.add_done_callback(lambda _: None if ended.done() else ended.set_result(result))
        return result

    async def _until(self, run: str, ended: asyncio.Future[Any]) -> Any:
        try:
            return await asyncio.shield(ended)
        except asyncio.CancelledError:
            if ended.done():
                raise
            task = self._tasks.get(run)
            if task is None:
                raise
            task.cancel()
            return await ended

    def _again(self, run: str, queue: str) -> None:
        """Put it on a queue, without the steps after the first that has no record."""
        there = {number for number, _ in self._steps(run)}
        missing = next(n for n in range(1, len(there) + 2) if n not in there)
        self._opened.cancel_workflow(run)  # only what has ended can be rewound
        self._opened.rewind_workflow(
            run, start_step=missing, queue_name=queue, application_version=VERSION
        )

    def _status(self, run: str) -> WorkflowStatus | None:
        found = self._opened.list_workflows(workflow_ids=[run])
        return found[0] if found else None

    def _steps(self, run: str) -> list[tuple[int, str]]:
        found = self._opened.list_workflow_steps(run, load_output=False)
        return [(step["function_id"], step["function_name"]) for step in found]


def _shared(queue: str) -> str:
    return f"runs:{queue}"


def _queue_of(executor: str) -> str:
    return f"here:{executor}"


def migrate(database: sa.Engine) -> None:
    """Make or renew the tables of DBOS; before any client looks at them."""
    logging.getLogger("dbos").setLevel(logging.CRITICAL)
    DBOS.migrate(database.url.render_as_string(hide_password=False))


def _tell(ended: asyncio.Future[Any], error: BaseException) -> None:
    if ended.done():
        return
    if isinstance(error, asyncio.CancelledError):
        ended.cancel()
    else:
        ended.set_exception(error)

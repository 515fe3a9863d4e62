"""What every engine promises, in memory and over DBOS."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from durable_engine import DbosEngines, MemoryEngines

from seenred.engine.ports import Engine, Steps
from seenred.errors import ModelFailed, UsageError
from seenred.infrastructure.database.postgres import open_postgres


@pytest.fixture(params=[MemoryEngines, DbosEngines, "postgresql"])
def engines(request, tmp_path):
    if request.param != "postgresql":
        yield request.param(tmp_path)
        return
    database, _ = open_postgres(request.getfixturevalue("postgres_url"))
    yield DbosEngines(tmp_path, database)
    database.dispose()


class Work:
    """A run of some steps; what they do can be set from one process to the next."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.done: list[str] = []
        self.failing: dict[str, BaseException] = {}
        self.waiting: str = ""
        self.reached = asyncio.Event()

    async def __call__(self, _: str, steps: Steps) -> Any:
        return {name: await steps.run(name, self._step(name), str) for name in self.names}

    def _step(self, name: str) -> Callable[[], Awaitable[str]]:
        async def step() -> str:
            if name in self.failing:
                raise self.failing[name]
            if name == self.waiting:
                self.reached.set()
                await asyncio.Event().wait()
            self.done.append(name)
            return name.upper()

        return step


def process(engines, work, use: Callable[[Engine], Awaitable[Any]]) -> Any:
    """What one process does with an engine."""

    async def main() -> Any:
        engine = engines.open({"work": work})
        work.reached = asyncio.Event()
        try:
            return await use(engine)
        finally:
            await engine.close()

    return asyncio.run(main())


def performed(engines, work, run: str = "r1") -> Any:
    return process(engines, work, lambda engine: engine.run(run, "work"))


def test_a_run_performs_its_steps_in_order_and_gives_its_result(engines):
    work = Work("a", "b")
    assert {"a": "A", "b": "B"} == performed(engines, work)
    assert ["a", "b"] == work.done


def test_a_run_that_is_done_gives_its_result_again_and_performs_nothing(engines):
    work = Work("a")
    assert {"a": "A"} == performed(engines, work) == performed(engines, work)
    assert ["a"] == work.done


def test_a_run_goes_on_where_its_record_ends(engines):
    work = Work("a", "b", "c")
    work.failing["b"] = ModelFailed("model-failed", "gone")
    with pytest.raises(ModelFailed, match="gone"):
        performed(engines, work)
    work.failing.clear()
    assert {"a": "A", "b": "B", "c": "C"} == performed(engines, work)
    assert ["a", "b", "c"] == work.done


def test_what_was_done_after_a_failed_step_is_done_again(engines):
    """A run that lost its model still judges what it has; with the model it goes another way."""

    class Hurried(Work):
        async def __call__(self, _: str, steps: Steps) -> Any:
            try:
                return await super().__call__(_, steps)
            except ModelFailed:
                await steps.run("last", self._step("last"), str)
                raise

    work = Hurried("a", "b")
    work.failing["b"] = ModelFailed("model-failed", "gone")
    with pytest.raises(ModelFailed):
        performed(engines, work)
    work.failing.clear()
    assert {"a": "A", "b": "B"} == performed(engines, work)
    assert ["a", "last", "b"] == work.done


def test_a_run_that_is_stopped_in_a_step_performs_it_again(engines):
    work = Work("a", "b")
    work.waiting = "b"

    async def stopped(engine: Engine) -> Any:
        task = asyncio.ensure_future(engine.run("r1", "work"))
        await work.reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return [step.name for step in await engine.recorded("r1")]

    assert ["a"] == process(engines, work, stopped)
    work.waiting = ""
    assert {"a": "A", "b": "B"} == performed(engines, work)
    assert ["a", "b"] == work.done


def test_a_performer_that_is_stopped_may_still_say_what_it_has(engines):
    class Telling(Work):
        async def __call__(self, _: str, steps: Steps) -> Any:
            try:
                return await super().__call__(_, steps)
            except asyncio.CancelledError:
                raise UsageError("stopped", f"{len(self.done)} steps are done") from None

    work = Telling("a", "b")
    work.waiting = "b"

    async def stopped(engine: Engine) -> None:
        task = asyncio.ensure_future(engine.run("r1", "work"))
        await work.reached.wait()
        task.cancel()
        with pytest.raises(UsageError, match="1 steps are done"):
            await task

    process(engines, work, stopped)


def test_a_cancelled_run_stops_in_its_step_and_can_be_gone_on_with(engines):
    work = Work("a", "b")
    work.waiting = "b"

    async def cancelled(engine: Engine) -> None:
        task = asyncio.ensure_future(engine.run("r1", "work"))
        await work.reached.wait()
        await engine.cancel("r1")
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 20)

    process(engines, work, cancelled)
    work.waiting = ""
    assert {"a": "A", "b": "B"} == performed(engines, work)
    assert ["a", "b"] == work.done


def test_an_unknown_run_cannot_be_cancelled(engines):
    with pytest.raises(UsageError, match="no run"):
        process(engines, Work(), lambda engine: engine.cancel("r9"))


def test_a_run_that_would_take_another_step_than_it_took_is_refused(engines):
    work = Work("a", "b")
    work.failing["b"] = ModelFailed("model-failed", "gone")
    with pytest.raises(ModelFailed):
        performed(engines, work)
    with pytest.raises(UsageError, match="does not do what the run has recorded"):
        performed(engines, Work("other", "b"))


def test_a_copy_begins_with_the_steps_before_the_one_that_is_named(engines):
    work = Work("a", "b", "c")
    performed(engines, work)
    work.done.clear()

    async def copied(engine: Engine) -> Any:
        await engine.copy("r1", "r2", "b")
        return await engine.run("r2", "work")

    assert {"a": "A", "b": "B", "c": "C"} == process(engines, work, copied)
    assert ["b", "c"] == work.done


def test_a_copy_from_a_step_that_is_not_there_names_those_that_are(engines):
    performed(engines, Work("a", "b"))
    with pytest.raises(UsageError, match='no step "x"; it has: a, b'):
        process(engines, Work(), lambda engine: engine.copy("r1", "r2", "x"))


async def settled(work: Work, count: int) -> None:
    """Until so many steps are done."""
    while len(work.done) < count:
        await asyncio.sleep(0.02)


def test_queued_runs_are_performed_by_whoever_works_on_their_queue(engines):
    work = Work("a", "b")

    async def enqueued(engine: Engine) -> None:
        for run in ("r1", "r2"):
            await engine.enqueue(run, "work", "q")

    async def working(engine: Engine) -> Any:
        task = asyncio.ensure_future(engine.work("q", 2))
        await asyncio.wait_for(settled(work, 4), 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    process(engines, work, enqueued)
    assert [] == work.done
    process(engines, work, working)
    assert Counter(["a", "b"] * 2) == Counter(work.done)
    assert {"a": "A", "b": "B"} == performed(engines, work, "r2")
    assert 4 == len(work.done)


def test_a_worker_that_ends_leaves_its_run_to_the_next(engines):
    work = Work("a", "b")
    work.waiting = "b"

    async def ended(engine: Engine) -> None:
        await engine.enqueue("r1", "work", "q")
        task = asyncio.ensure_future(engine.work("q", 1))
        await asyncio.wait_for(work.reached.wait(), 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await engine.enqueue("r1", "work", "q")

    async def next_one(engine: Engine) -> None:
        task = asyncio.ensure_future(engine.work("q", 1))
        await asyncio.wait_for(settled(work, 2), 30)
        task.cancel()

    process(engines, work, ended)
    work.waiting = ""
    process(engines, work, next_one)
    assert ["a", "b"] == work.done


def test_a_process_that_has_closed_an_engine_opens_another(engines):
    work = Work("a")

    async def main() -> list[Any]:
        results = []
        for run in ("r1", "r2"):
            engine = engines.open({"work": work})
            results.append(await engine.run(run, "work"))
            await engine.close()
        return results

    assert [{"a": "A"}, {"a": "A"}] == asyncio.run(main())


def test_a_queued_run_is_stranded_once_who_took_it_is_gone(engines):
    work = Work("a")
    work.waiting = "a"

    async def killed(engine: Engine) -> None:
        await engine.enqueue("r1", "work", "q")
        assert [] == await engine.stranded(["r1"], lambda _: False)
        assert ["r2"] == await engine.stranded(["r2"], lambda _: True)
        task = asyncio.ensure_future(engine.work("q", 1))
        await work.reached.wait()
        assert [] == await engine.stranded(["r1"], lambda _: True)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def found(engine: Engine) -> list[str]:
        return await engine.stranded(["r1"], lambda _: False)

    process(engines, work, killed)
    assert ["r1"] == process(engines, work, found)

"""The record of a run is true whatever becomes of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from seenred.domain.run import Run, RunState, the_run
from seenred.engine.conductor import Conductor, standing
from seenred.engine.ports import RunStopped, Steps
from seenred.engine.records import RunTaken
from seenred.errors import ModelFailed, UsageError
from seenred.infrastructure.durable.memory import MemoryEngine, MemoryRecord, MemorySteps

RUN = Run("r1", "work", "development", "p.txt", "/")
ENDING = {"verdict": "solved", "reason": "all pass", "exit_code": 0, "seconds": 2.0}
RESULT = {"ending": ENDING}


class MemoryRuns:
    """Runs as a dictionary."""

    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}
        self.asked: dict[str, Any] = {}
        self.buried: set[str] = set()

    def add(self, run: Run, given: Any) -> None:
        self.runs[run.id] = run
        self.asked[run.id] = given

    def change(self, run: str, **fields: Any) -> None:
        self.runs[run] = replace(self.runs[run], **fields)

    def swap(self, run: str, was: str, /, **fields: Any) -> bool:
        if self.runs[run].executor != was:
            return False
        self.change(run, generation=self.runs[run].generation + 1, **fields)
        return True

    def claim(self, run: str, executor: str, /, **fields: Any) -> int | None:
        if executor in self.buried:
            return None
        self.swap(run, self.runs[run].executor, executor=executor, **fields)
        return self.runs[run].generation

    def settle(self, run: str, generation: int, /, **fields: Any) -> bool:
        if self.runs[run].generation != generation:
            return False
        self.change(run, **fields)
        return True

    def newest(self, states: Any = (), most: int = 20) -> list[Run]:
        return [run for run in self.runs.values() if run.state in states][:most]

    def find(self, asked: str) -> Run:
        return self.runs[the_run(asked, list(self.runs))]

    def given(self, run: str) -> Any:
        return self.asked[run]


class Desk:
    """A conductor whose runs do what is set here."""

    def __init__(self) -> None:
        self.runs = MemoryRuns()
        self.record = MemoryRecord()
        self.does: list[Any] = [RESULT]
        self.alive = {"here"}
        self.clock = 0.0

    async def perform(self, _: str, steps: Steps) -> Any:
        await steps.run("a", self._step, int)
        does = self.does.pop(0)
        if isinstance(does, BaseException):
            raise does
        return await does() if callable(does) else does

    async def _step(self) -> int:
        return 1

    def conductor(self) -> Conductor:
        engine = MemoryEngine(self.record, {"work": self.perform})
        return Conductor(engine, self.runs, "here", self.alive.__contains__, self._now)

    def _now(self) -> float:
        self.clock += 1.0
        return self.clock


@pytest.fixture
def desk():
    return Desk()


def test_a_run_is_begun_performed_and_done(desk):
    ended = asyncio.run(desk.conductor().begin(RUN, {"input": 1}))
    assert RESULT == ended.result
    assert replace(
        RUN,
        state=RunState.DONE,
        executor="here",
        created=1.0,
        started=2.0,
        ended=3.0,
        verdict="solved",
        reason="all pass",
        exit_code=0,
        seconds=2.0,
        generation=1,
    ) == desk.runs.find("r1")
    assert {"input": 1} == desk.runs.given("r1")


def test_a_run_that_stops_says_what_it_has_and_can_be_gone_on_with(desk):
    desk.does = [RunStopped({"ending": {**ENDING, "exit_code": 130}}), RESULT]
    stopped = asyncio.run(desk.conductor().begin(RUN, {}))
    assert (RunState.INTERRUPTED, 130) == (stopped.run.state, stopped.run.exit_code)
    resumed = asyncio.run(desk.conductor().resume(stopped.run))
    assert (RunState.DONE, 2.0) == (resumed.run.state, resumed.run.started)


def test_a_run_that_breaks_is_interrupted_for_that_reason(desk):
    desk.does = [ModelFailed("model-failed", "The model is gone.")]
    with pytest.raises(ModelFailed):
        asyncio.run(desk.conductor().begin(RUN, {}))
    run = desk.runs.find("r1")
    assert (RunState.INTERRUPTED, "The model is gone.", 3) == (run.state, run.reason, run.exit_code)


def test_a_run_whose_process_was_killed_can_be_gone_on_with(desk):
    desk.runs.add(replace(RUN, state=RunState.RUNNING, executor="9-dead"), {})
    run = desk.runs.find("r1")
    assert RunState.INTERRUPTED is standing(run, desk.alive.__contains__).state
    assert RunState.DONE is asyncio.run(desk.conductor().resume(run)).run.state


def test_a_run_that_another_process_performs_is_left_to_it(desk):
    desk.alive.add("77-other")
    desk.runs.add(replace(RUN, state=RunState.RUNNING, executor="77-other"), {})
    with pytest.raises(UsageError, match=r"process 77.*seenred logs r1 -f"):
        asyncio.run(desk.conductor().resume(desk.runs.find("r1")))


def test_a_run_that_is_done_is_not_gone_on_with(desk):
    done = asyncio.run(desk.conductor().begin(RUN, {})).run
    with pytest.raises(UsageError, match="seenred retry r1"):
        asyncio.run(desk.conductor().resume(done))
    with pytest.raises(UsageError, match="is done already"):
        asyncio.run(desk.conductor().cancel(done))


def test_a_run_that_is_cancelled_at_work_stops_and_stays_cancelled(desk):
    async def main() -> Run:
        conductor, at_work = desk.conductor(), asyncio.Event()

        async def wait() -> None:
            at_work.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise RunStopped(RESULT) from None

        desk.does = [wait]
        task = asyncio.ensure_future(conductor.begin(RUN, {}))
        await at_work.wait()
        await conductor.cancel(desk.runs.find("r1"))
        return (await task).run

    assert RunState.CANCELLED is asyncio.run(main()).state
    desk.does = [RESULT]
    assert RunState.DONE is asyncio.run(desk.conductor().resume(desk.runs.find("r1"))).run.state


def test_a_run_is_taken_once_more_as_one_of_its_own(desk):
    origin = asyncio.run(desk.conductor().begin(RUN, {"input": 1})).run
    desk.does = [RESULT]
    again = replace(RUN, id="r2", origin="r1")
    ended = asyncio.run(desk.conductor().retry(origin, again, "a"))
    assert ("r1", RunState.DONE) == (ended.run.origin, ended.run.state)
    assert {"input": 1} == desk.runs.given("r2")
    with pytest.raises(UsageError, match='no step "b"'):
        asyncio.run(desk.conductor().retry(origin, replace(RUN, id="r3"), "b"))


def queued(desk, executor: str, takeovers: int = 0) -> Run:
    """A run that a worker of that name had begun."""
    run = replace(RUN, state=RunState.RUNNING, executor=executor, queue="q", takeovers=takeovers)
    desk.runs.add(run, {})
    return run


def test_the_queued_run_of_a_dead_worker_goes_back_on_its_queue(desk):
    queued(desk, "9-dead")
    asyncio.run(desk.conductor().take_over())
    run = desk.runs.find("r1")
    assert (RunState.QUEUED, 1) == (run.state, run.takeovers)
    assert [("r1", "work")] == desk.record.queued["q"]


def test_a_run_at_work_and_one_that_nobody_queued_are_not_taken_over(desk):
    queued(desk, "here")
    desk.runs.add(replace(RUN, id="r2", state=RunState.RUNNING, executor="9-dead"), {})
    asyncio.run(desk.conductor().take_over())
    assert {} == desk.record.queued
    assert RunState.RUNNING is desk.runs.find("r2").state


def test_a_run_that_is_taken_over_by_another_worker_meanwhile_is_left_to_it(desk, monkeypatch):
    queued(desk, "9-dead")
    monkeypatch.setattr(desk.runs, "swap", lambda *_, **__: False)
    asyncio.run(desk.conductor().take_over())
    assert {} == desk.record.queued


def test_a_run_whose_process_died_too_often_is_done_with_that_reason(desk):
    queued(desk, "9-dead", takeovers=3)
    asyncio.run(desk.conductor().take_over())
    run = desk.runs.find("r1")
    assert ("failed", "its process died 4 times", 3) == (run.verdict, run.reason, run.exit_code)
    assert {} == desk.record.queued


def test_a_worked_run_is_told_when_it_begins_and_when_it_is_over(desk):
    told: list[tuple[RunState, str]] = []

    async def main() -> None:
        conductor = desk.conductor()
        worked = conductor.worked(desk.perform, lambda run: told.append((run.state, run.executor)))
        engine = MemoryEngine(desk.record, {"work": worked})
        await conductor.enqueue(RUN, {}, "q")
        task = asyncio.ensure_future(engine.work("q", 1))
        while len(told) < 2:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(main())
    assert [(RunState.RUNNING, "here"), (RunState.DONE, "here")] == told


def test_a_worker_that_ends_gives_back_what_it_had_begun(desk):
    queued(desk, "here")
    desk.runs.change("r1", state=RunState.INTERRUPTED)
    asyncio.run(desk.conductor().give_back())
    assert RunState.QUEUED is desk.runs.find("r1").state
    assert [("r1", "work")] == desk.record.queued["q"]


def test_a_worker_that_was_taken_for_dead_begins_and_ends_nothing(desk):
    told: list[RunState] = []

    async def stolen() -> Any:
        desk.runs.swap("r1", "here", executor="other")
        return RESULT

    async def main() -> None:
        worked = desk.conductor().worked(desk.perform, lambda run: told.append(run.state))
        with pytest.raises(RunTaken):
            await worked("r1", MemorySteps())

    queued(desk, "")
    desk.does = [stolen]
    asyncio.run(main())
    assert ("other", RunState.RUNNING) == (
        desk.runs.find("r1").executor,
        desk.runs.find("r1").state,
    )
    assert [RunState.RUNNING] == told
    desk.runs.buried.add("here")
    asyncio.run(main())
    assert [RunState.RUNNING] == told


def test_a_command_that_was_frozen_while_its_run_went_on_elsewhere_says_so(desk):
    async def stolen() -> Any:
        desk.runs.swap("r1", "here", executor="other")
        raise RunTaken

    desk.does = [stolen]
    with pytest.raises(UsageError, match="while this one was frozen"):
        asyncio.run(desk.conductor().begin(RUN, {}))


def test_a_queued_run_that_no_queue_holds_is_put_on_its_queue(desk):
    conductor = desk.conductor()
    desk.runs.add(replace(RUN, queue="q"), {})
    for _ in range(2):
        asyncio.run(conductor.mend())
        assert {} == desk.record.queued
    asyncio.run(conductor.mend())
    assert [("r1", "work")] == desk.record.queued["q"]


def test_a_clock_that_jumps_back_changes_nothing_but_what_it_shows(desk):
    async def later() -> Any:
        desk.clock -= 3600
        return RESULT

    desk.does = [later]
    run = asyncio.run(desk.conductor().begin(RUN, {})).run
    assert (RunState.DONE, 2.0) == (run.state, run.seconds)
    assert run.ended < run.started

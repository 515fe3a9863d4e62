"""Runs, their events and their calls, as they are kept in a file and on a server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from seenred.domain.run import ModelCall, Run, RunState
from seenred.engine.records import RunTaken
from seenred.errors import UsageError
from seenred.infrastructure.database.call_store import CallStore
from seenred.infrastructure.database.event_store import EventStore
from seenred.infrastructure.database.executor_store import ExecutorStore
from seenred.infrastructure.database.object_store import ObjectStore
from seenred.infrastructure.database.postgres import open_postgres
from seenred.infrastructure.database.run_store import RunStore

RUN = Run("260101-120000-ab12", "workflow", "development", "p.txt", "/home/me", created=1.0)
CALL = ModelCall("1-solver/candidate-1", "hash", "m", "reply", 10, 5, 2, 0.5, 0.01, True)


@pytest.fixture
def runs(stored):
    store = RunStore(*stored)
    store.add(RUN, {"input": "é"})
    return store


def test_a_run_is_found_as_it_was_put_on_record(runs):
    assert RUN == runs.find(RUN.id)
    assert {"input": "é"} == runs.given(RUN.id)


@pytest.mark.parametrize("asked", ["260101", "ab12"])
def test_a_run_is_found_by_the_beginning_or_the_end_of_its_id(runs, asked):
    runs.add(replace(RUN, id="260102-120000-cd34"), {})
    assert RUN.id == runs.find(asked).id


def test_an_unknown_run_is_refused_with_the_nearest(runs):
    with pytest.raises(UsageError, match="Did you mean 260101-120000-ab12"):
        runs.find("260101-120000-ab13")


def test_what_means_several_runs_is_refused_with_them(runs):
    runs.add(replace(RUN, id="260101-130000-cd34", created=2.0), {})
    with pytest.raises(UsageError, match="2 runs: 260101-130000-cd34, 260101-120000-ab12"):
        runs.find("2601")


def test_what_stands_for_anything_in_a_pattern_is_no_part_of_an_id(runs):
    with pytest.raises(UsageError, match="no run"):
        runs.find("%")


def test_a_run_changes_its_state(runs):
    runs.change(RUN.id, state=RunState.DONE, exit_code=0, ended=5.0)
    assert replace(RUN, state=RunState.DONE, exit_code=0, ended=5.0) == runs.find(RUN.id)


def test_a_run_is_swapped_only_from_the_process_that_it_has(runs):
    runs.change(RUN.id, executor="first")
    assert runs.swap(RUN.id, "first", executor="second", takeovers=1)
    assert not runs.swap(RUN.id, "first", executor="third")
    assert ("second", 1) == (runs.find(RUN.id).executor, runs.find(RUN.id).takeovers)
    assert 1 == runs.find(RUN.id).generation


def test_a_process_that_was_declared_dead_begins_no_run(runs, stored):
    executors = ExecutorStore(*stored)
    executors.add("alive", worker=True)
    assert 1 == runs.claim(RUN.id, "alive", state=RunState.RUNNING)
    assert (RunState.RUNNING, "alive") == (runs.find(RUN.id).state, runs.find(RUN.id).executor)
    executors.bury("alive", 0)
    assert runs.claim(RUN.id, "alive", state=RunState.RUNNING) is None


def test_nothing_is_written_for_a_run_that_another_process_has_by_now(runs, stored):
    ExecutorStore(*stored).add("first", worker=True)
    held = runs.claim(RUN.id, "first")
    EventStore(*stored).append(RUN.id, "1.1", 9.0, "noted", {}, held)
    assert runs.swap(RUN.id, "first", executor="second")
    with pytest.raises(RunTaken):
        EventStore(*stored).append(RUN.id, "1.2", 9.0, "noted", {}, held)
    with pytest.raises(RunTaken):
        CallStore(*stored).keep(RUN.id, CALL, held)
    assert not runs.settle(RUN.id, held, state=RunState.DONE)
    assert runs.settle(RUN.id, held + 1, reason="mine")
    assert 1 == len(EventStore(*stored).after(RUN.id))
    assert [] == CallStore(*stored).of(RUN.id)


def test_the_newest_runs_come_first_and_can_be_chosen_by_their_state(runs):
    later = replace(RUN, id="b", created=2.0, state=RunState.DONE)
    runs.add(later, {})
    assert ["b", RUN.id] == [run.id for run in runs.newest()]
    assert [later] == runs.newest([RunState.DONE, RunState.CANCELLED])
    assert [later] == runs.newest(most=1)
    assert (2, 1) == (runs.count(), runs.count([RunState.QUEUED]))


@pytest.mark.usefixtures("runs")
def test_events_keep_their_order_and_each_place_has_one(stored):
    events = EventStore(*stored)
    for place, text in (("0.1", "a"), ("0.2", "b"), ("0.1", "again"), ("1.1", "c")):
        events.append(RUN.id, place, 9.0, "noted", {"text": text})
    assert [(1, "a"), (2, "b"), (3, "c")] == [
        (each.number, each.data["text"]) for each in events.after(RUN.id)
    ]
    assert ["c"] == [each.data["text"] for each in events.after(RUN.id, 2)]


@pytest.mark.usefixtures("runs")
def test_a_call_of_a_step_is_kept_once(stored):
    calls = CallStore(*stored)
    other = replace(CALL, step="0-first")
    for call in (CALL, other, replace(CALL, reply="paid twice")):
        calls.keep(RUN.id, call)
    assert [CALL, other] == calls.of(RUN.id)


@pytest.mark.usefixtures("runs")
def test_nothing_is_kept_of_a_run_that_is_not_there(stored):
    with pytest.raises(sa.exc.IntegrityError):
        CallStore(*stored).keep("r9", CALL)


@pytest.mark.usefixtures("runs")
def test_a_reply_that_is_no_unicode_is_kept_with_what_is_none_spelled_out(stored):
    calls = CallStore(*stored)
    calls.keep(RUN.id, replace(CALL, reply="a\ud800b"))
    assert [r"a\ud800b"] == [call.reply for call in calls.of(RUN.id)]


@pytest.mark.usefixtures("runs")
def test_what_a_server_cannot_keep_is_spelled_out(stored):
    calls = CallStore(*stored)
    calls.keep(RUN.id, replace(CALL, reply="a\0b"))
    assert [r"a\x00b"] == [call.reply for call in calls.of(RUN.id)]
    EventStore(*stored).append(RUN.id, "1.1", 9.0, "noted", {"text": "a\0b\ud800"})
    assert ["a\0b\ud800"] == [each.data["text"] for each in EventStore(*stored).after(RUN.id)]


def test_what_ended_a_run_may_hold_anything(runs):
    runs.change(RUN.id, reason="it said \0 and \ud800")
    assert "it said ? and ?" == runs.find(RUN.id).reason


def test_a_run_that_is_put_on_record_twice_is_there_once(runs):
    runs.add(RUN, {"input": "é"})
    assert 1 == runs.count()
    with pytest.raises(sa.exc.IntegrityError):
        runs.add(replace(RUN, created=2.0), {})


@pytest.mark.usefixtures("runs")
def test_events_of_several_processes_at_once_have_numbers_of_their_own(stored):
    def append(place: int) -> None:
        EventStore(*stored).append(RUN.id, str(place), 9.0, "noted", {})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(40)))
    events = EventStore(*stored).after(RUN.id)
    assert [*range(1, 41)] == [event.number for event in events]


def test_a_long_text_is_kept_once_under_its_hash(stored):
    objects = ObjectStore(*stored)
    sha256 = objects.keep("é\0")
    assert sha256 == objects.keep("é\0")
    assert "é\0" == objects.recall(sha256)
    assert objects.recall("0" * 64) is None


def test_a_heart_beats_until_its_process_has_ended(stored):
    executors = ExecutorStore(*stored)
    executors.add("1-a", worker=True)
    executors.add("2-b", worker=False)
    assert executors.beat("1-a")
    assert {"1-a": 1} == executors.workers()
    assert 0 <= (executors.age("2-b") or 0) < 600
    executors.remove("1-a", "2-b")
    assert executors.age("1-a") is None
    assert not executors.beat("1-a")


def test_only_who_has_not_beaten_since_is_declared_dead(stored):
    executors = ExecutorStore(*stored)
    executors.add("1-a", worker=True)
    executors.beat("1-a")
    assert not executors.bury("1-a", 0)
    assert executors.bury("1-a", 1)
    assert not executors.bury("1-a", 1)


def test_one_leads_at_a_time_where_machines_share_a_server(postgres_url):
    engine, server = open_postgres(postgres_url)
    first, second = ExecutorStore(engine, server), ExecutorStore(engine, server)
    with first.leading() as leads:
        assert leads
        with second.leading() as also:
            assert not also
    with second.leading() as leads:
        assert leads
    engine.dispose()

"""Who is at work, by locks and by hearts."""

from __future__ import annotations

import contextlib
import os
import signal
import time

import pytest

from seenred.infrastructure.database.executor_store import ExecutorStore
from seenred.infrastructure.database.migration import upgrade
from seenred.infrastructure.database.postgres import open_postgres
from seenred.infrastructure.database.sqlite import open_sqlite
from seenred.infrastructure.durable import crew as module
from seenred.infrastructure.durable.crew import Crew
from seenred.infrastructure.durable.executor import Executors


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request, tmp_path):
    """Makes crews as processes do: each with a connection of its own, and its machine's locks."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    engines = []

    def crew(machine: str = "here") -> Crew:
        if request.param == "sqlite":
            place = tmp_path / "runs.db"
            engine = open_sqlite(place)
        else:
            engine, place = open_postgres(url)
        engines.append(engine)
        upgrade(engine)
        return Crew(Executors(tmp_path / machine), ExecutorStore(engine, place))

    yield crew
    for engine in engines:
        engine.dispose()


@pytest.fixture
def worker(opened):
    """Begins processes that do nothing but be at work: the name and the number of each."""
    children = []

    def begin(machine: str) -> tuple[str, int]:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                os.write(writer, opened(machine).enter(lambda: None).encode())
                while True:
                    signal.pause()
            os._exit(1)
        children.append(child)
        os.close(writer)
        return os.read(reader, 100).decode(), child

    yield begin
    for child in children:
        with contextlib.suppress(ChildProcessError, ProcessLookupError):
            ended(child)


def ended(number: int) -> None:
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)


def buried(crew: Crew) -> list[str]:
    """Looks until somebody is declared dead."""
    for _ in range(300):
        with crew.burying() as found:
            if found:
                return found
        time.sleep(0.2)
    raise AssertionError("nobody was declared dead")


def test_a_process_is_at_work_until_it_leaves(opened):
    crew = opened()
    name = crew.enter()
    assert crew.at_work(name)
    assert opened("elsewhere").at_work(name)
    crew.leave(name)
    assert not crew.present(name)
    assert not opened("elsewhere").present(name)


def test_a_killed_process_of_this_machine_is_known_at_once(opened, worker):
    name, number = worker("here")
    crew = opened()
    assert crew.at_work(name)
    ended(number)
    assert not crew.at_work(name)
    assert not crew.present(name)
    assert [name] == crew.sweep()
    assert not opened("elsewhere").present(name)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("machine", "way"), [("elsewhere", signal.SIGKILL), ("here", signal.SIGSTOP)]
)
def test_who_is_killed_elsewhere_or_frozen_is_declared_dead(opened, worker, machine, way):
    name, number = worker(machine)
    crew = opened()
    alive = crew.enter(lambda: None)
    os.kill(number, way)
    assert [name] == buried(crew)
    assert not crew.present(name)
    assert crew.present(alive)
    crew.leave(alive)
    ended(number)


def test_a_worker_that_was_declared_dead_learns_it(opened, monkeypatch):
    monkeypatch.setattr(module, "BEAT", 0.05)
    crew, told = opened(), []
    name = crew.enter(lambda: told.append("lost"))
    opened()._store.remove(name)
    for _ in range(600):
        if told:
            break
        time.sleep(0.1)
    assert ["lost"] == told
    crew.leave(name)


def test_a_command_whose_row_is_gone_goes_on(opened, monkeypatch):
    monkeypatch.setattr(module, "BEAT", 0.05)
    crew = opened()
    name = crew.enter()
    opened()._store.remove(name)
    for _ in range(600):
        if crew.present(name):
            break
        time.sleep(0.1)
    assert crew.present(name)
    crew.leave(name)

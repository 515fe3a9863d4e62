"""A process is at work until it ends, however it ends."""

from __future__ import annotations

import os
import signal

import pytest

from seenred.infrastructure.durable.executor import Executors


@pytest.fixture
def executors(tmp_path):
    return Executors(tmp_path / "executors")


def of_another_process(executors: Executors) -> tuple[str, int]:
    """The name that a process gave itself, which sleeps, and its number."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, executors.enter().encode())
        signal.pause()
    return os.read(reader, 100).decode(), child


def test_a_process_is_at_work_until_it_leaves(executors):
    name = executors.enter()
    assert executors.at_work(name)
    executors.leave(name)
    assert not executors.at_work(name)


def test_a_killed_process_is_not_at_work_and_is_swept_away(executors):
    name, number = of_another_process(executors)
    assert executors.at_work(name)
    assert [] == executors.sweep()
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    assert not executors.at_work(name)
    assert [name] == executors.sweep()
    assert [] == executors.sweep()


def test_a_frozen_process_is_at_work(executors):
    name, number = of_another_process(executors)
    os.kill(number, signal.SIGSTOP)
    assert executors.at_work(name)
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)


def test_a_process_that_never_was_is_not_at_work(executors):
    assert not executors.at_work("1-abc")

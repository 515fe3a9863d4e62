"""What the live line says."""

import io

import pytest
from rich.console import Console

from seenred.cli.cycle_status import CycleStatus
from seenred.domain.cycle_event import Phase


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def status(clock):
    return CycleStatus(Console(file=io.StringIO(), width=80, force_terminal=False), clock)


def test_seconds_are_those_of_the_phase(status, clock):
    status.phase(Phase.RED)
    clock.now += 23.4
    assert "RED writing the test · 23 s" == status.line().plain
    status.phase(Phase.GREEN)
    assert "GREEN writing the code · 0 s" == status.line().plain


def test_a_rate_is_told_once_it_says_something(status, clock):
    status.phase(Phase.RED)
    clock.now += 3
    for _ in range(28):
        status.token()
    clock.now += 0.1
    assert "tokens/s" not in status.line().plain
    clock.now += 1.9
    assert "RED writing the test · 14 tokens/s · 5 s" == status.line().plain


def test_a_slow_rate_is_not_rounded_away(status, clock):
    status.phase(Phase.RED)
    status.token()
    clock.now += 2.5
    assert "RED writing the test · 0.4 tokens/s · 2 s" == status.line().plain


def test_a_reply_that_is_complete_is_judged(status):
    status.phase(Phase.GREEN)
    status.token()
    status.replied()
    assert "GREEN judging · 0 s" == status.line().plain


def test_after_a_refusal_the_next_candidate_is_counted(status, clock):
    status.phase(Phase.GREEN)
    clock.now += 9
    status.token()
    status.replied()
    status.refused(1)
    assert "GREEN writing the code · candidate 2 · 9 s" == status.line().plain
    status.phase(Phase.GREEN)
    assert "GREEN writing the code · candidate 2 · 9 s" == status.line().plain
    status.phase(Phase.REFACTOR)
    assert "looking for what can be simpler · 0 s" == status.line().plain


def test_before_any_phase_it_says_what_it_was_told(status):
    status.doing("running the tests\x1b[2J as they are")
    assert "running the tests\ufffd[2J as they are · 0 s" == status.line().plain


def test_it_is_no_wider_than_the_terminal(clock):
    console = Console(file=io.StringIO(), width=24, force_terminal=False)
    status = CycleStatus(console, clock)
    status.phase(Phase.MINIMAL)
    with console.capture() as shown:
        console.print(status)
    assert "taking away what wa…" == shown.get().rstrip()


def test_where_nobody_can_see_it_it_is_not_shown(clock):
    out = io.StringIO()
    status = CycleStatus(Console(file=out, force_terminal=False), clock)
    status.phase(Phase.RED)
    status.token()
    status.pause()
    assert "" == out.getvalue()

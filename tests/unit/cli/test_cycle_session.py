"""Who watches a command's cycles, and what it leaves."""

import io
import json
import os
import subprocess
import sys

import cycle_script as script
import pytest
from rich.console import Console

from seenred.cli.cycle_session import is_attended, run_cycles, show_summary
from seenred.domain.cycle_event import Ending
from seenred.domain.cycle_result import CycleResult, GoResult
from seenred.errors import ExitCode

DONE = CycleResult("adds", Ending.COMMITTED, seconds=48, tokens=6104, cost=0.03)
KNOWN = CycleResult("adds nothing", Ending.COVERED, seconds=4)
GIVEN_UP = CycleResult("divides", Ending.ABANDONED, reason="no test was red", seconds=81)


async def _work(listener, person):
    for event in script.cycle():
        listener(event)
    answer = await person.judge_red(script.TEST_ID, script.TEST, ())
    return GoResult((CycleResult("adds", Ending.COMMITTED, reason=answer.choice),), ExitCode.NO)


def _summary(*cycles, **rest):
    out = io.StringIO()
    result = GoResult(cycles, ExitCode.YES, **rest)
    show_summary(Console(file=out, force_terminal=False), result)
    return out.getvalue()


def test_the_transcript_is_the_result(capsys):
    assert ExitCode.NO == run_cycles(_work, attended=False, as_json=False)
    told = capsys.readouterr()
    assert told.out.startswith("PLAN.md 3/8")
    assert "passes already" in told.err


def test_where_json_is_wanted_the_transcript_is_progress(capsys):
    run_cycles(_work, attended=False, as_json=True)
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert ("seenred.cycles", "accept") == (
        data["document"],
        data["result"]["cycles"][0]["reason"],
    )
    assert told.err.startswith("PLAN.md 3/8")


def test_what_was_shown_stays_when_it_is_interrupted(capsys):
    async def interrupted(listener, person):  # noqa: ARG001
        listener(script.GREEN)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_cycles(interrupted, attended=False, as_json=False)
    assert "GREEN" in capsys.readouterr().out


def test_one_cycle_needs_no_summary():
    assert "" == _summary(DONE)


def test_several_cycles_are_counted():
    told = _summary(DONE, DONE, KNOWN, GIVEN_UP, plan="PLAN.md", done=6, total=8)
    assert (
        "\nPLAN.md 6/8 · 2 committed · 1 covered · 1 abandoned · 3 min · 12.2k tokens · $0.06\n"
        == told
    )


def test_why_it_went_no_further_is_said_once():
    assert "every test of the list is marked\n" == _summary(
        stopped="every test of the list is marked"
    )
    assert "" == _summary(GIVEN_UP, stopped="abandoned: no test was red")
    assert "900 of 900 tokens\n" == _summary(GIVEN_UP, stopped="900 of 900 tokens")


def _in_a_terminal(options):
    """What `is_attended` says where all three streams are a terminal."""
    program = f"from seenred.cli.cycle_session import is_attended; print(is_attended({options!r}))"
    master, slave = os.openpty()
    with os.fdopen(slave) as terminal, os.fdopen(master, "rb", buffering=0) as screen:
        subprocess.run(
            [sys.executable, "-c", program], stdin=terminal, stdout=terminal, check=True, timeout=60
        )
        return screen.read(100).decode().strip()


@pytest.mark.parametrize(
    ("yes", "as_json", "attended"),
    [(False, False, "True"), (True, False, "False"), (False, True, "False")],
)
def test_somebody_at_a_terminal_is_asked_unless_nobody_should_be(yes, as_json, attended):
    assert attended == _in_a_terminal({"yes": yes, "as_json": as_json})


def test_in_a_pipe_nobody_is_asked():
    assert not is_attended({"yes": False, "as_json": False})

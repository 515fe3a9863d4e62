"""What the record of runs tells, and how it says what is wrong with itself."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

STATEMENT = """Write a function `clamp(value, low, high)` that returns value, but at least low
and at most high. The limits are in order: low <= high.

clamp(5, 1, 3) -> 3
clamp(0, 1, 3) -> 1
"""
RIGHT = "```python\ndef clamp(value, low, high):\n    return max(low, min(value, high))\n```\n"
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})


@pytest.fixture
def own(seenred, monkeypatch, tmp_path_factory):
    """The command, over a record of runs of its own."""
    monkeypatch.setenv("SEENRED_DATA", str(tmp_path_factory.mktemp("data") / "seenred"))
    seenred.write("p.txt", STATEMENT)
    return seenred


def solve(own, *options: str) -> str:
    """The id of a run that is done."""
    model = own.script(RIGHT, RIGHT, NO_FINDINGS)
    done = own("solve", "p.txt", "--model", model, "--candidates", "1", "--json", *options)
    return json.loads(done.stdout)["run"]


def test_before_the_first_run_nothing_is_made(own):
    done = own("runs")
    assert (0, "") == (done.returncode, done.stderr)
    assert "No runs yet; seenred solve problem.txt begins one." in done.stdout
    assert "no record of runs yet" in own("db", "check").stdout
    assert not Path(os.environ["SEENRED_DATA"]).exists()


def test_a_run_is_listed_shown_and_told_as_it_went(own):
    run = solve(own)
    listed = own("runs").stdout
    assert re.search(rf"^✓ +{run} +development p\.txt +solved", listed)
    (told,) = json.loads(own("runs", "--json").stdout)
    assert (run, "done", 3) == (told["id"], told["state"], told["calls"])
    assert [] == json.loads(own("runs", "--json", "--state", "running").stdout)

    shown = own("show", run[-4:]).stdout
    assert "VERSIONS solution_v1.py  2/2 tests" in shown
    assert "1-problem-solver/candidate-1/test" in shown
    whole = json.loads(own("show", run, "--json").stdout)
    assert "1-problem-solver/candidate-1" == whole["model_calls"][0]["step"]
    assert RIGHT == whole["model_calls"][0]["reply"]

    log = own("logs", run).stdout
    assert "STEP     problem-solver" in log
    assert "✓ candidate 1: 2 of 2 tests pass" in log
    events = [json.loads(line) for line in own("logs", run, "--json").stdout.splitlines()]
    assert [*range(1, len(events) + 1)] == [event["number"] for event in events]
    assert {"seenred.event/1"} == {event["schema"] for event in events}

    cancelled = own("cancel", run)
    assert (2, True) == (cancelled.returncode, "is done already" in cancelled.stderr)


def test_an_unknown_run_is_refused_by_each_command(own):
    solve(own)
    for command in ("show", "logs", "cancel", "resume", "retry"):
        done = own(command, "nothing")
        assert (2, "") == (done.returncode, done.stdout), command
        assert 'There is no run "nothing"' in done.stderr


@pytest.fixture
def at_work(own):
    """A run that asks for an answer which it does not get, and its id."""
    endless = "```python\ndef clamp(value, low, high):\n    while True: pass\n```\n"
    model = own.script({"text": endless, "repeat": True})
    command = [sys.executable, "-m", "seenred", "solve", "p.txt", "--model", model]
    process = subprocess.Popen(
        command, cwd=own.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    found: list[dict] = []
    while not (found and found[0]["state"] == "running"):
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.2)
        found = json.loads(own("runs", "--json").stdout)
    yield process, found[0]["id"]
    process.kill()
    process.communicate()


def test_a_run_at_work_is_not_begun_again_and_can_be_cancelled(own, at_work):
    process, run = at_work
    refused = own("resume", run)
    assert refused.returncode == 2
    assert f"is running (process {process.pid})" in refused.stderr
    cancelled = own("cancel", run)
    assert f"{run} is cancelled" in cancelled.stdout
    process.communicate(timeout=60)
    assert process.returncode == 130
    (told,) = json.loads(own("runs", "--json").stdout)
    assert "cancelled" == told["state"]
    assert (own.folder / "output" / "report.md").is_file()


def test_a_killed_run_is_shown_as_interrupted(own, at_work):
    process, run = at_work
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    (told,) = json.loads(own("runs", "--json", "--state", "interrupted").stdout)
    assert (run, "its process was killed") == (told["id"], told["reason"])
    assert f"Next: seenred resume {run}" in own("show", run).stdout


def test_a_record_of_another_version_names_the_command_that_mends_it(own):
    solve(own)
    file = f"{os.environ['SEENRED_DATA']}/runs.db"
    for revision, told in (("0000", "seenred db upgrade"), ("9999", "pip install --upgrade")):
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        for words in (["runs"], ["db", "check"]):
            done = own(*words)
            assert 3 == done.returncode
            assert told in done.stderr
    assert 3 == own("db", "upgrade").returncode


def test_a_record_that_cannot_be_used_is_one_sentence(own):
    file = Path(os.environ["SEENRED_DATA"]) / "runs.db"
    file.parent.mkdir()
    file.write_text("no database at all, but long enough to be read as the head of one " * 3)
    done = own("solve", "p.txt", "--model", own.script(RIGHT), "--candidates", "1")
    assert 3 == done.returncode
    assert "is no database" in done.stderr
    assert "Traceback" not in done.stderr

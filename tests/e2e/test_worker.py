"""Queued runs and the workers that take them, as processes."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

STATEMENT = """Write a function `clamp(value, low, high)` that returns value, but at least low
and at most high. The limits are in order: low <= high.

clamp(5, 1, 3) -> 3
clamp(0, 1, 3) -> 1
"""
RIGHT = "```python\ndef clamp(value, low, high):\n    return max(low, min(value, high))\n```\n"
ENDLESS = "```python\ndef clamp(value, low, high):\n    while True: pass\n```\n"
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})


@pytest.fixture
def own(seenred, monkeypatch, tmp_path_factory):
    """The command, over a record of runs of its own."""
    monkeypatch.setenv("SEENRED_DATA", str(tmp_path_factory.mktemp("data")))
    seenred.write("p.txt", STATEMENT)
    return seenred


@pytest.fixture
def started(own):
    """Starts workers; those that are left are killed at the end."""
    workers: list[subprocess.Popen] = []

    def start(*options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "seenred", "worker", *options]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        workers.append(subprocess.Popen(command, cwd=own.folder.parent, text=True, **streams))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def enqueue(own, *replies: object) -> str:
    own.script(*replies)
    model = f"scripted:{own.folder / 'script.json'}"
    options = ("--queue", "default", "--candidates", "1", "--json")
    done = own("solve", "p.txt", "--model", model, *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["id"]


def until(own, run: str, state: str, seconds: float = 90) -> dict:
    """The run, when it is in that state."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = {each["id"]: each for each in json.loads(own("runs", "--json").stdout)}[run]
        if found["state"] == state:
            return found
        time.sleep(0.3)
    raise AssertionError(found)


def test_a_queued_run_waits_for_a_worker_which_ends_when_it_is_told_to(own, started):
    run = enqueue(own, RIGHT, RIGHT, NO_FINDINGS)
    assert "queued" == until(own, run, "queued")["state"]
    worker = started()
    assert "solved" == until(own, run, "done")["verdict"]
    assert (own.folder / "output" / "solution_final.py").is_file()
    worker.send_signal(signal.SIGTERM)
    told, _ = worker.communicate(timeout=30)
    assert 0 == worker.returncode
    assert f"✓ {run}  development p.txt  solved" in told


def test_the_run_of_a_killed_worker_is_taken_over_and_ends_once(own, started):
    run = enqueue(own, ENDLESS, {"text": RIGHT, "repeat": True})
    first = started()
    until(own, run, "running")
    own.script({"text": RIGHT, "repeat": True}, {"text": NO_FINDINGS, "repeat": True})
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    started("--concurrency", "2")
    found = until(own, run, "done")
    assert 1 == found["takeovers"]
    assert (own.folder / "output" / "report.md").is_file()
    assert not [p for p in own.folder.iterdir() if p.name.startswith("output-")]


def test_an_older_record_is_mended_by_the_command_that_is_named(own):
    run = enqueue(own, RIGHT)
    with sqlite3.connect(f"{os.environ['SEENRED_DATA']}/runs.db") as connection:
        for column in ("queue", "takeovers", "generation"):
            connection.execute(f"ALTER TABLE runs DROP COLUMN {column}")
        for table in ("objects", "executors"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    refused = own("runs")
    assert (3, True) == (refused.returncode, "seenred db upgrade" in refused.stderr)
    assert 0 == own("db", "upgrade").returncode
    assert run in own("runs").stdout

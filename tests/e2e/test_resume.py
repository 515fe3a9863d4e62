"""Runs that were interrupted, from the command line."""

import json

import pytest

STATEMENT = """Write a function `clamp(value, low, high)` that returns value, but at least low
and at most high. The limits are in order: low <= high.

clamp(5, 1, 3) -> 3
clamp(0, 1, 3) -> 1
clamp(2, 1, 3) -> 2
"""


def block(code: str) -> str:
    return f"Here you are:\n```python\n{code}```\n"


RIGHT = block("def clamp(value, low, high):\n    return max(low, min(value, high))\n")
OTHER = block(
    "def clamp(value, low, high):\n"
    "    floor = value if value < high else high\n"
    "    return floor if floor > low else low\n"
)
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})


@pytest.fixture
def own(seenred, monkeypatch, tmp_path_factory):
    """The command, over a record of runs of its own."""
    monkeypatch.setenv("SEENRED_DATA", str(tmp_path_factory.mktemp("data")))
    return seenred


@pytest.fixture
def interrupted(own):
    """Its model said one thing, and then was gone."""
    own.write("p.txt", STATEMENT)
    done = own("solve", "p.txt", "--model", own.script(RIGHT), "--json")
    assert done.returncode == 3
    return json.loads(done.stdout)["run"]


def test_a_run_goes_on_when_its_model_is_back(own, interrupted):
    own.script(OTHER, OTHER, NO_FINDINGS)
    done = own("resume", interrupted)
    assert done.returncode == 0, done.stderr
    assert "solved: all tests pass" in done.stdout
    report = own.report()
    assert (4, True, "output") == (report["usage"]["calls"], report["solved"], report["output"])
    assert [] == list((own.folder / "output").glob(".*"))
    again = own("resume", interrupted)
    assert again.returncode == 2
    assert f"is done (solved); `seenred retry {interrupted}`" in again.stderr


def test_an_interrupted_run_names_the_command_that_goes_on_with_it(own):
    own.write("p.txt", STATEMENT)
    done = own("solve", "p.txt", "--model", own.script(RIGHT))
    assert "is interrupted · go on: seenred resume " in done.stdout


def test_a_run_whose_model_cannot_be_opened_stays_as_it_is(own, interrupted):
    (own.folder / "script.json").unlink()
    done = own("resume", interrupted)
    assert done.returncode == 2
    assert "script-unreadable" in done.stderr


def test_a_run_is_retried_from_a_step_into_a_folder_of_its_own(own, interrupted):
    own.script(OTHER, OTHER, NO_FINDINGS)
    done = own("retry", interrupted, "--from", "1-problem-solver/candidate-1/test", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (4, "output-2") == (report["usage"]["calls"], report["output"])
    assert report["run"] != interrupted
    unknown = own("retry", interrupted, "--from", "7-nothing")
    assert unknown.returncode == 2
    assert "it has: 1-problem-solver/candidate-1, " in unknown.stderr


def test_an_unknown_run_and_one_whose_folder_is_gone_are_refused(own, interrupted):
    unknown = own("resume", interrupted[:-1] + "g")
    assert unknown.returncode == 2
    assert f"Did you mean {interrupted}?" in unknown.stderr
    gone = own.folder.rename(own.folder.with_name("moved"))
    own.folder = gone
    done = own("resume", interrupted)
    assert done.returncode == 2
    assert "run-folder-gone" in done.stderr

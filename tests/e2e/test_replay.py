"""A run on record, performed again without a model."""

import hashlib
import json
import os
import sqlite3
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
    """The command, over a record of runs of its own; its model's script is gone."""
    monkeypatch.setenv("SEENRED_DATA", str(tmp_path_factory.mktemp("data")))
    seenred.write("p.txt", STATEMENT)
    return seenred


def solved(own, *replies: str) -> str:
    model = own.script(*replies)
    done = own("solve", "p.txt", "--model", model, "--candidates", "1", "--json")
    (own.folder / "script.json").unlink()
    return json.loads(done.stdout)["run"]


def record_differently(old: str, new: str) -> None:
    """Change what the steps on record gave."""
    with sqlite3.connect(f"{os.environ['SEENRED_DATA']}/runs.db") as connection:
        connection.create_function("unixepoch", -1, lambda *_: 0)
        changed = connection.execute(
            "UPDATE operation_outputs SET output = replace(output, ?, ?) WHERE output LIKE ?",
            (old, new, f"%{old}%"),
        )
        assert changed.rowcount


@pytest.mark.parametrize("options", [[], ["--offline"]])
def test_a_replay_gives_the_same_artifacts_and_leaves_none(own, options):
    run = solved(own, RIGHT, RIGHT, NO_FINDINGS)
    before = {p: p.read_bytes() for p in own.folder.rglob("*") if p.is_file()}
    done = own("replay", run, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the same, byte for byte" in done.stdout
    assert before == {p: p.read_bytes() for p in own.folder.rglob("*") if p.is_file()}


def test_the_first_artifact_that_differs_is_shown(own):
    run = solved(own, RIGHT, RIGHT, NO_FINDINGS)
    record_differently("max(low, min(value, high))", "max(low, min(high, value))")
    done = own("replay", run)
    assert done.returncode == 1
    assert "✗ solution_v1.py is another one than the run has written." in done.stdout
    assert "-    return max(low, min(value, high))" in done.stdout
    assert "+    return max(low, min(high, value))" in done.stdout


def test_a_prompt_that_is_another_one_now_is_shown(own):
    run = solved(own, RIGHT, RIGHT, NO_FINDINGS)
    request = json.loads(own("show", run, "--json").stdout)["model_calls"][0]["request"]
    objects = Path(os.environ["SEENRED_DATA"]) / "objects"
    text = (objects / request[:2] / request[2:]).read_text().replace("at least low", "above low")
    other = hashlib.sha256(text.encode()).hexdigest()
    (objects / other[:2]).mkdir(exist_ok=True)
    (objects / other[:2] / other[2:]).write_text(text)
    record_differently(request, other)
    done = own("replay", run)
    assert done.returncode == 1
    assert "asks the model something else" in done.stdout
    assert "-" in done.stdout
    assert "above low" in done.stdout
    told = json.loads(own("replay", run, "--json").stdout)
    assert any(line.startswith("+") and "at least low" in line for line in told["lines"])


def test_an_interrupted_run_is_replayed_as_far_as_it_went(own):
    run = solved(own, RIGHT)
    done = own("replay", run)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The record ends before the step 2-solution-improver/candidate-1." in done.stdout


@pytest.mark.parametrize("setting", [["--record", "off"], []])
def test_without_texts_on_record_a_run_is_told_and_neither_replayed_nor_gone_on_with(own, setting):
    if not setting:
        own.write("seenred.toml", '[records]\nmodel_calls = "hashes"\n')
    model = own.script(RIGHT)
    args = ("solve", "p.txt", "--model", model, "--candidates", "1", "--json", *setting)
    run = json.loads(own(*args).stdout)["run"]
    (call,) = json.loads(own("show", run, "--json").stdout)["model_calls"]
    assert call["reply"] == f"sha256:{hashlib.sha256(RIGHT.encode()).hexdigest()}"
    assert not (Path(os.environ["SEENRED_DATA"]) / "objects").exists()
    assert "text-arrived" not in own("logs", run, "--json").stdout
    for command in ("replay", "resume"):
        done = own(command, run)
        assert (2, "") == (done.returncode, done.stdout), done.stderr
        assert "cannot be recalled, for the run is recorded with `--record off`" in done.stderr

"""Cycles are on record as runs, under the id that their commits carry."""

import json
import signal
import subprocess
import sys
import time

import pytest
from go_project import ADD, ADD_TEST, EVERYTHING, GoProject


@pytest.fixture
def project(tmp_path, seenred, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("SEENRED_DATA", str(tmp_path_factory.mktemp("data")))
    seenred.folder = tmp_path / "project"
    return GoProject(seenred.folder)


def only_run(seenred) -> dict:
    (run,) = json.loads(seenred("runs", "--json").stdout)
    return run


def test_what_go_did_is_listed_shown_and_told_as_it_went(project, seenred):
    done = seenred("go", "--yes", "--model", project.script(ADD_TEST, ADD))
    assert done.returncode == 0, done.stderr
    run = only_run(seenred)
    assert ("go", "PLAN.md", "done", "1 committed", 0, 2) == tuple(
        run[name] for name in ("name", "subject", "state", "verdict", "exit_code", "calls")
    )
    assert f"Seenred-Run: {run['id']}" in project.git("log", "-1", "--format=%B")
    assert len(json.loads(seenred("show", run["id"], "--json").stdout)["model_calls"]) == 2
    log = seenred("logs", run["id"]).stdout
    transcript = [line for line in done.stdout.splitlines() if line.startswith(("RED", "GREEN"))]
    assert transcript
    assert all(line in log for line in transcript)


def test_a_refused_command_says_why_on_record_too(project, seenred):
    project.write({"PLAN.md": "# Nothing\n"})
    done = seenred("go", "--yes", "--model", project.script())
    assert done.returncode != 0
    run = only_run(seenred)
    assert ("done", done.returncode) == (run["state"], run["exit_code"])
    assert run["reason"]


def test_a_run_of_cycles_is_not_gone_on_with_but_begun_again(project, seenred):
    seenred("go", "--yes", "--model", project.script(ADD_TEST, ADD))
    for command in ("resume", "retry", "replay"):
        refused = seenred(command, only_run(seenred)["id"])
        assert refused.returncode == 2
        assert f"run `seenred go` again in {project.path}" in refused.stderr


def test_cycles_are_stopped_by_cancel(project, seenred):
    project.commit("test: slow", {"test_slow.py": "import time\ndef test_slow(): time.sleep(60)\n"})
    command = [sys.executable, "-m", "seenred", "go", "--yes"]
    process = subprocess.Popen(
        [*command, "--model", project.script(*EVERYTHING)],
        cwd=project.path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while not (runs := json.loads(seenred("runs", "--json").stdout)):
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.2)
        assert seenred("cancel", runs[0]["id"]).returncode == 0
        process.communicate(timeout=60)
        assert process.returncode in (130, -signal.SIGINT)
        assert "cancelled" == only_run(seenred)["state"]
    finally:
        process.kill()
        process.communicate()

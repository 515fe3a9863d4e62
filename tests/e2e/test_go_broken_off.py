"""`seenred go` that breaks off: before its commit nothing is left, what was committed is kept."""

import json
import os
import signal
import subprocess
import sys

import pytest
from go_project import ADD, PLAN, code
from process_group import wait_until_gone

# the unused name is what would be tidied
UNTIDY = code("def add(a, b):\n    unused = a\n    return a + b\n")
HANGS = code("def add(a, b):\n    while True:\n        pass\n")


def is_done(project):
    """Whether the item is committed and marked; it is both or neither, and nothing else is left."""
    committed = "feat: `add(2, 3)` is 5" in project.subjects
    marked = PLAN.replace("[ ]", "[x]", 1) if committed else PLAN
    assert project.read("PLAN.md").startswith(marked)
    assert project.git("status", "--porcelain") == ""
    assert project.git("branch", "--list", "seenred/*") == ""
    assert project.git("worktree", "list").count("\n") == 0
    return committed


@pytest.mark.parametrize(
    ("line", "done"), [("PLAN.md 0/3", False), ("RED ", False), ("COMMIT ", True)]
)
def test_ctrl_c_leaves_all_as_it_was_or_what_was_committed(project, line, done):
    words = ["go", "--yes", "--model", project.script(UNTIDY, {"text": HANGS, "repeat": True})]
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "seenred", *words],
        cwd=project.path,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    shown = ""
    while line not in shown and (more := running.stdout.readline()):
        shown += more
    os.killpg(running.pid, signal.SIGINT)  # as a terminal sends it: to all of them
    rest, errors = running.communicate(timeout=60)
    assert "Traceback" not in errors
    assert (running.returncode, "seenred: Interrupted." in errors) == (130, True), errors
    assert is_done(project) is done, shown + rest
    assert ("undo: git revert" in rest) is done, rest
    wait_until_gone(running.pid)


def test_a_model_that_fails_before_the_commit_leaves_nothing(project, seenred):
    done = seenred("go", "--yes", "--model", project.script({"fail": "nobody answers"}))
    assert (done.returncode, "nobody answers" in done.stderr) == (3, True), done.stderr
    assert not is_done(project)


def test_a_model_that_fails_after_the_commit_has_only_not_tidied(project, seenred):
    model = project.script(UNTIDY, {"fail": "nobody answers"})
    done = seenred("go", "--yes", "--json", "--model", model)
    assert done.returncode == 0, done.stdout + done.stderr
    assert is_done(project)
    assert "not tidied: nobody answers" in done.stderr
    (cycle,) = json.loads(done.stdout)["result"]["cycles"]
    assert cycle["ending"] == "committed"


def test_a_budget_that_is_spent_after_the_commit_keeps_it(project, seenred):
    model = project.script({"text": UNTIDY, "reply_tokens": 50_000}, UNTIDY)
    done = seenred("go", "--yes", "--all", "--max-tokens", "50000", "--model", model)
    assert done.returncode == 4, done.stdout + done.stderr
    assert is_done(project)


def test_a_model_that_fails_in_a_later_cycle_hides_nothing_of_the_earlier_ones(project, seenred):
    model = project.script(ADD, {"fail": "nobody answers"})
    done = seenred("go", "--yes", "--all", "--json", "--model", model)
    assert done.returncode == 3, done.stdout + done.stderr
    result = json.loads(done.stdout)["result"]
    assert [cycle["ending"] for cycle in result["cycles"]] == ["committed"]
    assert (result["exit_code"], result["stopped"]) == (3, "nobody answers [model-failed]")

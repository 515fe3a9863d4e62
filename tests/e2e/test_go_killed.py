"""`seenred go` killed at any moment: the tree is as before or as after, and a second go goes on."""

import subprocess
import sys
import time

import pytest
from go_project import code
from process_group import wait_until_gone

NAMES = ("add", "subtract", "multiply")
SIGNS = dict(zip(NAMES, "+-*", strict=True))
PLAN = """# Calculator

- [ ] `add(6, 2)` is 8
- [ ] `subtract(6, 2)` is 4
- [ ] `multiply(6, 2)` is 12
"""


def replies():
    # the tests that were there before are shown too, so the newest decides
    for name in reversed(NAMES):
        source = f"def {name}(a, b):\n    return a {SIGNS[name]} b\n"
        yield {"text": code(source), "match": f"{name}(6, 2)", "repeat": True}


@pytest.fixture
def plan_text():
    return PLAN


@pytest.mark.slow
# seconds after the start, across all phases of three cycles on a quiet machine and a busy one
@pytest.mark.parametrize("after", [0.5, 1.4, 2.3, 3.8, 6.0])
def test_a_killed_run_loses_nothing_and_the_next_goes_on(project, seenred, after):
    project.write({"notes.txt": "mine\n"})
    words = ["go", "--all", "--yes", "--model", project.script(*replies())]
    running = subprocess.Popen(
        [sys.executable, "-m", "seenred", *words],
        cwd=project.path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    running.kill()
    running.wait()
    done = project.subjects
    assert project.git("status", "--porcelain") == "?? notes.txt"
    assert project.read("PLAN.md").count("[x]") == sum(s.startswith("feat") for s in done)
    wait_until_gone(running.pid)

    again = seenred(*words)
    assert again.returncode == 0, again.stdout + again.stderr
    assert sum(subject.startswith("feat") for subject in project.subjects) == len(NAMES)
    assert project.git("worktree", "list").count("\n") == 0
    assert project.git("branch", "--list", "seenred/*") == ""
    assert project.git("status", "--porcelain") == "?? notes.txt"

"""What surrounds a proposal in `seenred go`: checks, limits, the lint of tests, reviews."""

import json

import pytest
from go_project import ADD, ADD_TEST, DIVIDE, DIVIDE_TEST, code

LONG_ADD = code("def add(a, b):\n    c = a\n    c += b\n    d = c\n    return d\n")
AMBIGUOUS_ADD = code("import os\n\ndef add(a, b):\n    l = a + b\n    return l\n")
AGREES = json.dumps({"agrees": True, "objections": []})
OBJECTS = json.dumps(
    {
        "agrees": False,
        "objections": [
            {"about": "wrong result", "location": "add", "issue": "it adds twice", "fix": "once"}
        ],
    }
)


@pytest.fixture
def go(seenred, project):
    """Run `go` with these settings and replies; the command's outcome."""

    def run(settings, *replies, options=()):
        project.commit("chore: settings", settings)
        return seenred("go", "--yes", *options, "--model", project.script(*replies))

    return run


def test_what_ruff_holds_against_a_change_sends_it_back_and_the_rest_is_mended(go, project):
    settings = {"pyproject.toml": "[tool.ruff.lint]\nselect = ['E', 'F']\n"}
    told = "E741 Ambiguous variable name: `l`"
    done = go(settings, ADD_TEST, AMBIGUOUS_ADD, {"text": ADD, "match": told})
    assert done.returncode == 0, done.stdout + done.stderr
    assert told in done.stderr
    assert "F401" not in done.stderr
    assert project.subjects[-1] == "feat: `add(2, 3)` is 5"


def test_a_tool_that_is_not_there_is_told_and_the_change_goes_on(go):
    done = go({"pyproject.toml": "[tool.pyright]\n"}, ADD_TEST, ADD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pyright: pyproject.toml asks for it, and pyright is not in" in done.stderr


def test_what_a_change_brings_over_a_limit_sends_it_back(go):
    settings = {"seenred.toml": "[limits]\nenabled = true\nfunction = 3\n"}
    told = "add is 5 lines long, and 3 are allowed"
    done = go(settings, ADD_TEST, LONG_ADD, {"text": ADD, "match": told})
    assert done.returncode == 0, done.stdout + done.stderr
    assert told in done.stderr


def test_limits_are_off_unless_they_are_switched_on(go):
    assert go({"seenred.toml": "[limits]\nfunction = 3\n"}, ADD_TEST, LONG_ADD).returncode == 0


def test_a_test_that_looks_inside_is_asked_for_again_where_that_is_looked_at(go, project):
    settings = {
        "seenred.toml": "[protocol]\ntest_lint = true\n",
        "PLAN.md": "# Calculator\n\n- [ ] dividing by zero raises ValueError\n",
    }
    told = "`_checked` is private; test what callers see"
    inside = DIVIDE_TEST.replace("divide(1, 0)", "divide._checked(1, 0)")
    project.commit("chore: code", {"calculator.py": "def divide(a, b): ...\n"})
    done = go(settings, inside, {"text": DIVIDE_TEST, "match": told}, DIVIDE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert told in done.stderr


def test_a_test_that_was_hard_to_write_says_which_design_would_help(go):
    plan = "# Calculator\n\n- [ ] dividing by zero raises ValueError\n"
    steps = "".join(f"    n{number} = {number}\n" for number in range(8))
    hard = DIVIDE_TEST.replace("test_divide():\n", f"test_divide():\n{steps}")
    hard = hard.replace("divide(1, 0)", "divide(n1, n0)")
    done = go({"PLAN.md": plan}, hard, DIVIDE)
    assert done.returncode == 0, done.stdout + done.stderr
    told = "this test is hard to write: 8 statements come before its first assertion."
    assert told in " ".join(done.stdout.split())


def test_a_required_review_sends_a_change_back_until_the_reviewer_agrees(go):
    again = {"text": ADD, "match": "add: it adds twice Fix: once"}
    replies = (AGREES, ADD, OBJECTS, again, AGREES)
    done = go({}, *replies, options=("--review", "required"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "review: add: it adds twice" in done.stderr


def test_an_advising_reviewer_is_heard_and_holds_nothing_up(go):
    done = go({}, AGREES, ADD, OBJECTS, options=("--review", "advisory"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "review: add: it adds twice" in done.stderr


def test_what_a_reviewer_says_beforehand_is_heard_by_the_author(go):
    before = {"text": OBJECTS, "match": "Nothing is written yet"}
    heard = {"text": ADD, "match": "# What a reviewer says of it\n- add: it adds twice Fix: once"}
    done = go({}, before, heard, AGREES, options=("--review", "advisory"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_reviewer_that_cannot_be_reached_fails_the_step_and_no_other_takes_its_place(
    go, project, tmp_path
):
    reviewer = tmp_path / "reviewer.json"
    reviewer.write_text(json.dumps([{"fail": "It is out of credit."}]))
    settings = {"seenred.toml": f'[protocol]\nreviewer = "scripted:{reviewer}"\n'}
    done = go(settings, ADD, AGREES, options=("--review", "required"))
    assert done.returncode == 3
    assert "The reviewer scripted:reviewer.json gave no answer: It is out of credit." in done.stderr
    assert project.subjects[-1] == "chore: settings"


def test_what_is_held_against_the_test_is_not_asked_of_the_code(go):
    settings = {
        "seenred.toml": "[limits]\nenabled = true\nfunction = 3\n",
        "PLAN.md": "- [ ] adds: `add(2, 3)` is 5, `add(1, 1)` is 2, `add(0, 0)` is 0\n",
    }
    done = go(settings, ADD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗ green" not in done.stderr
    told = " ".join(done.stderr.split())
    assert "3 are allowed; split it; left as it is" in told, told

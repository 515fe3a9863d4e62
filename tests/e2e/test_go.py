"""`seenred go` over the scripted model: each way that a cycle can take, as a user sees it."""

import json
import subprocess
import sys

from go_project import (
    ADD,
    ADD_TEST,
    CONSTANT_ADD,
    EVERYTHING,
    PLAN,
    SUBTRACT,
    SUBTRACT_TEST,
    WRONG_ADD,
    code,
)

NO_CODE = "I am sorry, I cannot."


def test_a_list_is_worked_through_and_each_commit_stands_an_audit(go, project, seenred):
    done = go(*EVERYTHING, options=("--all", "--yes"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.subjects == [
        "chore: begin",
        "feat: `add(2, 3)` is 5",
        "feat: `subtract(5, 3)` is 2",
        "feat: dividing by zero raises ValueError",
        "chore: plan what was discovered",
    ]
    assert project.read("PLAN.md").startswith(PLAN.replace("[ ]", "[x]"))
    assert "PLAN.md 3/3 · 3 committed" in done.stdout
    audit = seenred("verify", "HEAD~4..HEAD")
    assert audit.returncode == 0, audit.stdout
    assert "✓ 3 tests red before the change for the right reason" in audit.stdout


def test_one_item_is_taken_unless_more_are_asked_for(go, project):
    assert go(ADD_TEST, ADD).returncode == 0
    assert project.subjects[1:] == ["feat: `add(2, 3)` is 5"]
    assert "- [x] `add(2, 3)` is 5\n- [ ] `subtract" in project.read("PLAN.md")


def test_the_nearest_list_is_worked_on_the_one_that_status_shows(go, project, seenred):
    project.commit("chore: another list", {"shop/PLAN.md": "- [ ] `add(2, 2)` is 4\n"})
    seenred.folder = project.path / "shop"
    assert "add(2, 2)" in seenred("status").stdout
    assert go(ADD).returncode == 0
    assert project.read("shop/PLAN.md") == "- [x] `add(2, 2)` is 4\n"
    assert project.read("PLAN.md") == PLAN


def test_a_cycle_is_taken_back_by_the_command_that_it_names(go, project):
    done = go(*EVERYTHING, options=("-n", "2", "--yes"))
    undo = done.stdout.rsplit("undo: ", 1)[1].split("\n")[0]
    subprocess.run([*undo.split(), "--no-edit"], cwd=project.path, check=True, capture_output=True)
    tests = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=project.path,
        capture_output=True,
        check=False,
    )
    assert tests.returncode == 0, tests.stdout
    assert b"1 passed" in tests.stdout


def test_refused_code_is_asked_for_again_with_what_was_seen(go, project):
    done = go(ADD_TEST, WRONG_ADD, {"text": ADD, "match": "6 == 5"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗ green 1  failed: assert 6 == 5" in done.stderr
    assert project.subjects[-1] == "feat: `add(2, 3)` is 5"


def test_an_attribute_does_not_hide_the_method_that_the_test_calls(go, project):
    project.commit("chore: plan", {"PLAN.md": "- [ ] a new `Lamp` has a `level()` of 0\n"})
    test = code("def test_level():\n    assert Lamp().level() == 0\n")
    lamp = "class Lamp:\n    def __init__(self):\n        self.level = 0\n\n"
    done = go(test, code(f"{lamp}    def level(self):\n        return self.level\n"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗ green" not in done.stderr


def test_a_constant_is_honest_and_the_test_that_would_show_it_is_offered(go, project):
    done = go(ADD_TEST, CONSTANT_ADD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "## Discovered" in project.read("PLAN.md")


def test_what_exists_already_is_marked_and_only_tested(go, project, seenred):
    plan = "- [ ] `add(2, 3)` is 5\n- [ ] `add(1, 1)` is 2\n"
    project.commit("chore: another plan", {"PLAN.md": plan})
    again = code("def test_add_one():\n    assert add(1, 1) == 2\n")
    done = go(ADD_TEST, ADD, again, options=("--all", "--yes"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.subjects[-1] == "test: `add(1, 1)` is 2"
    assert project.read("PLAN.md") == plan.replace("[ ]", "[x]")
    assert seenred("verify", "HEAD~2..HEAD").returncode == 0


def test_an_item_that_nobody_can_test_is_abandoned_with_the_reason(go, project, seenred):
    done = go({"text": NO_CODE, "repeat": True}, options=("--all", "--yes"))
    assert done.returncode == 1
    assert project.subjects[1:] == ["chore: abandon `add(2, 3)` is 5"]
    assert "- [-] `add(2, 3)` is 5\n  abandoned: " in project.read("PLAN.md")
    assert not (project.path / "tests").exists()
    assert seenred("verify", "HEAD~1..HEAD").returncode in (0, 125)


def test_after_an_abandoned_item_the_next_one_can_be_taken(go, project):
    go({"text": NO_CODE, "repeat": True})
    assert go(SUBTRACT_TEST, SUBTRACT).returncode == 0
    assert project.subjects[-1] == "feat: `subtract(5, 3)` is 2"


def invented(value):
    return code(f"def test_add():\n    assert add(2, 2) == {value}\n")


def test_values_that_only_a_model_vouches_for_are_not_taken_unattended(go, project):
    project.commit("chore: plan", {"PLAN.md": "# Calculator\n\n- [ ] adds two numbers\n"})
    drawn = [{"text": invented(number), "match": "test function"} for number in range(9)]
    told = [f"It is what it is.\nValue: {number}" for number in range(30)]
    done = go(*drawn, *told)
    assert done.returncode == 1, done.stdout
    assert project.subjects[-1].startswith("chore: abandon")


def test_a_value_that_independent_replies_agree_on_is_taken(go, project):
    project.commit("chore: plan", {"PLAN.md": "# Calculator\n\n- [ ] adds two numbers\n"})
    done = go(invented(4), *["Two and two.\nValue: 4"] * 2, ADD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "assert add(2, 2) == 4" in project.read("tests/test_calculator.py")
    assert "values from: tests that were drawn apart" in done.stdout


def test_a_dry_run_changes_nothing(go, project):
    before = project.git("rev-parse", "HEAD"), project.git("branch", "--list")
    done = go(ADD_TEST, ADD, options=("--yes", "--dry-run"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert before == (project.git("rev-parse", "HEAD"), project.git("branch", "--list"))
    assert project.git("status", "--porcelain") == ""
    assert done.stdout.endswith("a dry run: nothing was kept\n")
    assert "undo" not in done.stdout


def test_as_json_each_cycle_is_told(go, project):
    done = go(ADD_TEST, ADD, options=("--yes", "--json"))
    told = json.loads(done.stdout)
    (cycle,) = told["result"]["cycles"]
    assert cycle["ending"] == "committed"
    assert cycle["commits"] == [project.git("rev-parse", "HEAD")]


def test_code_that_no_test_needs_is_sent_back_when_it_is_asked_to_be_minimal(go, project):
    extra = code("def add(a, b):\n    c = a\n    print(c)\n    return a + b\n")
    lean = {"text": ADD, "match": "no test requires"}
    done = go(ADD_TEST, extra, lean, options=("--yes", "--minimality", "strict"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "print" not in project.read("calculator.py")


def test_the_budget_ends_a_run_and_nothing_is_left(go, project):
    done = go(
        ADD_TEST,
        {"text": WRONG_ADD, "reply_tokens": 50_000},
        options=("--yes", "--max-tokens", "50000"),
    )
    assert done.returncode == 4
    assert project.subjects == ["chore: begin"]
    assert project.git("branch", "--list", "seenred/*") == ""


def test_what_stays_on_its_branch_has_nothing_to_take_back(go, project):
    (project.path / "calculator.py").write_text("mine = True\n")
    done = go(ADD_TEST, ADD)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "! left on its branch: " in done.stdout
    assert "undo" not in done.stdout
    assert project.read("calculator.py") == "mine = True\n"

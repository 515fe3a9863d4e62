"""What `seenred go` says where it cannot work: one sentence, nothing lost, nothing changed."""

import os
import subprocess

import pytest
from go_project import ADD, ADD_TEST, PLAN, GoProject, code


def refused(done, told, exit_code=2):
    assert (done.returncode, told in done.stderr) == (exit_code, True), done.stderr + done.stdout
    assert "Traceback" not in done.stderr


PLANS = {
    "no boxes": ("# Plan\n\nNothing yet.\n", "has no test yet"),
    "an empty item": ("- [ ]  \n- [ ] b\n", "PLAN.md:1 is a box without words"),
    "the same twice": ("- [ ] b\n- [ ] b\n", "has 'b' open in the lines 1 and 2"),
}


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_that_cannot_be_worked_on_is_refused_with_the_line(go, project, plan):
    text, told = PLANS[plan]
    project.commit("chore: plan", {"PLAN.md": text})
    refused(go(), told)


def test_without_a_plan_the_command_that_makes_one_is_named(go, project):
    project.git("rm", "--quiet", "PLAN.md")
    project.commit("chore: nothing", {"README.md": "nothing\n"})
    refused(go(), "`seenred init`")


def test_a_list_that_is_done_is_no_failure(go, project):
    project.commit("chore: done", {"PLAN.md": PLAN.replace("[ ]", "[x]")})
    done = go()
    assert (done.returncode, "every test of the list is marked" in done.stdout) == (0, True)


def test_a_suite_that_is_red_before_is_refused_by_its_tests(go, project):
    project.commit("test: red", {"tests/test_red.py": "def test_red():\n    assert False\n"})
    refused(go(), "The tests are red before anything is changed: tests/test_red.py::test_red")


def test_without_a_repository_that_is_said(tmp_path, seenred):
    (tmp_path / "PLAN.md").write_text(PLAN)
    refused(seenred("go", "--yes", "--model", "scripted:nothing.json"), "git init")


def test_a_repository_without_a_commit_gets_its_first_ones(tmp_path, seenred):
    seenred.folder = tmp_path / "project"
    project = GoProject(seenred.folder, plan="")
    project.write({"PLAN.md": PLAN, "notes.txt": "mine\n"})
    done = seenred("go", "--yes", "--model", project.script(ADD_TEST, ADD))
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.subjects == ["chore: plan", "feat: `add(2, 3)` is 5"]
    assert project.git("status", "--porcelain") == "?? notes.txt"


def test_a_detached_head_is_told(go, project):
    project.git("checkout", "--quiet", "--detach")
    done = go(ADD_TEST, ADD)
    assert done.returncode == 0, done.stderr
    assert "HEAD is detached" in done.stderr
    run = project.git("branch", "--list", "seenred/*", "--format=%(refname:short)")
    assert f"only it and {run} will have the commits" in " ".join(done.stderr.split())


def test_nobody_s_name_is_asked_for_before_anything_is_done(tmp_path, go, project, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    for key in ("user.name", "user.email"):
        project.git("config", "--unset", key)
    refused(go(ADD_TEST, ADD), "user.email")
    assert project.subjects == ["chore: begin"]


def test_a_hook_that_refuses_leaves_everything_as_it_was(go, project):
    hook = project.path / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not on a Tuesday >&2\nexit 1\n")
    hook.chmod(0o755)
    refused(go(ADD_TEST, ADD), "not on a Tuesday")
    assert project.subjects == ["chore: begin"]
    assert project.git("status", "--porcelain") == ""


def test_a_hook_of_the_user_sees_what_is_committed(go, project):
    hook = project.path / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ngrep -q 'return a + b' calculator.py\n")
    hook.chmod(0o755)
    assert go(ADD_TEST, ADD).returncode == 0


def test_an_uncommitted_plan_is_read_as_it_stands(go, project):
    project.write({"PLAN.md": PLAN.replace("- [ ] `add(2, 3)` is 5\n", "")})
    subtract = code("def test_it():\n    assert subtract(5, 3) == 2\n")
    done = go(subtract, code("def subtract(a, b):\n    return a - b\n"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.subjects[1:] == ["chore: plan", "feat: `subtract(5, 3)` is 2"]


def test_the_user_s_other_changes_stay_as_they_are(go, project):
    project.commit("docs: notes", {"notes.txt": "one\n"})
    project.write({"notes.txt": "two\n", "new.txt": "new\n"})
    assert go(ADD_TEST, ADD).returncode == 0
    assert project.git("status", "--porcelain").splitlines() == ["M notes.txt", "?? new.txt"]
    assert project.read("notes.txt") == "two\n"


def test_changes_in_the_same_files_keep_the_commits_on_the_run_s_branch(go, project):
    project.commit("feat: a module", {"calculator.py": "x = 1\n"})
    project.write({"calculator.py": "x = 2\n"})
    done = go(ADD_TEST, ADD)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "the commits are on seenred/" in done.stdout
    assert project.read("calculator.py") == "x = 2\n"
    assert project.git("branch", "--list", "seenred/*").strip().startswith("seenred/")


def test_what_was_left_on_its_branch_is_taken_over_by_the_next(go, project):
    project.commit("feat: a module", {"calculator.py": "x = 1\n"})
    project.write({"calculator.py": "x = 2\n"})
    go(ADD_TEST, ADD)
    project.git("checkout", "--quiet", "--", "calculator.py")
    subtract = code("def test_it():\n    assert subtract(5, 3) == 2\n")
    done = go(subtract, code("def subtract(a, b):\n    return a - b\n"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.subjects[-2:] == ["feat: `add(2, 3)` is 5", "feat: `subtract(5, 3)` is 2"]


def test_windows_line_ends_of_the_plan_stay(go, project):
    (project.path / "PLAN.md").write_bytes(PLAN.replace("\n", "\r\n").encode())
    assert go(ADD_TEST, ADD).returncode == 0
    told = (project.path / "PLAN.md").read_bytes().decode()
    assert told == PLAN.replace("\n", "\r\n").replace("[ ]", "[x]", 1)


def test_a_list_of_a_thousand_items_is_no_burden(go, project):
    items = "".join(f"- [ ] `f{number}(1)` is {number}\n" for number in range(1000))
    project.commit("chore: much", {"PLAN.md": f"# Calculator\n\n{items}"})
    done = go(code("def f0(x):\n    return 0\n"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PLAN.md 0/1000 · next: `f0(1)` is 0" in done.stdout


def test_two_at_once_in_one_repository_do_not_mix(seenred, project):
    lock = project.path / ".git/seenred/lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        import fcntl

        fcntl.flock(held, fcntl.LOCK_EX)
        done = seenred("go", "--yes", "--model", project.script(ADD_TEST, ADD))
    refused(done, "[run-active]")


def test_submodules_stay_as_they_are(go, project, tmp_path):
    other = GoProject(tmp_path / "other", plan="")
    other.commit("feat: other", {"other.py": "x = 1\n"})
    allow = ("-c", "protocol.file.allow=always")
    project.git(*allow, "submodule", "--quiet", "add", str(other.path), "vendored")
    project.commit("chore: a submodule", {})
    before = project.git("ls-tree", "HEAD", "vendored")
    assert go(ADD_TEST, ADD).returncode == 0
    assert project.git("ls-tree", "HEAD", "vendored") == before
    assert (
        subprocess.run(
            ["git", "-C", project.path, "diff", "--quiet"], env=os.environ, check=False
        ).returncode
        == 0
    )

"""`seenred init`: what a project begins with."""

import re
import resource
import signal
import subprocess
import sys

import pytest
from repository import Repository

from seenred.config.settings import Settings, load_settings
from seenred.domain.plan import parse_plan


@pytest.fixture
def project(seenred):
    repository = Repository(seenred.folder)
    repository.commit("feat: begin", {"README.md": "A shop.\n"})
    return repository


def rows(done):
    return [line.split()[:3] for line in done.stdout.splitlines()[:3]]


@pytest.mark.usefixtures("project")
def test_a_project_begins_with_a_list_settings_and_ignored_folders(seenred):
    done = seenred("init")
    assert (0, "") == (done.returncode, done.stderr)
    assert [
        ["✓", "PLAN.md", "made"],
        ["✓", "seenred.toml", "made"],
        ["✓", ".gitignore", "made"],
    ] == rows(done)
    assert "Next: write your first test into PLAN.md, then seenred go" in done.stdout
    assert "/output/\n/output-[0-9]*/\n" == seenred.read(".gitignore")


@pytest.mark.usefixtures("project")
def test_the_examples_of_the_list_are_no_tests_until_they_leave_the_comment(seenred):
    seenred("init")
    text = seenred.read("PLAN.md")
    assert (0, ()) == (parse_plan(text).total, parse_plan(text).discovered)
    examples = parse_plan(text.replace("<!--", "").replace("-->", "")).items
    assert "an empty cart costs 0" == examples[0].text
    assert 3 == len(examples)


def test_the_settings_are_the_defaults_once_they_leave_their_comments(seenred, tmp_path):
    seenred("init")
    text = seenred.read("seenred.toml")
    assert Settings() == load_settings({}, tmp_path, {})
    limits = {"max_tokens", "max_seconds", "max_cost"}
    lines = [re.sub(r"^# (?=\[|[a-z_]+ = )", "", line) for line in text.splitlines()]
    kept = [line for line in lines if line.split(" = ")[0] not in limits]
    seenred.write("seenred.toml", "\n".join(kept))
    defaults = Settings()
    found = load_settings({}, tmp_path, {})
    assert defaults.model_copy(update={"run": found.run}) == found
    assert tmp_path / "output" == found.run.output
    seenred.write("seenred.toml", "\n".join(lines))
    assert 1.0 == load_settings({}, tmp_path, {}).budget.max_cost


def test_a_second_time_everything_is_kept(seenred, project):
    seenred("init")
    before = project.state()
    done = seenred("init")
    assert 0 == done.returncode
    assert [["kept"]] * 3 == [row[2:] for row in rows(done)]
    assert before == project.state()


@pytest.mark.parametrize("name", ["PLAN.md", "plan.md"])
def test_what_is_there_stays(seenred, project, name):
    project.write({name: "- [ ] adds\n", "seenred.toml": "[run]\ncandidates = 2\n"})
    (seenred.folder / ".gitignore").write_bytes(b"*.pyc\r\n# caf\xe9")
    done = seenred("init")
    assert ["-", name, "kept"] == rows(done)[0]
    assert "Next: seenred go" in done.stdout
    assert "- [ ] adds\n" == seenred.read(name)
    assert "[run]\ncandidates = 2\n" == seenred.read("seenred.toml")
    ignored = (seenred.folder / ".gitignore").read_bytes()
    assert b"*.pyc\r\n# caf\xe9\r\n/output/\r\n/output-[0-9]*/\r\n" == ignored


def test_settings_that_hold_already_are_not_hidden_by_a_new_file(seenred, project):
    project.write({"pyproject.toml": "[tool.seenred.run]\ncandidates = 2\n"})
    done = seenred("init")
    assert "pyproject.toml has the settings" in done.stdout
    assert not (seenred.folder / "seenred.toml").exists()


@pytest.mark.parametrize("line", ["output*/", "output"])
def test_what_is_ignored_already_is_not_ignored_twice(seenred, project, line):
    project.write({".gitignore": f"{line}\n"})
    seenred("init")
    assert f"{line}\n" == seenred.read(".gitignore")


def test_a_tracked_folder_of_that_name_is_not_ignored(seenred, project):
    project.commit("feat: output", {"output/driver.py": "x = 1\n"})
    assert "output/ is tracked here" in seenred("init").stdout
    assert not (seenred.folder / ".gitignore").exists()


def test_in_a_folder_without_a_repository_the_next_step_is_to_make_one(seenred):
    done = seenred("init")
    assert 0 == done.returncode
    assert "! seenred go commits each test, and there is no git repository" in done.stdout
    assert done.stdout.endswith("Next: git init\n")
    Repository(seenred.folder)
    done = seenred("init")
    assert "! seenred go builds upon a commit, and there is none yet" in done.stdout
    assert "Next: git add --all && git commit" in done.stdout


@pytest.mark.parametrize("inside", [".git", "bare.git"])
def test_where_git_keeps_its_own_nothing_is_made(seenred, project, inside):
    project.git("init", "--quiet", "--bare", "bare.git")
    seenred.folder = project.path / inside
    done = seenred("init")
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith("run this in one. [init-inside-git]\n")
    assert not (seenred.folder / "PLAN.md").exists()


@pytest.mark.parametrize("name", ["PLAN.md", "plan.md", "seenred.toml", ".gitignore", "pytest.ini"])
def test_a_folder_in_the_place_of_a_file_is_refused_before_anything_is_made(seenred, name):
    (seenred.folder / name).mkdir()
    done = seenred("init")
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith("rename it, then run this again. [init-blocked]\n")
    assert [name] == [path.name for path in seenred.folder.iterdir()]


@pytest.mark.usefixtures("project")
def test_a_full_disk_leaves_no_part_of_a_file(seenred):
    def no_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    done = subprocess.run(
        [sys.executable, "-m", "seenred", "init"],
        cwd=seenred.folder,
        capture_output=True,
        text=True,
        preexec_fn=no_room,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.endswith("[init-not-writable]\n")
    assert not (seenred.folder / "PLAN.md").exists()


@pytest.mark.usefixtures("project")
def test_bare_pytest_finds_the_modules_of_a_new_project(seenred):
    assert "pytest.ini    made" in seenred("init").stdout
    (seenred.folder / "tests").mkdir()
    seenred.write("calculator.py", "def add(a, b):\n    return a + b\n")
    test = "from calculator import add\n\n\ndef test_add():\n    assert add(2, 3) == 5\n"
    seenred.write("tests/test_calculator.py", test)
    # the command, unlike `python -m pytest`, does not look into the working folder
    bare = "import sys, pytest; sys.path.remove(''); sys.exit(pytest.main(['-q']))"
    done = subprocess.run(
        [sys.executable, "-c", bare], cwd=seenred.folder, capture_output=True, check=False
    )
    assert 0 == done.returncode, done.stdout


CONFIGURED = {"pyproject.toml": "[project]\n", "setup.cfg": "", "conftest.py": "", "setup.py": ""}


@pytest.mark.parametrize("name", CONFIGURED)
def test_a_project_that_is_set_up_already_is_not_told_how_to_be_imported(seenred, project, name):
    project.write({name: CONFIGURED[name]})
    assert f"left to {name}" in seenred("init").stdout
    assert not (seenred.folder / "pytest.ini").exists()


def test_a_part_of_a_project_is_set_up_by_the_whole(seenred, project):
    project.write({"pyproject.toml": "[project]\n", "part/README.md": "A part.\n"})
    seenred.folder = project.path / "part"
    assert "left to " in seenred("init").stdout
    assert not (seenred.folder / "pytest.ini").exists()

"""`seenred go` where the tests need files that git does not know."""

import json

import pytest
from go_project import GoProject, code

FILES = {
    ".gitignore": "data/\n_key.py\n",
    "data/rates.json": json.dumps({"EUR": 2}),
    "_key.py": "KEY = 3\n",
    "rates.py": (
        "import json\nfrom pathlib import Path\n\nfrom _key import KEY\n\n\n"
        "def rate(name):\n"
        "    return json.loads(Path('data/rates.json').read_text())[name]\n\n\n"
        "def key():\n    return KEY\n"
    ),
    "test_rates.py": (
        "from rates import key, rate\n\n\n"
        "def test_rate():\n    assert rate('EUR') == 2\n\n\n"
        "def test_key():\n    assert key() == 3\n"
    ),
}
PLAN = '# Rates\n\n- [ ] `double("EUR")` is 4\n'
TEST = code('def test_double():\n    assert double("EUR") == 4\n')
DOUBLE = code("def double(name):\n    return rate(name) * 2\n")


@pytest.fixture
def project(tmp_path, seenred):
    seenred.folder = tmp_path / "project"
    found = GoProject(seenred.folder, PLAN)
    found.commit("feat: rates", FILES)
    return found


@pytest.fixture
def go(seenred, project):
    def run():
        return seenred("go", "--yes", "--model", project.script(TEST, DOUBLE))

    return run


def test_named_files_are_there_for_every_run_and_never_committed(go, project):
    project.write({"seenred.toml": '[worktree]\ncopy = ["data", "_key.py"]\n'})
    done = go()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
    assert "3 passed, 2 controls red" in done.stdout
    assert project.subjects[-1] == 'feat: `double("EUR")` is 4'
    assert project.git("ls-files").split() == [".gitignore", "PLAN.md", "rates.py", "test_rates.py"]
    assert project.read("_key.py") == FILES["_key.py"]


def test_what_the_tests_lack_is_named_with_the_setting(go):
    done = go()
    assert done.returncode == 2
    assert "git does not know _key.py: name it in worktree.copy (seenred.toml)" in done.stderr

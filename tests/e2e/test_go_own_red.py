"""`seenred go` where a person has written the failing test first, and the item names it."""

import pytest
from go_project import ADD, ADD_TEST, SUBTRACT

CALC = "def add(a, b):\n    return a + b\n"
ADD_FILE = "import calc\n\n\ndef test_add():\n    assert calc.add(2, 3) == 5\n"
OWN = "\n\ndef test_minus():\n    assert calc.subtract(5, 3) == 2\n"
PLAN = "# Calculator\n\n- [ ] takes the second from the first: `tests/test_calc.py::test_minus`\n"


@pytest.fixture
def plan_text():
    return PLAN


def test_the_test_is_taken_as_it_stands(go, project, seenred):
    files = {"calc.py": CALC, "tests/test_calc.py": ADD_FILE + OWN}
    project.commit("test: a subtraction, red", files)
    done = go(SUBTRACT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "values from: a person" in done.stdout
    assert project.read("tests/test_calc.py") == ADD_FILE + OWN
    assert project.read("calc.py").startswith(CALC)
    assert project.read("PLAN.md") == PLAN.replace("[ ]", "[x]")
    changed = project.git("show", "--format=%s", "--name-only", "HEAD").split("\n")
    assert changed[0].startswith("feat: take")
    assert sorted(each for each in changed[1:] if each) == ["PLAN.md", "calc.py"]
    audit = seenred("verify", "HEAD~1..HEAD")
    assert audit.returncode == 0, audit.stdout


def test_a_module_that_nobody_has_written_is_written_for_it(go, project):
    own = "from sums import add\n\n\ndef test_add():\n    assert add(2, 3) == 5\n"
    plan = PLAN.replace("tests/test_calc.py::test_minus", "tests/test_sums.py::test_add")
    project.commit("test: red", {"PLAN.md": plan, "tests/test_sums.py": own})
    done = go(ADD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "return a + b" in project.read("sums.py")
    assert project.read("tests/test_sums.py") == own


def test_any_other_test_that_fails_stands_in_the_way(go, project):
    other = "\n\ndef test_other():\n    assert calc.add(1, 1) == 3\n"
    files = {"calc.py": CALC, "tests/test_calc.py": ADD_FILE + OWN + other}
    project.commit("test: two reds", files)
    done = go(SUBTRACT)
    assert done.returncode == 2
    assert "red before anything is changed: tests/test_calc.py::test_other;" in done.stderr


def test_what_is_green_already_is_only_marked(go, project, seenred):
    code = f"{CALC}\n\ndef subtract(a, b):\n    return a - b\n"
    project.commit("feat: both", {"calc.py": code, "tests/test_calc.py": ADD_FILE + OWN})
    done = go()
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.git("show", "--format=", "--name-only", "HEAD").split() == ["PLAN.md"]
    assert project.read("PLAN.md") == PLAN.replace("[ ]", "[x]")
    assert seenred("verify", "HEAD~1..HEAD").returncode in (0, 125)


def test_one_that_is_red_for_a_wrong_reason_is_given_up_and_stays(go, project):
    wrong = ADD_FILE + "\n\ndef test_minus(unknown):\n    assert calc.subtract(5, 3) == 2\n"
    project.commit("test: red", {"calc.py": CALC, "tests/test_calc.py": wrong})
    done = go()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "no fixture `unknown`" in done.stdout
    assert project.read("tests/test_calc.py") == wrong


def test_a_test_that_is_not_there_is_written(go, project):
    project.commit(
        "feat: add", {"PLAN.md": "- [ ] `add(2, 3)` is 5: `tests/test_new.py::test_add`\n"}
    )
    done = go(ADD_TEST, ADD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "def test_add()" in project.read("tests/test_new.py")

"""The user goes on committing while a cycle runs: its commits come upon theirs, or say why not."""

import pytest
from go_project import ADD, SUBTRACT, code
from messy_shop import MESSY, MESSY_TESTS, TIDIED

from seenred.domain import cycle_event
from seenred.domain.cycle_event import Committed, Ending, Phase

MINE = "feat: mine"


@pytest.fixture
def meanwhile(work):
    """Let the user commit these files while the model writes the code."""

    def plan(files):
        work.meanwhile[1] = lambda: work.project.commit(MINE, files)

    return plan


def test_what_does_not_touch_it_is_built_upon_and_proven_again(work, meanwhile):
    meanwhile({"notes.txt": "mine\n"})
    done = work.go(ADD)
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    assert work.project.subjects == ["chore: begin", MINE, "feat: `add(2, 3)` is 5"]
    assert work.project.git("status", "--porcelain") == ""
    assert "- [x] `add(2, 3)` is 5" in work.project.read("PLAN.md")


def test_the_commits_that_it_names_are_those_that_the_branch_got(work, meanwhile):
    meanwhile({"notes.txt": "mine\n"})
    (cycle,) = work.go(ADD).cycles
    assert cycle.commits == (work.project.git("rev-parse", "HEAD"),)
    (moved,) = work.seen(cycle_event.Rebased)
    assert moved.commits == (Committed(cycle.commits[0], "feat: `add(2, 3)` is 5"),)
    work.project.git(*cycle.undo.split()[1:], "--no-edit")
    assert work.project.read("notes.txt") == "mine\n"


def test_the_next_item_stands_upon_the_user_s_commits(work, meanwhile):
    meanwhile({"notes.txt": "mine\n"})
    done = work.go(ADD, SUBTRACT, count=2)
    assert [cycle.ending for cycle in done.cycles] == [Ending.COMMITTED] * 2, done.stopped
    assert work.project.subjects[-1] == "feat: `subtract(5, 3)` is 2"


def test_what_conflicts_stays_on_the_branch_of_the_run(work, meanwhile):
    meanwhile({"calculator.py": "mine = True\n"})
    done = work.go(ADD)
    assert done.cycles[0].ending is Ending.LEFT
    assert done.exit_code == 1
    assert "your branch has moved on, and its new commits conflict with these" in done.stopped
    assert work.project.subjects == ["chore: begin", MINE]
    assert work.project.read("calculator.py") == "mine = True\n"
    left = work.project.git("branch", "--list", "seenred/*", "--format=%(refname:short)")
    assert left in done.stopped
    assert "add(2, 3)" in work.project.git("log", "-1", "--format=%s", left)


BREAKING = "def pytest_runtest_call(item):\n    assert item.name != 'test_add_2_3_is_5'\n"


def test_what_the_user_s_commits_break_is_not_delivered(work, meanwhile):
    meanwhile({"conftest.py": BREAKING})
    done = work.go(ADD)
    assert done.cycles[0].ending is Ending.LEFT
    assert "your branch has moved on, and upon it this is not proven: " in done.stopped
    assert work.project.subjects == ["chore: begin", MINE]


ADDING = {"calculator.py": "def add(a, b):\n    return a + b\n", "PLAN.md": "- [ ] adds 1 and 1\n"}
ADDS = code("def test_adds():\n    assert add(1, 1) == 2\n")
SAYS_TWO = "Value: 2"


def test_a_test_of_what_was_there_is_proven_again(work, meanwhile):
    work.project.commit("feat: adding", ADDING)
    meanwhile({"calculator.py": "def add(a, b):\n    return a + b + 1\n"})
    done = work.go(ADDS, *[SAYS_TWO] * 2)
    assert done.cycles[0].ending is Ending.LEFT, work.events
    assert "upon it this is not proven: covered: " in done.stopped
    assert work.project.subjects[-1] == MINE


def test_a_test_of_what_is_still_there_is_delivered(work, meanwhile):
    work.project.commit("feat: adding", ADDING)
    meanwhile({"notes.txt": "mine\n"})
    done = work.go(ADDS, *[SAYS_TWO] * 2)
    assert done.cycles[0].ending is Ending.COVERED, done.stopped
    assert work.project.subjects[-2:] == [MINE, "test: add 1 and 1"]


NEEDS_IT = """from shop import total_with_tax


def test_it_counts_by_itself():
    assert "result" in total_with_tax.__code__.co_varnames
"""


@pytest.mark.parametrize(
    ("files", "ending"),
    [({"notes.txt": "mine\n"}, Ending.COMMITTED), ({"test_own.py": NEEDS_IT}, Ending.LEFT)],
)
def test_a_tidying_is_proven_again(work, meanwhile, files, ending):
    work.project.commit("feat: a shop", {"shop.py": MESSY, "tests/test_shop.py": MESSY_TESTS})
    meanwhile(files)
    done = work.tidy("shop.py", TIDIED)
    assert done.cycles[0].ending is ending, done.stopped
    assert work.project.subjects[-1].startswith(
        "refactor: " if ending is Ending.COMMITTED else MINE
    )


COUNTING = "def last(values):\n    return values[0]\n"
STORY = "The last of 1 and 2 is 2, I get the first"
LONG = code(
    "def test_last():\n    values = [1, 2]\n    seen = last(values)\n    assert seen == 2\n"
)
SHORT = code("def test_last():\n    assert last([1, 2]) == 2\n")
LAST = code("def last(values):\n    return values[-1]\n")


@pytest.mark.parametrize(
    ("files", "ending"),
    [
        ({"notes.txt": "mine\n"}, Ending.COMMITTED),
        ({"conftest.py": "BREAKS"}, Ending.LEFT),
    ],
)
def test_both_tests_of_a_defect_are_proven_again(work, files, ending):
    breaking = "def pytest_runtest_setup(item):\n    assert not item.name.endswith('in_last')\n"
    files = {path: breaking if text == "BREAKS" else text for path, text in files.items()}
    work.project.commit("feat: counting", {"counting.py": COUNTING})
    work.meanwhile[3] = lambda: work.project.commit(MINE, files)
    done = work.fix(STORY, LONG, SHORT, LAST)
    assert done.cycles[0].ending is ending, (done.stopped, work.notes)
    assert "in_last" in "".join(event.where for event in work.proven(Phase.RED))

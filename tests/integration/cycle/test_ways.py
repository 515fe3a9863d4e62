"""Ways that a cycle can take besides the straight one: starting over, giving up, a dry run."""

import pytest
from go_project import ADD, WRONG_ADD, code
from messy_shop import MESSY, MESSY_TESTS, TIDIED

from seenred.domain.cycle import Policy
from seenred.domain.cycle_event import Ending, Phase

CHEAPEST = code("def cheapest(prices):\n    return min(prices)\n")
DEAREST = code("def cheapest(prices):\n    return max(prices)\n")
PLAN = "# Shop\n\n- [ ] `cheapest([2, 1])` is 1\n"
ONCE = Policy(codes=1, restarts=1, structures=1, refactoring=False)


@pytest.fixture
def shop(work):
    files = {"shop.py": MESSY, "tests/test_shop.py": MESSY_TESTS, "PLAN.md": PLAN}
    work.project.commit("feat: a shop", files)
    return work


def test_starting_over_tidies_first(shop):
    done = shop.go(DEAREST, TIDIED, CHEAPEST, policy=ONCE)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    assert shop.notes[0].startswith("Starting over: ")
    tidied, feature = shop.project.subjects[2:4]
    assert tidied.startswith("refactor: ")
    assert feature.startswith("feat: ")
    assert "return total(prices) * 2" in shop.project.read("shop.py")


def test_a_tidying_that_does_not_stand_is_done_without(shop):
    broken = code("def total_with_tax(prices):\n    return sum(prices) * 2\n")
    done = shop.go(DEAREST, broken, CHEAPEST, policy=ONCE)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    assert len(shop.refused(Phase.TIDY)) == 1
    assert not any(subject.startswith("refactor: ") for subject in shop.project.subjects)


def test_what_was_tidied_stays_when_the_item_is_given_up(shop):
    done = shop.go(DEAREST, TIDIED, DEAREST, policy=ONCE)
    assert done.cycles[0].ending is Ending.ABANDONED
    kinds = [subject.partition(":")[0] for subject in shop.project.subjects[2:]]
    assert kinds == ["refactor", "chore"]
    assert "cheapest" not in shop.project.read("shop.py")
    assert "- [-] `cheapest([2, 1])` is 1" in shop.project.read("PLAN.md")


def test_code_that_nobody_can_write_is_given_up(work):
    done = work.go(WRONG_ADD, policy=Policy(codes=1, restarts=0))
    assert done.cycles[0].ending is Ending.ABANDONED
    assert "6 == 5" in done.stopped
    assert work.project.git("ls-files") == "PLAN.md"


def test_a_dry_run_of_several_items_keeps_nothing(work):
    subtract = code("def subtract(a, b):\n    return a - b\n")
    done = work.go(ADD, subtract, count=2, dry_run=True)
    assert [cycle.ending for cycle in done.cycles] == [Ending.COMMITTED] * 2, done.stopped
    assert work.project.subjects == ["chore: begin"]
    assert work.project.git("status", "--porcelain") == ""
    assert work.project.git("branch", "--list", "seenred/*") == ""


def test_a_dry_run_of_a_tidying_keeps_nothing(shop):
    before = shop.project.git("rev-parse", "HEAD")
    done = shop.tidy("shop.py", TIDIED, dry_run=True)
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    assert shop.project.git("rev-parse", "HEAD") == before
    assert shop.project.read("shop.py") == MESSY


def test_a_dry_run_of_a_repair_keeps_nothing(work):
    work.project.commit("feat: adding", {"calculator.py": "def add(a, b):\n    return a * b\n"})
    before = work.project.git("rev-parse", "HEAD")
    done = work.fix("`add(2, 3)` should return 5", ADD, dry_run=True)
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    assert work.project.git("rev-parse", "HEAD") == before
    assert work.project.git("status", "--porcelain") == ""


@pytest.mark.parametrize("name", ["SubtractTest(unittest.TestCase)", "TestSubtract"])
def test_a_test_joins_the_class_of_the_others_and_is_found_there(work, name):
    tests = (
        "import unittest\n\nfrom calculator import subtract\n\n\n"
        f"class {name}:\n    def test_subtract(self):\n        assert subtract(3, 1) == 2\n"
    )
    calculator = "def subtract(a, b):\n    return a - b\n"
    work.project.commit(
        "feat: subtract", {"calculator.py": calculator, "tests/test_calculator.py": tests}
    )
    done = work.go(ADD)
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    held = work.project.read("tests/test_calculator.py")
    assert held.endswith("    def test_add_2_3_is_5(self):\n        assert add(2, 3) == 5\n")

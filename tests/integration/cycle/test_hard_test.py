"""A test that is hard to write: the code is put more simply first, where something can be."""

import pytest
from go_project import code
from messy_shop import MESSY, MESSY_TESTS, TIDIED

from seenred.domain.cycle import Policy
from seenred.domain.cycle_event import Ending, Phase

PLAN = "# Shop\n\n- [ ] the cheapest price of 2 and 1 is 1\n"
MANY = "".join(f"    p{number} = {number}\n" for number in range(8))
HARD = code(f"def test_it():\n{MANY}    assert cheapest([2, 1]) == 1\n")
EASY = code("def test_it():\n    assert cheapest([2, 1]) == 1\n")
CHEAPEST = code("def cheapest(prices):\n    return min(prices)\n")
BROKEN = code("def total_with_tax(prices):\n    return sum(prices) * 2\n")
ONCE = Policy(structures=1)


@pytest.fixture
def shop(work):
    files = {"shop.py": MESSY, "tests/test_shop.py": MESSY_TESTS, "PLAN.md": PLAN}
    work.project.commit("feat: a shop", files)
    return work


def kinds(work):
    return [subject.partition(":")[0] for subject in work.project.subjects[2:]]


def test_what_is_tidied_is_committed_and_the_test_written_anew(shop):
    done = shop.go(HARD, TIDIED, EASY, CHEAPEST)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    assert shop.notes[0].startswith("Tidying first: this test is hard to write: 8 statements")
    assert kinds(shop) == ["refactor", "feat"]
    assert [red.code.count("\n") for red in shop.proven(Phase.RED)] == [2]
    assert "return total(prices) * 2" in shop.project.read("shop.py")


def test_where_the_tidying_does_not_stand_the_test_is_taken_as_it_was(shop):
    done = shop.go(HARD, BROKEN, CHEAPEST, policy=ONCE)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    assert len(shop.refused(Phase.TIDY)) == 1
    assert "p7 = 7" in shop.project.read("tests/test_shop.py")


def test_where_nothing_can_be_tidied_no_model_is_asked(work):
    files = {"shop.py": "def total(prices):\n    return sum(prices)\n", "PLAN.md": PLAN}
    work.project.commit("feat: a shop", files)
    done = work.go(HARD, CHEAPEST)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, work.events)
    assert len(work.asked) == 2


def test_without_refactoring_a_hard_test_is_taken_as_it_is(shop):
    done = shop.go(HARD, CHEAPEST, policy=Policy(refactoring=False))
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    assert len(shop.asked) == 2

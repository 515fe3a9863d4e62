"""`fix` from the words of whoever saw the defect: a traceback, a story, a hang."""

import pytest
from go_project import code

from seenred.domain.cycle_event import Discovered, Ending, Phase
from seenred.domain.plan import parse_plan

MEAN = "def mean(values):\n    return sum(values) / len(values)\n"
CART = """from money import mean


class Cart:
    def __init__(self, prices=()):
        self.prices = list(prices)

    def typical(self):
        return mean(self.prices)
"""
CART_TESTS = """from cart import Cart


def test_the_typical_price():
    assert Cart([1, 3]).typical() == 2
"""
TRACEBACK = """An empty cart crashes

I expect a typical price of 0 for an empty cart:

Traceback (most recent call last):
  File "/srv/app/cart.py", line 9, in typical
    return mean(self.prices)
  File "/srv/app/money.py", line 2, in mean
    return sum(values) / len(values)
ZeroDivisionError: division by zero
"""
EMPTY = code("def test_empty():\n    cart = Cart()\n    assert cart.typical() == 0\n")
FIXED = code("def mean(values):\n    return sum(values) / len(values) if values else 0\n")


@pytest.fixture
def shop(work):
    files = {"money.py": MEAN, "cart.py": CART, "tests/test_cart.py": CART_TESTS}
    work.project.commit("feat: a cart", files)
    return work


def test_a_traceback_tells_where_to_repair(shop):
    done = shop.fix(TRACEBACK, EMPTY, "nothing smaller", FIXED)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    assert "if values else 0" in shop.project.read("money.py")
    assert shop.project.read("cart.py") == CART
    # the test is at the level at which the report's writer saw it, the code where it went wrong
    assert "cart.typical() == 0" in shop.project.read("tests/test_cart.py")
    assert "# `money.py` now" in shop.asked[-1]


SMALLER = code("def test_it():\n    assert mean([]) == 0\n")


def test_the_smallest_test_that_shows_it_is_red_beside_the_reproduction(shop):
    done = shop.fix(TRACEBACK, EMPTY, SMALLER, FIXED)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    tests = shop.project.read("tests/test_cart.py")
    assert "cart.typical() == 0" in tests
    assert "def test_an_empty_cart_crashes_in_mean():\n    assert mean([]) == 0\n" in tests
    first, second = shop.proven(Phase.RED)
    assert second.proof.decisive.startswith("ZeroDivisionError")
    assert first.where != second.where
    assert "mean([]) == 0" in shop.asked[-1]


NOT_SMALLER = {
    "no code": ("nothing smaller", "holds no"),
    "as large": (
        code("def test_it():\n    values = []\n    seen = mean(values)\n    assert seen == 0\n"),
        "is not smaller",
    ),
    "passes": (code("def test_it():\n    assert mean([0]) == 0\n"), "not red"),
    "says who": (code("def test_it():\n    assert mean([]) == 77\n"), "nobody vouches"),
}


@pytest.mark.parametrize("row", NOT_SMALLER)
def test_without_a_smaller_one_the_reproduction_has_to_do(shop, row):
    reply, told = NOT_SMALLER[row]
    votes = {"says who": ["Value: 1", "Value: 2"], "passes": ["Value: 0"]}.get(row, [])
    done = shop.fix(TRACEBACK, EMPTY, reply, *votes, FIXED)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    assert any(n.startswith("Going on with") and told in n for n in shop.notes), shop.notes
    assert "in_mean" not in shop.project.read("tests/test_cart.py")


def test_a_single_call_is_the_smallest_test_already(shop):
    done = shop.fix("`mean([])` should return 0", FIXED)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    assert "The reproduction is the smallest test of it." in shop.notes


def test_a_more_general_test_is_the_next_of_the_list(shop):
    done = shop.fix("`mean([])` should return 0", FIXED)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, shop.events)
    item = parse_plan(shop.project.read("PLAN.md")).next_item
    assert item.text == "`mean` is right for another example than the reported one"
    assert "## Discovered" not in shop.project.read("PLAN.md")


def test_without_a_list_it_is_only_told(shop):
    shop.project.git("rm", "--quiet", "PLAN.md")
    shop.project.commit("chore: no list", {})
    shop.fix("`mean([])` should return 0", FIXED)
    (found,) = shop.seen(Discovered)
    assert found.texts == ("`mean` is right for another example than the reported one",)
    assert shop.project.subjects[-1].startswith("fix: ")


STORY = "Withdrawing more than I have makes the balance negative"
BANK = """class Account:
    def __init__(self, balance=0):
        self.balance = balance

    def withdraw(self, amount):
        self.balance -= amount
"""
OVERDRAWN = """def test_it():
    account = Account({0})
    with pytest.raises(ValueError):
        account.withdraw({1})
"""
REFUSING = code(
    "class Account:\n    def __init__(self, balance=0):\n        self.balance = balance\n\n"
    "    def withdraw(self, amount):\n        if amount > self.balance:\n"
    "            raise ValueError(amount)\n        self.balance -= amount\n"
)


def test_a_story_without_code_is_reproduced_by_what_several_tests_agree_on(work):
    work.project.commit("feat: accounts", {"bank.py": BANK})
    draws = [code(OVERDRAWN.format(*each)) for each in ((10, 11), (5, 9), (10, 11), (10, 11))]
    done = work.fix(STORY, *draws, REFUSING)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, work.events)


HANGING = """def countdown(number):
    steps = 0
    while number != 0:
        number -= 1
        steps += 1
    return steps
"""
ENDING = code(
    "def countdown(number):\n    steps = 0\n    while number > 0:\n        number -= 1\n"
    "        steps += 1\n    return steps\n"
)


@pytest.mark.slow
def test_a_hang_is_red_where_it_was_reported(work):
    work.project.commit("feat: counting", {"counting.py": HANGING})
    done = work.fix("`countdown(-1)` hangs; it should return 0", ENDING)
    assert done.cycles[0].ending is Ending.COMMITTED, (done.stopped, work.events)
    assert work.proven(Phase.RED)[0].proof.reason == "hang"

import pytest

from seenred.domain.spoken_action import forgets_refusal, undone_action

CODE = """\
class Account:
    def __init__(self, balance=0):
        self._balance = balance

    def withdraw(self, amount):
        self._balance -= amount

    def balance(self):
        return self._balance

    def pay_interest(self):
        self._balance *= 1.01

    @property
    def history(self):
        return []
"""


def undone(test, text, code=CODE):
    return undone_action(f"def test_it():\n    {test}\n", text, code)


@pytest.mark.parametrize(
    ("text", "test", "name"),
    [
        ("withdrawing 3 from `Account(10)` leaves 7", "assert Account(10) == 7", "withdraw"),
        ("a withdrawal of 3 from 10 leaves 7", "assert Account(10, 3).balance() == 7", "withdraw"),
        (
            "Paying interest on 9 gives 10",
            "assert Account(10).balance() == 10",
            "pay_interest",
        ),
    ],
)
def test_what_an_item_begins_with_and_its_test_does_not_do_is_named(text, test, name):
    assert undone(test, text) == name


@pytest.mark.parametrize(
    ("text", "test"),
    [
        (
            "withdrawing 3 from 10 leaves 7",
            "assert Account(10).withdraw(3).balance() == 7",
        ),
        (
            "withdrawing all is possible",
            "assert Account(10).withdraw_all() == 10",
        ),
        ("depositing 3 gives 13", "assert Account(10).put(3) == 13"),
        ("a balance below 0 is refused", "with raises(ValueError): Account(-1)"),
        ("the history is empty at first", "assert Account().events == []"),
        ("an account has interest", "assert Account(100).grown() == 101"),
        ("withdrawal by transfer: `transfer(3)` of 10 is 7", "assert Account(10).transfer(3) == 7"),
        ("`withdraw(3)` of 10 leaves 7", "assert Account(10).withdraw(3) == 7"),
        ("", "assert Account(10)"),
        ("10 is the limit", "assert Account(10)"),
    ],
)
def test_what_may_be_meant_otherwise_is_not(text, test):
    assert undone(test, text) == ""


def test_code_that_is_not_there_or_broken_demands_nothing():
    text = "withdrawing 3 from 10 leaves 7"
    assert undone("assert Account(10) == 7", text, "") == ""
    assert undone("assert Account(10) == 7", text, "def withdraw(:") == ""


REFUSES = "def test_it():\n    with pytest.raises(ValueError):\n        account.withdraw(3)\n"
ALLOWS = "def test_it():\n    account.withdraw(3)\n    assert account.balance == 10\n"


@pytest.mark.parametrize(
    ("test", "text", "tests", "forgets"),
    [
        (ALLOWS, "a refused withdrawal leaves the balance unchanged", REFUSES, True),
        (REFUSES, "a refused withdrawal leaves the balance unchanged", REFUSES, False),
        (ALLOWS, "a refused withdrawal leaves the balance unchanged", ALLOWS, False),
        (ALLOWS, "a withdrawal leaves what was not taken", REFUSES, False),
        (ALLOWS, "an invalid address gives None", REFUSES, False),
    ],
)
def test_what_a_refused_action_leaves_is_seen_after_a_refusal(test, text, tests, forgets):
    assert forgets_refusal(test, text, tests) is forgets

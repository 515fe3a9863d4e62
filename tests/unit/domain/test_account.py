import pytest

from seenred.domain.account import Account, Amount, Hold
from seenred.domain.budget import Budget


def hold(name: str = "call", tokens: int = 100, until: float = 60.0) -> Hold:
    return Hold(name, Amount(tokens=tokens, cost=0.01), until)


def test_what_is_held_is_taken_and_not_spent():
    account = Account().held(hold())
    assert (account.taken.tokens, account.spent.tokens) == (100, 0)


def test_what_is_settled_takes_the_place_of_what_was_held():
    account = Account().held(hold("1")).held(hold("2")).settled("1", Amount(tokens=30, cost=0.5))
    assert account.spent == Amount(tokens=30, cost=0.5)
    assert account.taken == Amount(tokens=130, cost=0.51)


def test_what_is_released_leaves_nothing():
    assert Account().held(hold()).released("call") == Account()
    assert Account().released("never held") == Account()


def test_the_same_call_is_held_once():
    assert Account().held(hold(tokens=5)).held(hold(tokens=7)).taken.tokens == 7


def test_what_was_not_held_can_still_be_settled():
    assert Account().settled("recalled", Amount(tokens=3)).spent.tokens == 3


def test_whoever_died_with_a_hold_holds_nothing_in_the_end():
    account = Account().held(hold("dead", until=60.0)).held(hold("living", until=61.0))
    assert [one.name for one in account.at(60.0).holds] == ["living"]


SPENT = Account(Amount(tokens=80, cost=0.4, seconds=9.0, iterations=2))


@pytest.mark.parametrize(
    ("limits", "wanted", "told"),
    [
        (Budget(), Amount(10**9, 1e9, 1e9, 10**9), None),
        (Budget(max_tokens=100), Amount(tokens=20), None),
        (
            Budget(max_tokens=100),
            Amount(tokens=21),
            "80 of 100 tokens, and the next call needs about 21",
        ),
        (Budget(max_tokens=80), Amount(), "80 of 80 tokens"),
        (Budget(max_cost=0.5), Amount(cost=0.1), None),
        (
            Budget(max_cost=0.5),
            Amount(cost=0.2),
            "$0.40 of $0.50, and the next call may cost $0.2000",
        ),
        (Budget(max_cost=0), Amount(), "$0.40 of $0.00"),
        (Budget(max_seconds=9), Amount(), "9 of 9 seconds"),
        (Budget(max_seconds=10), Amount(), None),
        (Budget(max_iterations=3), Amount(iterations=1), None),
        (Budget(max_iterations=2), Amount(iterations=1), "2 of 2 iterations"),
        (Budget(max_tokens=80, max_cost=0.4), Amount(), "80 of 80 tokens"),
    ],
)
def test_the_limit_that_is_reached_or_would_be_passed_is_told(limits, wanted, told):
    assert SPENT.refusal(wanted, limits) == told


def test_what_is_held_for_others_counts_against_the_limit():
    account = SPENT.held(hold(tokens=15))
    assert account.refusal(Amount(tokens=5), Budget(max_tokens=100)) is None
    assert account.refusal(Amount(tokens=6), Budget(max_tokens=100)) is not None

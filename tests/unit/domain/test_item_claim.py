import pytest

from seenred.domain.item_claim import item_claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ('`add("1,2")` is 3', [('add("1,2")', "3")]),
        ('`add("1,2") == 3`', [('add("1,2")', "3")]),
        ('add("1,2") → 3', [('add("1,2")', "3")]),
        ('returns 0 for `add("")`', [('add("")', "0")]),
        ('`add("")` is an empty list', [('add("")', "[]")]),
        ('`add("1,2")` is 3 and `add("")` is 0', [('add("1,2")', "3"), ('add("")', "0")]),
        ("`Account(100).balance` is 100", [("Account(100).balance", "100")]),
        ("`Game().roll(1).score()` is 1", [("Game().roll(1).score()", "1")]),
        ('`add("-1")` raises a `ValueError` saying "no"', [('add("-1")', "ValueError")]),
        (
            "`Account(10).withdraw(11)` raises Overdrawn",
            [("Account(10).withdraw(11)", "Overdrawn")],
        ),
        ('`cut("a b", limit=3)` keeps words and gives "a"', [('cut("a b", limit=3)', "'a'")]),
        ('`add("//;\\n1;2")` is 3', [('add("//;\\n1;2")', "3")]),
        ('raises a ValueError: `add("1,-2")`', [('add("1,-2")', "ValueError")]),
        ("a KeyError is raised for `f(1)`", []),
        ("raises KeyError for `f(1)`", [("f(1)", "KeyError")]),
        ("`mean` of the list `[1, 2, 6]` is 3", [("mean([1, 2, 6])", "3")]),
        ('`to_words` turns 5 into "five"', [("to_words(5)", "'five'")]),
        ("`power` of 2 and 3 is 8", []),
        ("`to_words` keeps 5 and gives 6", []),
        ("a new `Cart` has a `total()` of 0", [("Cart().total()", "0")]),
        ("a new account has a `balance` of 0", [("Account().balance", "0")]),
        ("a new queue has a `size` of 0", []),
        ("`add(1, 2)` returns the sum", []),
        ("`add(1, 2)` is not 3", []),
        ("`add(1, 2)` is 3 times 4", []),
        ("`add(1, 2)` is 3 or 4", []),
        ("`add(1, 2)` returns 3 elements", []),
        ("`add(a, b)` is 3", []),
        ("`len([1])` is 1", []),
        ("`cart.total()` is 0", []),
        # what comes first is not in the call
        ("`Game().score()` is 20 after all ones", []),
        ("once it is closed, `Account(1).balance` is 0", []),
        ("adds 2 and 3 to 5", []),
    ],
)
def test_reads_what_an_item_says_of_calls(text, claims):
    found = item_claims(text, ["Account"])
    assert [(claim.expression, claim.raises or claim.expected) for claim in found] == claims

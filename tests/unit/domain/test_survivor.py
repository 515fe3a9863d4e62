from textwrap import dedent

import pytest

from seenred.domain.mutant import statement_mutants
from seenred.domain.survivor import survivors

SOURCE = dedent("""
    def withdraw(account, amount, fee=0):
        if amount > account.balance:
            log.warning("overdraft")
            log.warning("really")
            raise InsufficientFunds(amount)
        account.balance -= amount + fee
        return [entry for entry in account.entries if entry.open]
    """).lstrip()


def found(*kinds_and_lines, reached=True):
    mutants = statement_mutants(SOURCE.encode(), path="bank.py")
    chosen = [m for m in mutants if (m.kind, m.first) in kinds_and_lines]
    return survivors((mutant, reached) for mutant in chosen)


def test_adjacent_deletions_are_one():
    (one,) = found(("deletion", 3), ("deletion", 4))
    assert ("bank.py:3-4", "deletion") == (one.where, one.what)


def test_deletions_that_are_not_adjacent_stay_apart():
    assert ["bank.py:3", "bank.py:6"] == [s.where for s in found(("deletion", 3), ("deletion", 6))]


def test_what_lies_inside_a_deletion_goes_with_it():
    (one,) = found(("deletion", 2), ("guard", 2), ("deletion", 3), ("deletion", 5))
    assert "bank.py:2-5" == one.where


@pytest.mark.parametrize(
    ("kind", "line", "expected"),
    [
        ("guard", 2, "withdraw() where `amount > account.balance` is false"),
        ("deletion", 3, 'withdraw(): what `log.warning("overdraft")` is for'),
        ("default", 1, "withdraw() without `fee`"),
        ("filter", 7, "withdraw() with an item for which `entry.open` is false"),
    ],
)
def test_each_suggests_the_test_that_would_require_it(kind, line, expected):
    (one,) = found((kind, line))
    assert expected == one.suggestion


def test_what_no_test_reaches_suggests_to_reach_it():
    (one,) = found(("deletion", 5), reached=False)
    assert "withdraw(): a call that reaches `raise InsufficientFunds(amount)`" == one.suggestion

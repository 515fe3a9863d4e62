"""Which added code does a test require? A table of changes, judged by running them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from seenred.domain.proof import Verdict
from seenred.referee.proof.minimal import prove_minimal

ACCOUNT = """
    class InsufficientFunds(Exception):
        pass

    class Account:
        def __init__(self, balance):
            self.balance = balance
    """


@dataclass(frozen=True)
class Row:
    name: str
    added: str
    tests: str
    unneeded: tuple[str, ...] = ()
    verdict: Verdict = Verdict.PROVEN
    base: str = ""
    excused: int = 0
    suggestions: tuple[str, ...] = field(default=())


ROWS = [
    Row(
        "each added statement is required",
        """
        def withdraw(balance, amount):
            if amount > balance:
                raise ValueError(amount)
            return balance - amount
        """,
        """
        import pytest
        from shop import withdraw
        def test_takes(): assert withdraw(10, 3) == 7
        def test_rejects():
            with pytest.raises(ValueError): withdraw(10, 11)
        """,
    ),
    Row(
        "a log line that nobody needs",
        """
        seen = []
        def withdraw(balance, amount):
            if amount > balance:
                seen.append("overdraft")
                raise ValueError(amount)
            return balance - amount
        """,
        """
        import pytest
        from shop import withdraw
        def test_takes(): assert withdraw(10, 3) == 7
        def test_rejects():
            with pytest.raises(ValueError): withdraw(10, 11)
        """,
        ("shop.py:4 no test notices deletion",),
        Verdict.NOT_PROVEN,
        suggestions=('withdraw(): what `seen.append("overdraft")` is for',),
    ),
    Row(
        "a guard, an operand, a filter, an arm and a default that no test decides",
        """
        def total(xs, start=0):
            if xs:
                found = sum(x for x in xs if x is not None) + start
                return found if found < 1000 or start else 1000
        """,
        """
        from shop import total
        def test_total(): assert total([1, 2], 0) == 3
        """,
        (
            "shop.py:1 no test notices another default than `start=0`",
            "shop.py:2 no test notices `xs` taken for true",
            "shop.py:3 no test notices the filter `x is not None` left out",
            "shop.py:4 no test notices `1000` of its else arm left out",
            "shop.py:4 no test notices `or start` left out",
        ),
        Verdict.NOT_PROVEN,
    ),
    Row(
        "a handler and its body that no test reaches",
        """
        def read(numbers, index):
            try:
                return numbers[index]
            except IndexError:
                return None
        """,
        """
        from shop import read
        def test_read(): assert read([4], 0) == 4
        """,
        ("shop.py:4-5 no test notices `except IndexError` catching nothing",),
        Verdict.NOT_PROVEN,
    ),
    Row(
        "a module constant and a class attribute that are required",
        """
        LIMIT = 3
        class Cart:
            kind = "cart"
            def full(self, n):
                return n >= LIMIT
        """,
        """
        from shop import Cart
        def test_full(): assert Cart().full(3)
        def test_not_full(): assert not Cart().full(2)
        def test_kind(): assert Cart.kind == "cart"
        """,
    ),
    Row(
        "a loop that a mutant makes endless is noticed",
        """
        def count(n):
            found = 0
            while n > 0:
                n -= 1
                found += 1
            return found
        """,
        """
        from shop import count
        def test_count(): assert count(3) == 3
        """,
    ),
    Row(
        "only what was added is asked for",
        """
        def kept(x):
            if x:
                print(x)
            return x

        def new(x):
            return x + 1
        """,
        """
        from shop import kept, new
        def test_kept(): assert kept(1) == 1
        def test_new(): assert new(1) == 2
        """,
        base="""
        def kept(x):
            if x: print(x)
            return x
        """,
    ),
    Row(
        "a changed statement that no test tells from its parent",
        """
        def price(n):
            return n * 100 or None
        """,
        """
        from shop import price
        def test_price(): assert price(2) == 200
        """,
        ("shop.py:2 no test notices `return n * 100` put back",),
        Verdict.NOT_PROVEN,
        base="""
        def price(n):
            return n * 100
        """,
    ),
    Row(
        "an excuse with a reason is honoured and counted",
        """
        def price(n):
            print(n)  # untested: people read it
            return n * 100
        """,
        """
        from shop import price
        def test_price(): assert price(2) == 200
        """,
        excused=1,
    ),
    Row(
        "nothing but words was added",
        """
        # what it is for
        def price(n: int) -> int:
            '''The price.'''
            return n * 100
        """,
        """
        from shop import price
        def test_price(): assert price(2) == 200
        """,
        verdict=Verdict.NOT_APPLICABLE,
        base="""
        def price(n):
            return n * 100
        """,
    ),
    Row(
        "a method that no test calls",
        """
        class Cart:
            def add(self, x):
                return x

            def remove(self, x):
                y = x
                return y
        """,
        """
        from shop import Cart
        def test_add(): assert Cart().add(1) == 1
        """,
        ("shop.py:5-7 no test notices deletion",),
        Verdict.NOT_PROVEN,
    ),
    Row(
        "a test that passes only after another one does not require what it fails without",
        """
        seen = []
        def first(x):
            seen.append(x)
        def second(x):
            kind = x
            seen.append(x)
        """,
        """
        import shop
        def test_first():
            shop.first(1)
            assert shop.seen == [1]
        def test_second():
            shop.second(2)
            assert shop.seen == [1, 2]
        """,
        ("shop.py:5 no test notices deletion",),
        Verdict.NOT_PROVEN,
    ),
    Row(
        "a suite that is red has nothing to say",
        """
        def price(n):
            return n * 100
        """,
        """
        from shop import price
        def test_price(): assert price(2) == 201
        """,
        verdict=Verdict.NOT_PROVEN,
    ),
    Row(
        "what does not parse is not proven",
        "def price(n:\n",
        "def test_nothing(): pass\n",
        verdict=Verdict.NOT_PROVEN,
    ),
]


def judged(laboratory, row, **how):
    before = {"test_shop.py": "", **({"shop.py": row.base} if row.base else {})}
    after = {"shop.py": row.added, "test_shop.py": row.tests}
    return laboratory.run(prove_minimal, laboratory.tree(before), laboratory.tree(after), **how)


def said(proof, kind):
    return tuple(f"{d.where} {d.what}" for d in proof.details if d.kind == kind)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_table(laboratory, row):
    proof = judged(laboratory, row)
    assert (row.verdict, row.unneeded) == (proof.verdict, said(proof, "survivor"))
    assert row.excused == len(said(proof, "excused"))
    for suggestion in row.suggestions:
        assert suggestion in {d.what for d in proof.details}


def test_strict_refuses_what_no_test_needs(laboratory):
    assert Verdict.REFUTED is judged(laboratory, ROWS[1], strict=True).verdict

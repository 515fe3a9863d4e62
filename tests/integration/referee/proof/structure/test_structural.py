"""Is a change structural, and how strongly is that known? Honest ones and their look-alikes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from seenred.domain.proof import Verdict
from seenred.referee.proof.structural import prove_structural

STRONG, WEAK = "tests+differential", "tests"


@dataclass(frozen=True)
class Row:
    name: str
    old: str
    new: str
    tests: str
    strength: str = STRONG
    reason: str = "same-behaviour"
    verdict: Verdict = Verdict.PROVEN
    decisive: str = ""
    new_tests: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def refuted(name, old, new, tests, decisive, reason="difference", **more):
    return Row(name, old, new, tests, "", reason, Verdict.REFUTED, decisive, **more)


def undecided(name, old, new, tests, reason, **more):
    return Row(name, old, new, tests, "", reason, Verdict.NOT_PROVEN, **more)


PRICE = """
    def price(n):
        if n > 10:
            return n * 9
        return n * 10
    """
PRICE_TESTS = """
    from shop import price
    def test_few(): assert price(2) == 20
    def test_many(): assert price(20) == 180
    """

HONEST = [
    Row(
        "a function is extracted",
        PRICE,
        """
        def price(n):
            return n * _unit(n)

        def _unit(n):
            if n > 10:
                return 9
            return 10
        """,
        PRICE_TESTS,
    ),
    Row(
        "a condition is turned around and a ternary is used",
        PRICE,
        """
        def price(n):
            return n * 10 if n <= 10 else n * 9
        """,
        PRICE_TESTS,
    ),
    Row(
        "a number gets a name",
        PRICE,
        """
        _MANY = 10
        def price(n):
            if n > _MANY:
                return n * 9
            return n * 10
        """,
        PRICE_TESTS,
    ),
    Row(
        "a loop becomes a comprehension",
        """
        def squares(xs):
            found = []
            for x in xs:
                found.append(x * x)
            return found
        """,
        """
        def squares(xs):
            return [x * x for x in xs]
        """,
        """
        from shop import squares
        def test_squares(): assert squares([1, 2]) == [1, 4]
        """,
    ),
    Row(
        "a method of a class is split",
        """
        class Cart:
            def __init__(self, limit):
                self.limit = limit
                self.items = []

            def add(self, item):
                if len(self.items) >= self.limit:
                    raise ValueError("full")
                self.items.append(item)
                return len(self.items)
        """,
        """
        class Cart:
            def __init__(self, limit):
                self.limit = limit
                self.items = []

            def add(self, item):
                self._check()
                self.items.append(item)
                return len(self.items)

            def _check(self):
                if len(self.items) >= self.limit:
                    raise ValueError("full")
        """,
        """
        import pytest
        from shop import Cart
        def test_add(): assert Cart(2).add("a") == 1
        def test_full():
            with pytest.raises(ValueError): Cart(0).add("a")
        """,
    ),
    Row(
        "a function is renamed with its tests",
        PRICE,
        PRICE.replace("price", "cost"),
        PRICE_TESTS,
        new_tests=PRICE_TESTS.replace("price", "cost"),
        names={"price": "cost"},
    ),
    Row(
        "only comments and layout",
        PRICE,
        PRICE.replace("if n > 10:", "# many\n        if (n > 10):"),
        PRICE_TESTS,
        strength=WEAK,
    ),
    Row(
        "code that nobody calls is removed",
        PRICE + "\n    def _unused(n):\n        return n\n",
        PRICE,
        PRICE_TESTS,
        strength=WEAK,
    ),
    Row(
        "what writes a file is known by its tests only",
        """
        def save(path, text):
            with open(path, "w") as file:
                file.write(text)
        """,
        """
        def save(path, text):
            file = open(path, "w")
            with file:
                file.write(text)
        """,
        """
        from shop import save
        def test_save(tmp_path):
            save(str(tmp_path / "a"), "x")
            assert (tmp_path / "a").read_text() == "x"
        """,
        strength=WEAK,
    ),
]

LOOK_ALIKES = [
    refuted(
        "off by one on an input that no test uses",
        PRICE,
        PRICE.replace("n > 10", "n >= 10"),
        PRICE_TESTS,
        "price(10): 100 → 90",
    ),
    refuted(
        "another result for nothing",
        "def price(n):\n    return n * 100\n",
        "def price(n):\n    return n * 100 or None\n",
        "from shop import price\ndef test_price(): assert price(2) == 200\n",
        "price(0): 0 → None",
    ),
    refuted(
        "another default",
        "def price(n, off=0):\n    return n - off\n",
        "def price(n, off=1):\n    return n - off\n",
        "from shop import price\ndef test_price(): assert price(5, 2) == 3\n",
        "shop.price(n, off=0) → (n, off=1)",
        reason="signature-changed",
    ),
    refuted(
        "a default that is computed otherwise",
        "LOW = 1\nHIGH = 2\ndef price(n, off=LOW):\n    return n - off\n",
        "LOW = 1\nHIGH = 2\ndef price(n, off=HIGH):\n    return n - off\n",
        "from shop import price\ndef test_price(): assert price(5, 2) == 3\n",
        "price() default of off: 1 → 2",
    ),
    refuted(
        "another type of exception",
        "def get(d, k):\n    if k not in d:\n        raise KeyError(k)\n    return d[k]\n",
        "def get(d, k):\n    if k not in d:\n        raise ValueError(k)\n    return d[k]\n",
        """
        import pytest
        from shop import get
        def test_get(): assert get({"a": 1}, "a") == 1
        def test_missing():
            with pytest.raises(Exception): get({"a": 1}, "b")
        """,
        "get({}, ''): raises KeyError: '' → raises ValueError",
    ),
    refuted(
        "a mutable default",
        "def add(x, to=()):\n    to = list(to)\n    to.append(x)\n    return to\n",
        "def add(x, to=[]):\n    to.append(x)\n    return list(to)\n",
        "from shop import add\ndef test_add(): assert add(1, [2]) == [2, 1]\n",
        "shop.add(x, to=()) → (x, to=[])",
        reason="signature-changed",
    ),
    refuted(
        "a mutable default behind None",
        """
        def add(x, to=None):
            to = [] if to is None else to
            to.append(x)
            return to
        """,
        """
        _EMPTY = []
        def add(x, to=None):
            to = _EMPTY if to is None else to
            to.append(x)
            return to
        """,
        "from shop import add\ndef test_add(): assert add(1, None) == [1]\n",
        "add(1): [1] → [1, ",
    ),
    refuted(
        "a generator instead of a list",
        "def evens(xs):\n    return [x for x in xs if x % 2 == 0]\n",
        "def evens(xs):\n    return (x for x in xs if x % 2 == 0)\n",
        "from shop import evens\ndef test_evens(): assert list(evens([1, 2])) == [2]\n",
        "evens([]): [] → generator()",
    ),
    refuted(
        "a float instead of an int",
        "def half(n):\n    return n // 2\n",
        "def half(n):\n    return n / 2\n",
        "from shop import half\ndef test_half(): assert half(4) == 2\n",
        "half(4): 2 → 2.0",
    ),
    refuted(
        "another order of a dictionary",
        "def count(xs):\n    return {x: xs.count(x) for x in xs}\n",
        "def count(xs):\n    return {x: xs.count(x) for x in sorted(xs)}\n",
        "from shop import count\ndef test_count(): assert count([2, 1]) == {1: 1, 2: 1}\n",
        "count([2, 1]): {2: 1, 1: 1} → {1: 1, 2: 1}",
    ),
    refuted(
        "an exception is swallowed",
        "def read(s):\n    return int(s)\n",
        """
        def read(s):
            try:
                return int(s)
            except ValueError:
                return None
        """,
        "from shop import read\ndef test_read(): assert read('4') == 4\n",
        "read('')",
    ),
    refuted(
        "the argument is changed in place",
        "def ordered(xs):\n    return sorted(xs)\n",
        "def ordered(xs):\n    xs.sort()\n    return xs\n",
        "from shop import ordered\ndef test_ordered(): assert ordered([2, 1]) == [1, 2]\n",
        "ordered([]): [] → [] (argument 1 itself)",
    ),
    refuted(
        "something is printed",
        "def price(n):\n    return n * 2\n",
        "def price(n):\n    print('price')\n    return n * 2\n",
        "from shop import price\ndef test_price(): assert price(2) == 4\n",
        "price(2) says nothing → 'price\\n'",
    ),
    refuted(
        "a constant that the tests do not feel",
        "_RATE = 2\ndef price(n):\n    return n * _RATE if n > 5 else n\n",
        "_RATE = 3\ndef price(n):\n    return n * _RATE if n > 5 else n\n",
        "from shop import price\ndef test_price(): assert price(2) == 2\n",
        "price(6): 12 → 18",
    ),
    refuted(
        "another function is imported under the same name",
        "from math import floor as cut\ndef whole(x):\n    return cut(x)\n",
        "from math import ceil as cut\ndef whole(x):\n    return cut(x)\n",
        "from shop import whole\ndef test_whole(): assert whole(2.0) == 2\n",
        "whole(0.1): 0 → 1",
    ),
    refuted(
        "a cache remembers what it should not",
        "def names(xs):\n    return [x.upper() for x in xs]\n",
        """
        _SEEN = {}
        def names(xs):
            if len(xs) not in _SEEN:
                _SEEN[len(xs)] = [x.upper() for x in xs]
            return _SEEN[len(xs)]
        """,
        "from shop import names\ndef test_names(): assert names(['a']) == ['A']\n",
        "names([",
    ),
    refuted(
        "a test fails after the change",
        PRICE,
        PRICE.replace("n * 9", "n * 8"),
        PRICE_TESTS,
        "test_shop.py::test_many passed → failed",
        reason="outcomes",
    ),
    refuted(
        "a test is weakened along the way",
        PRICE,
        PRICE.replace("n * 9", "9 * n"),
        PRICE_TESTS,
        "test_shop.py:2 price(2) == 20 → price(2) > 2",
        reason="tests-changed",
        new_tests=PRICE_TESTS.replace("== 20", "> 2"),
    ),
    refuted(
        "a rename that nobody declared",
        PRICE,
        PRICE.replace("price", "cost"),
        PRICE_TESTS,
        "",
        reason="tests-changed",
        new_tests=PRICE_TESTS.replace("price", "cost"),
    ),
    Row(
        "one odd input goes another way on the same line",
        "def price(n):\n    return n * 10\n",
        "def price(n):\n    return None if n * 7 == 864199 else n * 10\n",
        "from shop import price\ndef test_price(): assert price(2) == 20\n",
        strength=WEAK,
    ),
    undecided(
        "a changed line that no test executes",
        "def price(n):\n    if n > 10:\n        return 1\n    return 2\n",
        "def price(n):\n    if n > 10:\n        return 1 + 0\n    return 2\n",
        "from shop import price\ndef test_price(): assert price(2) == 2\n",
        "unexecuted",
    ),
    refuted(
        "a removed guard that no test executed",
        "def price(n):\n    if n < 0:\n        raise ValueError(n)\n    return [n][0]\n",
        "def price(n):\n    return [n][0]\n",
        "import shop\ndef test_price(): assert shop.price(**{'n': 2}) == 2\n",
        "price(-1): raises ValueError: -1 → -1",
    ),
    undecided(
        "the data beside the code changes",
        PRICE,
        PRICE.replace("n * 9", "9 * n"),
        PRICE_TESTS,
        "names",
        names={"nothing": "something"},
    ),
]


def judged(laboratory, row, **how):
    before = {"shop.py": row.old, "test_shop.py": row.tests}
    after = {"shop.py": row.new, "test_shop.py": row.new_tests or row.tests}
    trees = (laboratory.tree(before), laboratory.tree(after))
    return laboratory.run(prove_structural, *trees, row.names, **how)


@pytest.mark.parametrize("row", [*HONEST, *LOOK_ALIKES], ids=lambda row: row.name)
def test_the_table(laboratory, row):
    proof = judged(laboratory, row)
    told = [(d.kind, d.where, d.what) for d in proof.details]
    assert (row.verdict, row.reason) == (proof.verdict, proof.reason), (proof.decisive, told)
    assert row.strength == proof.strength, told
    assert proof.decisive.startswith(row.decisive)

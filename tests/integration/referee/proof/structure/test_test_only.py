"""May tests be changed so? Refactorings of tests, and what only looks like one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from seenred.domain.proof import Verdict
from seenred.referee.proof.test_only import prove_test_only

SHOP = """
    def price(n):
        if n > 10:
            return n * 9
        return n * 10

    def name(n):
        return "many" if n > 10 else "few"
    """
TESTS = """
    from shop import name, price
    def test_few(): assert price(2) == 20
    def test_edge(): assert price(10) == 100
    def test_many(): assert price(20) == 180
    def test_name(): assert name(2) == "few"
    """


@dataclass(frozen=True)
class Row:
    name: str
    new: str
    verdict: Verdict
    reason: str
    code: str = SHOP
    conftest: tuple[str, str] = ("", "")


ROWS = [
    Row(
        "parametrised instead of repeated",
        """
        import pytest
        from shop import name, price

        @pytest.mark.parametrize(("n", "expected"), [(2, 20), (10, 100), (20, 180)])
        def test_price(n, expected):
            assert price(n) == expected

        def test_name():
            assert name(2) == "few"
        """,
        Verdict.PROVEN,
        "notices-as-much",
    ),
    Row(
        "a test that says the same again is removed",
        TESTS.replace("def test_edge(): assert price(10) == 100\n    ", "").replace(
            "price(2) == 20", "price(10) == 100"
        ),
        Verdict.PROVEN,
        "notices-as-much",
    ),
    Row(
        "an assertion is weakened",
        TESTS.replace("== 180", "> 0"),
        Verdict.REFUTED,
        "notices-less",
    ),
    Row(
        "a test that alone guards an edge is removed",
        TESTS.replace("def test_edge(): assert price(10) == 100\n    ", ""),
        Verdict.REFUTED,
        "notices-less",
    ),
    Row(
        "a test is skipped",
        "import pytest\n"
        + TESTS.replace("    def test_name", "    @pytest.mark.skip\n    def test_name").replace(
            "\n    ", "\n"
        ),
        Verdict.REFUTED,
        "notices-less",
    ),
    Row(
        "the subject is replaced inside the test",
        TESTS.replace(
            "from shop import name, price",
            "from shop import name\n    def price(n): return n * 10 if n <= 10 else n * 9",
        ),
        Verdict.REFUTED,
        "notices-less",
    ),
    Row(
        "a test fails",
        TESTS.replace("== 180", "== 181"),
        Verdict.REFUTED,
        "not-green",
    ),
    Row(
        "production code changes with it",
        TESTS.replace("test_few", "test_one"),
        Verdict.REFUTED,
        "production-changed",
        code=SHOP.replace("n * 9", "9 * n"),
    ),
    Row("no test changes", TESTS, Verdict.NOT_APPLICABLE, "nothing-changed"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_table(laboratory, row):
    base = laboratory.tree({"shop.py": SHOP, "test_shop.py": TESTS})
    tree = laboratory.tree({"shop.py": row.code, "test_shop.py": row.new})
    proof = laboratory.run(prove_test_only, base, tree)
    assert (row.verdict, row.reason) == (proof.verdict, proof.reason), proof


def test_what_is_lost_is_named(laboratory):
    base = laboratory.tree({"shop.py": SHOP, "test_shop.py": TESTS})
    weak = laboratory.tree({"shop.py": SHOP, "test_shop.py": TESTS.replace("== 180", "> 0")})
    proof = laboratory.run(prove_test_only, base, weak)
    told = "shop.py:2-3 test_shop.py::test_many noticed deletion; now no test does"
    assert told == proof.decisive

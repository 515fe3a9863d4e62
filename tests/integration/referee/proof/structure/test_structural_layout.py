"""Structural changes across files: moves, renames, and what lies beside the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from seenred.domain.proof import Verdict
from seenred.referee.proof.structural import prove_structural

STRONG, WEAK = "tests+differential", "tests"

BASE = {
    "src/shop/__init__.py": "",
    "src/shop/cart.py": """
        from dataclasses import dataclass
        from enum import Enum
        from shop.tax import rate

        class Kind(Enum):
            BOOK = 1
            FOOD = 2

        @dataclass
        class Item:
            name: str
            price: int
            kind: Kind = Kind.BOOK

        class Cart:
            def __init__(self, limit=10):
                self.limit = limit
                self.items = []

            def add(self, item):
                if len(self.items) == self.limit:
                    raise ValueError("full")
                self.items.append(item)

            @property
            def total(self):
                return sum(with_tax(item) for item in self.items)

        def with_tax(item):
            return item.price + item.price * rate(item.kind.name) // 100

        def cheapest(items):
            return min(items, key=lambda item: item.price).name if items else None
        """,
    "src/shop/tax.py": """
        def rate(kind):
            if kind == "FOOD":
                return 7
            return 19
        """,
    "tests/test_cart.py": """
        import pytest
        from shop.cart import Cart, Item, Kind, cheapest, with_tax
        from shop.tax import rate

        def test_book(): assert with_tax(Item("a", 100)) == 119
        def test_food(): assert with_tax(Item("b", 100, Kind.FOOD)) == 107
        def test_rate(): assert rate("FOOD") == 7
        def test_total():
            cart = Cart()
            cart.add(Item("a", 100))
            cart.add(Item("b", 200))
            assert cart.total == 357
        def test_full():
            with pytest.raises(ValueError):
                Cart(0).add(Item("a", 1))
        def test_cheapest():
            assert cheapest([Item("a", 2), Item("b", 1)]) == "b"
        """,
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["src"]\n',
}
CART, TAX, TESTS = "src/shop/cart.py", "src/shop/tax.py", "tests/test_cart.py"
WITH_TAX = """
        def with_tax(item):
            return item.price + item.price * rate(item.kind.name) // 100
"""


def edited(*edits, **files):
    """The base with texts replaced: (path, old, new)."""
    tree = dict(BASE)
    for path, old, new in edits:
        assert old in tree[path]
        tree[path] = tree[path].replace(old, new)
    return {p: t for p, t in {**tree, **files}.items() if t is not None}


def moved(imported):
    """`with_tax` moved to a module of its own."""
    tree = edited((CART, WITH_TAX, ""), (CART, "from shop.tax import rate\n", imported))
    tree["src/shop/pricing.py"] = "from shop.tax import rate\n\n" + "\n".join(
        line.removeprefix("        ") for line in WITH_TAX.strip("\n").split("\n")
    )
    return tree


@dataclass(frozen=True)
class Row:
    name: str
    new: Mapping[str, str]
    strength: str = STRONG
    reason: str = "same-behaviour"
    verdict: Verdict = Verdict.PROVEN
    decisive: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


ROWS = [
    Row(
        "a function moves, its old place still has the name",
        moved("from shop.pricing import with_tax\n"),
    ),
    Row(
        "a function moves with its tests, as declared",
        {
            **moved("from shop.pricing import with_tax as with_tax\n"),
            TESTS: BASE[TESTS].replace(
                "cheapest, with_tax", "cheapest\n        from shop.pricing import with_tax"
            ),
        },
        names={"shop.cart.with_tax": "shop.pricing.with_tax"},
    ),
    Row(
        "a module is renamed",
        {
            **{p: t for p, t in BASE.items() if p != TAX},
            "src/shop/levy.py": BASE[TAX],
            CART: BASE[CART].replace("shop.tax", "shop.levy"),
            TESTS: BASE[TESTS].replace("shop.tax", "shop.levy"),
        },
        names={"shop.tax": "shop.levy"},
    ),
    Row(
        "a class is renamed and its method rewritten",
        edited(
            (CART, "class Cart:", "class Basket:"),
            (CART, "len(self.items) == self.limit", "self.limit == len(self.items)"),
            (TESTS, "Cart", "Basket"),
        ),
        names={"Cart": "Basket"},
    ),
    Row(
        "a property is rewritten",
        edited(
            (CART, "sum(with_tax(item) for item in self.items)", "self._sum(self.items)"),
            (
                CART,
                "        def with_tax",
                "        def _unused_name(): return 0\n\n        def with_tax",
            ),
        ),
        reason="outcomes",
        verdict=Verdict.REFUTED,
        strength="",
    ),
    Row(
        "a function of objects is rewritten",
        edited(
            (
                CART,
                "item.price + item.price * rate(item.kind.name) // 100",
                "(item.price * rate(item.kind.name)) // 100 + item.price",
            )
        ),
    ),
    Row(
        "objects are taxed otherwise where no test looks",
        edited(
            (
                CART,
                "item.price + item.price * rate(item.kind.name) // 100",
                "item.price * (100 + rate(item.kind.name)) // 100 + (item.price < 0)",
            )
        ),
        reason="difference",
        verdict=Verdict.REFUTED,
        strength="",
        decisive="with_tax(Item(name='",
    ),
    Row(
        "the kind is compared without its case",
        edited((TAX, 'kind == "FOOD"', 'kind.upper() == "FOOD"')),
        reason="difference",
        verdict=Verdict.REFUTED,
        strength="",
        decisive="rate('food'): 19 → 7",
    ),
    Row(
        "of several cheapest ones another is taken",
        edited(
            (
                CART,
                "min(items, key=lambda item: item.price).name",
                "sorted(items, key=lambda item: (item.price, -items.index(item)))[0].name",
            )
        ),
        reason="difference",
        verdict=Verdict.REFUTED,
        strength="",
        decisive="cheapest([",
    ),
    Row(
        "the limit is stored on the class",
        edited(
            (CART, "                self.items = []\n", ""),
            (CART, "        class Cart:\n", "        class Cart:\n            items = []\n\n"),
        ),
        reason="outcomes",
        verdict=Verdict.REFUTED,
        strength="",
    ),
    Row(
        "something runs when the module is imported",
        edited(
            (TAX, "return 19", "return 10 + 9"),
            (
                TAX,
                "        def rate",
                "        import sys\n        sys.setrecursionlimit(900)\n\n        def rate",
            ),
        ),
        strength=WEAK,
    ),
    Row(
        "a test that was there is gone",
        edited(
            (TESTS, '        def test_rate(): assert rate("FOOD") == 7\n', ""),
            (TAX, "return 19", "return 20 - 1"),
        ),
        reason="tests-changed",
        verdict=Verdict.REFUTED,
        strength="",
    ),
    Row(
        "a new test comes with it",
        edited((TAX, "return 19", "return 20 - 1"), **{"tests/test_more.py": "def test(): pass\n"}),
        reason="tests-changed",
        verdict=Verdict.REFUTED,
        strength="",
        decisive="tests/test_more.py is new",
    ),
    Row(
        "the way tests run changes",
        edited(
            (TAX, "return 19", "return 20 - 1"),
            ("pyproject.toml", "pythonpath", 'addopts = "-q"\npythonpath'),
        ),
        reason="not-only-code",
        verdict=Verdict.NOT_PROVEN,
        strength="",
    ),
    Row(
        "the version in pyproject changes",
        edited(
            (TAX, "return 19", "return 20 - 1"),
            ("pyproject.toml", "[tool", '[project]\nname = "shop"\nversion = "2"\n[tool'),
        ),
    ),
    Row(
        "a data file beside the code changes",
        edited((TAX, "return 19", "return 20 - 1"), **{"src/shop/rates.json": "{}"}),
        reason="not-only-code",
        verdict=Verdict.NOT_PROVEN,
        strength="",
    ),
    Row(
        "only words change",
        edited(**{"README.md": "words"}),
        "",
        "nothing-changed",
        Verdict.NOT_APPLICABLE,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_table(laboratory, row):
    trees = (laboratory.tree(BASE), laboratory.tree(row.new))
    proof = laboratory.run(prove_structural, *trees, row.names)
    told = [(d.kind, d.where, d.what) for d in proof.details]
    assert (row.verdict, row.reason) == (proof.verdict, proof.reason), (proof.decisive, told)
    assert row.strength == proof.strength, told
    assert proof.decisive.startswith(row.decisive)


def test_many_files_that_no_input_reaches_are_counted(laboratory):
    names = [f"a_module_whose_name_is_long_{number}" for number in range(12)]
    calls = "".join(f"    assert shop.{name}.f(thing) == 2\n" for name in names)
    imports = "".join(f"import shop.{name}\n" for name in names)
    tests = f"{imports}\ndef test_all():\n    thing = (0 for _ in str())\n{calls}"
    shared = {"src/shop/__init__.py": "", "tests/test_all.py": tests}
    shared["pyproject.toml"] = BASE["pyproject.toml"]
    old, new = (
        {
            f"src/shop/{name}.py": f"def f(thing):\n    return {code} + sum(thing)\n"
            for name in names
        }
        for code in ("2", "1 + 1")
    )
    trees = (laboratory.tree(shared | old), laboratory.tree(shared | new))
    proof = laboratory.run(prove_structural, *trees, {})
    assert (Verdict.PROVEN, WEAK) == (proof.verdict, proof.strength)
    told = [d.what for d in proof.details if "no compared input reaches" in d.what]
    assert any("more files" in what for what in told)

"""Public names change with all who use them, or under the hands of those who do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from seenred.domain.proof import Verdict
from seenred.referee.proof.structural import prove_structural

INIT, TAX, CART, TESTS = (
    "src/shop/__init__.py",
    "src/shop/tax.py",
    "src/shop/cart.py",
    "tests/test_cart.py",
)
BASE = {
    INIT: "",
    TAX: """
        def taxed(price, rate, rounded=False):
            found = price + price * rate // 100
            return found

        def unused(price):
            return price
        """,
    CART: """
        from shop.tax import taxed

        class Cart:
            def __init__(self, rate):
                self.prices = []
                self.rate = rate

            def put(self, price, count):
                self.prices += [price] * count

            def listed(self):
                return sorted(self.prices)

            def total(self):
                return taxed(sum(self.prices), self.rate)

        def bill(prices, rate):
            cart = Cart(rate)
            for price in prices:
                cart.put(price, 1)
            return cart.total()

        def receipt(prices):
            return str(taxed(sum(prices), 19))
        """,
    TESTS: """
        from shop.cart import bill, receipt
        def test_bill(): assert bill([100, 100], 19) == 238
        def test_receipt(): assert receipt([100]) == "119"
        """,
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["src"]\n',
}


def edited(*edits, base=BASE, **files):
    """A tree with texts replaced: (path, old, new)."""
    tree = dict(base)
    for path, old, new in edits:
        assert old in tree[path]
        tree[path] = tree[path].replace(old, new)
    return {**tree, **files}


@dataclass(frozen=True)
class Row:
    name: str
    new: Mapping[str, str]
    verdict: Verdict = Verdict.NOT_PROVEN
    reason: str = "signature-changed"
    decisive: str = ""
    old: Mapping[str, str] | None = None


def refuted(name, new, decisive="", reason="signature-changed", old=None):
    return Row(name, new, Verdict.REFUTED, reason, decisive, old)


RATE = (
    (TAX, "def taxed(price, rate, rounded=False)", "def taxed(rate, price)"),
    (CART, "taxed(sum(self.prices), self.rate)", "taxed(self.rate, sum(self.prices))"),
    (CART, "taxed(sum(prices), 19)", "taxed(19, sum(prices))"),
)
FEWER = (TAX, "rate, rounded=False", "rate")
GONE = (TAX, "def unused(price):\n            return price\n", "")
NO_LISTED = (CART, "            def listed(self):\n                return sorted(self.prices)", "")
WHOLE = "shop.tax.taxed(price, rate, rounded=False)"
CHANGED = f"{WHOLE} → (price, rate)"
NOBODY = "; nobody inside the project uses the old one"

HONEST = [
    Row(
        "a parameter that nobody gives is gone",
        edited(FEWER),
        decisive=f"{CHANGED}{NOBODY}",
    ),
    Row("parameters change places with all calls", edited(*RATE)),
    Row(
        "a function that nobody calls is gone",
        edited(GONE),
        decisive=f"shop.tax.unused(price) is gone{NOBODY}",
    ),
    Row("a method that nobody calls is gone", edited(NO_LISTED)),
    Row(
        "a parameter comes that its callers give",
        edited(
            (TAX, "rounded=False", "rounded=False, whole=100"),
            (TAX, "rate // 100", "rate // whole"),
            (CART, "taxed(sum(prices), 19)", "taxed(sum(prices), 19, whole=100)"),
        ),
    ),
    Row(
        "a constructor takes its values otherwise",
        edited(
            (CART, "def __init__(self, rate):", "def __init__(self, prices, rate):"),
            (CART, "self.prices = []", "self.prices = prices"),
            (CART, "cart = Cart(rate)", "cart = Cart([], rate)"),
        ),
    ),
    Row(
        "only a test that changed with it knows the name",
        edited(FEWER, (TESTS, "== 238", "== 238  # taxed")),
    ),
]

TOP = edited((INIT, "", "from shop.tax import taxed\n"))
LISTED = edited((TAX, "def taxed", '__all__ = ["taxed"]\n        def taxed'))
SCRIPT = edited(("pyproject.toml", "[tool", '[project.scripts]\ntax = "shop.tax:taxed"\n[tool'))
TEST_TAX = """
    from shop.tax import taxed
    def test_taxed(): assert taxed(100, 19) == 119
    """
TESTED = edited(**{"tests/test_tax.py": TEST_TAX})
CALLER = "from shop import tax\n\ndef old():\n    return tax.{}\n"
OLD_NAME = edited(**{"src/shop/old.py": CALLER.format("unused(1)")})
OLD_CALL = edited(**{"src/shop/old.py": CALLER.format("taxed(1, 2, True)")})
TEMPLATE = edited(**{"src/shop/cart.html": "{{ cart.listed() }}"})

PRICED = """
            def total(self):
                return taxed(sum(self.prices), self.rate)
"""

LOOK_ALIKES = [
    refuted(
        "a behaviour changes with it",
        edited(FEWER, (TAX, "// 100", "// 50")),
        reason="outcomes",
    ),
    refuted(
        "a behaviour that no test looks at changes with it",
        edited(FEWER, (CART, "str(taxed(sum(prices), 19))", "str(taxed(sum(prices), 19) or None)")),
        "receipt([",
        reason="difference",
    ),
    refuted(
        "a superclass that was extracted answers otherwise",
        edited(
            (CART, PRICED, ""),
            (
                CART,
                "class Cart:",
                "class Priced:"
                + PRICED.replace(", self.rate", ", 7")
                + "\n        class Cart(Priced):",
            ),
        ),
        reason="outcomes",
    ),
    refuted("a name that the package has", edited(FEWER, base=TOP), CHANGED, old=TOP),
    refuted("a name that `__all__` lists", edited(FEWER, base=LISTED), CHANGED, old=LISTED),
    refuted("a console script", edited(FEWER, base=SCRIPT), CHANGED, old=SCRIPT),
    refuted("a name that an untouched test uses", edited(FEWER, base=TESTED), CHANGED, old=TESTED),
    refuted(
        "a caller is left with the old name",
        edited(GONE, base=OLD_NAME),
        "shop.tax.unused(price) is gone, but src/shop/old.py:4 still uses it",
        old=OLD_NAME,
    ),
    refuted(
        "a caller is left with the old arguments",
        edited(FEWER, base=OLD_CALL),
        f"{CHANGED}, but src/shop/old.py:4 still calls it as before",
        old=OLD_CALL,
    ),
    refuted(
        "a template is left with the old method",
        edited(NO_LISTED, base=TEMPLATE),
        "shop.cart.Cart.listed(self) is gone, but src/shop/cart.html still uses it",
        old=TEMPLATE,
    ),
    refuted(
        "a new parameter is for nobody yet",
        edited((TAX, "=False", "=False, off=0"), (TAX, "return found", "return found - off")),
        f"{WHOLE} → (price, rate, rounded=False, off=0), and nobody gives it off",
    ),
    Row(
        "a changed line that no test executes",
        edited(FEWER, (TAX, "return price", "return price + 0")),
        reason="unexecuted",
    ),
]


EXTRACTED = edited(
    (CART, PRICED, ""),
    (CART, "class Cart:", "class Priced:" + PRICED + "\n        class Cart(Priced):"),
)


def test_a_superclass_is_extracted(laboratory):
    trees = laboratory.tree(BASE), laboratory.tree(EXTRACTED)
    proof = laboratory.run(prove_structural, *trees)
    assert Verdict.PROVEN == proof.verdict, (proof.reason, proof.decisive)


@pytest.mark.parametrize("row", [*HONEST, *LOOK_ALIKES], ids=lambda row: row.name)
def test_the_table(laboratory, row):
    trees = (laboratory.tree(row.old or BASE), laboratory.tree(row.new))
    proof = laboratory.run(prove_structural, *trees)
    told = [(d.kind, d.where, d.what) for d in proof.details]
    assert (row.verdict, row.reason) == (proof.verdict, proof.reason), (proof.decisive, told)
    assert proof.decisive.startswith(row.decisive)

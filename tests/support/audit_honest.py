"""Histories as honest people make them."""

from __future__ import annotations

from audit_row import CART, SHOP, TEST_CART, TESTS, AuditRow, more_tests, with_method

DISCOUNT = with_method(
    "def discount(self, share):\n    self.prices = [p * (1 - share) for p in self.prices]"
)
TEST_DISCOUNT = more_tests(
    "def test_discount():\n    cart = Cart()\n    cart.add(10)\n    cart.discount(0.5)\n"
    "    assert cart.total() == 5\n"
)
FLAT_FEE = {"cart.py": CART.replace("sum(self.prices)", "sum(self.prices) + 1")}

TWO_MODULES = {
    **SHOP,
    "shop/__init__.py": "",
    "shop/tax/__init__.py": "",
    "shop/tax/rate.py": "def rate(kind):\n    if kind == 'food':\n"
    "        return 7\n    return 19\n",
    "shop/till.py": "from shop.tax.rate import rate\n\n\ndef bill(price):\n"
    "    return price + price * rate('book') // 100\n",
    "tests/test_till.py": "from shop.tax.rate import rate\nfrom shop.till import bill\n\n\n"
    "def test_bill():\n    assert bill(200) == 238\n\n\n"
    "def test_rate():\n    assert rate('food') == 7\n",
}
MOVED = {
    "shop/tax/rate.py": None,
    "shop/vat.py": TWO_MODULES["shop/tax/rate.py"],
    "shop/till.py": TWO_MODULES["shop/till.py"].replace("shop.tax.rate", "shop.vat"),
    "tests/test_till.py": TWO_MODULES["tests/test_till.py"].replace(
        "from shop.tax.rate import rate\nfrom shop.till import bill\n",
        "from shop.till import bill\nfrom shop.vat import rate\n",
    ),
}

HONEST = (
    AuditRow(
        "a new method with its test",
        (("feat: a discount", {**DISCOUNT, **TEST_DISCOUNT}),),
        "behavioral",
        "proven",
        {"::test_discount": "missing-symbol"},
    ),
    AuditRow(
        "changed behaviour with its edited test",
        (
            (
                "fix: carts have a flat fee",
                {**FLAT_FEE, TESTS: TEST_CART.replace("== 5", "== 6").replace("== 0", "== 1")},
            ),
        ),
        "behavioral",
        "proven",
        {"::test_total": "assertion", "::test_an_empty_cart_costs_nothing": "assertion"},
    ),
    AuditRow(
        "the first code of an empty project",
        (("feat: a cart", SHOP),),
        "behavioral",
        "proven",
        {"::test_total": "missing-symbol", "::test_an_empty_cart_costs_nothing": "missing-symbol"},
        base={"README.md": "A shop.\n"},
    ),
    AuditRow(
        "a new row of a parametrised test",
        (
            (
                "feat: negative prices count nothing",
                {
                    "cart.py": "def price(x):\n    return x * 2 if x > 0 else 0\n",
                    TESTS: "import pytest\nfrom cart import price\n\n"
                    "@pytest.mark.parametrize(('x', 'y'), [(1, 2), (2, 4), (-1, 0)])\n"
                    "def test_price(x, y):\n    assert price(x) == y\n",
                },
            ),
        ),
        "behavioral",
        "proven",
        {"::test_price": "assertion"},
        base={
            **SHOP,
            "cart.py": "def price(x):\n    return x * 2\n",
            TESTS: "import pytest\nfrom cart import price\n\n"
            "@pytest.mark.parametrize(('x', 'y'), [(1, 2), (2, 4)])\n"
            "def test_price(x, y):\n    assert price(x) == y\n",
        },
    ),
    AuditRow(
        "a test with a new fixture in conftest",
        (
            (
                "feat: a discount",
                {
                    **DISCOUNT,
                    "tests/conftest.py": "import pytest\nfrom cart import Cart\n\n"
                    "@pytest.fixture\ndef cart():\n    cart = Cart()\n    cart.add(10)\n"
                    "    return cart\n",
                    **more_tests(
                        "def test_discount(cart):\n    cart.discount(0.5)\n"
                        "    assert cart.total() == 5\n"
                    ),
                },
            ),
        ),
        "behavioral",
        "proven",
        {"::test_discount": "missing-symbol"},
    ),
    AuditRow(
        "expected data in a file of its own",
        (
            (
                "feat: receipts end with a line",
                {
                    "receipt.py": "def receipt(total):\n    return f'total {total}\\n'\n",
                    "tests/receipt.txt": "total 5\n",
                },
            ),
        ),
        "behavioral",
        "proven",
        {"tests/test_receipt.py::test_receipt": "assertion"},
        base={
            **SHOP,
            "receipt.py": "def receipt(total):\n    return f'total {total}'\n",
            "tests/receipt.txt": "total 5",
            "tests/test_receipt.py": "from pathlib import Path\nfrom receipt import receipt\n\n"
            "def test_receipt():\n"
            "    expected = Path(__file__).with_name('receipt.txt').read_text()\n"
            "    assert receipt(5) == expected\n",
        },
    ),
    AuditRow(
        "red in a commit of its own, then the code",
        (("test: a discount", TEST_DISCOUNT), ("feat: a discount", DISCOUNT)),
        "behavioral",
        "proven",
        {"::test_discount": "missing-symbol"},
        before=("proven",),
    ),
    AuditRow(
        "a test class of unittest",
        (
            (
                "feat: a discount",
                {
                    **DISCOUNT,
                    "tests/test_discount.py": "import unittest\nfrom cart import Cart\n\n"
                    "class DiscountCase(unittest.TestCase):\n"
                    "    def setUp(self):\n        self.cart = Cart()\n"
                    "        self.cart.add(10)\n\n"
                    "    def test_half(self):\n        self.cart.discount(0.5)\n"
                    "        self.assertEqual(self.cart.total(), 5)\n",
                },
            ),
        ),
        "behavioral",
        "proven",
        {"tests/test_discount.py::DiscountCase::test_half": "missing-symbol"},
    ),
    AuditRow(
        "a constant that fakes it",
        (
            (
                "feat: counts",
                {
                    **with_method("def count(self):\n    return 1"),
                    **more_tests(
                        "def test_count():\n    cart = Cart()\n    cart.add(3)\n"
                        "    assert cart.count() == 1\n"
                    ),
                },
            ),
        ),
        "behavioral",
        "proven",
        {"::test_count": "missing-symbol"},
    ),
    AuditRow(
        "a test that accepts, beside one that rejects",
        (
            (
                "feat: prices are checked",
                {
                    **with_method(
                        "def check(self):\n    if min(self.prices) < 0:\n"
                        "        raise ValueError('a negative price')"
                    ),
                    **more_tests(
                        "def test_accepts_prices():\n    cart = Cart()\n    cart.add(1)\n"
                        "    cart.check()\n\n\n"
                        "def test_rejects_a_negative_price():\n    cart = Cart()\n"
                        "    cart.add(-1)\n    with pytest.raises(ValueError, match='negative'):\n"
                        "        cart.check()\n"
                    ),
                },
            ),
        ),
        "behavioral",
        "proven",
        {
            "::test_accepts_prices": "missing-symbol",
            "::test_rejects_a_negative_price": "missing-symbol",
        },
    ),
    AuditRow(
        "a suite that was red before",
        (("feat: a discount", {**DISCOUNT, **TEST_DISCOUNT}),),
        "behavioral",
        "proven",
        {"::test_discount": "missing-symbol"},
        base={**SHOP, "tests/test_old.py": "def test_old():\n    assert 1 == 2\n"},
    ),
    AuditRow(
        "code that no test requires removed",
        (("refactor: dead code", {"cart.py": CART}),),
        "behavioral",
        "proven",
        {},
        base={**SHOP, **DISCOUNT},
    ),
    AuditRow(
        "an import repaired",
        (("fix: the module is there", {"cart.py": CART}),),
        "behavioral",
        "proven",
        {"::test_total": "missing-symbol", "::test_an_empty_cart_costs_nothing": "missing-symbol"},
        base={**SHOP, "cart.py": None, "basket.py": CART},
    ),
    AuditRow(
        "a fake that is made real",
        (
            (
                "feat: counts",
                {
                    **with_method("def count(self):\n    return 1"),
                    **more_tests(
                        "def test_count():\n    cart = Cart()\n    cart.add(3)\n"
                        "    assert cart.count() == 1\n"
                    ),
                },
            ),
            ("feat: any count", with_method("def count(self):\n    return len(self.prices)")),
        ),
        "behavioral",
        "proven",
        {"": "green-again"},
        before=("proven",),
    ),
    AuditRow(
        "code and its tests removed together",
        (("feat: no more discounts", {"cart.py": CART, TESTS: TEST_CART}),),
        "behavioral",
        "proven",
        {"::test_discount": "subject-gone"},
        base={**SHOP, **DISCOUNT, **TEST_DISCOUNT},
    ),
    AuditRow(
        "a method renamed with its tests",
        (
            (
                "refactor: total is called sum",
                {
                    "cart.py": CART.replace("total", "sum_up"),
                    TESTS: TEST_CART.replace(".total()", ".sum_up()"),
                },
            ),
        ),
        "structural",
        "proven",
        {"": "same-behaviour"},
    ),
    AuditRow(
        "a module that moved, with its import sorted anew",
        (("refactor: one module more", MOVED),),
        "structural",
        "proven",
        {"": "same-behaviour"},
        base=TWO_MODULES,
    ),
    AuditRow(
        "a module that moved, and its tests with it",
        (
            (
                "refactor: a folder of its own",
                {
                    "cart.py": None,
                    TESTS: None,
                    "shop/__init__.py": "",
                    "shop/cart.py": CART,
                    "tests/shop/test_cart.py": TEST_CART.replace("from cart", "from shop.cart"),
                },
            ),
        ),
        "structural",
        "proven",
        {"": "same-behaviour"},
    ),
    AuditRow(
        "a refactoring",
        (
            (
                "refactor: total in steps",
                {
                    "cart.py": CART.replace(
                        "return sum(self.prices)",
                        "total = 0\n        for price in self.prices:\n"
                        "            total += price\n        return total",
                    )
                },
            ),
        ),
        "structural",
        "proven",
        {"": "same-behaviour"},
    ),
    AuditRow(
        "a test of what was there already",
        (
            (
                "test: one price",
                more_tests(
                    "def test_one_price():\n    cart = Cart()\n    cart.add(7)\n"
                    "    assert cart.total() == 7\n"
                ),
            ),
        ),
        "test-only",
        "proven",
        {"::test_one_price": "covered"},
    ),
    AuditRow(
        "tests refactored",
        (
            (
                "test: a local name",
                {
                    TESTS: TEST_CART.replace(
                        "    assert cart.total() == 5",
                        "    total = cart.total()\n    assert total == 5",
                    )
                },
            ),
        ),
        "test-only",
        "proven",
        {"": "notices-as-much"},
    ),
    AuditRow(
        "prose only",
        (("docs: read me", {"README.md": "A shop.\n"}),),
        "neutral",
        "not applicable",
        {},
    ),
    AuditRow(
        "annotations only",
        (
            (
                "chore: types",
                {"cart.py": CART.replace("(self, price)", "(self, price: int) -> None")},
            ),
        ),
        "neutral",
        "not applicable",
        {},
    ),
    AuditRow(
        "comments and layout only",
        (("chore: comments", {"cart.py": CART.replace("[]", "[]  # none yet")}),),
        "neutral",
        "not applicable",
        {},
    ),
)

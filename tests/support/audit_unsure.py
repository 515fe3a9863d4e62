"""Histories of which nothing can be known for sure: neither proven nor refused."""

from __future__ import annotations

from audit_honest import DISCOUNT, TEST_DISCOUNT
from audit_row import TEST_CART, TESTS, AuditRow, shop

# cases enough that some surely end otherwise each time
_CASES = '@pytest.mark.parametrize("number", range(20))\n'
_BY_CHANCE = "__import__('os').urandom(1)[0] % 2"
_CHANCE = f"\n\n{_CASES}def test_chance(number):\n    assert {_BY_CHANCE}\n"
_LACKS = "\n\ndef test_lacks():\n    assert __import__('shutil').which('a-tool-of-mine')\n"
_NOWHERE = "import frobnicate\n"

# a package, whose modules are not what others import
PACKAGE = {
    "shop/__init__.py": "",
    "shop/tax.py": "def taxed(price, rate, whole):\n    return price + price * rate // whole\n",
    "shop/bill.py": "from shop.tax import taxed\n\n\ndef bill(price):\n"
    "    return taxed(price, 19, 100)\n",
    "tests/test_bill.py": "from shop.bill import bill\n\n\ndef test_bill():\n"
    "    assert bill(200) == 238\n",
    "pytest.ini": "[pytest]\npythonpath = .\n",
}
ONE_VALUE = {
    "shop/tax.py": "from dataclasses import dataclass\n\n\n@dataclass\nclass Rate:\n"
    "    part: int\n    whole: int\n\n\n"
    "def taxed(price, rate):\n    return price + price * rate.part // rate.whole\n",
    "shop/bill.py": "from shop.tax import Rate, taxed\n\n\ndef bill(price):\n"
    "    return taxed(price, Rate(19, 100))\n",
}

UNSURE = (
    AuditRow(
        "parameters that became one value, with all callers",
        (("refactor: a rate is one value", ONE_VALUE),),
        "structural",
        "not proven",
        {"": "signature-changed"},
        base=PACKAGE,
    ),
    AuditRow(
        "a new test that is green by chance only",
        (
            (
                "feat: a discount",
                {
                    **DISCOUNT,
                    TESTS: f"{TEST_CART}\n\n{_CASES}def test_discount(number):\n    cart = Cart()\n"
                    f"    cart.discount(0.5)\n    assert cart.total() == 0 and {_BY_CHANCE}\n",
                },
            ),
        ),
        "behavioral",
        "not proven",
        {"::test_discount": "flaky"},
    ),
    AuditRow(
        "a test that was green by chance before",
        (
            (
                "feat: a discount",
                {**DISCOUNT, TESTS: TEST_DISCOUNT[TESTS] + _CHANCE},
            ),
        ),
        "behavioral",
        "not proven",
        {"::test_discount": "missing-symbol", "::test_chance": "flaky"},
        base=shop(**{TESTS: TEST_CART + _CHANCE}),
    ),
    AuditRow(
        "a new test that wants what the sandbox does not allow",
        (
            (
                "feat: a discount",
                {
                    **DISCOUNT,
                    TESTS: f"{TEST_CART}\n\ndef test_discount():\n    Cart().discount(0.5)\n"
                    "    open('/etc/seenred-writes-here', 'w')\n",
                },
            ),
        ),
        "behavioral",
        "not proven",
        {"::test_discount": "confined"},
    ),
    AuditRow(
        "an edited test that failed in the same way before",
        (
            (
                "feat: a discount",
                {
                    **DISCOUNT,
                    TESTS: f"{TEST_CART}{_LACKS}    Cart().discount(0.5)\n",
                },
            ),
        ),
        "behavioral",
        "not proven",
        {"::test_lacks": "failed-alike"},
        base=shop(**{TESTS: f"{TEST_CART}{_LACKS}"}),
    ),
    AuditRow(
        "code that needs a package which nobody installed",
        (
            (
                "feat: a discount",
                {
                    "cart.py": f"import frobnicate\n{DISCOUNT['cart.py']}",
                    TESTS: TEST_DISCOUNT[TESTS],
                },
            ),
        ),
        "behavioral",
        "not proven",
        {"": "package-missing"},
    ),
    AuditRow(
        "a conftest that needs such a package",
        (
            (
                "feat: a discount",
                {**DISCOUNT, **TEST_DISCOUNT, "conftest.py": _NOWHERE},
            ),
        ),
        "behavioral",
        "not proven",
        {"": "package-missing"},
    ),
)

"""Histories in which tests or code are not what they look like."""

from __future__ import annotations

from audit_honest import DISCOUNT, FLAT_FEE, MOVED, TEST_DISCOUNT, TWO_MODULES
from audit_row import CART, SHOP, TEST_CART, TESTS, AuditRow, more_tests, with_method
from audit_unsure import ONE_VALUE, PACKAGE

_TOTAL = "    assert cart.total() == 5"


def _edited(name: str, new: str, reason: str = "weakened") -> AuditRow:
    """The assertion of the first test replaced while the code breaks what it said."""
    files = {**FLAT_FEE, TESTS: TEST_CART.replace(_TOTAL, new).replace("== 0", "== 1")}
    told = {"::test_total": reason, "::test_an_empty_cart_costs_nothing": "assertion"}
    return AuditRow(name, (("fix: a fee", files),), "behavioral", "refuted", told)


def _conftest(name: str, source: str, told: dict[str, str]) -> AuditRow:
    return AuditRow(
        name, (("chore: test setup", {"conftest.py": source}),), "test-only", "refuted", told
    )


_BOTH_LOST = {"::test_total": "lost", "::test_an_empty_cart_costs_nothing": "lost"}

_MOVED_AWAY = "tests/shop/test_cart.py"

CHEATING = (
    AuditRow(
        "a test that wants less in the folder to which it moved",
        (
            (
                "refactor: a folder of its own",
                {
                    "cart.py": None,
                    TESTS: None,
                    "shop/__init__.py": "",
                    "shop/cart.py": CART,
                    _MOVED_AWAY: TEST_CART.replace("from cart", "from shop.cart").replace(
                        _TOTAL, "    assert cart.total() > 0"
                    ),
                },
            ),
        ),
        "structural",
        "refuted",
        {f"{_MOVED_AWAY}::test_total": "weakened", "": "suite-unusable"},
    ),
    AuditRow(
        "a test that wants less of a module that moved",
        (
            (
                "refactor: one module more",
                {
                    **MOVED,
                    "tests/test_till.py": MOVED["tests/test_till.py"].replace("== 238", "> 0"),
                },
            ),
        ),
        "structural",
        "refuted",
        {"tests/test_till.py::test_bill": "weakened", "": "suite-unusable"},
        base=TWO_MODULES,
    ),
    AuditRow(
        "another value in a module that moved",
        (
            (
                "refactor: one module more",
                {**MOVED, "shop/vat.py": MOVED["shop/vat.py"].replace("== 'food'", "!= 'book'")},
            ),
        ),
        "behavioral",
        "refuted",
        {"": "untested"},
        base=TWO_MODULES,
    ),
    AuditRow(
        "parameters that became one value in what the package offers to others",
        (("refactor: a rate is one value", ONE_VALUE),),
        "behavioral",
        "refuted",
        {"": "untested"},
        base={**PACKAGE, "shop/__init__.py": "from shop.tax import taxed\n"},
    ),
    AuditRow(
        "another tax beside parameters that became one value",
        (
            (
                "refactor: a rate is one value",
                {**ONE_VALUE, "shop/bill.py": ONE_VALUE["shop/bill.py"].replace("19", "20")},
            ),
        ),
        "behavioral",
        "refuted",
        {"tests/test_bill.py::test_bill": "broken", "": "untested"},
        base=PACKAGE,
    ),
    _edited("an equality became a bound", "    assert cart.total() > 0"),
    _edited("an equality became truth", "    assert cart.total()"),
    _edited("an equality became a kind", "    assert isinstance(cart.total(), int)"),
    _edited("a test without assertion", "    cart.total()"),
    _edited("a return before the assertion", f"    return\n{_TOTAL}"),
    _edited(
        "a swallowed assertion",
        "    try:\n        assert cart.total() == 5\n    except AssertionError:\n        pass",
    ),
    _edited("a skip in the body", f"    pytest.skip('later')\n{_TOTAL}"),
    _edited("a wide tolerance", "    assert cart.total() == pytest.approx(5, abs=2)"),
    AuditRow(
        "an expected failure",
        (
            (
                "fix: a fee",
                {
                    **FLAT_FEE,
                    TESTS: TEST_CART.replace(
                        "def test_total", "@pytest.mark.xfail\ndef test_total"
                    ).replace("== 0", "== 1"),
                },
            ),
        ),
        "behavioral",
        "refuted",
        {"::test_total": "weakened", "::test_an_empty_cart_costs_nothing": "assertion"},
    ),
    AuditRow(
        "a failing test removed",
        (
            (
                "fix: a fee",
                {
                    **FLAT_FEE,
                    TESTS: TEST_CART[: TEST_CART.index("def test_total")]
                    + "def test_an_empty_cart_costs_nothing():\n    assert Cart().total() == 1\n",
                },
            ),
        ),
        "behavioral",
        "refuted",
        {"::test_total": "removed", "::test_an_empty_cart_costs_nothing": "assertion"},
    ),
    AuditRow(
        "a test that pytest no longer finds",
        (
            (
                "fix: a fee",
                {
                    **FLAT_FEE,
                    TESTS: TEST_CART.replace("def test_total", "def check_total").replace(
                        "== 0", "== 1"
                    ),
                },
            ),
        ),
        "behavioral",
        "refuted",
        {"::test_total": "removed", "::test_an_empty_cart_costs_nothing": "assertion"},
    ),
    AuditRow(
        "all tests deleted",
        (("fix: a fee", {**FLAT_FEE, TESTS: None}),),
        "structural",
        "refuted",
        {
            "::test_total": "removed",
            "::test_an_empty_cart_costs_nothing": "removed",
            "": "suite-unusable",
        },
    ),
    AuditRow(
        "a hollow test beside new code",
        (
            (
                "feat: a discount",
                {
                    **DISCOUNT,
                    **more_tests(
                        "def test_discount():\n    cart = Cart()\n    cart.add(10)\n"
                        "    cart.discount(0.5)\n    assert cart.total() >= 0\n"
                    ),
                },
            ),
        ),
        "behavioral",
        "refuted",
        {"::test_discount": "green-when-emptied"},
    ),
    AuditRow(
        "a test that is not green itself",
        (
            (
                "feat: a discount",
                {**with_method("def discount(self, share):\n    pass"), **TEST_DISCOUNT},
            ),
        ),
        "behavioral",
        "refuted",
        {"::test_discount": "not-green"},
    ),
    AuditRow(
        "a test of nothing beside new code",
        (
            (
                "feat: a discount",
                {**DISCOUNT, **more_tests("def test_discount():\n    assert True\n")},
            ),
        ),
        "behavioral",
        "refuted",
        {"::test_discount": "executes-nothing", "": "unexecuted"},
    ),
    AuditRow(
        "other behaviour, called a refactoring",
        (
            (
                "refactor: price",
                {"price.py": "def price(n: int) -> int:\n    return n * 2 if n < 9 else n * 3\n"},
            ),
        ),
        "behavioral",
        "refuted",
        {"": "untested"},
        base={
            **SHOP,
            "price.py": "def price(n: int) -> int:\n    return n * 2\n",
            "tests/test_price.py": "from price import price\n\ndef test_price():\n"
            "    assert price(1) == 2\n",
        },
    ),
    AuditRow(
        "a broken test left behind",
        (("refactor: total", FLAT_FEE),),
        "behavioral",
        "refuted",
        {"::test_total": "broken", "::test_an_empty_cart_costs_nothing": "broken", "": "untested"},
    ),
    AuditRow(
        "code that cannot be imported",
        (("fix: a fee", {"cart.py": "def (\n"}),),
        "behavioral",
        "refuted",
        {"": "suite-unusable"},
    ),
    AuditRow(
        "other behaviour after a hollow test",
        (
            (
                "feat: counts",
                {
                    **with_method("def count(self):\n    return len(self.prices)"),
                    **more_tests("def test_count():\n    Cart().count()\n"),
                },
            ),
            ("feat: any", with_method("def count(self):\n    return len(self.prices) + 1")),
        ),
        "behavioral",
        "refuted",
        {"": "untested"},
        before=("refuted",),
    ),
    _conftest(
        "a hook that leaves tests out",
        "def pytest_collection_modifyitems(items):\n    items[:] = []\n",
        _BOTH_LOST,
    ),
    _conftest("a file that is not collected", "collect_ignore = ['tests']\n", _BOTH_LOST),
    _conftest(
        "a hook that changes reports",
        "import pytest\n\n@pytest.hookimpl(hookwrapper=True)\n"
        "def pytest_runtest_makereport(item, call):\n    result = yield\n"
        "    result.get_result().outcome = 'passed'\n",
        {"conftest.py:4": "weakened"},
    ),
    _conftest("an exit", "import os\n\nos._exit(0)\n", {"": "suite-unusable"}),
    AuditRow(
        "a test deselected by the settings",
        (
            (
                "chore: settings",
                {"pytest.ini": "[pytest]\npythonpath = .\naddopts = -k empty\n"},
            ),
        ),
        "test-only",
        "refuted",
        {"::test_total": "lost"},
    ),
    AuditRow(
        "a helper that no longer asserts",
        (
            (
                "fix: a fee",
                {
                    **FLAT_FEE,
                    "tests/conftest.py": "import pytest\n\n@pytest.fixture\ndef costs():\n"
                    "    def check(cart, total):\n        cart.total()\n    return check\n",
                },
            ),
        ),
        "behavioral",
        "refuted",
        {"tests/conftest.py:4": "weakened", "": "untested"},
        base={
            **SHOP,
            TESTS: "from cart import Cart\n\ndef test_total(costs):\n    costs(Cart(), 0)\n",
            "tests/conftest.py": "import pytest\n\n@pytest.fixture\ndef costs():\n"
            "    def check(cart, total):\n        assert cart.total() == total\n    return check\n",
        },
    ),
    AuditRow(
        "code that imports a module which is not there",
        (
            (
                "feat: a discount",
                {
                    "shop/cart.py": f"import shop.fees\n{DISCOUNT['cart.py']}",
                    TESTS: TEST_DISCOUNT[TESTS].replace("from cart", "from shop.cart"),
                },
            ),
        ),
        "behavioral",
        "refuted",
        {"": "suite-unusable"},
        base={
            **{path: text.replace("from cart", "from shop.cart") for path, text in SHOP.items()},
            "shop/cart.py": SHOP["cart.py"],
        },
    ),
    AuditRow(
        "a conftest that imports a name which is not there",
        (
            (
                "feat: a discount",
                {**DISCOUNT, **TEST_DISCOUNT, "tests/conftest.py": "from cart import Basket\n"},
            ),
        ),
        "behavioral",
        "refuted",
        {"": "suite-unusable"},
    ),
)

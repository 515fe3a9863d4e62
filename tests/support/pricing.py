"""A small history as strangers write it: honest work, a cheat, a refactoring, words."""

from __future__ import annotations

from pathlib import Path

from repository import Repository

SETTINGS = '[tool.pytest.ini_options]\npythonpath = ["src"]\n'
CART = """\
class Cart:
    def __init__(self):
        self.items = []

    def add(self, name, price):
        self.items.append((name, price))

    def total(self):
        return sum(price for _, price in self.items)
"""
TESTS = """\
from pricing.cart import Cart


def cart(*prices):
    made = Cart()
    for price in prices:
        made.add("thing", price)
    return made


def test_total_adds_up():
    assert cart(2, 3).total() == 5
"""
DISCOUNTED = """\
class Cart:
    def __init__(self):
        self.items = []
        self.discount = 0

    def add(self, name, price):
        self.items.append((name, price))

    def total(self):
        return sum(price for _, price in self.items) * (100 - self.discount) / 100
"""
DISCOUNT_TEST = """\


def test_a_discount_is_taken_off():
    discounted = cart(10, 10)
    discounted.discount = 10
    assert discounted.total() == 18
"""
SPLIT = (
    DISCOUNTED.replace("sum(price for _, price in self.items) *", "self._sum() *")
    + """\

    def _sum(self):
        return sum(price for _, price in self.items)
"""
)
SHIPPING = """\
def shipping(weight, express=False):
    cost = 5 if weight < 10 else 9
    if express:
        cost *= 2
    return cost
"""
SHIPPING_TESTS = """\
from pricing.shipping import shipping


def test_shipping_of_a_light_parcel():
    assert shipping(1) == 5


def test_shipping_of_a_heavy_parcel():
    assert shipping(20) == 9
"""


def start(folder: Path) -> Repository:
    """A project with one commit on `main`."""
    repository = Repository(folder)
    files = {
        "pyproject.toml": SETTINGS,
        ".gitignore": ".venv\n",
        "src/pricing/__init__.py": "",
        "src/pricing/cart.py": CART,
        "tests/test_cart.py": TESTS,
    }
    repository.commit("Cart with a total", files)
    return repository


def honest(repository: Repository) -> str:
    """A discount, with the test that asks for it."""
    files = {"src/pricing/cart.py": DISCOUNTED, "tests/test_cart.py": TESTS + DISCOUNT_TEST}
    return repository.commit("feat: percentage discount", files)


def refactoring(repository: Repository) -> str:
    """The sum becomes a method."""
    return repository.commit("refactor: the sum is a method", {"src/pricing/cart.py": SPLIT})


def unneeded(repository: Repository) -> str:
    """Shipping, with an option that no test asks for."""
    files = {"src/pricing/shipping.py": SHIPPING, "tests/test_shipping.py": SHIPPING_TESTS}
    return repository.commit("feat: shipping", files)


def cheat(repository: Repository) -> str:
    """A test is weakened so that worse code passes it."""
    cart = (repository.path / "src/pricing/cart.py").read_text()
    tests = (repository.path / "tests/test_cart.py").read_text()
    files = {
        "src/pricing/cart.py": cart.replace("/ 100\n", "// 100 + 1\n"),
        "tests/test_cart.py": tests.replace("total() == 18", "total() > 0").replace(
            "total() == 5", "total() >= 5"
        ),
    }
    return repository.commit("fix: whole amounts only", files)


def by_chance(repository: Repository) -> str:
    """The discount, with a test of which some of its cases fail each time, and never the same."""
    cases = '@pytest.mark.parametrize("number", range(20))\n'
    test = DISCOUNT_TEST.replace("def ", f"{cases}def ").replace("():", "(number):")
    tests = f"import os\nimport pytest\n{TESTS}{test}    assert os.urandom(1)[0] % 2\n"
    files = {"src/pricing/cart.py": DISCOUNTED, "tests/test_cart.py": tests}
    return repository.commit("feat: percentage discount", files)


def words(repository: Repository) -> str:
    """A readme."""
    return repository.commit("docs: readme", {"README.md": "# Pricing\n"})

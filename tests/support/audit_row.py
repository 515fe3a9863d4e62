"""One small history, and what an audit must say of its last commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Files = Mapping[str, str | None]

CART = """\
class Cart:
    def __init__(self):
        self.prices = []

    def add(self, price):
        self.prices.append(price)

    def total(self):
        return sum(self.prices)
"""
TEST_CART = """\
import pytest

from cart import Cart


def test_total():
    cart = Cart()
    cart.add(2)
    cart.add(3)
    assert cart.total() == 5


def test_an_empty_cart_costs_nothing():
    assert Cart().total() == 0
"""
TESTS = "tests/test_cart.py"
# what most rows begin with: one module, two tests, and where to find it
SHOP: Mapping[str, str] = {
    "cart.py": CART,
    TESTS: TEST_CART,
    "pytest.ini": "[pytest]\npythonpath = .\n",
}


def shop(**changes: str) -> dict[str, str]:
    """The beginning, with other text for its files."""
    return {**SHOP, **changes}


def more_tests(addition: str) -> dict[str, str]:
    """The test file with more at its end."""
    return {TESTS: f"{TEST_CART}\n\n{addition}"}


def with_method(method: str) -> dict[str, str]:
    """The cart with another method."""
    lines = "".join(f"    {line}\n" for line in method.splitlines())
    return {"cart.py": f"{CART}\n{lines}"}


@dataclass(frozen=True)
class AuditRow:
    """A row of the table.

    Attributes:
        commits: subject and files of each commit after the base; None removes a file.
        kind: of the last commit.
        verdict: of it.
        told: for each proof that counts: the end of its subject to its reason; what is proven of
            added code (minimal) is left out unless it is named here by `added code`.
        before: verdicts of the commits before the last one; "proven" when there are more.
    """

    name: str
    commits: tuple[tuple[str, Files], ...]
    kind: str
    verdict: str
    told: Mapping[str, str]
    base: Files = field(default_factory=lambda: SHOP)
    before: tuple[str, ...] = ()

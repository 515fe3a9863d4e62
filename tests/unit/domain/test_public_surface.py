import pytest

from seenred.domain.public_surface import public_surface, surface_changes
from seenred.domain.renaming import Renaming

OLD = b"""
LIMIT = 3

def price(n, discount=0, *, tax=LIMIT):
    return n

def _round(n, digits):
    return n

class Cart(Base):
    def add(self, item):
        yield item

    @property
    def total(self):
        return 1
"""


def seen(new, names=None, more=None):
    before = public_surface({"shop": OLD})
    after = public_surface({"shop": new, **(more or {})})
    changes = surface_changes(before, after, Renaming(names or {}))
    return tuple(each.told for each in changes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"", b""),
        (b"_round(n, digits)", b"_round(n)"),
        (b"def _round", b"def helper(): pass\ndef _cut"),
        (b"def price(n, discount=0", b"def price(n: int, discount: int = 0"),
        (b"tax=LIMIT", b"tax=DEFAULT_TAX"),
    ],
)
def test_what_nobody_outside_notices(old, new):
    assert () == seen(OLD.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            b"discount=0",
            b"discount=1",
            "shop.price(n, discount=0, tax=LIMIT) → (n, discount=1, tax=LIMIT)",
        ),
        (
            b"discount=0, *",
            b"discount=0, more=None, *",
            "shop.price(n, discount=0, tax=LIMIT) → (n, discount=0, more=None, tax=LIMIT)",
        ),
        (
            b"(n, discount",
            b"(m, discount",
            "shop.price(n, discount=0, tax=LIMIT) → (m, discount=0, tax=LIMIT)",
        ),
        (b"yield item", b"return [item]", "shop.Cart.add: generator def → def"),
        (b"    @property\n", b"", "shop.Cart.total: property def → def"),
        (b"def price", b"async def price", "shop.price: def → async def"),
        (b"Cart(Base)", b"Cart", "shop.Cart: class(Base) → class"),
        (b"def price", b"def cost", "shop.price(n, discount=0, tax=LIMIT) is gone"),
        (b"LIMIT = 3\n", b"", "shop.LIMIT is gone"),
    ],
)
def test_what_others_would_notice(old, new, expected):
    assert (expected,) == seen(OLD.replace(old, new))


def test_a_declared_rename_is_expected():
    assert () == seen(OLD.replace(b"def price(n", b"def cost(m"), {"price": "cost", "n": "m"})
    assert () == seen(OLD.replace(b"Cart", b"Basket"), {"shop.Cart": "shop.Basket"})


def test_a_move_is_expected_where_the_old_place_still_has_the_name():
    moved = b"def price(n, discount=0, *, tax=LIMIT):\n    return n\n"
    left = OLD.replace(moved, b"from pricing import price\n")
    assert () == seen(left, more={"pricing": moved})
    gone = OLD.replace(moved, b"")
    assert ("shop.price(n, discount=0, tax=LIMIT) is gone",) == seen(gone, more={"pricing": moved})
    assert () == seen(gone, {"shop.price": "pricing.price"}, more={"pricing": moved})

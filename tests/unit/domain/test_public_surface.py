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


WHOLE = """
class Circle{bases}:
    def __init__(self, size):
        self.size = size

    def area(self, unit="m"):
        return 3 * self.size

    def name(self):
        return "circle"
"""
LESS = WHOLE.partition("    def area")[0].format(bases="(Shape)")
AREA = """
    def area(self, unit="m"):
        return 3 * self.size
"""
NAME = """
    def name(self):
        return "circle"
"""


def extracted(superclass, rest=LESS + NAME, before="", **more):
    old = public_surface({"shop": (before or WHOLE.format(bases="")).encode()})
    modules = {name: source.encode() for name, source in more.items()}
    new = public_surface({"shop": (superclass + rest).encode(), **modules})
    return [each.name for each in surface_changes(old, new, Renaming({}))]


@pytest.mark.parametrize(
    "superclass",
    [
        "class Shape:" + AREA,
        "class Shape:" + AREA + "\n    def more(self): pass\n",
        "class Top:" + AREA + "\nclass Shape(Top):\n    pass\n",
    ],
)
def test_a_superclass_was_extracted(superclass):
    assert [] == extracted(superclass)


def test_a_private_superclass_was_extracted():
    rest = (LESS + NAME).replace("Shape", "_Shape")
    assert [] == extracted("class _Shape:" + AREA, rest)


@pytest.mark.parametrize(
    ("module", "bring"),
    [
        ("shape", "from shape import Shape\n"),
        ("shop.shape", "from .shape import Shape\n"),
        ("shape", "import shape\n"),
    ],
)
def test_a_superclass_was_extracted_into_another_module(module, bring):
    base = "shape.Shape" if bring.startswith("import") else "Shape"
    rest = (LESS + NAME).replace("(Shape)", f"({base})")
    assert [] == extracted(bring, rest, **{module: "class Shape:" + AREA})


@pytest.mark.parametrize(
    ("superclass", "changed"),
    [
        ("class Shape:\n    pass\n", "shop.Circle.area"),
        ("class Shape:" + AREA.replace("unit", "measure"), "shop.Circle.area"),
        ("class Shape:" + AREA.replace('"m"', '"km"'), "shop.Circle.area"),
        ("class Shape:" + AREA.replace("def area", "async def area"), "shop.Circle.area"),
        ("class Shape:\n    @property" + AREA, "shop.Circle.area"),
        ("class Shape:" + AREA + "\n    def __eq__(self, other): return True\n", "shop.Circle"),
        ("class Shape:" + AREA + "\n    __slots__ = ()\n", "shop.Circle"),
        ("class Shape(metaclass=Kind):" + AREA, "shop.Circle"),
        ("@sealed\nclass Shape:" + AREA, "shop.Circle"),
        ("class Shape(dict):" + AREA, "shop.Circle"),
        ("from elsewhere import Shape\n", "shop.Circle.area"),
    ],
)
def test_what_looks_like_an_extracted_superclass(superclass, changed):
    assert changed in extracted(superclass)


def test_a_superclass_that_goes_before_another_may_hide_what_that_has():
    before = "class Old:" + AREA + WHOLE.format(bases="(Old)").partition("    def area")[0] + NAME
    after = before.replace("(Old)", "(Shape, Old)")
    assert ["shop.Circle"] == extracted("class Shape:" + AREA, after, before)


def test_a_base_may_move_to_the_superclass():
    before = WHOLE.format(bases="(dict)")
    assert [] == extracted("class Shape(dict):" + AREA, LESS + NAME, before)


def test_bases_that_changed_places_are_not_the_same():
    before = WHOLE.format(bases="(First, Second)")
    assert ["shop.Circle"] == extracted("class Shape(Second, First):" + AREA, before=before)


def test_what_a_class_no_longer_has_from_a_private_one_is_missed():
    before = "class _Shape:" + AREA + (LESS + NAME).replace("Shape", "_Shape")
    assert ["shop.Circle.area"] == extracted("", before.replace(AREA, "\n    pass\n"), before)

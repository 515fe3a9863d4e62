import pytest

from seenred.domain.symbol import ModuleSymbols, SymbolKind, symbols_of

MODULE = b'''
import os.path
from .money import Money as Cash
from shop import tax

LIMIT: int = tax.rate(3)
a = b = 1


@cache
def total(items: list[int], *, most=LIMIT) -> int:
    """Sum up.

    More of it.
    """
    return sum(items) + Cash(most).amount


class Cart(Base, metaclass=Meta):
    """Holds items."""

    size = 0

    @property
    def is_empty(self):
        return not self.size

    class Line:
        async def load(self): ...


if os.path:
    def other(): pass
'''


def symbols():
    return {each.name: each for each in symbols_of(MODULE).symbols}


def test_definitions_are_listed_in_the_order_of_the_text():
    expected = "LIMIT a b total Cart Cart.size Cart.is_empty Cart.Line Cart.Line.load other"
    assert expected.split() == list(symbols())


@pytest.mark.parametrize(
    ("name", "kind", "lines", "signature", "summary"),
    [
        ("LIMIT", SymbolKind.VALUE, (6, 6), "LIMIT: int = tax.rate(3)", ""),
        (
            "total",
            SymbolKind.FUNCTION,
            (10, 16),
            "@cache\ndef total(items: list[int], *, most=LIMIT) -> int:",
            "Sum up.",
        ),
        ("Cart", SymbolKind.CLASS, (19, 29), "class Cart(Base, metaclass=Meta):", "Holds items."),
        ("Cart.is_empty", SymbolKind.METHOD, (24, 26), "@property\ndef is_empty(self):", ""),
        ("Cart.Line.load", SymbolKind.METHOD, (29, 29), "async def load(self):", ""),
    ],
)
def test_a_definition_is_told(name, kind, lines, signature, summary):
    found = symbols()[name]
    assert (kind, lines) == (found.kind, (found.first, found.last))
    assert (signature, summary) == (found.signature, found.summary)


def test_what_a_definition_uses_is_told():
    assert symbols()["total"].uses == tuple(
        sorted(["LIMIT", "Cash", "amount", "cache", "int", "items", "list", "most", "sum"])
    )
    assert symbols()["Cart"].uses == ("Base",)
    assert symbols()["Cart.is_empty"].uses == ("property", "self", "size")


def test_imports_are_told_with_what_they_bind():
    expected = (("os", "os.path"), ("Cash", ".money.Money"), ("tax", "shop.tax"))
    assert expected == symbols_of(MODULE).imports


def test_a_name_is_taken_apart():
    assert symbols()["Cart.is_empty"].own_name == "is_empty"
    assert symbols()["Cart.is_empty"].owner == "Cart"
    assert symbols()["total"].owner == ""


@pytest.mark.parametrize("source", [b"def (:\n", b"\xff\xfe", b"x = 1\0", b"(" * 500])
def test_what_is_not_python_holds_nothing(source):
    assert ModuleSymbols() == symbols_of(source)

import pytest

from seenred.domain.renaming import Renaming, difference

TEST = b"""
from unittest import mock
from shop.cart import Cart, total

def test_total():
    '''All of it.'''
    assert total(Cart(), limit=3) == 10

def test_patched(monkeypatch):
    with mock.patch("shop.cart.total"):
        assert Cart().total() == "total"
"""


def changed(*pairs):
    text = TEST
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("names", "new"),
    [
        ({}, TEST),
        ({}, TEST.replace(b"    '''All of it.'''\n", b"    # less words\n\n")),
        (
            {},
            changed(
                (
                    b"from shop.cart import Cart, total",
                    b"import shop.cart\nfrom shop.cart import Cart",
                ),
                (b"assert total(", b"assert shop.cart.total("),
            ),
        ),
        (
            {"shop.cart.total": "shop.pricing.total"},
            changed(
                (
                    b"from shop.cart import Cart, total",
                    b"from shop.cart import Cart\nfrom shop.pricing import total",
                ),
                (b'"shop.cart.total"', b'"shop.pricing.total"'),
            ),
        ),
        ({"shop.cart": "shop.basket"}, changed((b"shop.cart", b"shop.basket"))),
        (
            {"total": "sum_up"},
            changed(
                (b"Cart, total", b"Cart, sum_up"),
                (b"test_total", b"test_all"),
                (b"test_all", b"test_total"),
                (b"assert total(", b"assert sum_up("),
                (b"cart.total", b"cart.sum_up"),
                (b".total()", b".sum_up()"),
            ),
        ),
        ({"limit": "most"}, changed((b"limit=", b"most="))),
    ],
)
def test_what_was_declared_is_no_difference(names, new):
    assert "" == difference(TEST, new, Renaming(names))


@pytest.mark.parametrize(
    ("names", "new", "expected"),
    [
        (
            {},
            changed((b"== 10", b">= 10")),
            "7: total(Cart(), limit=3) == 10 → total(Cart(), limit=3) >= 10",
        ),
        ({}, changed((b"== 10", b"== 10.0")), "7: 10 → 10.0"),
        ({}, changed((b"== 10", b"== True")), "7: 10 → True"),
        ({"total": "sum_up"}, changed((b'== "total"', b'== "sum_up"')), "11: 'total' → 'sum_up'"),
        ({}, changed((b"limit=3", b"most=3")), "7: limit=3 → most=3"),
        ({}, changed((b"limit=3", b"limit=4")), "7: 3 → 4"),
        (
            {},
            changed((b"    assert total(Cart(), limit=3) == 10\n", b"")),
            "7: assert total(Cart(), limit=3) == 10 is gone",
        ),
        (
            {},
            changed((b"shop.cart import Cart, total", b"shop.fake import Cart, total")),
            "7: total → total",
        ),
        ({}, TEST + b"\ndef test_more(): pass\n", "13: def test_more(): pass is new"),
        ({}, b"import shop.fixtures\n" + TEST, "import of shop.fixtures is new"),
    ],
)
def test_what_was_not_declared_is_a_difference(names, new, expected):
    found = difference(TEST, new, Renaming(names))
    assert expected == found


def test_an_attribute_that_is_no_import_is_renamed_by_its_last_part():
    old, new = b"def test(c): assert c.add(1)\n", b"def test(c): assert c.append(1)\n"
    assert "" == difference(old, new, Renaming({"shop.Cart.add": "shop.Cart.append"}))
    assert difference(old, new, Renaming({"shop.Cart.add": "shop.Cart.put"}))


def test_two_old_names_cannot_get_the_same_new_one():
    assert ("c",) == Renaming({"a": "c", "b": "c"}).clashes


def test_a_test_keeps_its_id_while_there_is_such_a_test():
    renaming = Renaming({"test_cart": "test_basket"})
    assert "t/test_basket.py::test_a[test_cart]" == renaming.test_id(
        "t/test_cart.py::test_a[test_cart]", []
    )
    assert "t/test_cart.py::test_a" == renaming.test_id(
        "t/test_cart.py::test_a", ["t/test_cart.py::test_a"]
    )


def test_a_test_has_another_id_where_its_file_was_moved():
    renaming = Renaming({"t/test_cart.py": "t/a.b/test_basket.py", "Cart.total": "Cart.sum"})
    moved = renaming.test_id("t/test_cart.py::test_all[total]", [])
    assert "t/a.b/test_basket.py::test_all[total]" == moved
    assert "t/a.b/test_basket.py" == renaming.test_id("t/test_cart.py", [])

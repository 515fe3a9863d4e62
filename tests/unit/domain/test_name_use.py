import pytest

from seenred.domain.name_use import name_uses


def used(source, module="shop.cart", **how):
    return {use.name for use in name_uses(source.encode(), module, **how)}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from shop.tax import rate", "shop.tax.rate"),
        ("from .tax import rate", "shop.tax.rate"),
        ("from shop.tax import rate as r\nr()", "shop.tax.rate"),
        ("import shop.tax\nshop.tax.rate()", "shop.tax.rate"),
        ("from shop import tax\nx = tax.rate", "shop.tax.rate"),
        ("from shop.tax import *\nrate()", "shop.tax.rate"),
        ("rate()", "shop.cart.rate"),
        ("cart.total()", ".total"),
        ("getattr(cart, 'total')", ".total"),
        ("patch('shop.tax.rate')", "shop.tax.rate"),
        ("ENTRY = 'shop.tax:rate'", "shop.tax.rate"),
    ],
)
def test_a_use_has_the_name_of_what_is_used(source, name):
    assert name in used(source)


def test_a_package_imports_relatively_from_itself():
    assert "shop.tax.rate" in used("from .tax import rate", "shop", is_package=True)


@pytest.mark.parametrize("source", ["def f(rate):\n    return rate", "rate = 1\nprint(rate)"])
def test_a_local_name_is_nobody_elses(source):
    assert "shop.cart.rate" not in used(source)


def test_a_call_is_known_with_its_arguments():
    [call] = [use.call for use in name_uses(b"from tax import rate\nrate(1, b=2)", "x") if use.call]
    assert (1, ["b"]) == (len(call.args), [word.arg for word in call.keywords])

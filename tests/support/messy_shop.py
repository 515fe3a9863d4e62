"""A shop that says one thing twice, its tests, and the reply that says it once."""

from go_project import code

MESSY = """def total(prices):
    result = 0
    for price in prices:
        if price > 0:
            result = result + price
    return round(result, 2)


def total_with_tax(prices):
    result = 0
    for price in prices:
        if price > 0:
            result = result + price
    return round(result, 2) * 2
"""
MESSY_TESTS = """from shop import total, total_with_tax


def test_negative_prices_do_not_count():
    assert total([1, -1, 2.5]) == 3.5


def test_the_tax_doubles_it():
    assert total_with_tax([1, -1, 2.5]) == 7
"""
TIDIED = code("def total_with_tax(prices):\n    return total(prices) * 2\n")

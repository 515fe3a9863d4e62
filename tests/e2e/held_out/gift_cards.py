"""Held-out checks of examples/gift-cards; the solver never sees them."""

import random
from itertools import combinations

import pytest
from solution import pick_cards


def is_right(values: list[int], price: int, picked: list[int]) -> bool:
    """Whether `picked` is one of the right answers."""
    if not picked:
        return all(a + b != price for a, b in combinations(values, 2))
    first, second = picked
    inside = 0 <= min(first, second) and max(first, second) < len(values)
    return first != second and inside and values[first] + values[second] == price


@pytest.mark.parametrize(
    ("values", "price"),
    [
        ([15, 5, 20, 10], 25),
        ([10, 40], 20),
        ([10, 10, 3], 20),
        ([], 5),
        ([5], 5),
        ([5], 10),
        ([1, 2, 3, 4, 5], 9),
        ([4, 4, 4, 4], 8),
        ([1, 1000000, 1000000], 2000000),
        ([3, 7], 11),
    ],
)
def test_known_drawers(values: list[int], price: int) -> None:
    assert is_right(values, price, list(pick_cards(list(values), price)))


def test_many_drawers() -> None:
    chance = random.Random(6)
    for _ in range(300):
        values = [chance.randint(1, 12) for _ in range(chance.randint(0, 7))]
        price = chance.randint(1, 24)
        assert is_right(values, price, list(pick_cards(list(values), price))), (values, price)


def test_a_full_drawer() -> None:
    """Every pair tried would need minutes here; the run's own deadline ends it."""
    values = [2] * 49_998 + [5, 6]
    assert [49_998, 49_999] == sorted(pick_cards(values, 11))

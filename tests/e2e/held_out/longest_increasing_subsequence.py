"""Held-out checks of examples/longest-increasing-subsequence; the solver never sees them."""

import random
from itertools import combinations, pairwise

import pytest
from solution import longest_increasing_subsequence


def brute_force(nums: list[int]) -> int:
    """Tries every subsequence, longest first."""
    return next(
        size
        for size in range(len(nums), -1, -1)
        for chosen in combinations(nums, size)
        if all(a < b for a, b in pairwise(chosen))
    )


@pytest.mark.parametrize(
    ("nums", "expected"),
    [
        ([10, 9, 2, 5, 3, 7, 101, 18], 4),
        ([0, 1, 0, 3, 2, 3], 4),
        ([7, 7, 7], 1),
        ([], 0),
        ([5], 1),
        ([3, 2, 1], 1),
        ([-5, -3, -4, -1], 3),
        ([4, 10, 4, 3, 8, 9], 3),
        ([-(10**9), 10**9], 2),
    ],
)
def test_known_lengths(nums: list[int], expected: int) -> None:
    assert expected == longest_increasing_subsequence(nums)


def test_agrees_with_brute_force() -> None:
    chance = random.Random(2)
    for _ in range(200):
        nums = [chance.randint(-4, 4) for _ in range(chance.randint(0, 9))]
        assert brute_force(nums) == longest_increasing_subsequence(list(nums)), nums


def test_a_long_list() -> None:
    """Quadratic growth would need minutes here; the run's own deadline ends it."""
    assert 100_000 == longest_increasing_subsequence(list(range(100_000)))

"""Held-out checks of examples/merge-bookings; the solver never sees them."""

import random
from itertools import pairwise

import pytest
from solution import merge_bookings


def minutes_taken(bookings: list[list[int]]) -> set[int]:
    """Half minutes, so that bookings which touch are told from those with a gap of one."""
    return {half for start, end in bookings for half in range(2 * start, 2 * end + 1)}


@pytest.mark.parametrize(
    ("bookings", "expected"),
    [
        ([[540, 600], [570, 660], [720, 750]], [[540, 660], [720, 750]]),
        ([[600, 630], [540, 600]], [[540, 630]]),
        ([[480, 1020], [540, 570]], [[480, 1020]]),
        ([], []),
        ([[5, 5]], [[5, 5]]),
        ([[5, 6], [7, 8]], [[5, 6], [7, 8]]),
        ([[1, 2], [1, 2], [1, 2]], [[1, 2]]),
        ([[1, 10], [2, 3], [4, 11], [20, 21]], [[1, 11], [20, 21]]),
        ([[0, 1440], [0, 0], [1440, 1440]], [[0, 1440]]),
    ],
)
def test_known_calendars(bookings: list[list[int]], expected: list[list[int]]) -> None:
    assert expected == [list(each) for each in merge_bookings(bookings)]


def test_the_argument_stays_as_it_is() -> None:
    bookings = [[600, 630], [540, 600], [1, 2]]
    merge_bookings(bookings)
    assert [[600, 630], [540, 600], [1, 2]] == bookings


def test_the_same_minutes_are_taken_and_nothing_touches() -> None:
    chance = random.Random(3)
    for _ in range(200):
        bookings = []
        for _ in range(chance.randint(0, 8)):
            start = chance.randint(0, 30)
            bookings.append([start, start + chance.randint(0, 6)])
        merged = merge_bookings([list(each) for each in bookings])
        assert minutes_taken(bookings) == minutes_taken(merged), bookings
        assert all(a[1] < b[0] for a, b in pairwise(merged)), bookings

"""Held-out checks of examples/run-length; the solver never sees them."""

import random
import re

import pytest
from solution import encode


def decode(text: str) -> str:
    return "".join(
        letter * int(count or 1) for letter, count in re.findall(r"([a-zA-Z])(\d*)", text)
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("aaabcc", "a3bc2"),
        ("xyz", "xyz"),
        ("aaAA", "a2A2"),
        ("bbbbbbbbbbbb", "b12"),
        ("", ""),
        ("q", "q"),
        ("aba", "aba"),
        ("abbbbbbbbbbc", "ab10c"),
        ("zzyzz", "z2yz2"),
    ],
)
def test_known_rows(row: str, expected: str) -> None:
    assert expected == encode(row)


def test_what_was_encoded_can_be_read_again() -> None:
    chance = random.Random(5)
    for _ in range(200):
        row = "".join(chance.choice("aAb") for _ in range(chance.randint(0, 30)))
        short = encode(row)
        assert row == decode(short), row
        assert len(short) <= len(row)


def test_a_long_row() -> None:
    assert "a99999b" == encode("a" * 99_999 + "b")

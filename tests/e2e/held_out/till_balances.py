"""Held-out checks of examples/till-balances; the solver never sees them."""

import importlib.util
import random
import subprocess
import sys
from collections import Counter

import pytest


def run(stdin: str) -> list[str]:
    """The lines that the program prints."""
    spec = importlib.util.find_spec("solution")  # importing it would run it
    assert spec is not None
    assert spec.origin is not None
    done = subprocess.run(
        [sys.executable, spec.origin], input=stdin, capture_output=True, text=True, check=True
    )
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            ["mia 1250", "tom 300", "mia -250", "ada 75", "tom 40"],
            ["ada 75", "mia 1000", "tom 340"],
        ),
        (["tom 500", "ada 20", "tom -500"], ["ada 20"]),
        (["zoe 10", "zoe -10"], ["all square"]),
        ([], ["all square"]),
        (["a 0"], ["all square"]),
        (["b -1000000", "a 1000000"], ["a 1000000", "b -1000000"]),
        (["ab 1", "a 1", "b 1"], ["a 1", "ab 1", "b 1"]),
    ],
)
def test_known_tills(entries: list[str], expected: list[str]) -> None:
    assert expected == run("\n".join([str(len(entries)), *entries]) + "\n")


def test_a_thousand_entries() -> None:
    chance = random.Random(4)
    entries = [(chance.choice("abcdefgh"), chance.randint(-9, 9)) for _ in range(1000)]
    balances: Counter[str] = Counter()
    for name, amount in entries:
        balances[name] += amount
    expected = [f"{name} {cents}" for name, cents in sorted(balances.items()) if cents]
    shown = "\n".join(["1000", *(f"{name} {amount}" for name, amount in entries)]) + "\n"
    assert (expected or ["all square"]) == run(shown)

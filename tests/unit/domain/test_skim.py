from pathlib import Path

import pytest

from seenred.domain import skim, symbol
from seenred.domain.skim import skimmed
from seenred.domain.symbol import symbols_of

SOURCE = b'''"""A shop."""
from __future__ import annotations

import os.path, sys as system
from .money import (
    Money,  # of any country
    rate as rate_of,
)
from . import tax

RATE: float = 2.0
other == RATE


@final
class Cart(Base):
    """Holds articles."""

    size = 0

    async def total(
        self, items,
    ):
        """Of all."""
        def inner():
            local = 1
        return inner

    class Part:
        def weight(self): return 1


if RATE:
    def twice(x):
        return 2 * x
'''


def names(module):
    return [(s.name, s.kind) for s in module.symbols if s.name != "Cart.size"]


def test_definitions_are_those_that_a_parser_finds():
    assert names(skimmed(SOURCE)) == names(symbols_of(SOURCE))


def test_imports_are_those_that_a_parser_finds():
    assert skimmed(SOURCE).imports == symbols_of(SOURCE).imports


def test_a_definition_is_told_with_its_line_and_what_it_is_for():
    found = {s.name: s for s in skimmed(SOURCE).symbols}
    assert (found["Cart"].first, found["Cart"].summary) == (16, "Holds articles.")


@pytest.mark.parametrize("module", [skim, symbol])
def test_real_modules_are_skimmed_as_they_are_parsed(module):
    source = Path(module.__file__).read_bytes()
    parsed = [s.name for s in symbols_of(source).symbols if s.kind != "value"]
    found = [s.name for s in skimmed(source).symbols if s.kind != "value"]
    assert found == parsed
    assert skimmed(source).imports == symbols_of(source).imports


@pytest.mark.parametrize(
    "source", [b"", b"\xff\xfe", b"def", b"class :", b"from import", b"import "]
)
def test_what_is_no_python_is_skimmed_without_complaint(source):
    assert skimmed(source).symbols == ()


def test_it_says_that_it_was_only_skimmed():
    assert skimmed(b"").skimmed
    assert not symbols_of(b"").skimmed

"""The numbers and quoted words of a description, and whether a text has others."""

from __future__ import annotations

import re

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'(?!\w)")
# numbers that a description may have in words
_WORDS = (
    ("0", ("zero", "no", "empty", "nothing", "none", "without", "free")),
    ("1", ("one", "a", "an", "once", "single")),
    ("2", ("two", "twice", "both", "pair", "double")),
    ("3", ("three", "thrice")),
    ("4", ("four",)),
    ("5", ("five",)),
    ("6", ("six",)),
    ("7", ("seven",)),
    ("8", ("eight",)),
    ("9", ("nine",)),
    ("10", ("ten",)),
    ("12", ("twelve", "dozen")),
)


def invented(text: str, description: str) -> tuple[str, ...]:
    """The numbers and quoted words of an item that stand nowhere in the description."""
    numbers = {_plain(number) for number in NUMBER.findall(description)}
    words = set(re.findall(r"[a-z]+", description.lower()))
    numbers |= {number for number, names in _WORDS if words & set(names)}
    quoted = [double or single for double, single in _QUOTED.findall(text)]
    outside = _QUOTED.sub(" ", text)
    strange = [one for one in quoted if not _is_quoted(one, description)]
    strange += [one for one in NUMBER.findall(outside) if _plain(one) not in numbers]
    return tuple(dict.fromkeys(strange))


def _is_quoted(words: str, description: str) -> bool:
    """Whether they stand there; a single character is in any text, so it must stand in quotes."""
    if len(words.strip()) > 1:
        return words in description
    return any(f"{mark}{words}{mark}" in description for mark in "\"'`")


def _plain(number: str) -> str:
    """`0.50` and `0,5` are one value, and so are `1,000` and `1000`."""
    number = re.sub(r",(?=\d{3}(?!\d))", "", number)
    whole, _, part = number.replace(",", ".").partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")

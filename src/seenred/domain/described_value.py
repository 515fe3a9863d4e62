"""The numbers and quoted words of a description, and whether a text has others."""

from __future__ import annotations

import re

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'(?!\w)")
# numbers that a description may have in words
_WORDS = (
    ("0", ("zero", "no", "empty", "nothing", "none", "without", "free")),
    ("1", ("one", "a", "an", "once", "single", "first")),
    ("2", ("two", "twice", "both", "pair", "double", "second")),
    ("3", ("three", "thrice", "third", "triple")),
    ("4", ("four", "fourth")),
    ("5", ("five", "fifth")),
    ("6", ("six", "sixth")),
    ("7", ("seven", "seventh")),
    ("8", ("eight", "eighth")),
    ("9", ("nine", "ninth")),
    ("10", ("ten", "tenth")),
    ("11", ("eleven",)),
    ("12", ("twelve", "dozen")),
    ("13", ("thirteen",)),
    ("14", ("fourteen",)),
    ("15", ("fifteen",)),
    ("16", ("sixteen",)),
    ("17", ("seventeen",)),
    ("18", ("eighteen",)),
    ("19", ("nineteen",)),
    ("100", ("hundred",)),
    ("1000", ("thousand",)),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS_AND_UNITS = re.compile(rf"\b({'|'.join(_TENS)})(?:[- ]({'|'.join(_UNITS)}))?\b")
# what is said in passing: "one may", "a second", "both"
_LEAST_SPELLED = 3


def invented(text: str, description: str) -> tuple[str, ...]:
    """The numbers and quoted words of an item that stand nowhere in the description."""
    numbers = {_plain(number) for number in NUMBER.findall(description)} | _spelled(description)
    quoted = [double or single for double, single in _QUOTED.findall(text)]
    outside = _QUOTED.sub(" ", text)
    strange = [one for one in quoted if not _is_quoted(one, description)]
    strange += [one for one in NUMBER.findall(outside) if _plain(one) not in numbers]
    return tuple(dict.fromkeys(strange))


def untaken(sentence: str, texts: str) -> tuple[str, ...]:
    """The values of a description's sentence that the texts of a list nowhere have."""
    known = {_plain(number) for number in NUMBER.findall(texts)} | _spelled(texts)
    told = {number for number in _spelled(sentence) - known if float(number) >= _LEAST_SPELLED}
    return tuple(dict.fromkeys((*invented(sentence, texts), *sorted(told, key=float))))


def _spelled(text: str) -> set[str]:
    """The numbers that a text has in words."""
    lower = text.lower()
    tens = list(_TENS_AND_UNITS.finditer(lower))
    found = {_number_of(each[1], each[2]) for each in tens}
    words = set(re.findall(r"[a-z]+", _TENS_AND_UNITS.sub(" ", lower)))
    return found | {number for number, names in _WORDS if words & set(names)}


def _number_of(ten: str, unit: str | None) -> str:
    return str(10 * (_TENS.index(ten) + 2) + (_UNITS.index(unit) + 1 if unit else 0))


def _is_quoted(words: str, description: str) -> bool:
    """Whether they stand there; a single character is in any text, so it must stand in quotes."""
    if len(words.strip()) > 1:
        # a line may end within them
        return words in description or words in " ".join(description.split())
    return any(f"{mark}{words}{mark}" in description for mark in "\"'`")


def _plain(number: str) -> str:
    """`0.50` and `0,5` are one value, and so are `1,000` and `1000`."""
    number = re.sub(r",(?=\d{3}(?!\d))", "", number)
    whole, _, part = number.replace(",", ".").partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")

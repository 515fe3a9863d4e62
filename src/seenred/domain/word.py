"""The words of names and of sentences, as far as they mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_DENIAL = re.compile(
    r"\b(?:not|no|never|no longer|isn['’]t|aren['’]t|doesn['’]t|don['’]t|hasn['’]t|can['’]t"
    r"|cannot|without|neither|nor|non)\b[\w\s'’-]{0,16}$",
    re.I,
)

# of the forms of a word, longest first
_ENDINGS = (
    *("ations", "ation", "ating", "ates", "ated", "ate"),
    *("ings", "ing", "als", "al", "ies", "ied", "es", "ed", "s"),
)
# a stem shorter than this is in too many words
SHORTEST = 3


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name or a sentence, in lower case: `is_leapYear` is is, leap, year."""
    return tuple(found[0].lower() for found in _WORD.finditer(text))


@lru_cache(1 << 14)
def stem(word: str) -> str:
    """A word in lower case without its ending, roughly: what its forms have in common."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    word = re.sub(r"(.)\1$", r"\1", word)
    return re.sub(r"[ey]$", "", word) if len(word) > SHORTEST else word


def is_related(one: str, other: str) -> bool:
    """Whether two words are forms of one: withdraw and withdrawal, empty and emptied."""
    one, other = one.lower(), other.lower()
    if one == other:
        return True
    shorter = min(len(one), len(other))
    shared = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    return shared >= max(3, shorter - 2)


def has_word(text: str, word: str) -> bool:
    """Whether a text has a form of the word."""
    return any(is_related(word, each) for each in words_of(text))


def is_denied(text: str, words: Sequence[str]) -> bool | None:
    """Whether a text says that something of these words is not so; None when it says both."""
    told = set()
    for found in _WORD.finditer(text):
        if is_related(found[0], words[0]):
            before = text[: found.start()]
            told.add(bool(_DENIAL.search(before.rsplit(",", 1)[-1])))
    return told.pop() if len(told) == 1 else None

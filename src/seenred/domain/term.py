"""What words of prose and names of code have in common."""

from __future__ import annotations

from functools import lru_cache

from seenred.domain.word import words_of

# in any item, of any code
_SAID_OF_ANYTHING = (
    "a all also an and any are at be been before after by can class def do does each else every"
    " for from gives given give had has have if in into is it its less may more must no none not"
    " of on only or other over raise raises raised return returned returns self should so some"
    " still test tests than that the then there this to under what when which whose will with"
)
_EMPTY = frozenset(_SAID_OF_ANYTHING.split())
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "als", "al", "ed", "es", "s", "e")
_SHORTEST = 3  # letters that a stem keeps


@lru_cache(1 << 16)
def terms(text: str) -> frozenset[str]:
    """The stems of a text's words, of names too: `isEmpty`, `is_empty`, `was emptied`."""
    return frozenset(_stem(word) for word in words_of(text) if word not in _EMPTY)


@lru_cache(1 << 14)
def _stem(word: str) -> str:
    """A word without its ending, roughly: what counts is that forms of one word meet."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word.removesuffix(ending) + ("y" if ending == "ies" else "")
            break
    word = word.removesuffix("e") if len(word) > _SHORTEST else word
    doubled = len(word) > 1 and word[-1] == word[-2]
    return word[:-1] if doubled else word

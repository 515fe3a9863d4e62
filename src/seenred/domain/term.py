"""What words of prose and names of code have in common."""

from __future__ import annotations

from functools import lru_cache

from seenred.domain.word import stem, words_of

# in any item, of any code
_SAID_OF_ANYTHING = (
    "a all also an and any are at be been before after by can class def do does each else every"
    " for from gives given give had has have if in into is it its less may more must no none not"
    " of on only or other over raise raises raised return returned returns self should so some"
    " still test tests than that the then there this to under what when which whose will with"
)
_EMPTY = frozenset(_SAID_OF_ANYTHING.split())


@lru_cache(1 << 16)
def terms(text: str) -> frozenset[str]:
    """The stems of a text's words, of names too: `isEmpty`, `is_empty`, `was emptied`."""
    return frozenset(stem(word) for word in words_of(text) if word not in _EMPTY)

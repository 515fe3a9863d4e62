"""Which names of a new test may be missing: those that the plan or the code speaks of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

# of the forms of a word, longest first
_ENDINGS = (
    *("ations", "ation", "ating", "ates", "ated", "ate"),
    *("ings", "ing", "als", "al", "ies", "ied", "es", "ed", "s"),
)
# a stem shorter than this is in too many words
SHORTEST = 3


def foreseen_names(test: str, words: Iterable[str]) -> frozenset[str]:
    """Names that a test uses and whose words all occur in `words`, in one form or another.

    `apply_discount` is foreseen by "applies a discount to the total", `deposit` by "deposits".

    Args:
        test: source of the test.
        words: texts: the item, its section, the plan's other items, the located code.
    """
    stems = {_stem(word) for text in words for word in _words(text)}
    return frozenset(
        name for name in used_names(test) if all(_stem(w) in stems for w in _words(name))
    )


def used_names(test: str) -> frozenset[str]:
    """Names, attributes and keyword arguments of a piece of code; none if it does not parse."""
    try:
        tree = ast.parse(test)
    except SyntaxError:
        return frozenset()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
    return frozenset(found)


def _words(text: str) -> list[str]:
    """Words in lower case, `CamelCase` and `snake_case` taken apart."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_", " ", text)
    return re.findall(r"[a-z]+|\d+", apart.lower())


def _stem(word: str) -> str:
    """A word without its ending, roughly: what forms of one word have in common."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    word = re.sub(r"(.)\1$", r"\1", word)
    return re.sub(r"[eiy]$", "", word) if len(word) > SHORTEST else word

"""Which names of a new test may be missing: those that the plan or the code speaks of."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from seenred.domain.word import stem, words_of


def foreseen_names(test: str, words: Iterable[str]) -> frozenset[str]:
    """Names that a test uses and whose words all occur in `words`, in one form or another.

    `apply_discount` is foreseen by "applies a discount to the total", `deposit` by "deposits".

    Args:
        test: source of the test.
        words: texts: the item, its section, the plan's other items, the located code.
    """
    stems = {stem(word) for text in words for word in words_of(text)}
    return frozenset(
        name for name in used_names(test) if all(stem(w) in stems for w in words_of(name))
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

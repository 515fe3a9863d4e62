"""The action that an item begins with, "withdrawing 3 …": its test performs it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from seenred.domain.expectation import Function
from seenred.domain.foreseen import used_names
from seenred.domain.word import is_related, words_of

_BEGINNING = re.compile(r"^\W*(?:(?:an?|the|another|each|every|one)\s+)?([A-Za-z]{3,})\b(?!`)")
_CALLED = re.compile(r"`(?:\w+(?:\([^`]*?\))?\.)*([A-Za-z_]\w*)\([^`]*`")

_REFUSED = re.compile(
    r"\b(?:an?|the|each|every|after)\s+(?:refused|rejected|failed|denied|forbidden|invalid)\s+\w+"
    r"\s+(?:leaves?|changes|keeps?|does)\b",
    re.I,
)
_CAUGHT = re.compile(r"\braises\b|\bassertRaises|\bexcept\b|\bsuppress\(")


def forgets_refusal(test_source: str, text: str, tests: str) -> bool:
    """Whether an item says what a refused action leaves, and its test performs one that is not.

    Known only where the tests that are there show that to refuse means to raise an exception.
    """
    return bool(_REFUSED.search(text) and _CAUGHT.search(tests) and not _CAUGHT.search(test_source))


def undone_action(test_source: str, text: str, code: str) -> str:
    """The function that the words of an item begin with and that its test has nowhere; "" if none.

    Args:
        code: of the module under test.
    """
    found = _BEGINNING.search(text)
    if found is None:
        return ""
    word, used = found[1].lower(), used_names(test_source)
    if any(is_related(part, word) for name in used for part in words_of(name)):
        return ""
    meant = [name for name in _functions(code, word) if _is_meant(name, word)]
    # who speaks of a call besides may mean that one; to make an object is no action
    other = _CALLED.search(text)
    is_other = other is not None and other[1] in used and not other[1][0].isupper()
    return "" if is_other else next(iter(meant), "")


def _is_meant(name: str, word: str) -> bool:
    """Whether a word is a form of a function's name: withdrawing and a withdrawal of `withdraw`."""
    first, *others = words_of(name) or ("",)
    if not is_related(first, word) or len(first) < 3:
        return False
    return word.endswith("ing") or not others


def _functions(code: str, word: str) -> Iterator[str]:
    """The public functions that take something; a gerund may be of any."""
    try:
        module = ast.parse(code)
    except (SyntaxError, ValueError):
        return
    inside = {id(n) for c in ast.walk(module) if isinstance(c, ast.ClassDef) for n in c.body}
    for node in ast.walk(module):
        if isinstance(node, Function) and not node.name.startswith("_"):
            if any("property" in ast.unparse(each) for each in node.decorator_list):
                continue
            taken = len(node.args.args) + len(node.args.kwonlyargs) - (id(node) in inside)
            if taken > 0 or node.args.vararg or word.endswith("ing"):
                yield node.name

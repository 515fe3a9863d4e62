"""Text with brackets and quotes: where they close and what stands outside of them."""

from __future__ import annotations

from collections.abc import Iterator

CLOSERS = {"[": "]", "(": ")", "{": "}"}
QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "„": "“", "«": "»", "`": "`"}


def end_of_quote(text: str, start: int) -> int | None:
    """Index of the quote that closes the one at `start`, or None when it stays open."""
    closers = {QUOTES[text[start]]} | ({text[start]} if text[start] in "“‘" else set())
    index = start + 1
    while index < len(text):
        if text[index] == "\\":
            index += 1
        elif text[index] in closers:
            return index
        index += 1
    return None


def is_quote(text: str, index: int) -> bool:
    """Whether a string begins here; the apostrophe of a word or a possessive doesn't."""
    if text[index] not in QUOTES:
        return False
    after_word = index > 0 and (text[index - 1].isalnum() or text[index - 1] == "_")
    return not (text[index] in "'‘’" and after_word)


def outside(text: str) -> Iterator[tuple[int, str]]:
    """Positions and characters outside of every string and bracket."""
    depth = 0
    index = 0
    while index < len(text):
        char = text[index]
        if is_quote(text, index) and (end := end_of_quote(text, index)) is not None:
            index = end + 1
            continue
        if char in CLOSERS.values():
            depth = max(0, depth - 1)
        elif char in CLOSERS:
            depth += 1
        elif depth == 0:
            yield index, char
        index += 1


def split(text: str, separator: str = ",") -> list[str]:
    """Split at each `separator` (one character) outside of strings and brackets."""
    cuts = [index for index, char in outside(text) if char == separator]
    pieces = []
    start = 0
    for cut in cuts:
        pieces.append(text[start:cut])
        start = cut + 1
    return [*pieces, text[start:]]


def closing(text: str, start: int) -> int | None:
    """Index of the bracket that closes the one at `start`, or None when it stays open."""
    awaited = []
    index = start
    while index < len(text):
        char = text[index]
        if is_quote(text, index) and (end := end_of_quote(text, index)) is not None:
            index = end
        elif char in CLOSERS:
            awaited.append(CLOSERS[char])
        elif char in CLOSERS.values():
            if awaited.pop() != char:
                return None
            if not awaited:
                return index
        index += 1
    return None


def is_open(text: str) -> bool:
    """Whether a bracket in the text is still waiting for its end."""
    index = 0
    while index < len(text):
        if is_quote(text, index) and (end := end_of_quote(text, index)) is not None:
            index = end
        elif text[index] in CLOSERS:
            end = closing(text, index)
            if end is None:
                return True
            index = end
        index += 1
    return False

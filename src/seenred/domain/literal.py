"""What statements write for values, as the source of Python literals."""

from __future__ import annotations

import ast
import re

_WORDS = {"true": "True", "false": "False", "null": "None", "none": "None", "nil": "None"}
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "−": "-", "\u00a0": " "})
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+")
_WORD = re.compile(r"(?<![\w'\"])(true|false|null|none|nil)(?![\w'\"])", re.IGNORECASE)


def parse_literal(text: str) -> str | None:
    """`[1, true]` as `[1, True]`; None when the text is not one plain value."""
    cleaned = text.strip().strip("`").translate(_QUOTES).strip()
    if not cleaned:
        return None
    if cleaned.lower() in _WORDS:
        return _WORDS[cleaned.lower()]
    if _THOUSANDS.fullmatch(cleaned):
        return cleaned.replace(",", "")
    for attempt in (cleaned, _python_words(cleaned)):
        try:
            return repr(ast.literal_eval(attempt))
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
    return None


def leading_literal(text: str) -> tuple[str, str] | None:
    """The longest value that `text` begins with, and what follows it."""
    stripped = text.strip()
    whole = parse_literal(stripped)
    if whole is not None:
        return whole, ""
    cuts = [m.start() for m in re.finditer(r"[\s,;.#(—–-]", stripped)]
    for cut in reversed(cuts):
        value = parse_literal(stripped[:cut])
        if value is not None:
            return value, stripped[cut:].strip()
    return None


def split_arguments(text: str) -> list[tuple[str | None, str]] | None:
    """`nums = [2, 7], k = 9` as (name, literal) pairs; None when a part is no value."""
    found: list[tuple[str | None, str]] = []
    for part in split_outside(text.translate(_QUOTES), ","):
        name, value = None, part
        named = re.match(r"\s*`?([A-Za-z_]\w*)`?\s*(?:=|:)\s*(.+)$", part, re.DOTALL)
        if named:
            name, value = named[1], named[2]
        literal = parse_literal(value)
        if literal is None:
            return None
        found.append((name, literal))
    return found


def split_outside(text: str, separator: str) -> list[str]:
    """Split where no bracket or quote is open."""
    parts, depth, quote, start = [], 0, "", 0
    for i, char in enumerate(text):
        if quote:
            quote = "" if char == quote and text[i - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == separator and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return [p for p in parts if p.strip()]


def annotation_of(literal: str) -> str:
    """The type of a literal as an annotation, e.g. `list[int]`; empty when it is not clear."""
    return _annotation(ast.literal_eval(literal))


def _annotation(value: object) -> str:
    if isinstance(value, bool | int | float | str):
        return type(value).__name__
    if isinstance(value, list):
        inside = {_annotation(v) for v in value}
        return f"list[{inside.pop()}]" if len(inside) == 1 and "" not in inside else "list"
    return type(value).__name__ if isinstance(value, dict | tuple | set) else ""


def _python_words(text: str) -> str:
    """JSON's words outside quotes as Python's."""
    pieces = re.split(r"(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')", text)
    return "".join(
        piece if i % 2 else _WORD.sub(lambda m: _WORDS[m[1].lower()], piece)
        for i, piece in enumerate(pieces)
    )

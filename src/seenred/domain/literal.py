"""The literals that people write in statements, turned into the source of Python literals."""

from __future__ import annotations

import ast
import math
import re

from seenred.domain import nesting

MAX_DEPTH = 100

# An infinity has no literal of its own; Python reads this one as inf, in literal_eval too.
INFINITY = "1e999"

WORDS: dict[str, object] = {
    "none": None,
    "null": None,
    "nil": None,
    "true": True,
    "false": False,
    "inf": math.inf,
    "infinity": math.inf,
    "math.inf": math.inf,
    "float('inf')": math.inf,
    'float("inf")': math.inf,
    "∞": math.inf,
}

_NUMBER = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+"
    r"|(?:\d[\d_]*\.\d+|\.\d+|\d[\d_]*)(?:[eE][-+]?\d+)?)(?![\w^])"
)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])")
_WORD = re.compile(r"""[-+]?(?:set\(\)|float\((?:'inf'|"inf")\)|math\.inf|∞|[A-Za-z]+)(?![\w(])""")
_BARE = re.compile(r"[^\W\d][\w-]*(?![\w(])")
_MINUS = str.maketrans({"−": "-", "﹣": "-", "－": "-"})


class _UnreadableError(Exception):
    """What stands here is no literal."""


def parse_literal(text: str, *, bare: bool = False) -> str | None:
    """Source of the Python literal that `text` stands for, or None.

    Reads Python's and JSON's literals, curly quotes, thousands separators, a unicode minus and
    unbracketed tuples; with `bare`, a word without quotes is a string.
    """
    found = leading_literal(text, bare=bare)
    if found and not found[1].strip():
        return found[0]
    pieces = _elements(text)
    if len(pieces) < 2:
        return None
    values = [parse_literal(piece, bare=bare) for piece in pieces]
    if any(
        value is None or "," in _outside_of(piece)
        for value, piece in zip(values, pieces, strict=True)
    ):
        return None
    return f"({', '.join(value for value in values if value is not None)})"


def leading_literal(text: str, *, bare: bool = False) -> tuple[str, str] | None:
    """The literal that `text` begins with and what follows it, or None."""
    text = text.strip()
    if text.startswith("`") and (end := text.find("`", 1)) > 0:
        inner = parse_literal(text[1:end], bare=bare)
        return (inner, text[end + 1 :]) if inner is not None else None
    if grouped := _GROUPED.match(text.translate(_MINUS)):
        return grouped[0].replace(",", ""), text[grouped.end() :]
    reader = _Reader(text, bare)
    try:
        value = reader.value(0)
        return render(value), text[reader.index :]
    except (_UnreadableError, TypeError, ValueError):
        return None


def evaluate(literal: str) -> object:
    """The value of a literal, of `inf` and `nan` inside of it too.

    Raises:
        ValueError: it is no literal.
    """
    try:
        return ast.literal_eval(literal)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        pass
    reader = _Reader(literal.strip(), bare=False, nan=True)
    try:
        value = reader.value(0)
    except (_UnreadableError, TypeError) as error:
        raise ValueError(f"not a literal: {literal[:80]}") from error
    if reader.index != len(reader.text):
        raise ValueError(f"not a literal: {literal[:80]}")
    return value


def render(value: object) -> str:
    """Source of a value made of literals."""
    if isinstance(value, float) and math.isinf(value):
        return INFINITY if value > 0 else f"-{INFINITY}"
    if isinstance(value, list):
        return f"[{_rendered(value)}]"
    if isinstance(value, tuple):
        return f"({_rendered(value)}{',' if len(value) == 1 else ''})"
    if isinstance(value, set) and value:
        return f"{{{', '.join(sorted(render(item) for item in value))}}}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{render(k)}: {render(v)}' for k, v in value.items())}}}"
    return repr(value)


def split_arguments(text: str, *, bare: bool = False) -> tuple[tuple[str | None, str], ...] | None:
    """`nums = [2, 7], target = 9` as (name or None, literal) pairs; None if one can't be read."""
    pairs: list[tuple[str | None, str]] = []
    for piece in _elements(text):
        named = re.match(r"\s*[`*]*([A-Za-z_]\w*)[`*]*\s*(?:=|:)(?!=)\s*(.*)\s*$", piece, re.DOTALL)
        name, value = (named[1], named[2]) if named else (None, piece)
        literal = parse_literal(value, bare=bare)
        if literal is None:
            return None
        pairs.append((name, literal))
    return tuple(pairs)


def _elements(text: str) -> list[str]:
    pieces = nesting.split(text)
    return pieces[:-1] if not pieces[-1].strip() else pieces


def _outside_of(text: str) -> str:
    return "".join(char for _, char in nesting.outside(text))


def _rendered(items: list[object] | tuple[object, ...]) -> str:
    return ", ".join(render(item) for item in items)


class _Reader:
    """Reads one value from the left; `index` is where it ended."""

    def __init__(self, text: str, bare: bool, nan: bool = False) -> None:
        self.text = text
        self.index = 0
        self._bare = bare
        self._nan = nan

    def value(self, depth: int) -> object:
        self._skip_space()
        if depth > MAX_DEPTH or self.index >= len(self.text):
            raise _UnreadableError
        char = self.text[self.index]
        if char == "[":
            return self._items("]", depth)
        if char == "(":
            return self._parenthesised(depth)
        if char == "{":
            return self._braced(depth)
        if char in nesting.QUOTES and char != "`":
            return self._string()
        if char in "bru" and self._peek(1) in ("'", '"'):
            return self._prefixed()
        return self._atom()

    def _peek(self, ahead: int) -> str:
        return self.text[self.index + ahead : self.index + ahead + 1]

    def _skip_space(self) -> None:
        while self._peek(0).isspace():
            self.index += 1

    def _items(self, end: str, depth: int) -> list[object]:
        self.index += 1
        items: list[object] = []
        while not self._ends(end):
            items.append(self.value(depth + 1))
            self._separator(end)
        return items

    def _ends(self, end: str) -> bool:
        self._skip_space()
        if self._peek(0) == end:
            self.index += 1
            return True
        return False

    def _separator(self, end: str) -> None:
        self._skip_space()
        if self._peek(0) == ",":
            self.index += 1
        elif self._peek(0) != end:
            raise _UnreadableError

    def _parenthesised(self, depth: int) -> object:
        start = self.index
        items = self._items(")", depth)
        if len(items) == 1 and not self.text[start : self.index - 1].rstrip().endswith(","):
            return items[0]
        return tuple(items)

    def _braced(self, depth: int) -> object:
        self.index += 1
        keys: list[object] = []
        pairs: dict[object, object] = {}
        while not self._ends("}"):
            key = self.value(depth + 1)
            keys.append(key)
            self._skip_space()
            if self._peek(0) == ":":
                self.index += 1
                pairs[key] = self.value(depth + 1)
            self._separator("}")
        if pairs and len(pairs) != len(set(keys)):
            raise _UnreadableError
        return set(keys) if keys and not pairs else pairs

    def _string(self) -> str:
        quote = self.text[self.index]
        triple = quote * 3
        if quote in "'\"" and self.text.startswith(triple, self.index):
            end = self.text.find(triple, self.index + 3)
            if end < 0:
                raise _UnreadableError
            source, self.index = self.text[self.index : end + 3], end + 3
            return str(ast.literal_eval(source))
        closing = nesting.end_of_quote(self.text, self.index)
        if closing is None:
            raise _UnreadableError
        inner, self.index = self.text[self.index + 1 : closing], closing + 1
        return _unescaped(inner)

    def _prefixed(self) -> object:
        closing = nesting.end_of_quote(self.text, self.index + 1)
        if closing is None:
            raise _UnreadableError
        source, self.index = self.text[self.index : closing + 1], closing + 1
        try:
            value: object = ast.literal_eval(source)
        except SyntaxError as error:
            raise _UnreadableError from error
        return value

    def _atom(self) -> object:
        rest = self.text[self.index : self.index + 400].translate(_MINUS)
        if number := _NUMBER.match(rest):
            self.index += number.end()
            return _number(number[0])
        if word := _WORD.match(rest):
            if word[0] == "set()":
                self.index += word.end()
                return set()
            sign = -1 if word[0].startswith("-") else 1
            name = word[0].lstrip("+-")
            if self._nan and name == "nan":
                self.index += word.end()
                return math.nan
            if name.lower() in WORDS and (sign == 1 or WORDS[name.lower()] == math.inf):
                self.index += word.end()
                found = WORDS[name.lower()]
                return -found if sign < 0 and isinstance(found, float) else found
        if self._bare and (bare := _BARE.match(rest)):
            self.index += bare.end()
            return bare[0]
        raise _UnreadableError


def _number(text: str) -> int | float:
    """An int, a float, or nothing: `007` and `000` are digits that someone meant otherwise."""
    if re.match(r"[-+]?0\d", text):
        raise _UnreadableError
    try:
        value: object = ast.literal_eval(text.lstrip("+"))
    except SyntaxError as error:
        raise _UnreadableError from error
    if not isinstance(value, int | float):
        raise _UnreadableError
    return value


def _unescaped(inner: str) -> str:
    """The string between two quotes, its escapes read as Python and JSON read them."""
    if "\n" in inner:
        inner = inner.replace("\n", "\\n")
    body = re.sub(r'(?<!\\)((?:\\\\)*)"', r'\1\\"', inner)
    try:
        return str(ast.literal_eval(f'"{body}"'))
    except (SyntaxError, ValueError) as error:
        raise _UnreadableError from error

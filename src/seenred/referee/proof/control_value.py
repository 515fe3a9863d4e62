"""Writes another value of the same type in the place of an expected one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.source_text import Edit, SourceText, breaks_in

OTHER = "_seenred_other"
# Appended to the test file: a value of the same type that is not equal, for what is no literal.
# It asks the value's own `==` of nothing but candidates, and gives an object of no type if all
# candidates are called equal.
OTHER_SOURCE = f"""

def {OTHER}(value):
    import copy, dataclasses, datetime, enum, pathlib
    def differing(value):
        if isinstance(value, enum.Enum):
            yield from type(value)
        elif isinstance(value, bool):
            yield not value
        elif isinstance(value, (str, bytes, list, tuple)) and not hasattr(type(value), "_fields"):
            yield value + value[:1]
            yield type(value)("~") if isinstance(value, str) else value[1:]
            yield {{str: "~", bytes: b"~", list: [0], tuple: (0,)}}.get(type(value))
        elif isinstance(value, dict):
            yield {{**value, object(): None}}
        elif isinstance(value, (set, frozenset)):
            yield value | {{object()}}
        elif isinstance(value, (datetime.date, datetime.datetime)):
            yield value - datetime.timedelta(days=1)
        elif isinstance(value, datetime.timedelta):
            yield value + datetime.timedelta(days=1)
        elif isinstance(value, pathlib.PurePath):
            yield value / "~"
        elif isinstance(value, BaseException):
            yield type(value)("~")
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            for field in dataclasses.fields(value):
                changed = copy.copy(value)
                object.__setattr__(changed, field.name, {OTHER}(getattr(value, field.name)))
                yield changed
        elif hasattr(type(value), "_replace") and hasattr(type(value), "_fields"):
            for name in value._fields:
                yield value._replace(**{{name: {OTHER}(getattr(value, name))}})
        elif hasattr(type(value), "__add__"):
            yield value + 1
    candidates = differing(value)
    while True:
        try:
            candidate = next(candidates)
            if type(candidate) is type(value) and not bool(candidate == value):
                return candidate
        except StopIteration:
            return object()
        except Exception:
            return object()
"""


def leaves(node: ast.expr) -> list[ast.expr]:
    """The literals of which a value is made: elements, values of a mapping, strings.

    Arguments of calls are not among them: a constructor may compare what it likes.
    """
    return list(_leaves(node))


def is_plain(node: ast.expr) -> bool:
    """Whether a value is written down completely: literals and containers of them."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return all(is_plain(each) for each in node.elts)
    if isinstance(node, ast.Dict):
        return all(key is not None and is_plain(key) for key in node.keys) and all(
            is_plain(value) for value in node.values
        )
    return _is_leaf(node) or (isinstance(node, ast.Constant) and node.value is None)


def empty(node: ast.expr) -> bool:
    """Whether a container is written down that holds nothing."""
    if isinstance(node, ast.List | ast.Tuple):
        return not node.elts
    return isinstance(node, ast.Dict) and not node.keys


def other_than(text: SourceText, node: ast.expr, *, far: bool = False) -> Edit | None:
    """The edit that makes another value of a leaf or of an empty container; None for the rest.

    Args:
        far: beyond any tolerance.
    """
    if empty(node):
        filled = {ast.List: "[0]", ast.Tuple: "(0,)", ast.Dict: "{0: 0}"}[type(node)]
        return text.replacing(node, filled)
    if isinstance(node, ast.JoinedStr):
        return text.replacing(node, f"({text.text(node)} '~')")
    value = _value(node)
    if value is None:
        return None
    padding = "\n" * breaks_in(text.text(node).encode())
    written = repr(_other(value, far=far))
    return text.replacing(node, f"({written}{padding})" if padding else written)


def brief(text: SourceText, node: ast.AST) -> str:
    """A node on one line."""
    return " ".join(text.text(node).split())[:60]  # type: ignore[arg-type]


def _leaves(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        for each in node.elts:
            yield from _leaves(each)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _leaves(value)
    elif _is_leaf(node):
        yield node


def _is_leaf(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or _value(node) is not None


def _value(node: ast.expr) -> object | None:
    """The value of a constant, with its sign; None for what is no such literal."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _value(node.operand)
        number = isinstance(value, int | float | complex) and not isinstance(value, bool)
        return -value if number else None  # type: ignore[operator]
    if isinstance(node, ast.Constant) and node.value is not Ellipsis:
        return node.value
    return None


def _other(value: object, *, far: bool) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float | complex):
        return _other_number(value, far=far)
    if isinstance(value, bytes):
        return _other_text(value.decode("latin-1")).encode("latin-1")
    return _other_text(str(value))


def _other_number(value: complex, *, far: bool) -> complex:
    if far:
        return value * 3 + (1_000_007 if isinstance(value, int) else 1_000_007.5)
    if isinstance(value, complex) or value != value or abs(value) == float("inf"):
        return 0 if isinstance(value, float) else value + 1
    step = 1 if isinstance(value, int) else max(1.0, abs(value) / 2)
    return value - step if value > 1 else value + step


def _other_text(text: str) -> str:
    """Another text of the same form: its last letter or digit is another one."""
    for index in range(len(text) - 1, -1, -1):
        if text[index].isascii() and text[index].isalnum():
            return text[:index] + _other_character(text[index]) + text[index + 1 :]
    return text + "~"


def _other_character(character: str) -> str:
    """Digits become smaller, so that a date stays a date."""
    if character.isdigit():
        return str(int(character) - 1) if character != "0" else "1"
    return {"a": "b", "A": "B"}.get(character) or chr(ord(character) - 1)

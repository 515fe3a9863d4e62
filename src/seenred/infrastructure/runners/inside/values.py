"""What goes into a call and what comes out, as text.

Runs inside the sandbox, in the candidate's process.
"""

from __future__ import annotations

import ast
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing would cost each command four milliseconds
    from typing import Any

_LONGEST_ITERATOR = 100_000
_DEEPEST = 100


class LiteralError(Exception):
    """An input is not a literal."""


def argument(text: str) -> object:
    """The value of a literal; `inf`, `nan` and `set()` count as such."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        names = {"inf": float("inf"), "nan": float("nan"), "float": float, "set": set}
    try:
        return eval(text, {"__builtins__": {}, **names})
    except Exception as error:
        raise LiteralError(f"{text[:80]!r} is not a literal") from error


def changed_argument(texts: list[str], arguments: list[Any]) -> object:
    """The first argument that no longer is what was given; None if all are."""
    for text, value in zip(texts, arguments, strict=True):
        if canonical(value) != canonical(argument(text)):
            return value
    return None


def is_iterator(value: object) -> bool:
    return hasattr(type(value), "__next__")


def canonical(value: object) -> str:
    """`repr` of the value in plain types, the same for equal values."""
    sys.set_int_max_str_digits(0)
    return text_of(value, 0)


def text_of(value: object, depth: int) -> str:
    if depth > _DEEPEST:
        raise ValueError(f"the result is nested more than {_DEEPEST} deep")
    below = depth + 1
    if value is None or type(value) in (bool, int, float, complex, str, bytes):
        return repr(value)
    if isinstance(value, dict):
        inside = [f"{text_of(k, below)}: {text_of(v, below)}" for k, v in value.items()]
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, (set, frozenset)):
        inside = [text_of(v, below) for v in sorted(value, key=order)]
        return "{" + ", ".join(inside) + "}" if inside else "set()"
    if isinstance(value, tuple):
        inside = [text_of(v, below) for v in value]
        return "(" + ", ".join(inside) + ("," if len(inside) == 1 else "") + ")"
    sequence = plain(value)
    if sequence is not None:
        return "[" + ", ".join(text_of(v, below) for v in sequence) + "]"
    return text_of_object(value, below)


def order(value: object) -> tuple[int, float, str]:
    """Numbers among each other, then everything else by its text."""
    if isinstance(value, (bool, int, float)):
        return (0, value, "")
    return (1, 0, text_of(value, 0))


def plain(value: Any) -> list[Any] | None:
    """The elements of a list, an iterator, a range, a view, a deque or an array; else None."""
    kind = type(value)
    known = ("list", "range", "deque", "array", "dict_keys", "dict_values", "dict_items")
    if not (isinstance(value, list) or kind.__name__ in known or is_iterator(value)):
        return None
    elements = []
    for element in value:
        elements.append(element)
        if is_iterator(value) and len(elements) > _LONGEST_ITERATOR:
            raise ValueError(f"the result yields more than {_LONGEST_ITERATOR} values")
    return elements


def text_of_object(value: object, depth: int) -> str:
    """Its own `repr`; without one its attributes, for an address differs from run to run."""
    if type(value).__repr__ is not object.__repr__ or not hasattr(value, "__dict__"):
        return repr(value)
    inside = [f"{name}={text_of(part, depth)}" for name, part in vars(value).items()]
    return f"{type(value).__name__}({', '.join(inside)})"

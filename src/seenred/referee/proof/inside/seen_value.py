"""What a call did, in a form that can be compared between two versions of the code."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

# items that are taken from a generator; more says nothing new
_MOST_ITEMS = 50
_DEEPEST = 8
_LINE = 70

Form = Any


def form_of(value: Any, rename: Callable[[str], str], depth: int = 0) -> Form:
    """A tuple that is equal exactly when two values can't be told apart.

    Types, order and the sign of zero count; identity and private attributes don't.
    """
    kind = type(value)
    name = rename(kind.__name__)
    if depth > _DEEPEST:
        return (name, "…")
    if isinstance(value, float):
        return (name, "nan" if math.isnan(value) else repr(float(value)))
    if value is None or isinstance(value, (bool, int, str, bytes, complex)):
        return (name, repr(value))
    if isinstance(value, enum.Enum):
        return (name, value.name)
    if isinstance(value, dict):
        pairs = [
            (form_of(k, rename, depth + 1), form_of(v, rename, depth + 1)) for k, v in value.items()
        ]
        return (name, tuple(pairs))
    if isinstance(value, (list, tuple)):
        return (name, tuple(form_of(item, rename, depth + 1) for item in value))
    if isinstance(value, (set, frozenset)):
        return (name, tuple(sorted((form_of(i, rename, depth + 1) for i in value), key=repr)))
    return (name, _of_object(value, rename, depth))


def _of_object(value: Any, rename: Callable[[str], str], depth: int) -> Form:
    if isinstance(value, type) or inspect.isroutine(value):
        return rename(getattr(value, "__name__", ""))
    if isinstance(value, Iterator):
        return _of_iterator(value, rename, depth)
    if isinstance(value, BaseException):
        return str(value)
    if dataclasses.is_dataclass(value) or hasattr(value, "__dict__"):
        public = [(rename(k), v) for k, v in vars(value).items() if not k.startswith("_")]
        return (
            "with",
            tuple((k, form_of(v, rename, depth + 1)) for k, v in sorted(public, key=str)),
        )
    written = repr(value)
    return "" if " at 0x" in written else written


def _of_iterator(value: Any, rename: Callable[[str], str], depth: int) -> Form:
    items: list[Form] = []
    try:
        items += (form_of(i, rename, depth + 1) for i in itertools.islice(value, _MOST_ITEMS))
    except Exception as error:
        items.append(("raises", type(error).__name__))
    return tuple(items)


def show(form: Form) -> str:
    """A form as a person would write the value, in one short line."""
    written = " ".join(_written(form).split())
    return written if len(written) <= _LINE else written[: _LINE - 1] + "…"


def _written(form: Form) -> str:
    if not (isinstance(form, tuple) and len(form) == 2 and isinstance(form[0], str)):
        return str(form)
    name, content = form
    if not isinstance(content, tuple):
        bare = ("int", "float", "str", "bool", "bytes", "NoneType", "complex")
        return str(content) if name in bare else f"{name}({content})"
    if name == "dict":
        return "{" + ", ".join(f"{_written(k)}: {_written(v)}" for k, v in content) + "}"
    if content and content[0] == "with":
        return f"{name}({', '.join(f'{k}={_written(v)}' for k, v in content[1])})"
    inner = ", ".join(map(_written, content))
    marks = {"list": "[]", "tuple": "()", "set": "{}"}
    if name in marks:
        return marks[name][0] + inner + marks[name][1]
    return f"{name}({inner})"


def differ_by_rounding(a: Form, b: Form) -> bool:
    """Whether two forms differ in the last digits of floats only."""
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        if len(a) == 2 and a[0] == b[0] == "float" and isinstance(a[1], str):
            return math.isclose(float(a[1]), float(b[1]), rel_tol=1e-12, abs_tol=1e-15)
        return all(differ_by_rounding(x, y) for x, y in zip(a, b))  # noqa: B905 -- Python 3.9 has no `strict`
    return bool(a == b)


def renamer(names: Mapping[str, str]) -> Callable[[str], str]:
    """What a bare name is called in the new version."""
    pairs = {old.rpartition(".")[2]: new.rpartition(".")[2] for old, new in names.items()}
    return lambda name: pairs.get(name, name)

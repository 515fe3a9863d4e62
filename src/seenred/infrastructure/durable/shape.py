"""What a step gave, as plain JSON data and back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from seenred.errors import EnvironmentLacks


def to_json(value: Any, shape: Any) -> Any:
    """The value as data that JSON can hold."""
    return _adapter(shape).dump_python(value, mode="json")


def from_json(data: Any, shape: Any) -> Any:
    """The value that the data describes.

    Raises:
        EnvironmentLacks: `record-unreadable`, they describe none of this shape.
    """
    try:
        return _adapter(shape).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise EnvironmentLacks(
            "record-unreadable",
            f"What is recorded is not {_named(shape)} ({place}: {first['msg']}); it was written by "
            "another version of Seenred, so begin the run anew.",
        ) from None


def _named(shape: Any) -> str:
    return getattr(shape, "__name__", str(shape))


@lru_cache(maxsize=256)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)

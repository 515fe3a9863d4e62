"""A reply that must be one JSON object of a certain form."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from seenred.agents.code_reply import NoCode

Form = TypeVar("Form", bound=BaseModel)


def read_json(form: type[Form], text: str) -> Form | NoCode:
    """The object that stands in a reply, or why it cannot be read; prose around it is no harm."""
    data = _object(text)
    if data is None:
        return NoCode("is not one complete JSON object")
    try:
        return form.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return NoCode(f"does not fit the schema at {place}: {first['msg']}")


def object_schema(fields: dict[str, Any]) -> dict[str, Any]:
    """A schema that wants all of them; no regular expressions: llama.cpp fails open on them."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def _object(text: str) -> Any:
    start, end = text.find("{"), text.rfind("}")
    try:
        data = json.loads(text[start : end + 1]) if 0 <= start < end else None
    except json.JSONDecodeError:
        return None
    return data if isinstance(data, dict) else None

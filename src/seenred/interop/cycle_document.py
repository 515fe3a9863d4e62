"""What came of cycles, as versioned JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from seenred.domain.cycle_result import GoResult

# raised whenever the document changes its meaning
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class CyclesDocument:
    """What `go --json` prints.

    Attributes:
        result: its cycles in order, each with its proofs, and how the command ended.
    """

    result: GoResult
    document: Literal["seenred.cycles"] = "seenred.cycles"
    schema: int = SCHEMA


_ADAPTER: TypeAdapter[CyclesDocument] = TypeAdapter(CyclesDocument)


def to_json(result: GoResult) -> str:
    """The document of a command's cycles, indented."""
    return _ADAPTER.dump_json(CyclesDocument(result), indent=2).decode()


def schema() -> dict[str, Any]:
    """The JSON schema of the document (draft 2020-12)."""
    found = _ADAPTER.json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}

"""Proofs and audits as versioned JSON, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from seenred.domain.audit import Audit
from seenred.domain.proof import SCHEMA, Proof
from seenred.errors import UsageError


@dataclass(frozen=True, slots=True)
class ProofDocument:
    """What `prove --json` prints.

    Attributes:
        proofs: one for each thing that was judged, in order.
    """

    proofs: tuple[Proof, ...]
    document: Literal["seenred.proofs"] = "seenred.proofs"
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class AuditDocument:
    """What `verify --json` prints."""

    audit: Audit
    document: Literal["seenred.audit"] = "seenred.audit"
    schema: int = SCHEMA


Document = ProofDocument | AuditDocument
_ADAPTER: TypeAdapter[Document] = TypeAdapter(Document)


def to_json(judged: Audit | tuple[Proof, ...]) -> str:
    """The document of an audit or of proofs, indented."""
    document = AuditDocument(judged) if isinstance(judged, Audit) else ProofDocument(judged)
    return _ADAPTER.dump_json(document, indent=2).decode()


def from_json(text: str, source: str = "the document") -> Audit | tuple[Proof, ...]:
    """What `to_json` was given.

    Raises:
        UsageError: it is no such document, or one of another version.
    """
    _refuse_other(text, source)
    try:
        document = _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            "proof-invalid", f"{source} is not a proof of Seenred: {place}: {first['msg']}."
        ) from None
    return document.audit if isinstance(document, AuditDocument) else document.proofs


def schema() -> dict[str, Any]:
    """The JSON schema of the documents (draft 2020-12)."""
    found = _ADAPTER.json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _refuse_other(text: str, source: str) -> None:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UsageError("proof-unreadable", f"{source} is not JSON: {error}.") from None
    version = data.get("schema") if isinstance(data, dict) else None
    if version != SCHEMA:
        raise UsageError(
            "proof-version",
            f"{source} has schema {version}, and this Seenred reads {SCHEMA}; make the proof anew.",
        )

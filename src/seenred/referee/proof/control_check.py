"""One way to change what an assertion expects."""

from __future__ import annotations

from dataclasses import dataclass

from seenred.domain.source_text import Edit


@dataclass(frozen=True, slots=True)
class Check:
    """Edits of a test file after which one assertion must fail.

    Attributes:
        kind: as `Control` has it.
        what: for a person.
        refutes: a test that doesn't notice them is no evidence.
    """

    kind: str
    what: str
    edits: tuple[Edit, ...]
    refutes: bool = False

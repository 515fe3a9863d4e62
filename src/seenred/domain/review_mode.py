"""Whether a proposal is read by a reviewer, and what that decides."""

from __future__ import annotations

from enum import StrEnum


class ReviewMode(StrEnum):
    """What a review may do."""

    OFF = "off"
    ADVISORY = "advisory"  # what it finds is told, and shown to the next proposal
    REQUIRED = "required"  # nothing goes on before the reviewer agrees

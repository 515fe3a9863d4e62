"""What surrounds every proposed change to a file: reviews before and after, checks, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReviewMode(StrEnum):
    """What a review may do."""

    OFF = "off"
    ADVISORY = "advisory"  # what it finds is told, and shown to the next proposal
    REQUIRED = "required"  # nothing goes on before the reviewer agrees


@dataclass(frozen=True, slots=True)
class HouseLimits:
    """How large a changed piece of code may be.

    Attributes:
        function: lines of a function.
        complexity: branches of a function, as McCabe counts them.
        nesting: levels of blocks inside a function.
        line: characters.
        file: lines.
    """

    function: int = 50
    complexity: int = 10
    nesting: int = 4
    line: int = 100
    file: int = 500


@dataclass(frozen=True, slots=True)
class FileProtocol:
    """How a change is looked at before it is proven and after.

    Attributes:
        reviewer: `provider:model`; None: the author's. Never silently another one.
        rounds: at most so many reviews of one change, each answered by a new proposal.
        checks: commands by kind of file (`python`, `rust`); a kind that is not named gets what
            the project configures, an empty list is none.
        limits: None: they are not checked.
        test_lint: whether tests are looked at for private names and mocks of the subject.
    """

    review: ReviewMode = ReviewMode.OFF
    reviewer: str | None = None
    rounds: int = 2
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: HouseLimits | None = None
    test_lint: bool = False

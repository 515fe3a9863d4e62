"""Where a line comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blame:
    """The commit that last wrote a line.

    Attributes:
        commit: full hash; "" for a line that is not committed yet.
        date: of its author, `2026-11-24`.
        path: of the file at that commit.
    """

    commit: str
    subject: str
    author: str
    date: str
    path: str

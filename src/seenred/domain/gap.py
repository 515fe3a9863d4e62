"""A place in a text that a model fills in, instead of answering a question about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Room(StrEnum):
    """What a gap has room for.

    LINE: the rest of one line. BLOCK: the rest of a line, and deeper lines under it. LINES: whole
    lines, at the gap's depth or deeper.
    """

    LINE = "line"
    BLOCK = "block"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap between two pieces of text.

    Attributes:
        before, after: what stands around it; each line of `after` is whole.
        depth: spaces that its lines begin with, those of a block's first line not counted.
        context: what the model reads before all of it.
    """

    before: str
    after: str
    room: Room
    depth: int = 0
    context: str = ""

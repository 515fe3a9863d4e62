"""Where in a file something was seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LINES = re.compile(r"(?P<path>[^:]+\.\w+):(?P<first>\d+)(?:-(?P<last>\d+))?")
_NAMED = re.compile(r"(?P<path>[^:]+\.\w+)(?:::?.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a file.

    Attributes:
        path: relative to the repository's root.
        first: first line, counted from 1; None when only the file is known.
        last: last line.
    """

    path: str
    first: int | None = None
    last: int | None = None


def place_of(where: str, lines: Mapping[str, int] | None = None) -> Place | None:
    """The place that `path:line`, `path:line-line`, a test id or `path:function` names.

    Args:
        lines: first line of tests, by their ids.
    """
    if found := _LINES.fullmatch(where):
        first = int(found["first"])
        return Place(found["path"], first, int(found["last"] or first))
    if found := _NAMED.fullmatch(where):
        line = (lines or {}).get(where)
        return Place(found["path"], line, line)
    return None

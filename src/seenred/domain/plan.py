"""A test list in Markdown: what is to be tested next, what is done, what was abandoned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What stands in an item's box: nothing, an `x`, a `-`."""

    OPEN = "open"
    DONE = "done"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One test of the list.

    Attributes:
        text: the item's own words in one line, inline code as it stands.
        section: the headings above it below the title, joined by ` / `.
        line: of its box, counted from 1.
        details: what is indented under it and no box itself, dedented.
        test_id: the test that the item names, e.g. `tests/test_calc.py::test_adds`; else "".
        reason: why it was abandoned.
        parents: texts of the items that it is nested under, outermost first.
    """

    text: str
    section: str = ""
    line: int = 0
    mark: Mark = Mark.OPEN
    details: str = ""
    test_id: str = ""
    reason: str = ""
    parents: tuple[str, ...] = ()

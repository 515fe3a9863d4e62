"""One finding as a line: a mark, what it is about, what decides, what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rich.console import Console
from rich.text import Text

# what would move the cursor or colour the screen: subjects and messages are other people's
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# the column of names takes at most this share of a terminal, and so many cells in a pipe
SHARE = 0.45
PIPED = 60


class Mark(StrEnum):
    """What a line says, readable without colour."""

    PROVEN = "✓"
    REFUTED = "✗"
    NOT_PROVEN = "?"
    NOTICE = "!"
    UNJUDGED = "-"


COLOURS = {
    Mark.PROVEN: "green",
    Mark.REFUTED: "red",
    Mark.NOT_PROVEN: "yellow",
    Mark.NOTICE: "yellow",
    Mark.UNJUDGED: "dim",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a result.

    Attributes:
        about: a test, a commit, a place; "" where the text says it all.
        text: what decides.
        remedy: what to do next, or "".
        aside: where it belongs, shown quietly.
    """

    mark: Mark
    text: str
    about: str = ""
    remedy: str = ""
    aside: str = ""


def harmless(text: str) -> str:
    """The text without what a terminal would obey; the place of it stays visible."""
    return _CONTROL.sub("\ufffd", text)


def show_text(console: Console, text: Text, prefix: Text | None = None) -> None:
    """Print a text behind a prefix, wrapped on a terminal below its beginning."""
    for line in _hung(console, prefix or Text(), text):
        console.print(line, soft_wrap=True, highlight=False)


def show_rows(console: Console, rows: Sequence[Row]) -> None:
    """Print rows with their texts aligned; wrapped on a terminal, one line each in a pipe."""
    rows = [_clean(row) for row in rows]
    column = _column(console, rows)
    for row in rows:
        for line in _lines(console, row, column):
            console.print(line, soft_wrap=True, highlight=False)


def _clean(row: Row) -> Row:
    about, text, remedy = harmless(row.about), harmless(row.text), harmless(row.remedy)
    return replace(row, about=about, text=text, remedy=remedy)


def _column(console: Console, rows: Sequence[Row]) -> int:
    """Cells of the names: the longest that fits its share."""
    most = int(console.width * SHARE) if console.is_terminal else PIPED
    return max((len(row.about) for row in rows if len(row.about) <= most), default=0)


def _lines(console: Console, row: Row, column: int) -> list[Text]:
    mark = Text(f"{row.mark} ", style=COLOURS[row.mark])
    about = Text(row.about)
    if not row.about:
        return _bodies(console, mark, row)
    if len(row.about) > column and console.is_terminal:
        return [*_hung(console, mark, about), *_bodies(console, Text("    "), row)]
    about.pad_right(max(column - len(row.about), 0) + 2)
    return _bodies(console, Text.assemble(mark, about), row)


def _bodies(console: Console, prefix: Text, row: Row) -> list[Text]:
    """Text, remedy and aside on one line where it fits, else the remedy below the text."""
    text = Text(row.text, style="dim" if row.mark is Mark.UNJUDGED else "")
    aside = Text(f"  {row.aside}" if row.aside else "", style="dim")
    if not row.remedy:
        return _hung(console, prefix, text + aside)
    arrow = Text.assemble(("→ ", "dim"), row.remedy)
    whole = Text.assemble(text, "  ", arrow, aside)
    if not console.is_terminal or prefix.cell_len + whole.cell_len <= console.width:
        return _hung(console, prefix, whole)
    indent = Text(" " * prefix.cell_len)
    return [*_hung(console, prefix, text + aside), *_hung(console, indent, arrow)]


def _hung(console: Console, prefix: Text, body: Text) -> list[Text]:
    """The body behind the prefix; what does not fit continues below its beginning."""
    if not console.is_terminal:
        return [Text.assemble(prefix, Text(" ").join(body.split()))]
    room = max(console.width - prefix.cell_len, 20)
    first, *rest = body.wrap(console, room) or [body]
    indent = Text(" " * prefix.cell_len)
    # assembled: in a sum the style of the first text holds for all of it
    lines = [Text.assemble(prefix, first), *(indent + line for line in rest)]
    for line in lines:
        line.rstrip()
    return lines

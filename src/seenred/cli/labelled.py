"""Lines of a transcript: a label, what it is about, what decides, and an aside in its column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from seenred.cli.row import show_text

# cells of the column of labels, with the space behind it
LABEL = 7
# the cell where asides begin; on a narrow terminal they move or get a line of their own
ASIDE = 62


@dataclass(frozen=True, slots=True)
class Line:
    """One line of it.

    Attributes:
        label: "" continues what is above.
        middle: ends before asides begin, or has a line of its own.
        aside: in the last column.
        remark: pointed at the line, behind it or from below.
        lead: before the text; what has no room goes on behind it.
    """

    text: Text
    label: str = ""
    style: str = "bold"
    middle: Text = field(default_factory=Text)
    aside: Text = field(default_factory=Text)
    remark: str = ""
    lead: Text = field(default_factory=Text)

    @property
    def prefix(self) -> Text:
        """Label and lead, each in its own style: that of a sum would be the first one's."""
        label = f"{self.label:<{LABEL}}"
        return Text.assemble((label, self.style if self.label else ""), self.lead)


def show_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print them; what has no room beside is put below."""
    for line in lines:
        if line.remark:
            _show_remarked(console, line)
        else:
            _show(console, line.prefix, line.text, line.middle, line.aside)


def _show_remarked(console: Console, line: Line) -> None:
    prefix = line.prefix
    beside = Text(f"    ← {line.remark}", style="yellow")
    length = prefix.cell_len + line.text.cell_len + beside.cell_len
    if not console.is_terminal or length <= console.width:
        show_text(console, Text.assemble(line.text, beside), prefix)
    else:
        show_text(console, line.text, prefix)
        below = Text(line.remark, style="yellow")
        show_text(console, below, Text(f"{'':<{LABEL}}  ↑ ", style="yellow"))


def show_heading(console: Console, text: Text, aside: Text) -> None:
    """Print a line that has no column of labels."""
    _show(console, Text(), text, Text(), aside)


def _show(console: Console, prefix: Text, text: Text, middle: Text, aside: Text) -> None:
    if middle:
        gap = ASIDE - 3 - middle.cell_len - prefix.cell_len - text.cell_len
        if gap >= 2 and (not console.is_terminal or console.width >= ASIDE):
            text = Text.assemble(text, " " * gap, middle)
        else:
            show_text(console, text, prefix)
            prefix, text = Text(" " * LABEL), middle
    if aside:
        beside = _beside(console, prefix.cell_len + text.cell_len, aside)
        if beside is None:
            show_text(console, text, prefix)
            prefix, text = Text(" " * LABEL), aside
        else:
            text = Text.assemble(text, beside)
    show_text(console, text, prefix)


def _beside(console: Console, end: int, aside: Text) -> Text | None:
    """What is put behind a line that ends there; None: no room."""
    column = min(ASIDE, console.width - aside.cell_len) if console.is_terminal else ASIDE
    gap = max(column - end, 2)
    if console.is_terminal and end + gap + aside.cell_len > console.width:
        return None
    return Text.assemble(" " * gap, aside)

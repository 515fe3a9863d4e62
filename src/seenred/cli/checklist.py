"""A list of what is there and what is not, one aligned row each, with the remedy of each lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One line of it.

    Attributes:
        remedy: what to do about a lack, or "".
        grave: the lack keeps everything from working.
    """

    name: str
    present: bool
    detail: str
    remedy: str = ""
    grave: bool = False


def show(rows: Iterable[Row], next_step: str, console: Console | None = None) -> None:
    """Print the rows, then what to do next."""
    console = console or Console(highlight=False)
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(_mark(row), escape(row.name), _told(row))
    console.print(table)
    console.print(f"\n{next_step}", soft_wrap=True)


def _mark(row: Row) -> str:
    if row.present:
        return "[green]✓[/]"
    return "[red]✗[/]" if row.grave else "[dim]–[/]"


def _told(row: Row) -> str:
    detail = escape(_short(row.detail))
    if row.present:
        return f"[dim]{detail}[/]"
    remedy = f" [bold]→[/] {escape(_short(row.remedy))}" if row.remedy else ""
    return f"{detail}{remedy}"


def _short(text: str) -> str:
    """The home directory as a shell writes it."""
    home = str(Path.home())
    return text.replace(f"{home}/", "~/") if home != "/" else text

"""`seenred db`."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from seenred.bootstrap.data import database_file, open_records, recorded
from seenred.errors import ExitCode


def check() -> int:
    """Whether the record of runs is as this version needs it."""
    console = Console(highlight=False, soft_wrap=True)
    if not recorded():
        console.print(f"no record of runs yet; it will be [bold]{escape(str(database_file()))}[/]")
        return ExitCode.YES
    with open_records() as records:
        count = records.runs.count()
    console.print(f"[green]✓[/] {escape(str(records.place))}: {count} runs, tables of this version")
    return ExitCode.YES


def upgrade() -> int:
    """Bring the tables to this version."""
    with open_records(check=False) as records:
        records.renew()
        count = records.runs.count()
    Console(highlight=False, soft_wrap=True).print(
        f"[green]✓[/] {escape(str(records.place))}: {count} runs, tables of this version"
    )
    return ExitCode.YES

"""`seenred replay`."""

from __future__ import annotations

import json
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from seenred.bootstrap.data import open_records
from seenred.bootstrap.replay import Replay, replay_run
from seenred.cli.interruptible import interruptible
from seenred.cli.row import harmless
from seenred.domain.count import counted
from seenred.errors import ExitCode

# Lines of a difference that are shown; all of them are in the JSON.
SHOWN = 40


def replay(run: str, offline: bool, as_json: bool) -> int:
    """Perform a run again without a model; returns the exit code."""
    with open_records() as records:
        seen = interruptible(lambda: replay_run(records, run, offline=offline))
    if as_json:
        told = {**asdict(seen), "run": seen.run.id}
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _show(Console(highlight=False), seen)
    return ExitCode.NO if seen.difference else ExitCode.YES


def _show(console: Console, seen: Replay) -> None:
    same = f"{counted(len(seen.same), 'artifact')} the same, byte for byte"
    around = f"{same} · {counted(seen.steps, 'step')}, no model asked"
    if not seen.difference:
        console.print(Text.assemble(("✓ ", "green"), around))
        if seen.unfinished:
            console.print(Text(f"  {harmless(seen.unfinished)}", style="dim"))
        return
    console.print(Text.assemble(("✗ ", "red"), harmless(seen.difference)))
    for line in seen.lines[:SHOWN]:
        colour = {"+": "green", "-": "red"}.get(line[:1], "dim")
        console.print(Text(f"  {harmless(line)}", style=colour), soft_wrap=True)
    if len(seen.lines) > SHOWN:
        console.print(f"  [dim]… {len(seen.lines) - SHOWN} lines more: --json[/]")
    console.print(Text(f"{around} before it", style="dim"))

"""Runs for a person: a line each, or one of them whole."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from seenred.cli.row import harmless
from seenred.domain.count import counted
from seenred.domain.event import VersionRecorded
from seenred.domain.run import RecordedStep, Run, RunState

# Cells of the column that names what a line is about.
LABEL = 9
_MARKS = {
    RunState.QUEUED: ("·", "dim"),
    RunState.RUNNING: ("▸", "cyan"),
    RunState.INTERRUPTED: ("!", "yellow"),
    RunState.CANCELLED: ("-", "dim"),
}
_SPANS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def show_runs(console: Console, runs: Sequence[Run], total: int) -> None:
    """Print a line for each, the newest first."""
    if not runs:
        console.print("No runs yet; [bold]seenred solve problem.txt[/] begins one.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, pad_edge=False)
    for name in ("mark", "id"):
        table.add_column(name, no_wrap=True)
    table.add_column("what", overflow="ellipsis", no_wrap=True, ratio=1)
    for name in ("state", "spent", "age"):
        table.add_column(name, no_wrap=True, justify="left" if name == "state" else "right")
    for run in runs:
        table.add_row(*_cells(run))
    console.print(table)
    shown = f"{len(runs)} of {total}" if total > len(runs) else counted(total, "run")
    console.print(f"[dim]{shown} · seenred show {_short(runs[0])}[/]")


def _cells(run: Run) -> tuple[Text, ...]:
    return (
        mark(run),
        Text(run.id),
        Text(harmless(f"{run.name} {run.subject}")),
        Text(standing_of(run), style=mark(run).style),
        Text(_spent(run), style="dim"),
        Text(f"{_span(time.time() - run.created)} ago", style="dim"),
    )


def show_run(
    console: Console,
    run: Run,
    steps: Sequence[RecordedStep],
    versions: Sequence[VersionRecorded],
) -> None:
    """Print all that is known of one."""
    title = Text.assemble((run.id, "bold"), f"  {run.name} {harmless(run.subject)}  ")
    title.append(standing_of(run), style=mark(run).style)
    console.print(title)
    if run.reason:
        console.print(Text(harmless(run.reason)))
    console.print(Text(_around(run), style="dim"))
    rows = [_version(each) for each in versions]
    _section(console, "VERSIONS", rows)
    _section(console, "STEPS", [_step(each) for each in steps])
    console.print(Text.assemble("\nNext: ", (_next(run), "bold")))


def _around(run: Run) -> str:
    begun = datetime.fromtimestamp(run.created).strftime("%d %b %H:%M")
    parts = [
        run.model,
        _spent(run),
        f"begun {begun}",
        f"in {run.folder}",
        f"output {run.output}" if run.output else "",
        f"once more {run.origin}" if run.origin else "",
    ]
    return harmless(" · ".join(part for part in parts if part))


def _section(console: Console, label: str, rows: Sequence[Text]) -> None:
    if not rows:
        return
    console.print()
    for number, row in enumerate(rows):
        name = Text(f"{label if number == 0 else '':<{LABEL}}", style="bold")
        console.print(Text.assemble(name, row), soft_wrap=True)


def _version(event: VersionRecorded) -> Text:
    version, evidence = event.version, event.version.evidence
    colour = "green" if evidence.solved else "yellow" if event.kept else "red"
    fate = "" if event.kept else "  rolled back"
    text = Text.assemble(
        (version.name, colour), f"  {evidence.passed}/{evidence.total} tests{fate}"
    )
    return text.append(f"  {event.reason}", style="dim")


def _step(step: RecordedStep) -> Text:
    return Text.assemble((f"{step.seconds:7.2f} s  ", "dim"), harmless(step.name))


def _next(run: Run) -> str:
    if run.state in (RunState.INTERRUPTED, RunState.CANCELLED):
        return f"seenred resume {run.id}"
    if run.state is RunState.DONE:
        return f"seenred logs {_short(run)}, or once more: seenred retry {_short(run)}"
    return f"seenred logs {_short(run)} -f"


def mark(run: Run) -> Text:
    """Its state as a sign."""
    if run.state is RunState.DONE:
        return Text("✓", style="green") if run.exit_code == 0 else Text("✗", style="red")
    return Text(*_MARKS[run.state])


def standing_of(run: Run) -> str:
    """Its state as a word, or its verdict."""
    return run.verdict if run.state is RunState.DONE and run.verdict else str(run.state)


def _spent(run: Run) -> str:
    parts = [_span(run.seconds) if run.seconds else ""]
    parts.append(f"{_thousands(run.tokens)} tokens" if run.tokens else "")
    parts.append(f"${run.cost:.2f}" if run.cost else "")
    return " · ".join(part for part in parts if part)


def _thousands(number: int) -> str:
    return str(number) if number < 1000 else f"{number / 1000:.1f}k"


def _span(seconds: float) -> str:
    for size, unit in _SPANS:
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return "0 s"


def _short(run: Run) -> str:
    """The end of an id, which is enough of it."""
    return run.id.rpartition("-")[2]

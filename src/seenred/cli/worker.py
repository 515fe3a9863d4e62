"""`seenred worker`."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from seenred.bootstrap.data import open_records
from seenred.bootstrap.worker import work
from seenred.cli.interruptible import interruptible
from seenred.cli.row import harmless
from seenred.cli.run_view import mark, standing_of
from seenred.domain.run import Run, RunState
from seenred.errors import ExitCode


def worker(queue: str, most: int) -> int:
    """Take queued runs until Ctrl-C or SIGTERM; returns the exit code."""
    console = Console(highlight=False, soft_wrap=True)

    def tell(run: Run) -> None:
        what = harmless(f"{run.name} {run.subject}")
        told = "" if run.state is RunState.RUNNING else f"  {standing_of(run)}"
        reason = f"  {harmless(run.reason)}" if run.reason and told else ""
        console.print(Text.assemble(mark(run), f" {run.id}  {what}{told}", (reason, "dim")))

    def say(what: str) -> None:
        console.print(Text(f"! {harmless(what)}", "yellow"))

    with open_records() as records:
        console.print(f"[dim]queue {queue}, {most} at a time · Ctrl-C ends it[/]")
        try:
            interruptible(lambda: work(records, queue, most, tell, say))
        except KeyboardInterrupt:
            console.print("[dim]what was at work is back on the queue[/]")
    return ExitCode.YES

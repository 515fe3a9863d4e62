"""Shows a run as it goes: on a terminal with colour and a live line, else plain lines."""

from __future__ import annotations

import time

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table

from seenred.domain import event as e
from seenred.domain.finding import Review
from seenred.domain.finding import Status as FindingStatus
from seenred.domain.version import Version

# Cells of the column that names what a line is about.
LABEL = 9


class Watcher:
    """A listener of domain events; close it before the result is printed."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = time.monotonic()
        self._tokens = 0
        self._step = ""
        self._live: Status | None = None

    def __call__(self, event: e.Event) -> None:
        """Show one event."""
        match event:
            case e.TextArrived():
                self._tokens += 1
                self._tick()
            case e.RunStarted(workflow, subject, model, sandbox):
                self._line("RUN", f"{workflow} {escape(subject)}")
                self._line("", f"[dim]{escape(model)} · {sandbox}[/]")
            case e.StepStarted():
                self._start(event)
            case e.CandidateJudged():
                self._candidate(event)
            case e.VersionRecorded(version, kept, reason):
                self._version(version, kept, reason)
            case e.Reviewed(review, _):
                self._review(review)
            case e.Noted(text, warning):
                self._line("", f"[{'yellow' if warning else 'dim'}]{escape(text)}[/]")
            case e.ArtifactWritten(path):
                self._line("", f"[dim]wrote {escape(path)}[/]")

    def close(self) -> None:
        """Remove the live line."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _start(self, event: e.StepStarted) -> None:
        self._step, self._tokens = event.agent, 0
        self._console.print()
        focus = f"  [dim]{escape(event.focus)}[/]" if event.focus else ""
        self._line("STEP", f"[bold]{event.agent}[/]{focus}")
        self._tick()

    def _candidate(self, event: e.CandidateJudged) -> None:
        mark = "[green]✓[/]" if event.accepted else "[red]✗[/]"
        self._line("", f"{mark} candidate {event.number}: {escape(event.verdict)}")
        self._tokens = 0

    def _review(self, review: Review) -> None:
        for finding in review.findings:
            colour = "red" if finding.status is FindingStatus.CONFIRMED else "dim"
            text = f"{finding.status} {finding.severity}: {finding.issue}"
            self._line("", f"[{colour}]{escape(text)}[/]")
            if finding.evidence:
                self._line("", f"  [dim]{escape(finding.evidence)}[/]")
        if not review.findings:
            self._line("", "[dim]no findings[/]")

    def _version(self, version: Version, kept: bool, reason: str) -> None:
        evidence = version.evidence
        colour = "green" if evidence.solved else "yellow" if kept else "red"
        fate = "" if kept else "  [red]rolled back[/]"
        timing = ""
        if evidence.seconds is not None:
            timing = f"  {evidence.seconds * 1000:.1f} ms for n={evidence.size}"
        self._line(
            "VERSION",
            f"[{colour}]{escape(version.name)}[/]  {evidence.passed}/{evidence.total} tests"
            f"{timing}{fate}  [dim]{escape(reason)}[/]",
        )

    def _line(self, label: str, text: str) -> None:
        if not self._console.is_terminal:  # a line of a log stays one line
            self._console.print(f"{label:<{LABEL}}{text}", highlight=False, soft_wrap=True)
            return
        row = Table.grid()
        row.add_column(width=LABEL, no_wrap=True)
        row.add_column(overflow="fold")
        row.add_row(f"[bold]{label}[/]", text)
        self._console.print(row, highlight=False)

    def _tick(self) -> None:
        if not self._console.is_terminal:
            return
        elapsed = time.monotonic() - self._started
        text = f"{self._step} is writing · {self._tokens} tokens · {elapsed:.0f} s"
        if self._live is None:
            self._live = self._console.status(text, spinner="dots")
            self._live.start()
        else:
            self._live.update(text)

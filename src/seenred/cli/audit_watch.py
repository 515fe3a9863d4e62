"""Shows an audit as it goes: a live line on a terminal, a line for each commit elsewhere."""

from __future__ import annotations

from rich.text import Text

from seenred.cli.progress import Progress
from seenred.cli.proof_view import MARKS
from seenred.cli.row import COLOURS, harmless
from seenred.domain import audit_event as e


class AuditWatcher:
    """A listener of an audit's events."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._commits = 0
        self._place = ""

    def __call__(self, event: e.AuditEvent) -> None:
        """Show one event."""
        match event:
            case e.AuditStarted():
                self._commits = event.commits
            case e.CommitStarted(name, subject, number):
                self._place = f"{number} of {self._commits}  {name[:7]} {subject}"
                self._progress.doing(self._place)
            case e.ProofTaken(_, proof):
                self._progress.doing(f"{self._place} · {proof.claim} {proof.subject}")
            case e.CommitJudged(commit, number):
                mark = MARKS[commit.verdict]
                line = Text.assemble((f"{mark} ", COLOURS[mark]), f"{number}/{self._commits} ")
                self._progress.done(line + Text(f"{commit.name[:7]} {harmless(commit.subject)}"))
            case e.CertificationStarted(head):
                self._progress.doing(f"{head[:7]} as a whole, run cold")

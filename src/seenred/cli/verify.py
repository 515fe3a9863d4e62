"""`seenred verify`: the audit of a history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from seenred.bootstrap.referee import Surroundings, open_referee
from seenred.cli.audit_view import Named, decided, explain_audit, show_audit
from seenred.cli.audit_watch import AuditWatcher
from seenred.cli.interruptible import interruptible
from seenred.cli.output import Output
from seenred.cli.place import working_folder
from seenred.cli.progress import Progress
from seenred.cli.proof_view import exit_code
from seenred.domain.audit import Audit
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.history.git_range import read_range
from seenred.referee.audit.audit import audit
from seenred.referee.named_test import known_tests


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it.

    Attributes:
        lines: first line of each test of the head that was found by parsing.
    """

    audit: Audit
    named: Named
    lines: Mapping[str, int]


def verify(words: str | None, options: Mapping[str, Any]) -> int:
    """Audit a range, print the result and return the exit code."""
    output = Output.of(options)
    with Progress(Console(stderr=True)) as progress:
        progress.doing("opening the repository")
        watcher = AuditWatcher(progress)
        found = interruptible(lambda: _verified(words, options, watcher))
    show = explain_audit if output.explain else show_audit
    output.show(found.audit, lambda console: show(console, found.audit, found.named), found.lines)
    return exit_code(decided(found.audit))


async def _verified(
    words: str | None, options: Mapping[str, Any], watcher: AuditWatcher
) -> Verified:
    around = Surroundings(
        options["python"], options["allow_loopback"], options["no_sandbox"], options["jobs"]
    )
    async with open_referee(working_folder(), around) as referee:
        history = referee.history
        chosen = read_range(history, words)
        found = await audit(
            history,
            referee.runner,
            referee.blobs,
            chosen.base,
            chosen.head,
            strict=options["strict"],
            suite=options["suite"],
            listener=watcher,
            certifier=referee.certifier,
        )
        dirty = _uncommitted(history) if chosen.head == "HEAD" else 0
        named = Named(chosen.base, chosen.head, chosen.told, dirty)
        return Verified(found, named, known_tests(history.tree(found.head), referee.blobs))


def _uncommitted(history: GitHistory) -> int:
    """How many files differ from HEAD."""
    return len(history.working_tree().changed_from(history.tree("HEAD")))

"""The commands that run cycles, from the settings and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seenred.bootstrap.budget import run_budget
from seenred.config.settings import Settings
from seenred.domain.cycle import Minimality, Policy
from seenred.domain.file_protocol import FileProtocol, HouseLimits, ReviewMode
from seenred.engine.commands import FixCommand, GoCommand, TidyCommand

# models that run here: a review by one costs a minute and finds little
_HERE = ("local", "mlx", "scripted")


def go_command(
    folder: Path, settings: Settings, options: Mapping[str, Any], *, attended: bool
) -> GoCommand:
    """What is asked for; the command line is in the settings already where they have a key."""
    return GoCommand(
        **_shared(folder, settings, options, attended=attended),
        count=None if options["all_items"] else options["count"],
        plan=settings.go.plan,
    )


def fix_command(
    folder: Path, report: str, settings: Settings, options: Mapping[str, Any], *, attended: bool
) -> FixCommand:
    """The repair of what a report says."""
    shared = _shared(folder, settings, options, attended=attended)
    return FixCommand(**shared, report=report, plan=settings.go.plan)


def tidy_command(
    folder: Path, paths: tuple[str, ...], settings: Settings, options: Mapping[str, Any]
) -> TidyCommand:
    """The tidying of some paths; nobody is asked about it."""
    shared = _shared(folder, settings, options, attended=False)
    return TidyCommand(**shared, paths=paths, goal=options["goal"])


def _shared(
    folder: Path, settings: Settings, options: Mapping[str, Any], *, attended: bool
) -> dict[str, Any]:
    return {
        "folder": folder,
        "attended": attended,
        "dry_run": options["dry_run"],
        "policy": policy_from(settings),
        "protocol": protocol_from(settings),
        "beck": settings.go.subjects == "beck",
        "copy": settings.worktree.copy_,
        "python": options["python"],
        "allow_loopback": options["allow_loopback"],
        "budget": run_budget(settings),
    }


def policy_from(settings: Settings) -> Policy:
    """How long a cycle tries."""
    go = settings.go
    return Policy(
        tests=go.test_attempts,
        codes=go.code_attempts,
        structures=go.structure_attempts,
        restarts=go.restarts,
        minimality=Minimality(go.minimality),
        refactoring=go.refactoring,
    )


def protocol_from(settings: Settings) -> FileProtocol:
    """What surrounds each change."""
    protocol, limits = settings.protocol, settings.limits
    house = HouseLimits(
        function=limits.function,
        complexity=limits.complexity,
        nesting=limits.nesting,
        line=limits.line,
        file=limits.file,
    )
    return FileProtocol(
        review=_review(settings),
        reviewer=protocol.reviewer,
        rounds=protocol.review_rounds,
        checks={str(kind): commands for kind, commands in protocol.checks.items()},
        limits=house if limits.enabled else None,
        test_lint=protocol.test_lint,
    )


def _review(settings: Settings) -> ReviewMode:
    if settings.go.review != "auto":
        return ReviewMode(settings.go.review)
    named = settings.protocol.reviewer or settings.model.name
    here = named.partition(":")[0] in _HERE
    return ReviewMode.OFF if here else ReviewMode.ADVISORY

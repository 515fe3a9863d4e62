"""`seenred tidy`: structural commits only, each proven."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from seenred.bootstrap.going import Going
from seenred.cli.cycle_command import tidy_command
from seenred.cli.cycle_session import run_cycles
from seenred.cli.place import working_folder
from seenred.cli.session import settings_from
from seenred.domain.cycle_event import CycleListener
from seenred.domain.cycle_result import GoResult
from seenred.engine.cycle.ports import Person
from seenred.interop.document import to_json


def tidy(paths: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Tidy them in the repository around the working folder; returns the exit code.

    Raises:
        SeenredError: a path, the repository, the machine or the settings do not allow it.
    """
    settings = settings_from(options)
    folder = working_folder()
    named = tuple(os.path.relpath(path.resolve(), _root(folder)) for path in paths)
    command = tidy_command(folder, named, settings, options)

    async def work(listener: CycleListener, person: Person) -> GoResult:
        return await Going(settings, listener, to_json).tidy(command, person)

    return run_cycles(work, attended=False, as_json=options["as_json"])


def _root(folder: Path) -> Path:
    """The repository's folder; where there is none, another will say so."""
    resolved = folder.resolve()
    around = (each for each in (resolved, *resolved.parents) if (each / ".git").exists())
    return next(around, resolved)

"""Opens the best suite runner that this machine and this project allow."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seenred.errors import EnvironmentLacks
from seenred.infrastructure.environment.project_python import ProjectPython, find_project_python
from seenred.infrastructure.owned_folder import remove_orphans
from seenred.infrastructure.runners.suite.cold import ColdSuiteRunner
from seenred.infrastructure.runners.suite.warm import WarmSuiteRunner
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap, find_bwrap
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.infrastructure.sandbox.landlock import LandlockSandbox
from seenred.infrastructure.sandbox.launch import NO_LOOPBACK
from seenred.infrastructure.sandbox.none import Unconfined
from seenred.referee.ports import Sandbox
from seenred.referee.proof.ports import Blobs, SuiteRunner


async def open_suite_runner(
    root: Path,
    blobs: Blobs,
    *,
    python: Path | ProjectPython | None = None,
    allow_none: bool = False,
    cache: Path | None = None,
    allow_loopback: bool = False,
    warm: bool = True,
) -> SuiteRunner:
    """A runner for the project at `root`.

    Args:
        python: its interpreter, or what is known of it already; None finds it.
        allow_none: run without a sandbox if none holds.
        cache: a folder of the user's where verdicts on sandboxes are kept.
        allow_loopback: tests may open sockets to themselves.
        warm: keep a prepared process; False gives each check a Python of its own.

    Raises:
        EnvironmentLacks: no interpreter, no pytest, no sandbox that holds, or one whose network
            is this machine's where tests may talk to themselves.
        UsageError: `python` is none.
    """
    await asyncio.to_thread(remove_orphans)
    root = root.resolve()
    found = python if isinstance(python, ProjectPython) else find_project_python(root, python)
    sandbox = for_project(await open_sandbox(allow_none, cache), found)
    if allow_loopback and isinstance(sandbox, LandlockSandbox):
        raise EnvironmentLacks("no-loopback", NO_LOOPBACK)
    runner = WarmSuiteRunner if warm else ColdSuiteRunner
    return runner(sandbox, blobs, found, root, loopback=allow_loopback)


def for_project(chosen: Sandbox, python: ProjectPython) -> Sandbox:
    """The sandbox that was chosen by attacking it, around the project's interpreter."""
    bwrap = find_bwrap()
    if isinstance(chosen, Bubblewrap) and bwrap:
        return Bubblewrap(bwrap, python.interpreter)
    if isinstance(chosen, Unconfined):
        return Unconfined(python.interpreter)
    return LandlockSandbox(python.interpreter)

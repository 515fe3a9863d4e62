"""Opens the checks of a project in the best sandbox that this machine has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from seenred.infrastructure.checks.sandboxed import SandboxedChecks
from seenred.infrastructure.checks.tool import Toolbox
from seenred.infrastructure.environment.project_python import ProjectPython
from seenred.infrastructure.runners.suite.open import for_project
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.infrastructure.sandbox.interpreter import outermost
from seenred.referee.proof.ports import Blobs


async def open_checks(
    root: Path,
    blobs: Blobs,
    python: ProjectPython,
    *,
    commands: Mapping[str, tuple[str, ...]] = {},
    allow_none: bool = False,
    cache: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> SandboxedChecks:
    """The checks of the project at `root`.

    Args:
        commands: of the settings, by kind of file; a kind that is not among them gets what the
            project configures.
        allow_none: run without a sandbox if none holds.
        cache: a folder of the user's where verdicts on sandboxes are kept.
        environment: tells where programs are.

    Raises:
        EnvironmentLacks: no sandbox that holds.
    """
    root = root.resolve()
    toolbox = Toolbox.of(root, python, environment)
    folders = outermost([*python.interpreter.folders, *toolbox.folders])
    shown = replace(python, interpreter=replace(python.interpreter, folders=folders))
    sandbox = for_project(await open_sandbox(allow_none, cache), shown)
    return SandboxedChecks(sandbox, blobs, root, toolbox, commands)

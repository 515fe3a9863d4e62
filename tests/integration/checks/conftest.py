from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.complaint import CheckReport
from seenred.domain.tree import Tree
from seenred.infrastructure.checks.open import open_checks
from seenred.infrastructure.checks.sandboxed import SandboxedChecks
from seenred.infrastructure.environment.project_python import ProjectPython, find_project_python

PYTHON = find_project_python(Path("/nowhere"), environment={})


class Workbench:
    """Real checks of trees that are made of texts."""

    def __init__(self, root: Path, cache: Path, loop: asyncio.Runner) -> None:
        self.blobs = MemoryBlobs()
        self.root = root
        self._cache = cache
        self._loop = loop
        self._opened: list[SandboxedChecks] = []

    def checks(
        self, search: str = "", by: ProjectPython = PYTHON, **commands: tuple[str, ...]
    ) -> SandboxedChecks:
        """Checks that find programs besides the environment's in `search`."""
        opening = open_checks(
            self.root,
            self.blobs,
            by,
            commands=commands,
            cache=self._cache,
            environment={"PATH": search},
        )
        checks = self._loop.run(opening)
        self._opened.append(checks)
        return checks

    def compare(
        self, checks: SandboxedChecks, before: dict[str, str], now: dict[str, str]
    ) -> CheckReport:
        """What is held against the files `now`."""
        return self._loop.run(checks.run(self.blobs.tree(before), self.blobs.tree(now)))

    def run(
        self, before: dict[str, str], now: dict[str, str], search: str = "", **commands: Any
    ) -> CheckReport:
        """What is held against `now`, the files of `before` that it does not name included."""
        return self.compare(self.checks(search, **commands), before, {**before, **now})

    def formatted(
        self, before: dict[str, str], now: dict[str, str], *paths: str, **commands: Any
    ) -> dict[str, str]:
        """The files after formatting; all that `now` has unless some are named."""
        base, tree = self.blobs.tree(before), self.blobs.tree({**before, **now})
        checks = self.checks(**commands)
        done = self._loop.run(checks.formatted(base, tree, paths or tuple(now)))
        return self._texts(done)

    def _texts(self, tree: Tree) -> dict[str, str]:
        return {path: self.blobs.read(e.blob).decode() for path, e in tree.files.items()}

    def close(self) -> None:
        for checks in self._opened:
            self._loop.run(checks.close())


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    root: Path = tmp_path_factory.mktemp("project")
    cache: Path = tmp_path_factory.mktemp("cache")
    with asyncio.Runner() as loop:
        made = Workbench(root, cache, loop)
        yield made
        made.close()

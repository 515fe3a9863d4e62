"""The referee, wired for the repository around a folder; reads no settings, needs no extra."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from seenred.bootstrap.cache import user_cache
from seenred.infrastructure.history.git import GitBlobs, GitHistory
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.referee.proof.ports import SuiteRunner


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where tests run.

    Attributes:
        python: the project's interpreter or virtual environment; None finds it.
        allow_loopback: tests may open sockets to themselves.
        allow_none: run without a sandbox where none holds.
    """

    python: Path | None = None
    allow_loopback: bool = False
    allow_none: bool = False


@dataclass(frozen=True, slots=True)
class Referee:
    """A repository and what runs its tests."""

    history: GitHistory
    runner: SuiteRunner

    @property
    def blobs(self) -> GitBlobs:
        """Content of the repository's files."""
        return self.history.blobs


@asynccontextmanager
async def open_referee(folder: Path, around: Surroundings) -> AsyncIterator[Referee]:
    """The referee for the repository that holds `folder`; lets go of every process at the end.

    Raises:
        UsageError: there is no repository, or no such interpreter.
        EnvironmentLacks: no git, no interpreter with pytest, or no sandbox that holds.
    """
    with GitHistory(folder) as history:
        runner = await open_suite_runner(
            history.root,
            history.blobs,
            python=around.python,
            allow_none=around.allow_none,
            cache=user_cache(),
            allow_loopback=around.allow_loopback,
        )
        try:
            yield Referee(history, runner)
        finally:
            await runner.close()

"""The referee, wired for the repository around a folder; reads no settings, needs no extra."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from seenred.bootstrap.cache import user_cache
from seenred.infrastructure.cache.observation_store import ObservationStore
from seenred.infrastructure.environment.fingerprint import fingerprint
from seenred.infrastructure.environment.project_python import ProjectPython, find_project_python
from seenred.infrastructure.history.git import GitBlobs, GitHistory
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.infrastructure.runners.suite.pool import SuiteRunnerPool
from seenred.referee.audit.recollecting import RecollectingRunner
from seenred.referee.audit.scoped import ScopedRunner
from seenred.referee.proof.ports import SuiteRunner


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where tests run.

    Attributes:
        python: the project's interpreter or virtual environment; None finds it.
        allow_loopback: tests may open sockets to themselves.
        allow_none: run without a sandbox where none holds.
        jobs: runners that work at the same time.
    """

    python: Path | None = None
    allow_loopback: bool = False
    allow_none: bool = False
    jobs: int = 1

    async def open(self, history: GitHistory, found: ProjectPython, *, warm: bool) -> SuiteRunner:
        """One runner for the repository's project.

        Raises:
            EnvironmentLacks: no sandbox that holds.
        """
        return await open_suite_runner(
            history.root,
            history.blobs,
            python=found,
            allow_none=self.allow_none,
            cache=user_cache(),
            allow_loopback=self.allow_loopback,
            warm=warm,
        )


@dataclass(frozen=True, slots=True)
class Referee:
    """A repository and what runs its tests.

    Attributes:
        python: what the project's tests run with.
        runner: keeps prepared processes.
        certifier: runs each check cold.
        recollecting: the runner, which knows from earlier runs of the program what has passed and
            cannot have changed since.
    """

    history: GitHistory
    python: ProjectPython
    runner: SuiteRunner
    certifier: SuiteRunner
    recollecting: RecollectingRunner

    @property
    def blobs(self) -> GitBlobs:
        """Content of the repository's files."""
        return self.history.blobs

    def confined_to(self, files: frozenset[str]) -> Referee:
        """The referee for whom these files are the whole suite."""
        return replace(
            self,
            runner=ScopedRunner(self.runner, files),
            certifier=ScopedRunner(self.certifier, files),
            recollecting=self.recollecting.confined_to(files),
        )


@asynccontextmanager
async def open_referee(folder: Path, around: Surroundings) -> AsyncIterator[Referee]:
    """The referee for the repository that holds `folder`; lets go of every process at the end.

    Raises:
        UsageError: there is no repository, or no such interpreter.
        EnvironmentLacks: no git, no interpreter with pytest, or no sandbox that holds.
    """
    async with AsyncExitStack() as opened:
        history = opened.enter_context(GitHistory(folder))
        found = find_project_python(history.root, around.python)
        runners: list[SuiteRunner] = []
        for warm in (*[True] * around.jobs, False):
            runners.append(await around.open(history, found, warm=warm))
            opened.push_async_callback(runners[-1].close)
        *warmed, cold = runners
        runner = warmed[0] if len(warmed) == 1 else SuiteRunnerPool(warmed)
        scope = f"{history.root}\0{fingerprint(found)}\0{runner.name}\0{around.allow_loopback}"
        store = ObservationStore(user_cache(), scope)
        jobs = around.jobs
        recollecting = RecollectingRunner(runner, store, history.blobs, at_once=jobs)
        yield Referee(history, found, runner, cold, recollecting)

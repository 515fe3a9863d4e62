from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from audit_row import Files
from repository import Repository

from seenred.domain.audit import Audit
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.referee.audit.audit import audit
from seenred.referee.audit.remembering import RememberingRunner


class Court:
    """One repository with a branch for each history, audited by one runner."""

    def __init__(self, repository: Repository, cache: Path) -> None:
        self._repository = repository
        self._branches = 0
        self._loop = asyncio.new_event_loop()
        self._history = GitHistory(repository.path)
        opened = open_suite_runner(
            repository.path, self._history.blobs, python=Path(sys.executable), cache=cache
        )
        self._runner = RememberingRunner(self._loop.run_until_complete(opened))

    def branch(self, commits: list[tuple[str, Files]]) -> str:
        """A new history of these commits; the name of its head."""
        self._branches += 1
        name = f"row-{self._branches}"
        self._repository.git("switch", "--quiet", "--orphan", name)
        for subject, files in commits:
            self._repository.change(files)
            self._repository.commit(subject, {})
        return name

    def merge(self, base: Files, side: Files, main: Files) -> str:
        """A history that ends with the merge of a side branch."""
        name = self.branch([("base", base)])
        self._repository.git("switch", "--quiet", "-c", f"{name}-side")
        self._repository.change(side)
        self._repository.commit("on the side", {})
        self._repository.git("switch", "--quiet", name)
        self._repository.change(main)
        self._repository.commit("on the trunk", {})
        self._repository.git("merge", "--quiet", "--no-ff", "-m", "merge", f"{name}-side")
        return name

    def audit(self, base: str, head: str, **options: Any) -> Audit:
        """The audit, its head certified by the same runner."""
        judging = audit(
            self._history,
            self._runner,
            self._history.blobs,
            base,
            head,
            certifier=self._runner,
            **options,
        )
        return self._loop.run_until_complete(judging)

    def close(self) -> None:
        self._loop.run_until_complete(self._runner.close())
        self._history.close()
        self._loop.close()


@pytest.fixture(scope="session")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Court]:
    repository = Repository(tmp_path_factory.mktemp("court") / "project")
    court = Court(repository, tmp_path_factory.mktemp("cache"))
    yield court
    court.close()

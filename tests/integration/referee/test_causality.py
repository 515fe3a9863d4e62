"""Is a test green because of a change? Every case that a peer describes, and what we say of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from causality_row import ROWS, CausalityRow, judge, lay
from repository import Repository

from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.runners.suite.open import open_suite_runner


class Bench:
    """One repository that is laid anew for each row, and one runner for all of them."""

    def __init__(self, repository: Repository, cache: Path) -> None:
        self.repository = repository
        self._loop = asyncio.new_event_loop()
        self._history = GitHistory(repository.path)
        opened = open_suite_runner(
            repository.path, self._history.blobs, python=Path(sys.executable), cache=cache
        )
        self._runner = self._loop.run_until_complete(opened)

    def judge(self, asked: str) -> tuple[str, str]:
        return self._loop.run_until_complete(judge(self._history, self._runner, asked, seconds=3))

    def close(self) -> None:
        self._loop.run_until_complete(self._runner.close())
        self._history.close()
        self._loop.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    repository = Repository(tmp_path_factory.mktemp("causality") / "project")
    bench = Bench(repository, tmp_path_factory.mktemp("cache"))
    yield bench
    bench.close()


@pytest.mark.thorough
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_change_gets_its_verdict(bench: Bench, row: CausalityRow) -> None:
    lay(row, bench.repository)
    assert (row.ours, row.because) == bench.judge(row.asked)


def test_where_the_peer_says_otherwise_the_reason_is_told() -> None:
    same = {("proven", "proven"), ("error", "error"), ("error", "refuted")}
    same |= {("unproven", "refuted"), ("unproven", "not proven"), ("unproven", "error")}
    same |= {("unstable", "not proven")}
    assert [row.name for row in ROWS if row.better] == [
        row.name for row in ROWS if (row.rgp, row.ours) not in same
    ]

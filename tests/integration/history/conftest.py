from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from repository import Repository

from seenred.infrastructure.history.git import GitHistory


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "project")


@pytest.fixture
def open_history() -> Iterator[Callable[[Path], GitHistory]]:
    with ExitStack() as opened:
        yield lambda path: opened.enter_context(GitHistory(path))

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.tree import Tree
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.referee.proof.ports import SuiteRunner

T = TypeVar("T")


class Laboratory:
    """The real runner, and trees made of texts for it."""

    def __init__(self, runner: SuiteRunner, blobs: MemoryBlobs, run: Callable[..., Any]) -> None:
        self.runner = runner
        self.blobs = blobs
        self._run = run

    def tree(self, files: Mapping[str, str]) -> Tree:
        return self.blobs.tree(files)

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        result: T = self._run(work)
        return result


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    root: Path = tmp_path_factory.mktemp("project")
    cache: Path = tmp_path_factory.mktemp("cache")
    blobs = MemoryBlobs()
    with asyncio.Runner() as loop:
        runner = loop.run(open_suite_runner(root, blobs, cache=cache))
        yield Laboratory(runner, blobs, loop.run)
        loop.run(runner.close())

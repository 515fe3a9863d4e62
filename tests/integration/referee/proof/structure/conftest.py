from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.tree import Tree
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.referee.proof.ports import SuiteRunner


class Laboratory:
    """A real runner that stays open, and trees for it."""

    def __init__(self, runner: SuiteRunner, blobs: MemoryBlobs, run: Callable[..., Any]) -> None:
        self.runner = runner
        self.blobs = blobs
        self._run = run

    def tree(self, files: Mapping[str, str]) -> Tree:
        """A tree of indented snippets."""
        return self.blobs.tree({path: dedent(text).lstrip("\n") for path, text in files.items()})

    def run(self, prove: Callable[..., Coroutine[Any, Any, Any]], *args: Any, **more: Any) -> Any:
        """What a proof says that takes the runner and the blobs first."""
        return self._run(prove(self.runner, self.blobs, *args, **more))


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    blobs = MemoryBlobs()
    root = tmp_path_factory.mktemp("project")
    cache = Path.home() / ".cache" / "seenred"
    with asyncio.Runner() as loop:
        opened = open_suite_runner(root, blobs, python=None, allow_none=False, cache=cache)
        runner = loop.run(opened)
        yield Laboratory(runner, blobs, loop.run)
        loop.run(runner.close())

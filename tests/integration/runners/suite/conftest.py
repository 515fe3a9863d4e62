from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.infrastructure.environment.project_python import ProjectPython, find_project_python
from seenred.infrastructure.runners.suite.cold import ColdSuiteRunner
from seenred.infrastructure.runners.suite.open import for_project
from seenred.infrastructure.runners.suite.warm import WarmSuiteRunner
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap, find_bwrap
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.infrastructure.sandbox.landlock import LandlockSandbox
from seenred.referee.proof.ports import Selection, SuiteRunner, Variant

T = TypeVar("T")


class Project:
    """A runner that stays open, and trees for it."""

    def __init__(self, runner: SuiteRunner, blobs: MemoryBlobs, run: Callable[..., Any]) -> None:
        self.runner = runner
        self.blobs = blobs
        self._run = run

    def tree(self, files: dict[str, str]) -> Tree:
        return self.blobs.tree(files)

    def observe(self, files: dict[str, str], *tests: str, **selection: Any) -> Observation:
        """What is seen when these tests of a project of these files are run."""
        chosen = Selection(tests, **selection)
        return self.wait(self.runner.observe(self.tree(files), chosen))

    def variants(self, files: dict[str, str], *variants: Variant) -> list[Observation]:
        return self.wait(self.runner.observe_variants(self.tree(files), variants))

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        result: T = self._run(work)
        return result


@pytest.fixture
def blobs() -> MemoryBlobs:
    return MemoryBlobs()


@pytest.fixture(scope="session")
def project_python() -> ProjectPython:
    """The Python under test: seenred's own, or SEENRED_TEST_PYTHON."""
    other = os.environ.get("SEENRED_TEST_PYTHON")
    return find_project_python(Path("/nowhere"), Path(other) if other else None, environment={})


def _sandbox(kind: str, python: ProjectPython) -> Any:
    if kind == "landlock":
        return for_project(LandlockSandbox(running_interpreter()), python)
    bwrap = find_bwrap()
    if bwrap is None:
        pytest.skip("this machine has no bubblewrap")
    return for_project(Bubblewrap(bwrap, running_interpreter()), python)


RUNNERS = [
    "cold-bubblewrap",
    "cold-landlock",
    "warm-bubblewrap",
    "warm-landlock",
    "plain-bubblewrap",
]
# two that share the least stand for all of them in the fast tests
_QUICK = ("warm-bubblewrap", "cold-landlock")
EACH = [
    pytest.param(runner, marks=() if runner in _QUICK else pytest.mark.thorough)
    for runner in RUNNERS
]


def make_runner(kind: str, sandbox: Any, blobs: Any, python: ProjectPython, root: Path) -> Any:
    if kind == "cold":
        return ColdSuiteRunner(sandbox, blobs, python, root)
    return WarmSuiteRunner(sandbox, blobs, python, root, prepare=kind == "warm")


@pytest.fixture(scope="session", params=EACH)
def project(
    request: pytest.FixtureRequest,
    project_python: ProjectPython,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Project]:
    """A project under every runner in every sandbox."""
    blobs = MemoryBlobs()
    kind, _, confined = request.param.partition("-")
    root = tmp_path_factory.mktemp("project")
    with asyncio.Runner() as loop:
        sandbox = _sandbox(confined, project_python)
        runner = make_runner(kind, sandbox, blobs, project_python, root)
        yield Project(runner, blobs, loop.run)
        loop.run(runner.close())

"""Runs each check in a Python of its own: slow, and beyond the reach of any earlier check."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from seenred.domain.execution import Command, Execution, Folder, Limits
from seenred.domain.observation import Observation
from seenred.domain.tree import Entry, Tree
from seenred.infrastructure.environment.project_python import ProjectPython
from seenred.infrastructure.environment.pytest_settings import read_settings
from seenred.infrastructure.runners.suite import told
from seenred.infrastructure.runners.suite.inside import start
from seenred.infrastructure.runners.suite.job import Job
from seenred.infrastructure.runners.suite.stage import Stage
from seenred.referee.ports import Sandbox
from seenred.referee.proof.ports import Blobs, Selection, Variant

_INSIDE = Path(__file__).parent / "inside"
_PLACE = "seenred"
# seconds for Python and pytest to start on a busy machine; each test has its own limit besides
_START = 60.0
# seconds without a word from the observer, besides twice a test's limit: it keeps the limit itself,
# and a hostile test could undo that
_PAUSE = 10.0
# tests that one run may hold at most to be sure of its time; a hostile one could undo its own limit
_MOST = 360
_PROCESSES, _FILE_SIZE, _DISK, _OUTPUT = 128, 64 << 20, 256 << 20, 4 << 20


class ColdSuiteRunner:
    """One sandboxed `python -m pytest` for each check.

    Args:
        sandbox: runs commands with the project's interpreter.
        root: where the repository lies; inside, the tree is seen there.
        loopback: tests may talk to themselves by sockets.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        blobs: Blobs,
        python: ProjectPython,
        root: Path,
        *,
        loopback: bool = False,
    ) -> None:
        self._sandbox = sandbox
        self._blobs = blobs
        self._python = python
        self._root = root
        self._loopback = loopback
        self._stage = Stage(blobs.read)
        self._turn = asyncio.Lock()

    @property
    def name(self) -> str:
        return f"cold pytest {self._python.pytest}, {self._sandbox.name}"

    @property
    def interpreter(self) -> str:
        return self._python.describe()

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        async with self._turn:
            await asyncio.to_thread(self._stage.lay, tree)
            return await self._run(tree, selection)

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        return [
            await self.observe(with_files(tree, variant, self._blobs), variant.selection)
            for variant in variants
        ]

    async def close(self) -> None:
        await asyncio.to_thread(self._stage.remove)

    async def _run(self, tree: Tree, selection: Selection) -> Observation:
        settings = read_settings(tree, self._blobs.read)
        nonce = secrets.token_hex(16)
        job = Job(nonce, tree, selection, settings, self._python)
        if job.nothing_to_run:
            return Observation(unknown=job.unknown, exit_code=5)
        execution = await self._sandbox.run(self._command(job))
        lines = execution.collected.get(f"{_PLACE}/{start.LINES}", b"")
        observation = told.read(told.objects(lines), nonce, _process(execution))
        return told.with_unknown(observation, job.unknown)

    def _command(self, job: Job) -> Command:
        program = (
            "import sys; place = sys.argv[2] + '/seenred'; sys.path[0] = place;"
            " from seenred_inside.start import main; del sys.path[0]; main(place, *sys.argv[1:])"
        )
        files = {f"{_PLACE}/{start.JOB}": job.to_bytes(), "tmp/.keep": b"", **inside_files()}
        return Command(
            ("{python}", "-B", "-c", program, "{folder}", "{scratch}"),
            files,
            collect=(f"{_PLACE}/{start.LINES}",),
            limits=replace(limits(job.selection), progress=f"{_PLACE}/{start.LINES}"),
            folder=Folder(str(self._stage.folder), str(self._root)),
            environment=environment(self._python, job.selection),
            loopback=self._loopback,
        )


def _process(execution: Execution) -> told.Process:
    return told.Process.of(execution)


def inside_files() -> dict[str, bytes]:
    """The observer, as files of the scratch directory."""
    return {
        f"{_PLACE}/seenred_inside/{path.name}": path.read_bytes() for path in _INSIDE.glob("*.py")
    }


def limits(selection: Selection, start: float = _START) -> Limits:
    """What the whole process of a check may use.

    Args:
        start: seconds that it may take before and after the tests.
    """
    tests = len(selection.tests) if all("::" in test for test in selection.tests) else 0
    seconds = start + selection.seconds * min(tests or _MOST, _MOST)
    sizes = (selection.memory, _PROCESSES, _FILE_SIZE, _DISK, _OUTPUT)
    return Limits(seconds, *sizes, pause=2 * selection.seconds + _PAUSE)


def environment(python: ProjectPython, selection: Selection) -> dict[str, str]:
    """Variables of a check."""
    executable = Path(python.interpreter.executable)
    return {
        "PATH": f"{executable.parent}:/usr/local/bin:/usr/bin:/bin",
        "TMPDIR": "{scratch}/tmp",
        "PYTHONHASHSEED": str(selection.hash_seed),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def with_files(tree: Tree, variant: Variant, blobs: Blobs) -> Tree:
    """The tree with a variant's files in it."""
    changes = {
        path: replace(tree.files.get(path, Entry("")), blob=blobs.add(content))
        for path, content in variant.files.items()
    }
    return tree.with_changes(changes)

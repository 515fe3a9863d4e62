"""Runs checks in forks of a process that has pytest ready: each costs little more than itself."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from seenred.domain.execution import Ending as ProcessEnding
from seenred.domain.execution import Folder
from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.errors import SandboxFailed
from seenred.infrastructure.environment.project_python import ProjectPython
from seenred.infrastructure.environment.pytest_settings import FILES, read_settings
from seenred.infrastructure.runners.suite import told
from seenred.infrastructure.runners.suite.cold import ColdSuiteRunner, limits, with_files
from seenred.infrastructure.runners.suite.inside import start
from seenred.infrastructure.runners.suite.job import Job
from seenred.infrastructure.runners.suite.stage import Stage
from seenred.infrastructure.runners.suite.variant import (
    batches,
    limit_of,
    read,
    to_dict,
    together,
)
from seenred.infrastructure.runners.suite.zygote import Kind, Unprepared, Zygote
from seenred.infrastructure.sandbox.inside.request import Report
from seenred.referee.ports import Sandbox
from seenred.referee.proof.ports import Blobs, Selection, Variant

# versions of pytest whose insides the prepared session was tried with
TRIED = frozenset({(7, 4), (8, 3), (8, 4), (9, 2)})
# what a conftest may do only at the very start of a session
_AT_START = re.compile(rb"pytest_(?:addoption|plugins|cmdline_\w+|load_initial_conftests)\b")
_MOST = 2
# seconds; nothing has to be started
_AROUND = 10.0
# variants of one tree that run beside each other; one of them is always starting or ending
_AT_ONCE = min(4, (os.cpu_count() or 1) + 1)


class WarmSuiteRunner:
    """Forks a prepared process for each check; falls back by itself where that cannot be done.

    Args:
        loopback: tests may talk to themselves by sockets.
        prepare: begin sessions ahead of the checks; False only imports pytest ahead.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        blobs: Blobs,
        python: ProjectPython,
        root: Path,
        *,
        loopback: bool = False,
        prepare: bool = True,
    ) -> None:
        self._sandbox = sandbox
        self._blobs = blobs
        self._python = python
        self._root = root
        self._prepare = prepare and _tried(python.pytest)
        self._warm: OrderedDict[Kind, tuple[Zygote, Stage]] = OrderedDict()
        self._cold = ColdSuiteRunner(sandbox, blobs, python, root, loopback=loopback)
        self._loopback = loopback
        self._why_slower = "" if self._prepare or not prepare else f"pytest {python.pytest} untried"
        self._broken = ""
        self._turn = asyncio.Lock()

    @property
    def name(self) -> str:
        if self._broken:
            return f"{self._cold.name} ({self._broken})"
        slower = f" (begun anew for some checks: {self._why_slower})" if self._why_slower else ""
        return f"warm pytest {self._python.pytest}{slower}, {self._sandbox.name}"

    @property
    def interpreter(self) -> str:
        return self._cold.interpreter

    @property
    def zygotes(self) -> tuple[int, ...]:
        """Processes that are kept, the last one used last."""
        return tuple(zygote.pid for zygote, _ in self._warm.values())

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        if self._broken:
            return await self._cold.observe(tree, selection)
        async with self._turn:
            for _ in range(2):  # a process that was ended from outside is started again
                try:
                    return await self._observe(tree, selection)
                except (SandboxFailed, Unprepared) as failure:
                    why = str(failure)
            self._broken = why
        return await self._cold.observe(tree, selection)

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        seen: dict[int, Observation] = {}
        for batch in batches(variants):
            seen |= await self._quickly(tree, {number: variants[number] for number in batch})
        return [
            # what cannot be swapped into loaded modules is a tree of its own
            seen[number]
            if number in seen
            else await self.observe(with_files(tree, variant, self._blobs), variant.selection)
            for number, variant in enumerate(variants)
        ]

    async def _quickly(self, tree: Tree, variants: Mapping[int, Variant]) -> dict[int, Observation]:
        """Those that a process can be changed to; every other is left out."""
        if self._broken or not variants:
            return {}
        async with self._turn:
            settings = read_settings(tree, self._blobs.read)
            selection = together([variant.selection for variant in variants.values()])
            job = Job(secrets.token_hex(16), tree, selection, settings, self._python)
            if job.nothing_to_run:
                return {}
            work = {**job.to_dict(), "variants": [to_dict(v) for v in variants.values()]}
            limit = limits(selection, _AROUND + sum(limit_of(v) for v in variants.values()))
            try:
                zygote, stage = await self._zygote(job)
                await asyncio.to_thread(stage.lay, tree)
                report = await zygote.check(
                    {**work, "at_once": _AT_ONCE}, limit, loopback=self._loopback
                )
            except (SandboxFailed, Unprepared) as failure:
                self._broken = str(failure)
                return {}
        found = read(_lines(report), job.nonce, list(variants.values()))
        numbers = list(variants)
        return {numbers[place]: observation for place, observation in found.items()}

    async def close(self) -> None:
        while self._warm:
            await self._end(*self._warm.popitem()[1])
        await self._cold.close()

    async def _observe(self, tree: Tree, selection: Selection) -> Observation:
        settings = read_settings(tree, self._blobs.read)
        nonce = secrets.token_hex(16)
        job = Job(nonce, tree, selection, settings, self._python)
        if job.nothing_to_run:
            return Observation(unknown=job.unknown, exit_code=5)
        zygote, stage = await self._zygote(job)
        await asyncio.to_thread(stage.lay, tree)
        limit = replace(limits(selection, _AROUND), progress=start.LINES)
        report = await zygote.check(job.to_dict(), limit, loopback=self._loopback)
        if report.failure:
            raise SandboxFailed("sandbox-not-confined", f"The test process {report.failure}.")
        observation = told.read(_lines(report), nonce, _process(report))
        return told.with_unknown(observation, job.unknown)

    async def _zygote(self, job: Job) -> tuple[Zygote, Stage]:
        kind = self._kind(job, self._prepare and self._can_prepare(job))
        if not kind.prepared or kind in self._warm:
            return await self._one_of(kind, job.tree)
        try:
            return await self._one_of(kind, job.tree)
        except Unprepared as why:
            self._why_slower, self._prepare = str(why), False
            return await self._one_of(self._kind(job, False), job.tree)

    def _can_prepare(self, job: Job) -> bool:
        """Whether nothing in the tree has to be there when a session begins."""
        for path, entry in job.tree.files.items():
            name = path.rpartition("/")[2]
            if name == "conftest.py" and _AT_START.search(self._blobs.read(entry.blob)):
                self._why_slower = f"{path} adds options or plugins"
                return False
            if name in FILES and "/" in path and name != "pyproject.toml":
                self._why_slower = f"{path} may hold options"
                return False
        return True

    def _kind(self, job: Job, prepared: bool) -> Kind:
        files = job.tree.files
        settings = tuple((name, files[name].blob) for name in FILES if name in files)
        return Kind(
            prepared,
            tuple(job.options()),
            tuple(job.path()),
            job.selection.hash_seed,
            settings if prepared else (),
        )

    async def _one_of(self, kind: Kind, tree: Tree) -> tuple[Zygote, Stage]:
        if kind in self._warm and self._warm[kind][0].alive:
            self._warm.move_to_end(kind)
            return self._warm[kind]
        if kind in self._warm:
            await self._end(*self._warm.pop(kind))
        while len(self._warm) >= _MOST:
            await self._end(*self._warm.popitem(last=False)[1])
        stage = Stage(self._blobs.read)
        # nothing but the settings: what is not there cannot be imported too early
        stage.lay(Tree({name: tree.files[name] for name, _ in kind.settings}))
        folder = Folder(str(stage.folder), str(self._root))
        try:
            zygote = await Zygote.start(self._sandbox, self._python, kind, folder)
        except BaseException:
            stage.remove()
            raise
        self._warm[kind] = zygote, stage
        return zygote, stage

    async def _end(self, zygote: Zygote, stage: Stage) -> None:
        await zygote.close()
        await asyncio.to_thread(stage.remove)


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    return told.objects(report.collected.get(start.LINES, b""))


def _tried(version: str) -> bool:
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    return numbers in TRIED


def _process(report: Report) -> told.Process:
    return told.Process(
        ProcessEnding(report.ending),
        report.exit_code,
        report.seconds,
        report.collected.get(start.STDERR, b"").decode(errors="replace"),
    )

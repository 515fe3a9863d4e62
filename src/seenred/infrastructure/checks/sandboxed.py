"""Runs checks on a tree, in the sandbox, and keeps what the change itself has brought."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from seenred.domain.complaint import CheckReport, Complaint, introduced
from seenred.domain.execution import Command, Ending, Execution, Folder, Limits
from seenred.domain.tree import Tree
from seenred.infrastructure.checks.configured import (
    PYTHON,
    RUST,
    Check,
    checks_of,
    configures_ruff,
    formats_by_black,
)
from seenred.infrastructure.checks.output import last_line, read_complaints
from seenred.infrastructure.checks.packed import packed
from seenred.infrastructure.checks.tool import Toolbox
from seenred.infrastructure.runners.suite.stage import Stage
from seenred.referee.ports import Sandbox
from seenred.referee.proof.ports import Blobs

# a type checker that begins without a cache reads everything that is imported
_LIMITS = Limits(
    seconds=300.0,
    memory=8 << 30,
    processes=256,
    file_size=1 << 30,
    disk=2 << 30,
    output=4 << 20,
)
_QUICK = replace(_LIMITS, seconds=20.0)
# a folder of the scratch directory that no project has, for tools that write beside the sources
_COPY = "seenred-tree"
# what a check keeps for its next run, in the scratch directory
_KEPT = "kept.tar"
_NOT_FOUND, _NOT_EXECUTABLE = 127, 126


@dataclass(frozen=True, slots=True)
class _Look:
    """What one check says of one tree.

    Attributes:
        failure: what it said last where it failed and named no place.
        broken: why it could not be run at all.
    """

    complaints: tuple[Complaint, ...] = ()
    failure: str = ""
    broken: str = ""

    @property
    def is_clean(self) -> bool:
        return not (self.complaints or self.failure or self.broken)


class SandboxedChecks:
    """The checks of one project.

    Args:
        sandbox: sees the project's environment and the toolbox's folders.
        root: where the repository lies; inside, the tree is seen there.
        commands: of the settings, by kind of file: `python`, `rust`.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        blobs: Blobs,
        root: Path,
        toolbox: Toolbox,
        commands: Mapping[str, tuple[str, ...]] = {},
    ) -> None:
        self._sandbox = sandbox
        self._blobs = blobs
        self._root = root
        self._toolbox = toolbox
        self._commands = commands
        self._stage = Stage(blobs.read)
        self._turn = asyncio.Lock()
        self._kept: dict[str, bytes] = {}
        self._seen: dict[tuple[str, str, str, tuple[str, ...]], _Look] = {}

    async def run(self, base: Tree, tree: Tree) -> CheckReport:
        """What the checks hold against `tree` that they didn't hold against `base`."""
        changed = tree.changed_from(base)
        report = CheckReport()
        for check in checks_of(tree, self._blobs.read, changed, self._commands):
            paths = check.paths(changed)
            if check.per_file and not any(path in tree for path in paths):
                continue
            if check.tool and self._toolbox.find(check.tool) is None:
                report = _not_run(report, self._toolbox.lacks(check))
            else:
                report = await self._added(report, check, base, tree, paths)
        return report

    async def formatted(self, base: Tree, tree: Tree, paths: Iterable[str]) -> Tree:
        """The tree with these files formatted, and what ruff mends without risk mended.

        A file that was not formatted on `base`, or had complaints there, stays as it is in that
        respect: what nobody asked for would be changed with it.
        """
        ruff = self._formatter(tree)
        for path in paths if ruff else ():
            if path in tree and path.endswith(".py") and not tree.files[path].link:
                tree = await self._formatted(ruff, base, tree, path)
        return tree

    async def close(self) -> None:
        """Let go of the folder; harmless when called twice."""
        await asyncio.to_thread(self._stage.remove)

    async def _added(
        self, report: CheckReport, check: Check, base: Tree, tree: Tree, paths: tuple[str, ...]
    ) -> CheckReport:
        """The report with what one check has to say."""
        now = await self._look(check, tree, paths)
        # a tool that looks at files names the file; otherwise it is the tool that is at fault
        broken = now.broken or (now.failure if check.per_file else "")
        if broken:
            return _not_run(report, f"{check.name}: {broken}")
        report = replace(report, ran=(*report.ran, check.name))
        if now.is_clean:
            return report
        before = await self._look(check, base, paths)
        if before.broken or before.failure:
            told = f"{check.name}: fails without the change too: {before.broken or before.failure}"
            return _not_run(replace(report, ran=report.ran[:-1]), told)
        found = introduced(before.complaints, now.complaints, [p for p in paths if p not in tree])
        if now.failure:
            found = (*found, Complaint(check.name, "", now.failure))
        return replace(report, complaints=(*report.complaints, *found))

    async def _look(self, check: Check, tree: Tree, paths: tuple[str, ...]) -> _Look:
        there = tuple(path for path in paths if path in tree) if check.per_file else ()
        if check.per_file and not there:
            return _Look()
        key = (check.name, check.folder, tree.digest, there)
        if key not in self._seen:
            self._seen[key] = _judged(await self._execute(check, tree, there), check, self, tree)
        return self._seen[key]

    async def _execute(self, check: Check, tree: Tree, paths: tuple[str, ...]) -> Execution:
        if check.kind == RUST and check.tool:
            words = self._beside(check, tree)
        elif check.tool:
            words = (self._toolbox.find(check.tool) or check.tool, *check.words, *paths)
        else:
            words = ("/bin/sh", "-c", *check.words)
        if not check.keeps:
            return await self._perform(tree, words, _LIMITS)
        if check.name not in self._kept:
            users = self._root / check.users
            self._kept[check.name] = await asyncio.to_thread(packed, users, check.keeps)
        kept = {_KEPT: self._kept[check.name]}
        done = await self._perform(tree, _keeping(check.keeps, words), _LIMITS, files=kept)
        if _KEPT in done.collected:
            self._kept[check.name] = done.collected[_KEPT]
        return done

    def _beside(self, check: Check, tree: Tree) -> tuple[str, ...]:
        """The command in a copy that it may write to: cargo writes a lock file that is missing."""
        tops = sorted({path.partition("/")[0] for path in tree.files})
        place = f"{{scratch}}/{_COPY}"
        links = [
            f"ln -s {shlex.quote(path)} {{scratch}}/cargo/{name}"
            for name, path in self._toolbox.links.items()
        ]
        steps = [
            f"mkdir -p {place} {{scratch}}/cargo",
            *links,
            f"cp -R {shlex.join(tops)} {place}/",
            f"cd {place}/{shlex.quote(check.folder)}" if check.folder else f"cd {place}",
            f"exec {shlex.join([self._toolbox.find(check.tool) or check.tool, *check.words])}",
        ]
        return ("/bin/sh", "-c", " && ".join(steps))

    async def _perform(
        self,
        tree: Tree,
        words: tuple[str, ...],
        limits: Limits,
        *,
        stdin: bytes = b"",
        files: Mapping[str, bytes] = {},
    ) -> Execution:
        async with self._turn:
            await asyncio.to_thread(self._stage.lay, tree)
            return await self._sandbox.run(
                Command(
                    words,
                    {"tmp/.keep": b"", **files},
                    stdin,
                    collect=(_KEPT,),
                    limits=limits,
                    folder=Folder(str(self._stage.folder), str(self._root)),
                    environment=self._toolbox.environment,
                )
            )

    def relative(self, path: str, check: Check, tree: Tree) -> str:
        """A path as a tool prints it, from the root of the project."""
        for prefix in (f"{self._root}/", f"{self._stage.folder}/"):
            path = path.removeprefix(prefix)
        path = path.rpartition(f"/{_COPY}/")[2]
        below = f"{check.folder}/{path}"
        return below if check.folder and path not in tree and below in tree else path

    def line(self, tree: Tree, path: str, number: int) -> str:
        """A line of a file, without its indentation."""
        entry = tree.files.get(path)
        if entry is None or number < 1:
            return ""
        lines = self._blobs.read(entry.blob).decode(errors="replace").splitlines()
        return lines[number - 1].strip() if number <= len(lines) else ""

    def _formatter(self, tree: Tree) -> str:
        """Ruff, where the project has and wants it."""
        wanted = self._commands.get(PYTHON)
        asked = configures_ruff(tree, self._blobs.read)
        if not asked or (wanted is not None and not any("ruff" in each for each in wanted)):
            return ""
        return self._toolbox.find("ruff") or ""

    async def _formatted(self, ruff: str, base: Tree, tree: Tree, path: str) -> Tree:
        source = self._blobs.read(tree.files[path].blob)
        steps = [("check", "--fix-only")]
        if not formats_by_black(tree, self._blobs.read):
            steps.append(("format", "--no-cache"))
        for step in steps:
            words = (ruff, *step, "--quiet", "--force-exclude", "--stdin-filename", path, "-")
            if path not in base or await self._is_stable(base, path, words):
                source = await self._filtered(tree, words, source)
        entry = replace(tree.files[path], blob=self._blobs.add(source))
        return tree.with_changes({path: entry})

    async def _is_stable(self, base: Tree, path: str, words: tuple[str, ...]) -> bool:
        """Whether the file was so already that the command leaves it alone."""
        before = self._blobs.read(base.files[path].blob)
        return await self._filtered(base, words, before) == before

    async def _filtered(self, tree: Tree, words: tuple[str, ...], source: bytes) -> bytes:
        done = await self._perform(tree, words, _QUICK, stdin=source)
        good = done.ending is Ending.EXITED and done.exit_code == 0 and (done.stdout or not source)
        return done.stdout if good else source


def _keeping(folder: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The command between unpacking what it kept and packing it again; it ends as the command."""
    kept = f"{{scratch}}/{_KEPT}"
    before = f"tar -xf {kept} -C {{scratch}} 2>/dev/null"
    after = f"test ! -d {{scratch}}/{folder} || tar -cf {kept} -C {{scratch}} {folder} 2>/dev/null"
    return ("/bin/sh", "-c", f"{before}; {shlex.join(words)}; code=$?; {after}; exit $code")


def _not_run(report: CheckReport, told: str) -> CheckReport:
    return replace(report, not_run=(*report.not_run, told))


def _judged(done: Execution, check: Check, checks: SandboxedChecks, tree: Tree) -> _Look:
    output = (done.stdout + b"\n" + done.stderr).decode(errors="replace")
    if done.ending is not Ending.EXITED:
        return _Look(broken=f"{done.ending} after {done.seconds:.0f} s")
    if done.exit_code == 0:
        return _Look()
    if done.exit_code in (_NOT_FOUND, _NOT_EXECUTABLE):
        remedy = "install it in the project's environment, or change the command in the settings"
        return _Look(broken=f"{last_line(output)}; {remedy}")
    complaints = read_complaints(
        check.name,
        output,
        lambda path: checks.relative(path, check, tree),
        lambda path, number: checks.line(tree, path, number),
    )
    return _Look(complaints, "" if complaints else last_line(output))

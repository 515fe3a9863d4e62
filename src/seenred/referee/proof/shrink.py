"""Removes added code that no test executes, as far as every test stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from seenred.domain.observation import Observation
from seenred.domain.proof import Detail
from seenred.domain.shrinkage import Removable, removables, without
from seenred.domain.tree import Entry, Tree
from seenred.referee.configuration import layout_of
from seenred.referee.proof.minimal import changed_production
from seenred.referee.proof.ports import Blobs, SuiteRunner
from seenred.referee.proof.whole_run import problem_of, whole_suite

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shrunk:
    """What is left of a change.

    Attributes:
        tree: without the code that could go.
        files: new contents of the files that have become shorter.
        removed: what went, in the order in which it went.
        refusal: why nothing was tried; "" otherwise.
    """

    tree: Tree
    files: Mapping[str, bytes]
    removed: tuple[Detail, ...] = ()
    refusal: str = ""


async def shrink(
    runner: SuiteRunner,
    blobs: Blobs,
    base: Tree,
    tree: Tree,
    *,
    paths: Iterable[str] | None = None,
) -> Shrunk:
    """Delete what `tree` adds to `base` and no test executes, last first, until nothing more goes.

    Calls with effects, `with`, `finally`, `raise` and guards stay: tests do not show what they
    are for.
    """
    chosen = tuple(paths or changed_production(base, tree, layout_of(tree, blobs)))
    return await _Shrinking(runner, blobs, base, chosen).run(tree)


class _Shrinking:
    def __init__(
        self, runner: SuiteRunner, blobs: Blobs, base: Tree, paths: tuple[str, ...]
    ) -> None:
        self._runner = runner
        self._blobs = blobs
        self._base = base
        self._paths = paths
        self._kept: set[tuple[str, str]] = set()

    async def run(self, tree: Tree) -> Shrunk:
        seen = await self._observe(tree)
        if broken := problem_of(seen):
            return Shrunk(tree, {}, refusal=broken)
        shrunk = Shrunk(tree, {})
        while True:
            found = self._found(shrunk.tree, seen)
            if not found:
                return shrunk
            shrunk, seen = await self._without(shrunk, seen, found)

    async def _without(
        self, shrunk: Shrunk, seen: Observation, found: list[tuple[str, Removable]]
    ) -> tuple[Shrunk, Observation]:
        """All of it gone at once; where the tests mind, only the last piece, or it is kept."""
        for pieces in (found, found[:1]):
            smaller = self._smaller(shrunk, pieces)
            after = await self._observe(smaller.tree)
            if after.outcomes == seen.outcomes and not problem_of(after):
                return smaller, after
        self._kept.add((found[0][0], found[0][1].code))
        return shrunk, seen

    async def _observe(self, tree: Tree) -> Observation:
        return await self._runner.observe(tree, whole_suite(self._paths))

    def _found(self, tree: Tree, seen: Observation) -> list[tuple[str, Removable]]:
        return [
            (path, piece)
            for path in reversed(self._paths)
            for piece in self._in_file(path, tree, seen)
            if (path, piece.code) not in self._kept
        ]

    def _in_file(self, path: str, tree: Tree, seen: Observation) -> tuple[Removable, ...]:
        old = self._blobs.read(self._base.files[path].blob) if path in self._base else None
        executed = {
            line for test, paths in seen.executed.items() if test for line in paths.get(path, ())
        }
        new = self._blobs.read(tree.files[path].blob)
        try:
            exports = path.endswith("__init__.py")
            others = self._words(tree, path)
            return removables(old, new, executed, exports=exports, mentioned=others)
        except SyntaxError:
            return ()

    def _words(self, tree: Tree, path: str) -> frozenset[str]:
        """All words of the other Python files."""
        found: set[str] = set()
        for other, entry in tree.files.items():
            if other != path and other.endswith(".py"):
                found.update(_WORD.findall(self._blobs.read(entry.blob).decode(errors="replace")))
        return frozenset(found)

    def _smaller(self, shrunk: Shrunk, pieces: list[tuple[str, Removable]]) -> Shrunk:
        files = dict(shrunk.files)
        changes: dict[str, Entry | None] = {}
        for path in {path for path, _ in pieces}:
            entry = shrunk.tree.files[path]
            gone = [piece for where, piece in pieces if where == path]
            files[path] = without(self._blobs.read(entry.blob), gone)
            changes[path] = replace(entry, blob=self._blobs.add(files[path]))
        told = tuple(_told(path, piece) for path, piece in pieces)
        return Shrunk(shrunk.tree.with_changes(changes), files, (*shrunk.removed, *told))


def _told(path: str, piece: Removable) -> Detail:
    lines = f"{piece.first}" if piece.first == piece.last else f"{piece.first}-{piece.last}"
    return Detail(piece.code, f"{path}:{lines}", "removed")

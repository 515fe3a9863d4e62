"""A runner that knows from earlier runs how test files fare which nothing new can reach."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from seenred.domain.layout import Layout, Part, part_of
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.domain.tree import Tree
from seenred.referee.audit.import_reach import ImportReach
from seenred.referee.audit.merging import merged, of_file
from seenred.referee.audit.scope import collected_files
from seenred.referee.audit.scoped import ScopedRunner
from seenred.referee.configuration import layout_of
from seenred.referee.proof.ports import Blobs, Recollection, Selection, SuiteRunner
from seenred.referee.runner_around import RunnerAround

# a failure may have had a cause outside the tree; remembered, it would excuse the next one
_FINE = (Outcome.PASSED, Outcome.SKIPPED, Outcome.XFAILED)


class RecollectingRunner(RunnerAround):
    """Runs of the whole suite are put together from what is known and what must be run.

    What it tells is good for a verdict on the way; nothing is certified by it.

    Args:
        among: the files that the runner takes for its whole suite; None for all.
        at_once: runs that the runner makes beside each other; files are shared out among them.

    Attributes:
        recalled: test files that were not run, in all runs together.
    """

    def __init__(
        self,
        runner: SuiteRunner,
        recollection: Recollection,
        blobs: Blobs,
        *,
        among: frozenset[str] | None = None,
        at_once: int = 1,
    ) -> None:
        super().__init__(runner)
        self._at_once = at_once
        self._recollection = recollection
        self._blobs = blobs
        self._among = among
        self._reach = ImportReach(blobs)
        self._last: dict[str, Observation] = {}
        self.recalled = 0

    def confined_to(self, files: frozenset[str]) -> RecollectingRunner:
        """One that understands the whole suite as these files, and knows the same of them."""
        runner = ScopedRunner(self._runner, files)
        known = self._recollection, self._blobs
        return RecollectingRunner(runner, *known, among=files, at_once=self._at_once)

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        if replace(selection, stand_ins={}) != Selection():
            return await self._runner.observe(tree, selection)
        keys = self._keys(tree)
        # what a stand-in makes of a file is nothing that the file does
        lasting = {path: key for path, key in keys.items() if path not in selection.stand_ins}
        known = self._recall(tuple(lasting.values()))
        missing = tuple(path for path in keys if lasting.get(path) not in known)
        if not known:
            return await self._whole(tree, selection, lasting)
        parts = [known[key] for key in lasting.values() if key in known]
        for files, seen in await self._shared_out(tree, selection, missing):
            if seen.ending is not Ending.COMPLETED:
                return await self._whole(tree, selection, lasting)
            self._keep(seen, {path: lasting[path] for path in files if path in lasting})
            parts.append(seen)
        recalled = len(keys) - len(missing)
        self.recalled += recalled
        return replace(merged(parts), recalled=recalled)

    async def _shared_out(
        self, tree: Tree, selection: Selection, missing: Sequence[str]
    ) -> list[tuple[Sequence[str], Observation]]:
        """What is seen of each share of the files."""
        size = -(-len(missing) // self._at_once) or 1
        shares = [missing[start : start + size] for start in range(0, len(missing), size)]
        chosen = (replace(selection, tests=tuple(share)) for share in shares)
        seen = await asyncio.gather(*(self._runner.observe(tree, each) for each in chosen))
        return list(zip(shares, seen, strict=True))

    async def _whole(
        self, tree: Tree, selection: Selection, keys: Mapping[str, str]
    ) -> Observation:
        seen = await self._runner.observe(tree, selection)
        known = {*keys, *selection.stand_ins}
        if {test.test_id.partition("::")[0] for test in seen.tests} <= known:
            self._keep(seen, keys)
        return seen

    def _keep(self, seen: Observation, keys: Mapping[str, str]) -> None:
        if seen.ending is not Ending.COMPLETED or seen.foreign:
            return
        parts = {key: of_file(seen, path) for path, key in keys.items()}
        fine = {key: part for key, part in parts.items() if _is_fine(part)}
        self._last = {**self._last, **fine}
        self._recollection.keep(fine)

    def _recall(self, keys: Sequence[str]) -> Mapping[str, Observation]:
        """What was recalled or kept for the tree before this one need not be read again."""
        last = {key: self._last[key] for key in keys if key in self._last}
        others = tuple(key for key in keys if key not in last)
        self._last = {**last, **self._recollection.recall(others)}
        return self._last

    def _keys(self, tree: Tree) -> dict[str, str]:
        """Each file in which the project looks for tests, with a digest of all it can notice."""
        layout = layout_of(tree, self._blobs)
        read = [p for p in tree.files if not p.endswith(".py") and part_of(p, layout) not in _WORDS]
        around = _digest(tree, read)
        files = self._files(tree, layout)
        return {path: f"{path} {around} {self._reach.key(tree, path)}" for path in files}

    def _files(self, tree: Tree, layout: Layout) -> Sequence[str]:
        if self._among is None:
            return collected_files(tree, self._blobs, layout)
        return sorted(path for path in self._among if path in tree)


_WORDS = (Part.DOCS,)


def _digest(tree: Tree, paths: Iterable[str]) -> str:
    return Tree({path: tree.files[path] for path in paths}).digest


def _is_fine(part: Observation) -> bool:
    return not part.uncollected and all(test.outcome in _FINE for test in part.tests)

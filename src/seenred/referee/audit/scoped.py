"""Runners for an audit of many commits: only what can differ is run, a hang stops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from seenred.domain.observation import Ending, Failure, Observation, Outcome, SeenTest
from seenred.domain.tree import Tree
from seenred.referee.audit.import_reach import ImportReach
from seenred.referee.audit.merging import merged, of_file
from seenred.referee.proof.ports import Selection, SuiteRunner
from seenred.referee.runner_around import RunnerAround

# how often one run may be taken up again after a test that broke it off
_MOST_RESUMED = 20
# the kind of failure of a test that gave no result within its limits
BROKEN_OFF = "seenred.BrokenOff"
_BREAKING = (Ending.TIMED_OUT, Ending.OUT_OF_MEMORY, Ending.CRASHED)


class EnduringRunner(RunnerAround):
    """Goes on behind a test that hangs or crashes; later runs leave it out.

    Only runs of files or of everything are taken up again: who asks for tests by their ids wants
    to know how just these end.
    """

    def __init__(self, runner: SuiteRunner) -> None:
        super().__init__(runner)
        self._broken_off: dict[str, str] = {}

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        if any("::" in test for test in selection.tests):
            return await self._runner.observe(tree, selection)
        left_out = tuple(self._broken_off)
        asked = replace(selection, deselected=(*selection.deselected, *left_out))
        parts = [await self._runner.observe(tree, asked)]
        while self._can_go_on(parts):
            last = parts[-1]
            self._broken_off[last.running] = f"{last.ending}: {last.message}".rstrip(": ")
            rest = last.selected[last.selected.index(last.running) + 1 :]
            if not rest:
                parts.append(Observation())
                break
            parts.append(await self._runner.observe(tree, replace(asked, tests=rest)))
        whole = replace(merged(parts), selected=parts[0].selected)
        return self._with_broken_off(whole, tree)

    def _can_go_on(self, parts: Sequence[Observation]) -> bool:
        last = parts[-1]
        known = last.running in last.selected
        return last.ending in _BREAKING and known and len(parts) <= _MOST_RESUMED

    def _with_broken_off(self, whole: Observation, tree: Tree) -> Observation:
        """Each test that was left out counts as failed, by its reason."""
        known = whole.outcomes
        files = {test.partition("::")[0] for test in (*whole.selected, *known)}
        missing = tuple(
            SeenTest(test, Outcome.FAILED, failure=Failure(BROKEN_OFF, decisive=why))
            for test, why in self._broken_off.items()
            if test not in known and test.partition("::")[0] in files & set(tree.files)
        )
        return replace(whole, tests=(*whole.tests, *missing))


class FilewiseRunner(RunnerAround):
    """Runs a test file again only where something differs that it can reach."""

    def __init__(self, runner: SuiteRunner, reach: ImportReach) -> None:
        super().__init__(runner)
        self._reach = reach
        self._known: dict[str, list[tuple[frozenset[str], Observation]]] = {}

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        if not _is_plain(selection):
            return await self._runner.observe(tree, selection)
        wanted = frozenset(selection.trace)
        new = [path for path in selection.tests if self._recall(tree, path, wanted) is None]
        if new:
            seen = await self._runner.observe(tree, replace(selection, tests=tuple(new)))
            if seen.ending is not Ending.COMPLETED:
                return seen
            for path in new:
                self._known.setdefault(self._key(tree, path), []).append(
                    (wanted, of_file(seen, path))
                )
        return self.known(tree, selection.tests, wanted)

    def known(
        self, tree: Tree, paths: Iterable[str], traced: frozenset[str] = frozenset()
    ) -> Observation:
        """What was seen of these files already; nothing is run."""
        parts = (self._recall(tree, path, traced) for path in paths)
        return merged(part for part in parts if part is not None)

    def _recall(self, tree: Tree, path: str, traced: frozenset[str]) -> Observation | None:
        known = self._known.get(self._key(tree, path), [])
        return next((seen for had, seen in known if traced <= had), None)

    def _key(self, tree: Tree, path: str) -> str:
        return f"{path} {self._reach.key(tree, path)}" if path in tree else f"{path} gone"


class ScopedRunner(RunnerAround):
    """Understands the whole suite as the files that one commit can affect."""

    def __init__(self, runner: SuiteRunner, files: Iterable[str]) -> None:
        super().__init__(runner)
        self._files = tuple(sorted(files))

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        if selection.tests:
            return await self._runner.observe(tree, selection)
        here = tuple(path for path in self._files if path in tree)
        if not here:
            return Observation()
        return await self._runner.observe(tree, replace(selection, tests=here))


def _is_plain(selection: Selection) -> bool:
    """Only files, in the project's own order and without anything special."""
    files = bool(selection.tests) and not any("::" in test for test in selection.tests)
    usual = replace(Selection(), tests=selection.tests, trace=selection.trace)
    return files and selection == usual

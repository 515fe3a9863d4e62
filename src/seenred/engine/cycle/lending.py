"""Lends files that git does not know to every run of the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seenred.domain.observation import Observation
from seenred.domain.tree import Entry, Tree
from seenred.referee.proof.ports import Selection, SuiteRunner, Variant
from seenred.referee.runner_around import RunnerAround


class LendingRunner(RunnerAround):
    """A runner whose trees also have these files; none of them is ever committed."""

    def __init__(self, runner: SuiteRunner, files: Mapping[str, Entry]) -> None:
        super().__init__(runner)
        self._files = dict(files)

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        return await self._runner.observe(self._lent(tree), selection)

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        return await self._runner.observe_variants(self._lent(tree), variants)

    def _lent(self, tree: Tree) -> Tree:
        return Tree({**self._files, **tree.files})

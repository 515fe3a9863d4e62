"""What every runner that works through another one passes on as it is."""

from __future__ import annotations

from collections.abc import Sequence

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.referee.proof.ports import Selection, SuiteRunner, Variant


class RunnerAround:
    """Adds nothing; who derives from it changes what it must."""

    def __init__(self, runner: SuiteRunner) -> None:
        self._runner = runner

    @property
    def name(self) -> str:
        return self._runner.name

    @property
    def interpreter(self) -> str:
        return self._runner.interpreter

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        return await self._runner.observe(tree, selection)

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        return await self._runner.observe_variants(tree, variants)

    async def close(self) -> None:
        await self._runner.close()

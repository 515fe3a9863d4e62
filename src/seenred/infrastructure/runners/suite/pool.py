"""Several suite runners as one: variants are shared out among them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.referee.proof.ports import Selection, SuiteRunner, Variant


class SuiteRunnerPool:
    """Runners of one project, each with processes of its own.

    Args:
        runners: at least one.
    """

    def __init__(self, runners: Sequence[SuiteRunner]) -> None:
        self._runners = tuple(runners)
        self._free: asyncio.Queue[SuiteRunner] = asyncio.Queue()
        for runner in self._runners:
            self._free.put_nowait(runner)

    @property
    def name(self) -> str:
        return f"{len(self._runners)} × {self._runners[0].name}"

    @property
    def interpreter(self) -> str:
        return self._runners[0].interpreter

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        runner = await self._free.get()
        try:
            return await runner.observe(tree, selection)
        finally:
            self._free.put_nowait(runner)

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        shares = _shares(variants, len(self._runners))
        found = await asyncio.gather(*(self._observe_share(tree, share) for share in shares))
        return [observation for share in found for observation in share]

    async def close(self) -> None:
        await asyncio.gather(*(runner.close() for runner in self._runners))

    async def _observe_share(self, tree: Tree, share: Sequence[Variant]) -> list[Observation]:
        runner = await self._free.get()
        try:
            return await runner.observe_variants(tree, share)
        finally:
            self._free.put_nowait(runner)


def _shares(variants: Sequence[Variant], number: int) -> list[Sequence[Variant]]:
    """Neighbours stay together: they are often of one module, which a runner then knows."""
    size = -(-len(variants) // number) if variants else 0
    return [variants[start : start + size] for start in range(0, len(variants), size or 1)]

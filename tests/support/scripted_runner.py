"""A suite runner that answers from a function and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.referee.proof.ports import Selection, Variant


class ScriptedRunner:
    name = "scripted"
    interpreter = "none"

    def __init__(self, answer: Callable[[Tree, Selection], Observation]) -> None:
        self._answer = answer
        self.asked: list[Selection] = []

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        self.asked.append(selection)
        return self._answer(tree, selection)

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        return [await self.observe(tree, variant.selection) for variant in variants]

    async def close(self) -> None:
        self.asked.clear()

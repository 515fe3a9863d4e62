"""The referee's own proofs, as the audit asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seenred.domain.layout import Layout
from seenred.domain.observation import Observation
from seenred.domain.proof import Proof
from seenred.domain.tree import Tree
from seenred.referee.proof.covered import prove_covered
from seenred.referee.proof.generalising import prove_generalising
from seenred.referee.proof.green import prove_green
from seenred.referee.proof.minimal import prove_minimal
from seenred.referee.proof.ports import Blobs, SuiteRunner
from seenred.referee.proof.red import prove_red
from seenred.referee.proof.structural import prove_structural
from seenred.referee.proof.test_only import prove_test_only


class RefereeProofs:
    """Runs one runner for all of them."""

    def __init__(self, runner: SuiteRunner, blobs: Blobs) -> None:
        self._runner = runner
        self._blobs = blobs

    async def red(self, base: Tree, changed: Tree, test_id: str, layout: Layout) -> Proof:
        return await prove_red(self._runner, self._blobs, base, changed, test_id, layout=layout)

    async def covered(self, tree: Tree, test_id: str, layout: Layout) -> Proof:
        return await prove_covered(self._runner, self._blobs, tree, test_id, layout=layout)

    async def green(
        self, base: Tree, red_tree: Tree, tree: Tree, test_ids: Sequence[str], layout: Layout
    ) -> Proof:
        tests = tuple(test_ids)
        runner, blobs = self._runner, self._blobs
        return await prove_green(
            runner, blobs, None, red_tree, tree, tests, parent=base, layout=layout
        )

    async def minimal(self, base: Tree, tree: Tree, seen: Observation) -> Proof:
        return await prove_minimal(self._runner, self._blobs, base, tree, seen=seen)

    async def structural(self, base: Tree, tree: Tree, names: Mapping[str, str]) -> Proof:
        return await prove_structural(self._runner, self._blobs, base, tree, names)

    async def test_only(self, base: Tree, tree: Tree) -> Proof:
        return await prove_test_only(self._runner, self._blobs, base, tree)

    async def generalising(self, red: Tree, green: Tree, tree: Tree) -> Proof:
        return await prove_generalising(self._runner, self._blobs, red, green, tree)

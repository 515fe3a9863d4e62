"""What the audit asks of the proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from seenred.domain.layout import Layout
from seenred.domain.observation import Observation
from seenred.domain.proof import Proof
from seenred.domain.tree import Tree


class Proofs(Protocol):
    """Judges one claim at a time; every answer is a proof, whatever it says."""

    async def red(self, base: Tree, changed: Tree, test_id: str, layout: Layout) -> Proof:
        """Is the test red for the right reason on `base`, the old code under the new tests?"""

    async def covered(self, tree: Tree, test_id: str, layout: Layout) -> Proof:
        """Does a test that passes already notice when the code that it runs is taken away?"""

    async def green(
        self, base: Tree, red_tree: Tree, tree: Tree, test_ids: Sequence[str], layout: Layout
    ) -> Proof:
        """Are the tests green on `tree` without a trick, and red when their values change?"""

    async def minimal(self, base: Tree, tree: Tree, seen: Observation) -> Proof:
        """Which code that `tree` adds does no test require?"""

    async def structural(self, base: Tree, tree: Tree, names: Mapping[str, str]) -> Proof:
        """Does `tree` behave as `base` does, but for a map of names?"""

    async def test_only(self, base: Tree, tree: Tree) -> Proof:
        """Do the tests of `tree` notice no less than those of `base`, on the same code?"""

    async def generalising(self, red: Tree, green: Tree, tree: Tree) -> Proof:
        """Does `tree` only generalise what `green` wrote for tests that were red on `red`?"""

"""The referee's own proofs, as the audit asks for them."""

from __future__ import annotations

from dataclasses import replace

from seenred.domain.layout import Layout
from seenred.domain.observation import Observation
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.minimal import prove_minimal
from seenred.referee.proof.ports import Blobs, SuiteRunner
from seenred.referee.proof.red import prove_red


class RefereeProofs:
    """Runs one runner for all of them."""

    def __init__(self, runner: SuiteRunner, blobs: Blobs) -> None:
        self._runner = runner
        self._blobs = blobs

    async def red(self, base: Tree, changed: Tree, test_id: str, layout: Layout) -> Proof:
        return await prove_red(self._runner, self._blobs, base, changed, test_id, layout=layout)

    async def covered(self, *asked: object) -> Proof:
        return _not_yet(Claim.COVERED, asked[1])

    async def green(self, *_: object) -> Proof:
        return replace(_not_yet(Claim.GREEN, "tests"), verdict=Verdict.NOT_APPLICABLE)

    async def minimal(self, base: Tree, tree: Tree, seen: Observation) -> Proof:
        return await prove_minimal(self._runner, self._blobs, base, tree, seen=seen)

    async def structural(self, *_: object) -> Proof:
        return _not_yet(Claim.STRUCTURAL, "")

    async def test_only(self, *_: object) -> Proof:
        return _not_yet(Claim.TEST_ONLY, "")

    async def generalising(self, *_: object) -> Proof:
        return _not_yet(Claim.GENERALISING, "")


def _not_yet(claim: Claim, subject: object) -> Proof:
    return Proof(claim, Verdict.NOT_PROVEN, str(subject), "not-supported", "cannot be judged yet")

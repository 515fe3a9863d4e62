"""A green is final when the whole suite has run anew: what was recalled certifies nothing."""

from __future__ import annotations

from dataclasses import replace

from seenred.domain.observation import Observation
from seenred.domain.proof import Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.audit.certification import certify, failing
from seenred.referee.proof.ports import Selection, SuiteRunner


async def settled(proof: Proof, runner: SuiteRunner, base: Tree, tree: Tree) -> Proof:
    """A proven green, or why it is none: what fails only here.

    Args:
        runner: recalls nothing.
    """
    if proof.verdict is not Verdict.PROVEN:
        return proof
    seen = await runner.observe(tree)
    failed = tuple(failing(seen))
    before = await runner.observe(base, Selection(failed)) if failed else Observation()
    whole = certify(proof.subject, tree, before, Observation(), seen)
    seconds = proof.seconds + whole.seconds
    if whole.verdict is Verdict.PROVEN:
        told = Detail(f"the whole suite: {whole.decisive}", "", "whole-suite")
        return replace(proof, details=(*proof.details, told), seconds=seconds)
    return replace(
        proof,
        verdict=whole.verdict,
        reason=whole.reason,
        decisive=whole.decisive,
        remedy=whole.remedy,
        details=(*proof.details, *whole.details),
        seconds=seconds,
    )

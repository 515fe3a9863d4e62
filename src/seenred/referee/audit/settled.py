"""A green is final when the whole suite has run anew: what was recalled certifies nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.audit.certification import certify, failing
from seenred.referee.proof.ports import Selection, SuiteRunner


async def settled(
    proof: Proof, runner: SuiteRunner, base: Tree, tree: Tree, *, chosen: bool = False
) -> Proof:
    """A proven green, or why it is none: what fails only here.

    Args:
        runner: recalls nothing.
        chosen: of the whole suite it runs what a person chose.
    """
    if proof.verdict is not Verdict.PROVEN:
        return proof
    seen = await runner.observe(tree)
    failed = tuple(failing(seen))
    before = await runner.observe(base, Selection(failed)) if failed else Observation()
    whole = certify(proof.subject, tree, before, Observation(), seen)
    if whole.reason == "failing":
        new = [each for each in failed if each not in set(failing(before))]
        whole = await _unless_by_chance(whole, runner, tree, new)
    return _with(whole, proof, "the suite as chosen" if chosen else "the whole suite")


async def _unless_by_chance(
    whole: Proof, runner: SuiteRunner, tree: Tree, failed: Sequence[str]
) -> Proof:
    """The refusal; if all that failed passes on its own, nothing is known."""
    again = await runner.observe(tree, Selection(tuple(failed)))
    if any(again.outcomes.get(test) is not Outcome.PASSED for test in failed):
        return whole
    return replace(
        whole,
        verdict=Verdict.NOT_PROVEN,
        reason="flaky",
        decisive=f"{failed[0]} failed, then passed on its own",
        remedy="make the test repeatable",
    )


def _with(whole: Proof, proof: Proof, suite: str) -> Proof:
    """The proof as all tests that there are leave it."""
    seconds = proof.seconds + whole.seconds
    if whole.verdict is Verdict.PROVEN:
        told = Detail(f"{suite}: {whole.decisive}", "", "whole-suite")
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

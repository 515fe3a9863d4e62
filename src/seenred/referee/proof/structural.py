"""Does a change leave the behaviour as it was, and how strongly is that known?"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from seenred.domain.count import agreed, counted
from seenred.domain.layout import is_production
from seenred.domain.observation import Observation
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.domain.renaming import Renaming
from seenred.domain.tree import Tree
from seenred.domain.version_pair import Version
from seenred.referee.configuration import layout_of
from seenred.referee.proof.differential import Comparison, compare, version_of
from seenred.referee.proof.objection import Objection
from seenred.referee.proof.outcome_change import outcome_objection
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner
from seenred.referee.proof.reached import unreached
from seenred.referee.proof.static_change import SIGNATURE, static_objection
from seenred.referee.proof.whole_run import problem_of, whole_suite

TESTS, DIFFERENTIAL = "tests", "tests+differential"


async def prove_structural(
    runner: SuiteRunner,
    blobs: Blobs,
    base: Tree,
    tree: Tree,
    names: Mapping[str, str] | None = None,
    *,
    differential: bool = True,
) -> Proof:
    """Is the change from `base` to `tree` purely structural?

    Args:
        names: old to new, what was renamed or moved: `price`, `Cart.add`, `shop.cart.total`.
        differential: run both versions against each other too.
    """
    began = time.monotonic()
    change = Change(blobs, base, tree, Renaming(names or {}))
    judged = await _judged(runner, change, differential)
    proof = _proof(judged) if isinstance(judged, Objection) else judged
    inputs = {"base": base.digest, "tree": tree.digest}
    return replace(proof, inputs=inputs, seconds=time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class Change:
    """Two trees and what was renamed between them."""

    blobs: Blobs
    base: Tree
    tree: Tree
    renaming: Renaming

    @property
    def paths(self) -> tuple[str, ...]:
        """Changed Python files of production code, of either tree."""
        changed = self.tree.changed_from(self.base)
        layout = layout_of(self.tree, self.blobs)
        return tuple(p for p in changed if p.endswith(".py") and is_production(p, layout))

    def selection(self, tree: Tree) -> Selection:
        """The whole suite, with the changed files traced."""
        return whole_suite(tuple(path for path in self.paths if path in tree))

    @property
    def versions(self) -> tuple[Version, Version]:
        """The changed modules, old and new."""
        old = version_of(self.blobs, self.base, self.paths)
        return old, version_of(self.blobs, self.tree, self.paths)


async def _judged(runner: SuiteRunner, change: Change, differential: bool) -> Proof | Objection:
    """What the text says, and the runs where that decides nothing."""
    said = static_objection(change.blobs, change.base, change.tree, change.renaming)
    reserved = said is not None and said.reason == SIGNATURE
    if said is not None and not (reserved and said.verdict is Verdict.NOT_PROVEN):
        return said
    ran = await _run(runner, change, differential)
    if said is None or isinstance(ran, Objection):
        return ran
    return replace(said, details=(*said.details, *ran.details))


async def _run(runner: SuiteRunner, change: Change, differential: bool) -> Proof | Objection:
    before = await runner.observe(change.base, change.selection(change.base))
    if broken := problem_of(before):
        return Objection(Verdict.NOT_PROVEN, "suite-unusable", f"before the change: {broken}")
    after = await runner.observe(change.tree, change.selection(change.tree))
    both = ((change.base, before), (change.tree, after))
    if objection := await outcome_objection(runner, *both, change.renaming):
        return objection
    comparison = Comparison()
    if differential:
        trees = (change.base, change.tree)
        comparison = await compare(
            runner, change.blobs, *trees, change.renaming, after, change.paths
        )
    return _strength(change, before, after, comparison)


def _strength(
    change: Change, before: Observation, after: Observation, comparison: Comparison
) -> Proof | Objection:
    details = (*comparison.differences, *comparison.gaps, *comparison.notes)
    if comparison.differences:
        decisive = comparison.differences[0].what
        return Objection(Verdict.REFUTED, "difference", decisive, details)
    left = unreached(*change.versions, change.renaming, before, after)
    if left:
        decisive = f"{left[0].where} {left[0].what}"
        remedy = "write a test that executes it, then change it"
        return Objection(Verdict.NOT_PROVEN, "unexecuted", decisive, (*left, *details), remedy)
    count = f", {counted(comparison.inputs, 'input')} compared" if comparison.inputs else ""
    decisive = f"{agreed(len(after.tests), 'test', 'end')} the same{count}"
    proof = _proof(Objection(Verdict.PROVEN, "same-behaviour", decisive, details))
    values = {"inputs": comparison.inputs, "tests": len(after.tests)}
    return replace(proof, values=values, strength=strength_of(comparison))


def strength_of(comparison: Comparison) -> str:
    """How strongly equal behaviour is known once the tests have said that it is."""
    return DIFFERENTIAL if comparison.is_complete else TESTS


def _proof(objection: Objection) -> Proof:
    return objection.proof(Claim.STRUCTURAL, "change", "seenred prove structural")

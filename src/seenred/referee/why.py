"""Why a line is there: the tests that fail without it, and the red of the one that came with it."""

from __future__ import annotations

import time
from collections.abc import Container, Sequence
from dataclasses import dataclass

from seenred.domain.blame import Blame
from seenred.domain.count import agreed
from seenred.domain.mutant import Mutant
from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.audit.change import Change, change_between
from seenred.referee.audit.changed_tests import changed_tests
from seenred.referee.audit.coded_test import without_parameters
from seenred.referee.proof.mutant_run import Ground
from seenred.referee.proof.ports import Blobs, History, Selection, SuiteRunner, Variant
from seenred.referee.proof.red import prove_red
from seenred.referee.proof.whole_run import problem_of

# tests that are told by name; more are counted
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Why:
    """What is known of a line.

    Attributes:
        required: whether a test requires the statement; each such test is a detail, the likeliest
            witness first.
        red: of that witness, before the commit that wrote the line; None where there is none.
    """

    mutant: Mutant
    required: Proof
    red: Proof | None
    blame: Blame


@dataclass(frozen=True, slots=True)
class Origin:
    """The commit that a line came with.

    Attributes:
        tests: that it added or edited, without parameters.
    """

    change: Change
    tests: frozenset[str]

    @classmethod
    def of(cls, history: History, blobs: Blobs, commit: str) -> Origin:
        """What that commit changed."""
        parents = history.commit(commit).parents
        before = history.tree(parents[0]) if parents else Tree({})
        change = change_between(before, history.tree(commit), blobs)
        tests = changed_tests(change.files)
        edited = (each.new.test for each in tests.edited)
        return cls(change, frozenset(test.test_id for test in (*tests.new, *edited)))


async def prove_required(
    runner: SuiteRunner, tree: Tree, mutant: Mutant, first: Container[str] = ()
) -> Proof:
    """Which tests fail when a piece of code is taken away?

    Args:
        first: tests without parameters that are told before all others.
    """
    began = time.monotonic()
    seen = await runner.observe(tree, Selection(trace=(mutant.path,)))
    if problem := problem_of(seen):
        return _proof(mutant, Verdict.NOT_PROVEN, "suite-unusable", problem, began)
    ground = Ground.of(seen)
    tests = ground.reaching(mutant)
    if not tests:
        return _proof(mutant, Verdict.REFUTED, "not-executed", "no test executes it", began)
    selection = Selection(tests=tests, seconds=ground.limit(tests))
    (without,) = await runner.observe_variants(
        tree, [Variant({mutant.path: mutant.source}, selection)]
    )

    def likely(witness: Detail) -> tuple[bool, int]:
        came_along = without_parameters(witness.where) in first
        return not came_along, _width(ground, witness, mutant.path)

    witnesses = sorted(_witnesses(without, tests), key=likely)
    if not witnesses:
        count = f"{agreed(len(tests), 'test', 'execute')} it"
        decisive = f"{count}, and none fails without it"
        return _proof(mutant, Verdict.REFUTED, "not-required", decisive, began)
    decisive = f"{witnesses[0].where} fails without it: {witnesses[0].what}"
    return _proof(mutant, Verdict.PROVEN, "required", decisive, began, witnesses)


async def prove_red_then(
    runner: SuiteRunner, blobs: Blobs, origin: Origin, required: Proof
) -> Proof | None:
    """The red of the witness before the line's commit; None where it did not come with it."""
    witness = required.details[0].where if required.details else ""
    if without_parameters(witness) not in origin.tests:
        return None
    change = origin.change
    return await prove_red(runner, blobs, change.laid_over, change.tree, witness)


def _witnesses(without: Observation, tests: Sequence[str]) -> list[Detail]:
    found = [_detail(without, test) for test in tests]
    return [detail for detail in found if detail is not None]


def _detail(without: Observation, test: str) -> Detail | None:
    seen = without.of(test)
    if seen is None:
        return Detail(_broken_off(without), test, "witness")
    if seen.outcome is Outcome.PASSED:
        return None
    decisive = seen.failure.decisive if seen.failure else str(seen.outcome)
    return Detail(decisive.splitlines()[0] if decisive else str(seen.outcome), test, "witness")


def _broken_off(without: Observation) -> str:
    if without.uncollected:
        return without.uncollected[0].failure.decisive or "it cannot be collected"
    return without.message or f"the run {without.ending}"


def _width(ground: Ground, witness: Detail, path: str) -> int:
    """Lines of the file that a test executes: the fewer, the more it is about this one."""
    return len(ground.executed.get(witness.where, {}).get(path, ()))


def _proof(
    mutant: Mutant,
    verdict: Verdict,
    reason: str,
    decisive: str,
    began: float,
    witnesses: Sequence[Detail] = (),
) -> Proof:
    return Proof(
        claim=Claim.MINIMAL,
        verdict=verdict,
        subject=mutant.where,
        reason=reason,
        decisive=decisive,
        remedy="" if verdict is Verdict.PROVEN else _REMEDIES[reason],
        command=f"seenred why {mutant.path}:{mutant.first}",
        details=tuple(witnesses[:_NAMED]),
        values={"tests": len(witnesses), "code": mutant.code},
        seconds=time.monotonic() - began,
    )


_REMEDIES = {
    "suite-unusable": "make the suite pass first",
    "not-executed": "write a test that needs it, or delete it",
    "not-required": "write a test that needs it, or delete it",
}

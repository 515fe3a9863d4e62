"""A test that passes on arrival: does it notice when the code that it executes is broken?"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seenred.domain.layout import DEFAULT, Layout, is_production
from seenred.domain.mutant import Mutant
from seenred.domain.observation import Ending, Failure, Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.executed_mutant import executed_mutants
from seenred.referee.proof.flaky import disagreements
from seenred.referee.proof.foreign_module import FOREIGN_MODULE, foreign_module
from seenred.referee.proof.placed_test import path_of, source_digest
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner, Variant

# A test that notices nothing of so many mutants notices nothing.
_MOST = 60
# Mutants that are run before it is asked whether one was noticed.
_AT_ONCE = 6
# A mutant that takes so many times as long as the original hangs.
_PATIENCE_FACTOR, _LEAST_SECONDS = 5.0, 2.0
REMEDIES = {
    "vacuous": "let it assert on what the code gives back or does",
    "executes-nothing": "let it call the project's code",
    "not-passing": "prove it red instead",
    "flaky": "make the test repeatable",
}


@dataclass(frozen=True, slots=True)
class _Judged:
    verdict: Verdict
    reason: str
    decisive: str
    details: tuple[Detail, ...] = ()


async def prove_covered(
    runner: SuiteRunner,
    blobs: Blobs,
    tree: Tree,
    test_id: str,
    *,
    layout: Layout = DEFAULT,
    selection: Selection = Selection(),
) -> Proof:
    """Whether a test that passes at once tests something: a behaviour that is there already.

    It is run against mutants of the code that it executes. Some die: covered. None dies: vacuous.

    Args:
        test_id: one test; a function with parameters stands for all its cases.
        selection: limits for every run.
    """
    begun = time.monotonic()
    production = [p for p in sorted(tree.files) if p.endswith(".py") and is_production(p, layout)]
    alone = replace(selection, tests=(test_id,), trace=tuple(production))
    seen = await runner.observe(tree, alone)
    judged = await _judge(runner, blobs, tree, replace(alone, trace=()), seen)
    source = blobs.read(tree.files[path_of(test_id)].blob) if path_of(test_id) in tree else b""
    return Proof(
        claim=Claim.COVERED,
        verdict=judged.verdict,
        subject=test_id,
        reason=judged.reason,
        decisive=judged.decisive,
        remedy=REMEDIES.get(judged.reason, ""),
        inputs={"tree": tree.digest, path_of(test_id): hashlib.sha256(source).hexdigest()},
        command=f"seenred prove red {test_id}",
        details=judged.details,
        values={"test_sha256": source_digest(source, test_id)},
        seconds=time.monotonic() - begun,
    )


async def _judge(
    runner: SuiteRunner, blobs: Blobs, tree: Tree, alone: Selection, seen: Observation
) -> _Judged:
    if foreign := foreign_module(seen):
        return _Judged(Verdict.NOT_PROVEN, FOREIGN_MODULE, foreign)
    if not seen.tests or any(test.outcome is not Outcome.PASSED for test in seen.tests):
        return _Judged(Verdict.REFUTED, "not-passing", _fared(seen))
    judged = [test.test_id for test in seen.tests]
    unsteady = await disagreements(runner, tree, alone, seen, judged, repeats=1)
    if unsteady:
        return _Judged(Verdict.NOT_PROVEN, "flaky", unsteady[0].what, unsteady)
    mutants = _mutants(blobs, tree, seen)
    verdict = await _against(runner, tree, alone, seen, mutants)
    if verdict.reason == "vacuous" and all(mutant.kind == "constant" for mutant in mutants):
        told = "executes none of the project's code"
        return _Judged(Verdict.REFUTED, "executes-nothing", told)
    return verdict


def _fared(seen: Observation) -> str:
    if seen.ending is not Ending.COMPLETED:
        return f"the run {seen.ending}"
    return next((f"{t.test_id}: {t.outcome}" for t in seen.tests), "no test of that id")


def _mutants(blobs: Blobs, tree: Tree, seen: Observation) -> list[Mutant]:
    """The mutants of all files, the broadest first."""
    imported = seen.executed.get("", {})
    called: dict[str, set[int]] = {path: set() for path in imported}
    for test, files in seen.executed.items():
        for path, during in files.items() if test else ():
            called.setdefault(path, set()).update(during)
    found: list[Mutant] = []
    for path, lines in called.items():
        source = blobs.read(tree.files[path].blob)
        found += executed_mutants(source, lines, imported.get(path, ()), path=path)
    return sorted(found, key=lambda mutant: _BREADTH.get(mutant.kind, 2))[:_MOST]


_BREADTH = {"emptied": 0, "answer": 1, "constant": 3}


async def _against(
    runner: SuiteRunner,
    tree: Tree,
    alone: Selection,
    seen: Observation,
    mutants: Sequence[Mutant],
) -> _Judged:
    slowest = max(test.seconds for test in seen.tests)
    limit = min(alone.seconds, max(_LEAST_SECONDS, _PATIENCE_FACTOR * slowest))
    chosen = replace(alone, seconds=limit, stop_at_failure=True)
    survivors: list[Mutant] = []
    for start in range(0, len(mutants), _AT_ONCE):
        some = mutants[start : start + _AT_ONCE]
        variants = [Variant({m.path: m.source}, chosen) for m in some]
        observed = await runner.observe_variants(tree, variants)
        killed = [m for m, o in zip(some, observed, strict=True) if _notices(o, m)]
        survivors += [mutant for mutant in some if mutant not in killed]
        if killed:
            told = f"passes already, and fails with {killed[0].what} ({killed[0].where})"
            details = (_died(killed[0]), *map(_survived, survivors))
            return _Judged(Verdict.PROVEN, "covered", told, details)
    told = f"green even with {mutants[0].what}" if mutants else "green whatever the code is"
    return _Judged(Verdict.REFUTED, "vacuous", told, tuple(map(_survived, survivors)))


def _notices(observed: Observation, mutant: Mutant) -> bool:
    """Whether a test fails with a mutant, and not because the mutant can't even run."""
    if observed.ending is not Ending.COMPLETED:
        return observed.ending is not Ending.UNUSABLE
    if observed.uncollected:
        return False
    failed = [test for test in observed.tests if test.outcome is not Outcome.PASSED]
    return any(not _is_broken(test.failure, mutant) for test in failed)


def _is_broken(failure: Failure | None, mutant: Mutant) -> bool:
    """A name that the mutant itself took away from the code is missed by no test."""
    if failure is None or not failure.is_a("NameError"):
        return False
    place = failure.innermost
    return place is not None and place.path == mutant.path


def _died(mutant: Mutant) -> Detail:
    return Detail(f"fails with {mutant.what}", mutant.where, "mutant-died")


def _survived(mutant: Mutant) -> Detail:
    what = f"green even with {mutant.what}"
    return Detail(what, mutant.where, "mutant-survived", Verdict.NOT_APPLICABLE)

"""Refusals by tests that do not always end the same: nothing can be known from those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.referee.audit.case import Case
from seenred.referee.audit.coded_test import without_parameters
from seenred.referee.proof.flaky import varying_cases
from seenred.referee.proof.ports import Selection, SuiteRunner

# how a test is refused for what became of it on the commit
_BY_OUTCOME = ("not-green", "broken")


async def without_chance(case: Case, proofs: Sequence[Proof], runner: SuiteRunner) -> list[Proof]:
    """The proofs, where what a test refuses by chance, or has needed by chance, is not known."""
    failed = {p.subject for p in proofs if p.reason in _BY_OUTCOME}
    seen = case.after.outcomes
    asked = [test for test in seen if failed & {test, without_parameters(test)}]
    varying = await varying_functions(case, asked, runner)
    told = [_told(proof, varying) for proof in proofs]
    unsure = {without_parameters(p.subject): p for p in reversed(told) if p.reason == "flaky"}
    return list(_once_each(told, unsure)) if unsure else told


async def varying_functions(
    case: Case, tests: Sequence[str], runner: SuiteRunner
) -> Mapping[str, Detail]:
    """Those of the tests' functions that end otherwise when the suite runs again; what varied."""
    tree, seen = case.change.tree, case.after
    found = await varying_cases(runner, tree, Selection(), seen, tests)
    return {without_parameters(detail.where): detail for detail in reversed(found)}


def unsure_proof(case: Case, claim: Claim, test_id: str, varied: Detail) -> Proof:
    """Of a test that varies nothing is known."""
    told = case.proof(claim, Verdict.NOT_PROVEN, test_id, "flaky", varied.what)
    return flaky(told, varied.beside(without_parameters(test_id)), (varied,))


def flaky(proof: Proof, what: str, details: tuple[Detail, ...] = ()) -> Proof:
    """What is left of a proof about a test that does not always end the same."""
    return replace(
        proof,
        verdict=Verdict.NOT_PROVEN,
        subject=without_parameters(proof.subject),
        reason="flaky",
        decisive=what,
        remedy="make the test repeatable",
        details=details,
    )


def _told(proof: Proof, varying: Mapping[str, Detail]) -> Proof:
    detail = varying.get(without_parameters(proof.subject))
    if detail is None or proof.reason not in _BY_OUTCOME:
        return proof
    return flaky(proof, detail.beside(without_parameters(proof.subject)), (detail,))


def _once_each(proofs: Iterable[Proof], unsure: dict[str, Proof]) -> Iterator[Proof]:
    """One proof for all cases of a flaky test, and none of code that only chance may require."""
    shown: set[str] = set()
    for proof in proofs:
        function = without_parameters(proof.subject)
        by_chance = proof.verdict is Verdict.PROVEN or proof.reason == "flaky"
        if function in unsure and by_chance:
            if function not in shown:
                shown.add(function)
                yield replace(unsure[function], claim=proof.claim)
        elif proof.claim is not Claim.MINIMAL or not by_chance:
            yield proof

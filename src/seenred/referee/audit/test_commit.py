"""A commit that changes tests only: new ones must notice something, none may notice less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seenred.domain.observation import Outcome
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.referee.audit.case import Case
from seenred.referee.audit.proofs import Proofs
from seenred.referee.audit.suite_change import weakened_ids

_FAILING = (Outcome.FAILED, Outcome.ERROR)


async def judge_test_commit(case: Case, proofs: Proofs, removals: Sequence[Proof]) -> list[Proof]:
    """New tests one by one; edits and removals together, by what the suite still notices."""
    found = [await _new(case, proofs, test.test_id) for test in case.tests.new]
    lost = [proof for proof in removals if proof.verdict is Verdict.REFUTED]
    kept = [proof for proof in removals if proof.verdict is not Verdict.REFUTED]
    certain = weakened_ids(case)
    edited = [e for e in case.tests.edited if e.new.test.test_id not in certain]
    if not edited and not lost and not case.tests.renamed:
        return [*found, *kept]
    proof = await proofs.test_only(case.change.base, case.change.tree)
    if proof.verdict is Verdict.REFUTED:
        doubts = [_doubt(case, e.new.test.test_id, w.what) for e in edited for w in e.weakenings]
        return [*found, *kept, *lost, *doubts, replace(proof, subject=case.commit.name)]
    shown = [replace(p, verdict=proof.verdict, reason=proof.reason) for p in lost]
    if proof.verdict is Verdict.PROVEN:
        shown = [
            replace(p, decisive="removed; the others notice as much", remedy="") for p in shown
        ]
    return [*found, *kept, *shown, replace(proof, subject=case.commit.name)]


async def _new(case: Case, proofs: Proofs, test_id: str) -> Proof:
    """A test of what is there, or one that is red before its code comes."""
    outcomes = case.outcomes_of(test_id)
    if outcomes and all(outcome is Outcome.PASSED for outcome in outcomes):
        return await proofs.covered(case.change.tree, test_id, case.layout)
    if outcomes and not any(outcome in _FAILING for outcome in outcomes):
        what = f"{outcomes[0]} on {case.short}, so nothing is known of it"
        claim, verdict = Claim.COVERED, Verdict.NOT_PROVEN
        return case.proof(claim, verdict, test_id, str(outcomes[0]), what, "let it run")
    return await _ahead(case, proofs, test_id)


async def _ahead(case: Case, proofs: Proofs, test_id: str) -> Proof:
    """Red in a commit of its own: right when what it waits for is there at the range's end."""
    return await proofs.red(case.change.tree, case.head, test_id, case.layout)


def _doubt(case: Case, test_id: str, what: str) -> Proof:
    return case.proof(
        Claim.TEST_ONLY,
        Verdict.REFUTED,
        test_id,
        "weakened",
        f"weakened in {case.short}: {what}",
        "keep what it asserted",
    )

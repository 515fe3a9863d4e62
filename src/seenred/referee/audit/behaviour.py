"""The tests of a commit that changes behaviour: red on its parent, green on itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace

from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.referee.audit.case import Case
from seenred.referee.audit.changed_tests import EditedTest
from seenred.referee.audit.coded_test import without_parameters
from seenred.referee.audit.emptying import green_when_emptied
from seenred.referee.audit.proofs import Proofs
from seenred.referee.audit.suite_change import weakened_ids
from seenred.referee.audit.unsteady import flaky, unsure_proof, varying_functions
from seenred.referee.proof.ports import Blobs, SuiteRunner
from seenred.referee.proof.reason import CONFINED, NEEDS_NETWORK, Surroundings, of_failure
from seenred.referee.proof.red import REMEDIES

_FINE = (Outcome.PASSED, Outcome.XPASSED)
# any other red came before the test had asserted anything
_ASSERTED = ("assertion", "did-not-raise")


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of a commit's tests.

    Attributes:
        red: some test of the commit needed its change.
        unchanged: edited tests that passed before and after.
    """

    proofs: tuple[Proof, ...]
    red: bool
    unchanged: tuple[EditedTest, ...] = ()


async def judge_tests(case: Case, proofs: Proofs, runner: SuiteRunner, blobs: Blobs) -> Judged:
    """Each new and each edited test by itself, then all of them together on the commit."""
    left_out = weakened_ids(case)
    edited = {e.new.test.test_id: e for e in case.tests.edited}
    ids = [test.test_id for test in case.tests.new] + [i for i in edited if i not in left_out]
    found: list[Proof] = []
    unchanged: list[EditedTest] = []
    for test_id in ids:
        proof = await _judge_test(case, proofs, test_id, test_id in edited)
        if proof is None:
            unchanged.append(edited[test_id])
        else:
            found.append(proof)
    found = await _emptied(case, found, runner, blobs)
    red = [proof for proof in found if proof.claim is Claim.RED and _is_red(proof)]
    return Judged(tuple(found), bool(red), tuple(unchanged))


async def judge_green(case: Case, proofs: Proofs, judged: Sequence[Proof]) -> Proof | None:
    """The proven reds together on the commit: controls, tricks, others; None without any."""
    ids = [p.subject for p in judged if p.claim is Claim.RED and p.verdict is Verdict.PROVEN]
    if not ids:
        return None
    change = case.change
    return await proofs.green(change.base, change.laid_over, change.tree, ids, case.layout)


async def judge_awaited(case: Case, proofs: Proofs, runner: SuiteRunner) -> AsyncIterator[Proof]:
    """Tests whose own code did not change, red under the old production code and green now.

    They were committed before their code, or their expected values lie in files of data.
    """
    awaited = list(_awaited(case))
    varying = await varying_functions(case, awaited, runner)
    for test_id in awaited:
        if (varied := varying.get(without_parameters(test_id))) is not None:
            yield unsure_proof(case, Claim.RED, test_id, varied)
            continue
        base, tree = case.change.laid_over, case.change.tree
        proof = await proofs.red(base, tree, test_id, case.layout)
        passed = proof.reason == "passes-already"
        yield flaky(proof, "failed among all tests, then passed alone") if passed else proof


def _awaited(case: Case) -> Iterator[str]:
    new = (test.test_id for test in case.tests.new)
    touched = {*new, *(edited.new.test.test_id for edited in case.tests.edited)}
    under_old = case.laid if case.change.shared else case.before
    for test in case.after.tests:
        ours = without_parameters(test.test_id) not in touched
        if ours and test.outcome is Outcome.PASSED and _failed(under_old, test.test_id):
            yield test.test_id


def _failed(seen: Observation, test_id: str) -> bool:
    """Whether a test failed, or its file could not be collected."""
    path = test_id.partition("::")[0]
    down = any(each.path == path for each in seen.uncollected)
    return down or seen.outcomes.get(test_id) in (Outcome.FAILED, Outcome.ERROR)


async def _judge_test(case: Case, proofs: Proofs, test_id: str, edited: bool) -> Proof | None:
    """None for an edited test that passes on the old code as well."""
    silent = (_failed_alike(case, test_id) if edited else None) or _not_green(case, test_id)
    change = case.change
    proof = await proofs.red(change.laid_over, change.tree, test_id, case.layout)
    if proof.reason == "passes-already":
        if silent is not None:
            return silent
        if edited:
            return None
        return await proofs.covered(change.laid_over, test_id, case.layout)
    if silent is None or proof.verdict is not Verdict.PROVEN:
        return proof
    return replace(silent, details=(Detail(f"red on the parent: {proof.decisive}", kind=_RED),))


# of a test that needed the change, whatever is said of it on the commit itself
_RED = "red-before"


def _is_red(proof: Proof) -> bool:
    """Also one that is not green on the commit itself: it did not pass before."""
    before = any(detail.kind == _RED for detail in proof.details)
    return proof.verdict is Verdict.PROVEN or before or proof.reason == "green-when-emptied"


def _not_green(case: Case, test_id: str) -> Proof | None:
    """Why a test does not count as green on the commit; None when it does."""
    outcomes = case.outcomes_of(test_id)
    if outcomes and all(outcome in _FINE for outcome in outcomes):
        return None
    silent = next((o for o in outcomes if o in (Outcome.SKIPPED, Outcome.XFAILED)), None)
    if silent and not any(o in (Outcome.FAILED, Outcome.ERROR) for o in outcomes):
        return case.proof(
            Claim.RED,
            Verdict.NOT_PROVEN,
            test_id,
            str(silent),
            f"{silent} on {case.short}, so nothing is known of it",
            "let it run where this is judged",
        )
    withheld = _withheld(case, test_id)
    if withheld is not None:
        return withheld
    failed = next((o for o in outcomes if o not in _FINE), None)
    why = _failure_of(case, test_id) or str(failed or "never collected")
    what = f"not green on {case.short} itself: {why}"
    remedy = "commit a test together with the code that makes it pass"
    return case.proof(Claim.RED, Verdict.REFUTED, test_id, "not-green", what, remedy)


def _withheld(case: Case, test_id: str) -> Proof | None:
    """Nothing is known of a test to which the sandbox refuses something."""
    for test in case.after.tests:
        if without_parameters(test.test_id) == test_id and test.failure is not None:
            reason = of_failure(test.failure, Surroundings())
            if reason.code in (NEEDS_NETWORK, CONFINED):
                remedy = REMEDIES[reason.code]
                told = reason.decisive
                verdict = Verdict.NOT_PROVEN
                return case.proof(Claim.RED, verdict, test_id, reason.code, told, remedy)
    return None


def _failed_alike(case: Case, test_id: str) -> Proof | None:
    """An edited test that fails as its parent's version did may want what is not here."""
    before, after = (_failures(seen, test_id) for seen in (case.before, case.after))
    if not after or before != after:
        return None
    told = f"failed in the same way before {case.short}: {after[0]}"
    remedy = "judge it where it passes"
    return case.proof(Claim.RED, Verdict.NOT_PROVEN, test_id, "failed-alike", told, remedy)


def _failures(seen: Observation, test_id: str) -> list[str]:
    return [
        test.failure.decisive
        for test in seen.tests
        if without_parameters(test.test_id) == test_id and test.failure is not None
    ]


def _failure_of(case: Case, test_id: str) -> str:
    for test in case.after.tests:
        if test.test_id.partition("[")[0] == test_id and test.failure is not None:
            return test.failure.decisive
    path = test_id.partition("::")[0]
    down = [each for each in case.after.uncollected if each.path in (path, "")]
    return down[0].failure.decisive if down else ""


async def _emptied(
    case: Case, found: list[Proof], runner: SuiteRunner, blobs: Blobs
) -> list[Proof]:
    """Reds that only a missing name explains must notice when what is new does nothing."""
    doubtful = [p for p in found if p.verdict is Verdict.PROVEN and p.reason not in _ASSERTED]
    hollow = await green_when_emptied(case, [p.subject for p in doubtful], runner, blobs)
    return [
        _refuted(proof, hollow[proof.subject]) if proof.subject in hollow else proof
        for proof in found
    ]


def _refuted(proof: Proof, functions: Sequence[str]) -> Proof:
    named = ", ".join(f"{name}()" for name in functions[:3])
    what = f"green even with {named} emptied"
    red = Detail(proof.decisive, proof.subject, proof.reason)
    return replace(
        proof,
        verdict=Verdict.REFUTED,
        reason="green-when-emptied",
        decisive=what,
        remedy="let it assert what the new code gives",
        details=(red, *proof.details),
    )

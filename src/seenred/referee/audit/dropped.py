"""Assertions that a test lost beside changed code: do they still hold, and is as much noticed?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from seenred.domain.observation import Failure, Observation, Outcome
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.referee.audit.case import Case
from seenred.referee.audit.changed_tests import EditedTest
from seenred.referee.audit.check import Check
from seenred.referee.audit.coded_test import without_parameters
from seenred.referee.audit.proofs import Proofs
from seenred.referee.audit.removal import only_removes
from seenred.referee.audit.suite_change import weakened_ids
from seenred.referee.proof.ports import Selection, SuiteRunner


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was refuted.

    Attributes:
        broken: the code no longer does what was asserted.
    """

    proofs: tuple[Proof, ...] = ()
    broken: bool = False


async def judge_dropped(case: Case, proofs: Proofs, runner: SuiteRunner) -> Dropped:
    """The tests as they were, on the code as it is now, against the tests as they are."""
    doubtful = list(_losing(case))
    if not doubtful or only_removes(case.change):
        return Dropped()
    under = case.change.under_old_tests
    ids = tuple(edited.old.test.test_id for edited in doubtful)
    seen = await runner.observe(under, Selection(tests=ids))
    if broken := [proof for each in doubtful for proof in _broken(case, each, seen)]:
        return Dropped(tuple(broken), broken=True)
    if not all(_passes(seen, test_id) for test_id in ids):
        return Dropped()  # what they assert instead is judged by its own red
    proof = await proofs.test_only(under, case.change.tree)
    if proof.reason != "notices-less":
        return Dropped()
    return Dropped(tuple(_unnoticed(case, each, proof) for each in doubtful))


def _losing(case: Case) -> Iterator[EditedTest]:
    """Edited tests that lost an assertion without another about the same."""
    certain = weakened_ids(case)
    for edited in case.tests.edited:
        if edited.new.test.test_id not in certain and _lost(case, edited):
            yield edited


def _lost(case: Case, edited: EditedTest) -> list[Check]:
    gone = [weakening.gone for weakening in edited.weakenings]
    return [check for check in gone if check is not None and not _is_asserted_anew(case, check)]


def _is_asserted_anew(case: Case, check: Check) -> bool:
    """Whether a new test calls what the assertion was about, with the same arguments."""
    calls = {ast.unparse(n) for n in ast.walk(check.node) if isinstance(n, ast.Call)}
    sources = [ast.unparse(test.node) for test in case.tests.new]
    return any(call in source for call in calls for source in sources)


def _broken(case: Case, edited: EditedTest, seen: Observation) -> Iterator[Proof]:
    """The lost assertion at which the old test ends now."""
    failures = [t.failure for t in seen.tests if _is_of(t.test_id, edited.old.test.test_id)]
    for check in _lost(case, edited):
        failure = next((f for f in failures if f and _ends_at(f, edited, check)), None)
        if failure is not None:
            what = f"{check.text} dropped, and it no longer holds: {failure.decisive}"
            yield _weakened(case, edited, what)
            return


def _ends_at(failure: Failure, edited: EditedTest, check: Check) -> bool:
    lines, path = _lines(edited, check), edited.old.test.path
    return any(frame.path == path and frame.line in lines for frame in failure.frames)


def _lines(edited: EditedTest, check: Check) -> range:
    """Those of the innermost statement around an assertion."""
    nodes = [n for n in ast.walk(edited.old.test.node) if isinstance(n, ast.stmt)]
    spans = [range(n.lineno, (n.end_lineno or n.lineno) + 1) for n in nodes]
    return min((span for span in spans if check.line in span), key=len)


def _passes(seen: Observation, test_id: str) -> bool:
    outcomes = [test.outcome for test in seen.tests if _is_of(test.test_id, test_id)]
    return bool(outcomes) and all(outcome is Outcome.PASSED for outcome in outcomes)


def _is_of(case_id: str, test_id: str) -> bool:
    return without_parameters(case_id) == test_id


def _unnoticed(case: Case, edited: EditedTest, proof: Proof) -> Proof:
    what = f"{_lost(case, edited)[0].text} dropped: {proof.decisive}"
    return replace(_weakened(case, edited, what), details=proof.details)


def _weakened(case: Case, edited: EditedTest, what: str) -> Proof:
    return case.proof(
        Claim.TEST_ONLY,
        Verdict.REFUTED,
        edited.new.test.test_id,
        "weakened",
        f"weakened in {case.short}: {what}",
        "keep what it asserted, or assert what holds instead",
    )

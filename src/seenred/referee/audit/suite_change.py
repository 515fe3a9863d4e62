"""What a commit did to the tests that it did not touch, and to those that it weakened."""

from __future__ import annotations

from collections.abc import Iterator

from seenred.domain.observation import Outcome
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.referee.audit.case import Case
from seenred.referee.audit.coded_test import without_parameters
from seenred.referee.audit.scoped import BROKEN_OFF

_BROKEN = (Outcome.FAILED, Outcome.ERROR)
_SILENT = (Outcome.SKIPPED, Outcome.XFAILED, Outcome.XPASSED)


def judge_suite(case: Case) -> Iterator[Proof]:
    """Tests that were broken, silenced or lost, each refuted by its outcomes."""
    touched = _touched(case)
    before = {test.test_id: test.outcome for test in case.before.tests}
    after = {test.test_id: test.outcome for test in case.after.tests}
    collected = {without_parameters(test_id) for test_id in (*case.after.selected, *after)}
    lost: set[str] = set()
    for test_id, was in before.items():
        function = without_parameters(test_id)
        if function in touched or was is not Outcome.PASSED:
            continue
        now = after.get(test_id)
        if now in _BROKEN:
            yield _broken(case, test_id, str(now))
        elif now in _SILENT:
            yield _silenced(case, test_id, f"passed → {now}")
        elif function not in collected and function not in lost:
            lost.add(function)
            yield _lost(case, function)


def judge_weakenings(case: Case) -> Iterator[Proof]:
    """Edited tests, fixtures, helpers and hooks that certainly let more pass."""
    for edited in case.tests.edited:
        certain = [w for w in edited.weakenings if w.certain]
        if certain:
            test = edited.new.test
            what = "; ".join(w.what for w in certain[:3])
            yield _weakened(case, test.test_id, what, f"{test.path}:{certain[0].line}")
    for each in case.tests.support:
        if each.weakening.certain:
            yield _weakened(case, each.where, f"{each.name}: {each.weakening.what}", each.where)


def weakened_ids(case: Case) -> set[str]:
    """Edited tests of which the source alone shows that they are weaker."""
    return {
        edited.new.test.test_id
        for edited in case.tests.edited
        if any(w.certain for w in edited.weakenings)
    }


def _touched(case: Case) -> set[str]:
    """Functions whose changed fate the commit's own test changes explain."""
    tests = case.tests
    return {
        *(each.test_id for each in (*tests.new, *tests.removed)),
        *(edited.old.test.test_id for edited in tests.edited),
        *(old.test_id for old, _ in tests.renamed),
    }


def _broken(case: Case, test_id: str, now: str) -> Proof:
    seen = case.after.of(test_id)
    why = seen.failure.decisive if seen and seen.failure else now
    if seen and seen.failure and seen.failure.kind == BROKEN_OFF:
        what = f"gave no result on {case.short}: {why}"
        remedy = "make it faster, or mark it so that it is left out"
        return case.proof(Claim.GREEN, Verdict.NOT_PROVEN, test_id, "no-result", what, remedy)
    return case.proof(
        Claim.GREEN,
        Verdict.REFUTED,
        test_id,
        "broken",
        f"broken in {case.short}: {why}",
        "repair what the commit broke, or edit the test with the behaviour",
    )


def _silenced(case: Case, test_id: str, change: str) -> Proof:
    what = f"silenced in {case.short}: {change}"
    remedy = "let it run again"
    return case.proof(Claim.TEST_ONLY, Verdict.REFUTED, test_id, "silenced", what, remedy)


def _lost(case: Case, test_id: str) -> Proof:
    what = f"no longer collected since {case.short}"
    path = test_id.partition("::")[0]
    down = [u for u in case.after.uncollected if u.path == path or path.startswith(u.path + "/")]
    if down:
        what = f"cannot be collected since {case.short}: {down[0].failure.decisive}"
    remedy = "let it be collected again"
    return case.proof(Claim.TEST_ONLY, Verdict.REFUTED, test_id, "lost", what, remedy)


def _weakened(case: Case, subject: str, what: str, where: str) -> Proof:
    return case.proof(
        Claim.TEST_ONLY,
        Verdict.REFUTED,
        subject,
        "weakened",
        f"weakened in {case.short}: {what}",
        f"see {where}; keep what it asserted",
    )

"""Compares how the tests of a project fared before and after."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from seenred.domain.observation import Observation, Outcome
from seenred.referee.proof.placed_test import function_id

# what may follow each outcome without being worse; a suite may own skips and expected failures
_NOT_WORSE = {
    Outcome.PASSED: {Outcome.PASSED},
    Outcome.XPASSED: {Outcome.PASSED, Outcome.XPASSED},
    Outcome.XFAILED: {Outcome.PASSED, Outcome.XPASSED, Outcome.XFAILED},
    Outcome.SKIPPED: {Outcome.PASSED, Outcome.XPASSED, Outcome.XFAILED, Outcome.SKIPPED},
}


@dataclass(frozen=True, slots=True)
class Worse:
    """A test that fares worse than it did.

    Attributes:
        after: None when it gave no result.
    """

    test_id: str
    before: Outcome
    after: Outcome | None

    def __str__(self) -> str:
        return f"{self.before} → {self.after or 'no result'}"


def worse(
    before: Observation, after: Observation, leaving_out: Container[str] = ()
) -> tuple[Worse, ...]:
    """The tests that had a result before and have a worse one, or none, now.

    A test that failed before can get no worse but by giving no result.
    """
    now = after.outcomes
    return tuple(
        Worse(test, was, now.get(test))
        for test, was in before.outcomes.items()
        if test not in leaving_out and _is_worse(was, now.get(test))
    )


def is_case_gone(each: Worse, after: Observation) -> bool:
    """Whether only one case of a test is gone, and all that are left pass.

    Cases may be made from what the code holds; then other code has other cases.
    """
    function = function_id(each.test_id)
    if each.after is not None or function == each.test_id:
        return False
    left = [o for test, o in after.outcomes.items() if test.startswith(f"{function}[")]
    return bool(left) and all(outcome is Outcome.PASSED for outcome in left)


def _is_worse(before: Outcome, after: Outcome | None) -> bool:
    if before is after is Outcome.PASSED:  # nearly all of them
        return False
    return after is None or after not in _NOT_WORSE.get(before, set(Outcome))

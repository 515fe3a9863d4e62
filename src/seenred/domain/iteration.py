"""When to stop: a pure function of the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seenred.domain.version import Evidence


class StopReason(StrEnum):
    SOLVED = "all tests pass, nothing confirmed is open"
    NO_PROGRESS = "no progress over the previous version"
    NOTHING_TO_FIX = "no defect is confirmed, so there is nothing to fix"
    UNCONFIRMED = "all tests pass, but no second candidate does the same on other inputs"
    ITERATIONS = "the limit of iterations is reached"
    BUDGET = "the budget is spent"
    COMPLETED = "all steps of the workflow are done"
    NOTHING_USABLE = "no reply held code that can be used"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a loop of review and fix stands, right after a review.

    Attributes:
        current: evidence on the version that was just reviewed.
        previous: evidence on the version before the last fix, judged by the same tests; None
            before the first fix.
        iterations: fixes made so far.
        open_findings: confirmed findings on the current version, of any severity.
        budget_spent: tokens, seconds or cost ran out.
    """

    current: Evidence
    previous: Evidence | None
    iterations: int
    open_findings: int
    budget_spent: bool = False


def should_stop(progress: Progress, max_iterations: int) -> StopReason | None:
    """Why to stop now, or None to make one more fix.

    The order is that of what a reader wants to know: solved beats every limit.
    """
    if progress.current.solved:
        return StopReason.SOLVED
    if progress.budget_spent:
        return StopReason.BUDGET
    if progress.previous is not None and not progress.current.better_than(progress.previous):
        return StopReason.NO_PROGRESS
    if progress.iterations >= max_iterations:
        return StopReason.ITERATIONS
    if not progress.open_findings:
        if progress.current.all_pass and progress.current.alone:
            return StopReason.UNCONFIRMED
        return StopReason.NOTHING_TO_FIX
    return None

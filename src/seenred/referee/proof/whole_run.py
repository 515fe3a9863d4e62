"""Whether a run of a whole suite can carry a judgement."""

from __future__ import annotations

from seenred.domain.observation import Ending, Observation, Outcome
from seenred.referee.proof.foreign_module import foreign_module
from seenred.referee.proof.ports import Selection
from seenred.referee.proof.reason import without_place

# Seconds for one test of a whole run: where lines are traced by the interpreter itself, everything
# takes three to five times as long, and the machine has other work.
PATIENCE = 40.0


def whole_suite(trace: tuple[str, ...] = ()) -> Selection:
    """All tests, with the lines of some files recorded for each."""
    return Selection(trace=trace, seconds=PATIENCE)


def problem_of(seen: Observation) -> str:
    """Why a run says nothing about the code, in one line; "" when it does."""
    if broken := breakdown_of(seen):
        return broken
    if not any(test.outcome is Outcome.PASSED for test in seen.tests):
        return "no test passes on the code as it is"
    return ""


def breakdown_of(seen: Observation) -> str:
    """Why a run is none of the tree's own tests to the end; "" when it is one."""
    if seen.ending is Ending.UNUSABLE:
        return unimportable(seen) or f"pytest cannot start: {without_place(seen.message)}"
    if seen.ending is not Ending.COMPLETED:
        at = f" in {seen.running}" if seen.running else ""
        return f"the suite {seen.ending}{at}: {seen.message}".rstrip(": ")
    return foreign_module(seen)


def unimportable(seen: Observation) -> str:
    """The first file that cannot be imported, and why; "" where there is none."""
    if not seen.uncollected:
        return ""
    first = seen.uncollected[0]
    why = without_place(first.failure.decisive)
    return f"{first.path or 'the suite'} cannot be imported: {why}"

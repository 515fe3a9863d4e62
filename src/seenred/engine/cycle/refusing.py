"""Tells why a candidate did not make the tests green, in a form that a model can use."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seenred.agents.code_writer import Broken, Refused
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.referee.proof.placed_test import function_id, source_of_test

_FINE = (Outcome.PASSED, Outcome.SKIPPED, Outcome.XFAILED)


def refusal(code: str, seen: Observation, read: Callable[[str], str], new: str = "") -> Refused:
    """What the tests said of `code`: those that passed before come first.

    Args:
        read: the text of a file by its path.
        new: id of the test that was to become green.
    """
    found = dict(sorted(_failures(seen), key=lambda each: function_id(each[0]) == new))
    broken = []
    for test_id, failure in found.items():
        if (source := source_of_test(read, test_id)) is not None:
            broken.append(Broken(source, failure))
    return Refused(code, _why(seen, found, new), tuple(broken))


def _failures(seen: Observation) -> Iterator[tuple[str, str]]:
    """Ids of test functions and how they failed; of several cases the first."""
    told: set[str] = set()
    for test in seen.tests:
        function = function_id(test.test_id)
        if test.outcome in _FINE or function in told:
            continue
        told.add(function)
        decisive = test.failure.decisive if test.failure else str(test.outcome)
        case = test.test_id.removeprefix(function)
        yield function, f"{decisive}, with {case}" if case else decisive
    if seen.running and seen.ending is not Ending.COMPLETED:
        yield function_id(seen.running), str(seen.ending)


def _why(seen: Observation, found: dict[str, str], new: str) -> str:
    for test_id, failure in found.items():
        name = test_id.rpartition("::")[2]
        breaks = "breaks " if new and test_id != new else ""
        return f"{breaks}{name}: {failure}"
    if seen.uncollected:
        return seen.uncollected[0].failure.decisive
    return seen.message or str(seen.ending)

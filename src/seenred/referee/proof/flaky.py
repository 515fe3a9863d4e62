"""Finds tests that do not fare the same each time: repeated, shuffled, with another hash seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seenred.domain.observation import Observation
from seenred.domain.proof import Detail, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.placed_test import function_id
from seenred.referee.proof.ports import Selection, SuiteRunner

# Seeds of hashes and of the order. A warm runner keeps a process for each seed of hashes, so that
# all proofs should ask for the same few.
_WAYS = ((1, 1), (0, 4242))


async def disagreements(
    runner: SuiteRunner,
    tree: Tree,
    selection: Selection,
    seen: Observation,
    judged: Sequence[str],
    *,
    repeats: int = 2,
) -> tuple[Detail, ...]:
    """The judged tests whose outcome changes when nothing but order and hash seed does.

    Args:
        seen: what the selection gave already.
        repeats: how often it is run again, at most twice.
    """
    found: dict[str, Detail] = {}
    for hash_seed, order in _WAYS[:repeats]:
        again = await runner.observe(tree, replace(selection, hash_seed=hash_seed, shuffle=order))
        for test in judged:
            if detail := _disagreement(test, seen, again):
                found.setdefault(test, detail)
    return tuple(found.values())


async def varying_cases(
    runner: SuiteRunner,
    tree: Tree,
    selection: Selection,
    seen: Observation,
    tests: Sequence[str],
) -> tuple[Detail, ...]:
    """Cases that vary of the functions to which these tests belong: all of them may be chance."""
    if not tests:
        return ()
    functions = {function_id(test) for test in tests}
    cases = [test for test in seen.outcomes if function_id(test) in functions]
    return await disagreements(runner, tree, selection, seen, cases)


def _disagreement(test: str, seen: Observation, again: Observation) -> Detail | None:
    first, second = seen.outcomes.get(test), again.outcomes.get(test)
    if first == second:
        return None
    what = f"{first or 'no result'}, then {second or 'no result'}: the same code, another order"
    return Detail(what, test, "flaky", Verdict.NOT_PROVEN)

"""What the tests say before anything is changed."""

from __future__ import annotations

import time

from seenred.domain.cycle_event import BaselineSeen
from seenred.domain.observation import Observation, Outcome
from seenred.domain.tree import Tree
from seenred.engine.cycle.equipment import Equipment
from seenred.engine.cycle.lacking import named_files
from seenred.engine.cycle.own_test import without_own
from seenred.errors import UsageError
from seenred.referee.configuration import layout_of
from seenred.referee.proof.whole_run import breakdown_of

# failing tests that a refusal names
SHOWN = 3


async def baseline(equipment: Equipment, step: str, own: str = "") -> Observation:
    """All tests before anything is changed.

    Args:
        own: id of a test that is there already and may fail: it is left out.

    Raises:
        UsageError: some of them fail, so that nobody could tell what a change does.
    """
    began = time.monotonic()
    tree = without_own(equipment.court, equipment.workshop.tree, own)
    seen = await equipment.steps.run(step, lambda: equipment.court.recollecting.observe(tree))
    if broken := _red_suite(seen):
        remedy = _remedy(equipment, tree, seen)
        raise UsageError(
            "suite-red", f"The tests are red before anything is changed: {broken}; {remedy}."
        )
    passed = sum(test.outcome is Outcome.PASSED for test in seen.tests)
    files = len({test.test_id.partition("::")[0] for test in seen.tests})
    equipment.listener(BaselineSeen(passed, time.monotonic() - began, seen.recalled, files))
    return seen


def _remedy(equipment: Equipment, tree: Tree, seen: Observation) -> str:
    """What to do about a red suite: it may lack what only the user's folder has."""
    roots = ("src", *layout_of(tree, equipment.court.blobs).import_roots)
    unknown = equipment.workshop.unknown(named_files(seen, roots))
    if not unknown:
        return "make them green first"
    files = ", ".join(unknown[:SHOWN])
    return f"git does not know {files}: name it in worktree.copy (seenred.toml), or commit it"


def _red_suite(seen: Observation) -> str:
    """What is wrong with a suite; "" when all is well, or when there are no tests yet."""
    bad = (Outcome.FAILED, Outcome.ERROR)
    failing = [test.test_id for test in seen.tests if test.outcome in bad]
    if failing:
        more = f" and {len(failing) - SHOWN} more" if len(failing) > SHOWN else ""
        return f"{', '.join(failing[:SHOWN])}{more}"
    if seen.uncollected:
        return f"{seen.uncollected[0].path}: {seen.uncollected[0].failure.decisive}"
    return breakdown_of(seen)

"""The test of an item that a person has written and committed before its code."""

from __future__ import annotations

import ast

from seenred.domain.plan import PlanItem
from seenred.domain.tree import Tree
from seenred.domain.withheld import without_test
from seenred.engine.cycle.equipment import Court
from seenred.referee.proof.placed_test import function_id, path_of, place


def own_test(court: Court, tree: Tree, item: PlanItem) -> str:
    """The id of the test that the item names, where the tree has it; else ""."""
    test_id = function_id(item.test_id)
    try:
        module = ast.parse(court.text(tree, path_of(test_id)))
    except (SyntaxError, ValueError):
        return ""
    return test_id if "::" in test_id and place(module, test_id) else ""


def without_own(court: Court, tree: Tree, test_id: str) -> Tree:
    """The tree as it would be had the test not been written yet; the same for ""."""
    if not test_id:
        return tree
    path, _, names = test_id.partition("::")
    left = without_test(court.text(tree, path), names.split("::"))
    return tree.with_changes({path: None}) if left is None else court.changed(tree, {path: left})

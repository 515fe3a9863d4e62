"""Removed tests: allowed where what they tested is gone, too."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.proof import Claim, Proof, Verdict
from seenred.referee.audit.case import Case
from seenred.referee.audit.coded_test import CodedTest, parsed


def judge_removals(case: Case) -> Iterator[Proof]:
    """Each removed test whose subject is gone (proven) or still there (refuted)."""
    if not case.tests.removed:
        return
    gone = _names(case, before=True) - _names(case, before=False)
    for test in case.tests.removed:
        used = _used(test) & gone
        if used:
            what = f"removed with what it tested: {', '.join(sorted(used)[:3])}"
            yield case.proof(Claim.TEST_ONLY, Verdict.PROVEN, test.test_id, "subject-gone", what)
        else:
            yield case.proof(
                Claim.TEST_ONLY,
                Verdict.REFUTED,
                test.test_id,
                "removed",
                f"removed in {case.short}, and what it tested is still there",
                "bring it back, or show in a commit of tests only that others notice the same",
            )


def _names(case: Case, before: bool) -> set[str]:
    """What the changed production code defines, by bare names, and its modules' names."""
    found: set[str] = set()
    for each in case.change.code:
        module = parsed(each.before if before else each.after)
        if module is not None:
            found.add(each.path.rpartition("/")[2].removesuffix(".py"))
            found |= {name for node in ast.walk(module) for name in _defined(node)}
    return found


def _defined(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _used(test: CodedTest) -> set[str]:
    names = {node.id for node in ast.walk(test.node) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(test.node) if isinstance(node, ast.Attribute)}

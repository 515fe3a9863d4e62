"""Removed tests: allowed where what they tested is gone, too."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from seenred.domain.proof import Claim, Proof, Verdict
from seenred.referee.audit.case import Case
from seenred.referee.audit.change import Change
from seenred.referee.audit.coded_test import CodedTest, parsed


def judge_removals(case: Case) -> Iterator[Proof]:
    """Each removed test whose subject is gone (proven) or still there (refuted)."""
    if not case.tests.removed:
        return
    code = case.change.code
    gone = defined_names(each.before for each in code) - defined_names(each.after for each in code)
    gone |= {_module_name(each.path) for each in code if each.after is None}
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


def defined_names(sources: Iterable[bytes | None]) -> set[str]:
    """What modules define, by bare names."""
    modules = (parsed(source) for source in sources)
    found = (node for module in modules if module for node in ast.walk(module))
    return {name for node in found for name in _defined(node)}


def _defined(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _module_name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py")


def _used(test: CodedTest) -> set[str]:
    names = {node.id for node in ast.walk(test.node) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(test.node) if isinstance(node, ast.Attribute)}


def only_removes(change: Change) -> bool:
    """Whether the production code lost something and gained nothing."""
    pairs = [(parsed(each.before), parsed(each.after)) for each in change.code]
    return bool(pairs) and all(
        old is not None and (each.after is None or (new is not None and _is_less(old, new)))
        for (old, new), each in zip(pairs, change.code, strict=True)
    )


def _is_less(old: ast.Module | ast.ClassDef, new: ast.Module | ast.ClassDef) -> bool:
    """Whether every statement was there before, in the same order; classes may have lost some."""
    before = iter(old.body)
    return all(any(_was(was, now) for was in before) for now in new.body)


def _was(was: ast.stmt, now: ast.stmt) -> bool:
    if isinstance(was, ast.ClassDef) and isinstance(now, ast.ClassDef) and was.name == now.name:
        heads = [(c.bases, c.keywords, c.decorator_list) for c in (was, now)]
        same = [[ast.dump(node) for part in head for node in part] for head in heads]
        return same[0] == same[1] and _is_less(was, now)
    if isinstance(was, ast.ImportFrom) and isinstance(now, ast.ImportFrom):
        names = {alias.name: alias.asname for alias in was.names}
        fewer = all(names.get(alias.name, "-") == alias.asname for alias in now.names)
        return was.module == now.module and was.level == now.level and fewer
    return ast.dump(was) == ast.dump(now)

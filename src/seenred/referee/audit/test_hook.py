"""Hooks of pytest in a conftest that leave tests out or change what is reported of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.referee.audit.coded_test import Function, meaning_of, support_functions
from seenred.referee.audit.weakening import Weakening

# what each hook can do to a suite, beyond what a test's own outcome says
_REPORTING = frozenset(
    {
        *("pytest_runtest_makereport", "pytest_runtest_logreport", "pytest_report_teststatus"),
        *("pytest_runtest_protocol", "pytest_runtest_call", "pytest_pyfunc_call"),
        *("pytest_sessionfinish", "pytest_exception_interact", "pytest_assertrepr_compare"),
    }
)
_LEAVING_OUT = frozenset(
    {"pytest_collection_modifyitems", "pytest_ignore_collect", "pytest_collect_file"}
)
_PATCHED = ("TestReport", "CallInfo", "Function.runtest", "runtestprotocol", "_pytest")
_IGNORED = ("collect_ignore", "collect_ignore_glob")


def hooks_against_tests(
    before: ast.Module | None, after: ast.Module | None
) -> Iterator[tuple[str, Weakening]]:
    """Hooks and patches that are new or edited, and could let a failing test pass."""
    known = {name: meaning_of(node) for name, node in support_functions(before).items()}
    for name, function in support_functions(after).items():
        if known.get(name) != meaning_of(function):
            yield from ((name, each) for each in _of_function(function))
    old = {ast.dump(node) for node in (before.body if before else [])}
    for node in after.body if after else []:
        if ast.dump(node) not in old:
            yield from _of_statement(node)


def _of_function(node: Function) -> Iterator[Weakening]:
    source = ast.unparse(node)
    changes = any(w in source for w in (".outcome", "force_result", "when", "excinfo", "longrepr"))
    if node.name in _REPORTING and (changes or "return" in source or "exitstatus" in source):
        what = f"{node.name}() may change what is reported of tests"
        yield Weakening("hook", what, node.lineno, certain=".outcome =" in source)
    elif node.name in _LEAVING_OUT:
        marks = "skip" in source or "xfail" in source
        what = f"{node.name}() {'skips' if marks else 'leaves out'} tests"
        yield Weakening("hook", what, node.lineno, certain=False)
    elif any(patched in source for patched in _PATCHED[:4]):
        yield Weakening("hook", f"{node.name}() patches pytest", node.lineno)


def _of_statement(node: ast.stmt) -> Iterator[tuple[str, Weakening]]:
    if not isinstance(node, ast.Assign | ast.AugAssign):
        return
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        name = ast.unparse(target)
        if name in _IGNORED:
            what = f"{' '.join(ast.unparse(node).split())[:60]}"
            yield name, Weakening("hook", what, node.lineno, certain=False)
        elif any(patched in name for patched in _PATCHED):
            yield name, Weakening("hook", f"{name} patched", node.lineno)

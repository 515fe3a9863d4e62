"""Tests that by their own form show nothing, whatever the code does: no code can make them fail."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from seenred.domain.expectation import Function, is_assertion, name_of

_ENDS = {"skip", "xfail", "importorskip", "exit", "_exit", "abort", "quit"}
_SWALLOWING = {"AssertionError", "Exception", "BaseException"}


def vacuity(test: Function) -> str:
    """What of a test shows nothing, completing "the reply …"; "" where each assertion can fail."""
    return next(_complaints(test), "")


def _complaints(test: Function) -> Iterator[str]:
    for node in ast.walk(test):
        if isinstance(node, ast.Return):
            yield "returns from the test, which only asserts"
        elif isinstance(node, ast.Call) and name_of(node) in _ENDS and _is_plain(node.func):
            yield f"ends the test by `{ast.unparse(node)}`"
        elif isinstance(node, ast.Try) and _asserts(node.body) and _swallows(node):
            yield "catches what its own assertion raises"
        elif isinstance(node, ast.If | ast.While) and isinstance(node.test, ast.Constant):
            yield f"asserts under `{ast.unparse(node.test)}`, which nothing decides"
        elif isinstance(node, ast.With) and is_assertion(node) and _raises_itself(node):
            yield "raises by itself what it expects"
        elif isinstance(node, ast.Assert) and _is_always_true(node.test):
            yield f"asserts `{ast.unparse(node.test)}`, which is always so"
    yield from _of_stand_ins(test)
    yield from _of_constants(test)
    yield from _of_own_doing(test)


def _is_plain(called: ast.expr) -> bool:
    """`skip`, `pytest.skip`, `os._exit`, and no method of what is tested."""
    if isinstance(called, ast.Attribute):
        return ast.unparse(called.value) in {"pytest", "sys", "os", "unittest"}
    return isinstance(called, ast.Name) and called.id in {"exit", "quit"}


def _asserts(body: list[ast.stmt]) -> bool:
    return any(
        isinstance(inner, ast.stmt) and is_assertion(inner)
        for statement in body
        for inner in ast.walk(statement)
    )


def _swallows(node: ast.Try) -> bool:
    """Whether a failed assertion is caught, and nothing is raised or asserted instead."""
    for handler in node.handlers:
        caught = handler.type
        every = caught.elts if isinstance(caught, ast.Tuple) else [caught]
        if any(each is None or ast.unparse(each) in _SWALLOWING for each in every):
            again = any(isinstance(n, ast.Raise) for s in handler.body for n in ast.walk(s))
            return not (again or _asserts(handler.body) or _fails(handler.body))
    return False


def _fails(body: list[ast.stmt]) -> bool:
    calls = [n for s in body for n in ast.walk(s) if isinstance(n, ast.Call)]
    return any(name_of(call) == "fail" for call in calls)


def _raises_itself(node: ast.With) -> bool:
    return any(isinstance(n, ast.Raise) for s in node.body for n in ast.walk(s))


def _is_always_true(asserted: ast.expr) -> bool:
    if isinstance(asserted, ast.BoolOp) and isinstance(asserted.op, ast.Or):
        return any(isinstance(each, ast.Constant) and each.value for each in asserted.values)
    if isinstance(asserted, ast.Call) and ast.unparse(asserted.func) == "isinstance":
        return len(asserted.args) == 2 and ast.unparse(asserted.args[1]) == "object"
    if isinstance(asserted, ast.Compare) and isinstance(asserted.ops[0], ast.Eq | ast.Is):
        same = ast.unparse(asserted.left) == ast.unparse(asserted.comparators[0])
        # two calls may give different things, two looks at one name do not
        return same and not any(isinstance(n, ast.Call) for n in ast.walk(asserted))
    return False


def _of_stand_ins(test: Function) -> Iterator[str]:
    """A function that the test replaces by another one, and then calls."""
    nodes = list(ast.walk(test))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    replaced = {name for call in calls for name in _patched(call)}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda | ast.Call):
            replaced |= {t.attr for t in node.targets if isinstance(t, ast.Attribute)}
    for call in calls:
        if name_of(call) in replaced:
            yield f"replaces `{name_of(call)}`, which it is to test"


def _patched(call: ast.Call) -> Iterator[str]:
    """What `monkeypatch.setattr(module, "name", …)` and the patches of mock replace."""
    called = ast.unparse(call.func)
    if name_of(call) == "setattr" or re.search(r"\bpatch(\.object)?$", called):
        for given in call.args[:2]:
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value.rpartition(".")[2]


def _of_constants(test: Function) -> Iterator[str]:
    """Assertions about nothing but values that the test has written down itself."""
    own = set(vars(builtins))
    constant = set(own)
    for statement in test.body:
        for asserted in _asserted(statement):
            if _names(asserted) <= constant:
                yield f"asserts `{ast.unparse(asserted)}`, which says nothing of the code"
        read = _names(statement)
        stored = _names(statement, ast.Store)
        if isinstance(statement, ast.Assign) and read <= constant:
            constant |= stored
        else:
            # who is given a list may change it
            constant -= stored | (set() if read <= constant else read - own)


def _asserted(statement: ast.stmt) -> Iterator[ast.AST]:
    """What a statement asserts: each part of it that has to hold."""
    if isinstance(statement, ast.Assert):
        whole = statement.test
        is_all = isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.And)
        yield from whole.values if is_all and isinstance(whole, ast.BoolOp) else [whole]
    elif isinstance(statement, ast.With) and is_assertion(statement):
        yield ast.Module(statement.body, [])


def _names(node: ast.AST, context: type[ast.expr_context] = ast.Load) -> set[str]:
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    return {each.id for each in names if isinstance(each.ctx, context)}


def _of_own_doing(test: Function) -> Iterator[str]:
    """An attribute that the test itself has changed, and that it then only looks at."""
    done: set[str] = set()
    for statement in test.body:
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Attribute):
            done.add(ast.unparse(statement.target))
        elif isinstance(statement, ast.Assert):
            for node in ast.walk(statement.test):
                if isinstance(node, ast.Attribute) and ast.unparse(node) in done:
                    yield f"changes `{ast.unparse(node)}` itself, and then asserts it"
        elif any(isinstance(node, ast.Call) for node in ast.walk(statement)):
            done.clear()

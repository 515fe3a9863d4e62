"""What keeps a test from failing: skips, expected failures, early returns, swallowed exceptions."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seenred.referee.audit.check import checks_of
from seenred.referee.audit.coded_test import CodedTest, Function

_MARKS = ("skip", "skipif", "skipIf", "skipUnless", "xfail", "expectedFailure", "flaky")
_CALLS = ("skip", "xfail", "importorskip", "skipTest", "exit", "_exit", "SkipTest")
_BROAD = ("AssertionError", "Exception", "BaseException")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One of them.

    Attributes:
        what: for a person: `@pytest.mark.skip`, `return before the first assertion`.
    """

    what: str
    line: int


def suppressions_of(test: CodedTest, module: ast.Module) -> tuple[Suppression, ...]:
    """Everything that keeps one test from failing, on it and around it."""
    owners = (test.node, *test.classes)
    marks = [mark for owner in owners for mark in _marks(owner.decorator_list)]
    marks += _module_marks(module)
    marks += [mark for owner in test.classes for mark in _disabled(owner.body)]
    return (*marks, *_disabled(module.body), *_in_body(test.node))


def suppressions_in(function: Function) -> tuple[Suppression, ...]:
    """The same for a fixture or another function that tests use."""
    return tuple(_in_body(function))


def _marks(decorators: Sequence[ast.expr]) -> Iterator[Suppression]:
    for node in decorators:
        if _last_name(node) in _MARKS:
            yield Suppression(f"@{_brief(node)}", node.lineno)


def _module_marks(module: ast.Module) -> list[Suppression]:
    """`pytestmark = pytest.mark.skip(…)`, and a skip of the whole file at import."""
    found: list[Suppression] = []
    for node in module.body:
        if isinstance(node, ast.Assign) and "pytestmark" in map(_last_name, node.targets):
            listed = isinstance(node.value, ast.List | ast.Tuple)
            marks = node.value.elts if listed else [node.value]  # type: ignore[attr-defined]
            found += _marks(marks)
        elif isinstance(node, ast.Expr | ast.If | ast.Try):
            found += _calls([node])
    return found


def _disabled(body: Sequence[ast.stmt]) -> Iterator[Suppression]:
    for node in body:
        if isinstance(node, ast.Assign) and "__test__" in map(_last_name, node.targets):
            yield Suppression(_brief(node), node.lineno)


def _in_body(function: Function) -> Iterator[Suppression]:
    yield from _calls(function.body)
    yield from _early_returns(function)
    for node in _own_nodes(function.body):
        if isinstance(node, ast.Try):
            yield from _swallowed(node)
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                if _last_name(item.context_expr) == "suppress" and _is_broad(item.context_expr):
                    yield Suppression(f"with {_brief(item.context_expr)}", node.lineno)
        elif isinstance(node, ast.If) and _never(node.test) and checks_of(node.body):
            yield Suppression(f"if {_brief(node.test)}: around assertions", node.lineno)


def _calls(body: Sequence[ast.stmt]) -> Iterator[Suppression]:
    for node in _own_nodes(body):
        called = isinstance(node, ast.Call) and _last_name(node) in _CALLS
        skipped = isinstance(node, ast.Raise) and node.exc and _last_name(node.exc) == "SkipTest"
        if (called and isinstance(node, ast.Call) and _is_of_framework(node.func)) or skipped:
            yield Suppression(_brief(node), getattr(node, "lineno", 0))


def _is_of_framework(function: ast.expr) -> bool:
    owner = _last_name(function.value) if isinstance(function, ast.Attribute) else ""
    return owner in {"pytest", "self", "os", "sys", "unittest"} or isinstance(function, ast.Name)


def _early_returns(function: Function) -> Iterator[Suppression]:
    """A `return` that stands before an assertion."""
    last = max((check.line for check in checks_of(function.body)), default=0)
    for node in _own_nodes(function.body):
        if isinstance(node, ast.Return) and node.lineno < last:
            yield Suppression("return before the last assertion", node.lineno)


def _swallowed(node: ast.Try) -> Iterator[Suppression]:
    if not checks_of(node.body):
        return
    for handler in node.handlers:
        broad = handler.type is None or _is_broad(handler.type)
        raises = any(isinstance(n, ast.Raise) for n in _own_nodes(handler.body))
        if broad and not raises and not checks_of(handler.body):
            named = f" {_brief(handler.type)}" if handler.type else ""
            yield Suppression(f"except{named}: around assertions", handler.lineno)


def _is_broad(node: ast.expr) -> bool:
    names = {_last_name(each) for each in ast.walk(node) if isinstance(each, ast.expr)}
    return not names.isdisjoint(_BROAD)


def _never(test: ast.expr) -> bool:
    return isinstance(test, ast.Constant) and not test.value


def _own_nodes(body: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    """All nodes, those of nested functions and classes left out."""
    for node in body:
        yield node
        yield from _below(node)


def _below(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, Function | ast.ClassDef | ast.Lambda):
        return
    for child in ast.iter_child_nodes(node):
        yield child
        yield from _below(child)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _brief(node: ast.AST) -> str:
    source = " ".join(ast.unparse(node).split())
    return source if len(source) <= 60 else source[:59] + "…"

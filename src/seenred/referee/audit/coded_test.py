"""Test functions as they are written, found by parsing; a parametrised one is one test."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class CodedTest:
    """One test function of a file.

    Attributes:
        name: with its classes, as pytest joins them: `TestCart::test_adds`.
        classes: the classes around it, outermost first.
        meaning: equal for two tests that differ only in name, layout, comments and docstrings.
    """

    path: str
    name: str
    node: Function
    classes: tuple[ast.ClassDef, ...]
    meaning: str

    @property
    def test_id(self) -> str:
        """Pytest's id of it, without parameters."""
        return f"{self.path}::{self.name}"

    @property
    def where(self) -> str:
        """`path:line` of its `def`."""
        return f"{self.path}:{self.node.lineno}"


def without_parameters(test_id: str) -> str:
    """The id of the function behind a collected test."""
    path, separator, name = test_id.partition("::")
    return path + separator + name.partition("[")[0]


def parsed(source: bytes | None) -> ast.Module | None:
    """The syntax tree; None when there is no source or it is not Python."""
    if source is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            return None


def coded_tests(path: str, module: ast.Module | None) -> dict[str, CodedTest]:
    """The tests of a file by their names; empty when it could not be parsed."""
    found = _tests(path, module.body, ()) if module else iter(())
    return {test.name: test for test in found}


def support_functions(module: ast.Module | None) -> dict[str, Function]:
    """Fixtures and other functions of a file that are no tests, by their qualified names."""
    found = _functions(module.body, ()) if module else iter(())
    return {name: node for name, node in found if not node.name.startswith("test")}


def meaning_of(node: ast.AST) -> str:
    """The syntax tree as text, without positions and docstrings."""
    return ast.dump(without_docstrings(node))


def without_docstrings(node: ast.AST) -> ast.AST:
    """A copy of the tree in which no docstring is left."""
    copy = _Undocumented().visit(ast.parse(ast.unparse(node)) if _is_statement(node) else node)
    return copy if isinstance(copy, ast.AST) else node


class _Undocumented(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node, ast.Module | ast.ClassDef | Function) and _documented(node.body):
            rest: list[ast.stmt] = node.body[1:] or [ast.Pass()]
            node.body = rest
        return node


def _is_statement(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.stmt)


def _documented(body: Sequence[ast.stmt]) -> bool:
    first = body[0] if body else None
    return (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )


def _tests(
    path: str, body: Sequence[ast.stmt], classes: tuple[ast.ClassDef, ...]
) -> Iterator[CodedTest]:
    for node in _flat(body):
        if isinstance(node, Function) and node.name.startswith("test"):
            name = "::".join((*(each.name for each in classes), node.name))
            yield CodedTest(path, name, node, classes, _meaning_of_test(node))
        elif isinstance(node, ast.ClassDef) and _may_hold_tests(node):
            yield from _tests(path, node.body, (*classes, node))


def _may_hold_tests(node: ast.ClassDef) -> bool:
    """Pytest looks into classes of its prefix, and into unittest's, whose bases have any name."""
    return node.name.startswith("Test") or bool(node.bases)


def _functions(body: Sequence[ast.stmt], around: tuple[str, ...]) -> Iterator[tuple[str, Function]]:
    for node in _flat(body):
        if isinstance(node, Function):
            yield ".".join((*around, node.name)), node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, (*around, node.name))


def _flat(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements, those under a condition or a `try` at the top of a file among them."""
    for node in body:
        if isinstance(node, ast.If | ast.Try | ast.With):
            yield from _flat(node.body)
            yield from _flat(getattr(node, "orelse", []))
            for handler in getattr(node, "handlers", []):
                yield from _flat(handler.body)
        else:
            yield node


def _meaning_of_test(node: Function) -> str:
    return meaning_of(node).replace(f"name='{node.name}'", "name=''", 1)

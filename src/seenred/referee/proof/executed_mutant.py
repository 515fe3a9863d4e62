"""Mutants of the code that a test executes: what it should notice if it tests anything."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from seenred.domain.mutant import Mutant, emptied, statement_mutants
from seenred.domain.source_text import Edit, SourceText, breaks_in, is_python
from seenred.referee.proof.control_value import other_than
from seenred.referee.proof.placed_test import Function


def executed_mutants(
    source: bytes, called: Iterable[int], imported: Iterable[int], *, path: str
) -> Iterator[Mutant]:
    """Functions emptied and answering with nonsense, statements deleted, constants changed.

    Args:
        called: lines that ran while the test did.
        imported: lines that ran before, when the module was imported.

    Raises:
        SyntaxError: the source isn't Python.
    """
    text, during = SourceText.of(source), frozenset(called)
    functions = list(_executed_functions(text.module, during))
    for qualified, function in functions:
        if (mutant := emptied(source, qualified, path=path)) is not None:
            yield mutant
        if not function.name.startswith("__"):
            yield from _answering(text, function, qualified, path)
    deletions = statement_mutants(source, during, path=path)
    yield from (mutant for mutant in deletions if not mutant.at_import)
    yield from _constants(text, frozenset(imported), path)


def _executed_functions(
    module: ast.Module, lines: frozenset[int]
) -> Iterator[tuple[str, Function]]:
    for qualified, function in _functions(module.body, ""):
        body = range(function.body[0].lineno, (function.end_lineno or 0) + 1)
        if not lines.isdisjoint(body):
            yield qualified, function


def _functions(body: Iterable[ast.stmt], scope: str) -> Iterator[tuple[str, Function]]:
    for node in body:
        if isinstance(node, Function):
            yield f"{scope}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{scope}{node.name}.")
        else:
            inner = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.stmt)]
            yield from _functions(inner, scope)


def _answering(text: SourceText, function: Function, scope: str, path: str) -> Iterator[Mutant]:
    """A function that gives an object of no use, unless it is a generator."""
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function)):
        return
    start, end = text.start(function.body[0]), text.end(function)
    lines = b"\n" * breaks_in(text.content[start:end])
    source = text.edited([Edit(start, end, b"return object()" + lines)])
    if is_python(source):
        what = f"{function.name}() giving back nonsense"
        yield _mutant(text, function, "answer", what, scope, source, path, at_import=False)


def _constants(text: SourceText, lines: frozenset[int], path: str) -> Iterator[Mutant]:
    """Literals that a module or a class binds to a name, changed."""
    for scope, statement in _bindings(text.module.body, ""):
        value = statement.value
        if value is None or statement.lineno not in lines:
            continue
        for leaf in ast.walk(value):
            edit = other_than(text, leaf) if isinstance(leaf, ast.Constant) else None
            if edit is not None and is_python(source := text.edited([edit])):
                what = f"{edit.text.decode()} in place of {text.text(leaf)}"  # type: ignore[arg-type]
                yield _mutant(
                    text, statement, "constant", what, scope, source, path, at_import=True
                )


def _bindings(
    body: Iterable[ast.stmt], scope: str
) -> Iterator[tuple[str, ast.Assign | ast.AnnAssign]]:
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            yield scope, node
        elif isinstance(node, ast.ClassDef):
            yield from _bindings(node.body, f"{scope}{node.name}.")


def _mutant(
    text: SourceText,
    node: ast.stmt,
    kind: str,
    what: str,
    scope: str,
    source: bytes,
    path: str,
    *,
    at_import: bool,
) -> Mutant:
    return Mutant(
        path=path,
        first=node.lineno,
        last=node.end_lineno or node.lineno,
        kind=kind,
        what=what,
        code=text.lines[node.lineno - 1].strip(),
        scope=scope.rstrip("."),
        at_import=at_import,
        source=source,
    )

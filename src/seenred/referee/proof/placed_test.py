"""One test's place in the source of its file."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Iterator

from seenred.domain.placed_statement import first_line

Function = ast.FunctionDef | ast.AsyncFunctionDef


def path_of(test_id: str) -> str:
    """The file of a test id."""
    return test_id.partition("::")[0]


def function_id(test_id: str) -> str:
    """The id without the brackets of its parameters."""
    path, separator, rest = test_id.partition("::")
    return f"{path}{separator}{rest.partition('[')[0]}"


def parsed(source: bytes) -> ast.Module | None:
    """The module, or None where it isn't Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


def place(module: ast.Module, test_id: str) -> Function | None:
    """The function of a test id; of several with that name the last, as Python itself has it."""
    names = function_id(test_id).split("::")[1:]
    body: list[ast.stmt] = module.body
    for name in names[:-1]:
        classes = [node for node in _statements(body) if isinstance(node, ast.ClassDef)]
        body = [s for node in classes if node.name == name for s in node.body]
    named = [n for n in _statements(body) if isinstance(n, Function) and n.name in names[-1:]]
    return named[-1] if named else None


def source_of_test(read: Callable[[str], str], test_id: str) -> str | None:
    """The lines of one test with its decorators, dedented; None where it is not found.

    Args:
        read: the text of a file by its path.
    """
    try:
        text = read(path_of(test_id))
        function = place(ast.parse(text), test_id)
    except (KeyError, SyntaxError, ValueError):
        return None
    if function is None:
        return None
    rows = text.splitlines()[first_line(function) - 1 : function.end_lineno]
    return "\n".join(row[function.col_offset :] for row in rows) + "\n"


def source_digest(source: bytes, test_id: str) -> str:
    """sha256 of the test's own lines, its decorators included; of the whole file if not found."""
    module = parsed(source)
    function = place(module, test_id) if module else None
    if function is None:
        return hashlib.sha256(source).hexdigest()
    lines = source.splitlines(keepends=True)[first_line(function) - 1 : function.end_lineno]
    return hashlib.sha256(b"".join(lines)).hexdigest()


def uses_project(source: bytes, line: int, modules: Iterable[str]) -> bool:
    """Whether a test has to do with the project's code by the time that a line was reached.

    Fixtures and `self` count: they may hold anything.
    """
    module = parsed(source)
    if module is None:
        return False
    around = [f for f in ast.walk(module) if isinstance(f, Function) and _holds(f, line)]
    if any(_parameters(function) for function in around):
        return True
    roots = {name.partition(".")[0] for name in modules}
    known = set(_imported(module, roots))
    scope: ast.AST = around[0] if around else module
    return "*" in known or any(
        isinstance(node, ast.Name) and node.id in known and node.lineno <= line
        for node in ast.walk(scope)
    )


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements of a scope, also those under `if` and `try`."""
    for node in body:
        yield node
        if isinstance(node, ast.If | ast.Try | ast.With):
            inner = [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.stmt)]
            yield from _statements(inner)


def _holds(function: Function, line: int) -> bool:
    return function.lineno <= line <= (function.end_lineno or function.lineno)


def _parameters(function: Function) -> bool:
    arguments = function.args
    return bool(arguments.posonlyargs or arguments.args or arguments.kwonlyargs)


def _imported(module: ast.Module, roots: set[str]) -> Iterator[str]:
    """Names that the file gets from the project, and module-level values made with them."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            if node.level or (node.module or "").partition(".")[0] in roots:
                yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] in roots:
                    yield (alias.asname or alias.name).partition(".")[0]
    for statement in module.body:
        if isinstance(statement, ast.Assign | ast.FunctionDef | ast.ClassDef):
            yield from _made(statement)


def _made(statement: ast.Assign | ast.FunctionDef | ast.ClassDef) -> Iterator[str]:
    if not isinstance(statement, ast.Assign):
        yield statement.name
        return
    if any(isinstance(node, ast.Call) for node in ast.walk(statement.value)):
        yield from (target.id for target in statement.targets if isinstance(target, ast.Name))

"""Lets a function work on copies of its arguments, where the statement wants them left alone."""

from __future__ import annotations

import ast

from seenred.agents.missing_imports import with_missing_imports


def with_copied_arguments(code: str, function: str) -> str:
    """`code` whose `function` (or the method of that name) begins by copying what it was given.

    Code without such a function, or whose function has no body of its own lines, is left as it is.
    """
    found = _function(ast.parse(code), function)
    if found is None:
        return code
    names = [argument.arg for argument in (*found.args.posonlyargs, *found.args.args)]
    names = [name for name in names if name not in ("self", "cls")]
    first = _first_statement(found)
    if not names or first is None:
        return code
    lines = code.splitlines()
    indent = " " * first.col_offset
    copies = [f"{indent}{name} = copy.deepcopy({name})" for name in names]
    at = first.lineno - 1
    mended = [*lines[:at], *copies, *lines[at:]]
    return with_missing_imports("\n".join(mended) + "\n")


def _function(tree: ast.Module, name: str) -> ast.FunctionDef | None:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return next((node for node in functions if node.name == name), None)


def _first_statement(function: ast.FunctionDef) -> ast.stmt | None:
    """The first one after the docstring, if it begins a line of its own."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body or body[0].lineno == function.lineno:
        return None
    return body[0]

"""The part of a long module that a step needs: some functions whole, the others as signatures."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection


def excerpt(source: str, lines: Collection[int]) -> str:
    """`source` with the body of each function that holds none of `lines` (1-based) left out."""
    text = source.splitlines()
    for node in reversed(_innermost(ast.parse(source))):
        end = node.end_lineno or node.lineno
        first = node.body[0].lineno
        if first <= node.lineno or any(first <= line <= end for line in lines):
            continue
        text[first - 1 : end] = [" " * node.body[0].col_offset + "..."]
    return "\n".join(text) + "\n"


def _innermost(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions at top level and methods, in the order of their lines."""
    functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        functions += [m for m in members if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef)]
    return functions


def elided(source: str) -> set[str]:
    """Names of the functions that `source` shows without their body."""
    return {node.name for node in _innermost(ast.parse(source)) if _is_elided(node)}


def _is_elided(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return [ast.unparse(statement) for statement in body] == ["..."]


def without_body(source: str, name: str) -> str:
    """`source` with the body of the function or method `name` left out, its docstring kept."""
    text = source.splitlines()
    node = _named(source, name)
    if node is None:
        return source
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    first = body[0].lineno if body else node.lineno
    if first > node.lineno:
        text[first - 1 : node.end_lineno] = [" " * node.body[0].col_offset + "..."]
    return "\n".join(text) + "\n"


def signature(source: str, name: str) -> str:
    """`def name(a, b=1) -> int:` as one line, or nothing."""
    node = _named(source, name)
    if node is None:
        return ""
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"def {name}({ast.unparse(node.args)}){returns}:"


def documented(source: str, lines: Collection[int]) -> list[str]:
    """Names of the functions that hold some of `lines` and say in words what they do."""
    return [
        node.name
        for node in _innermost(ast.parse(source))
        if any(node.body[0].lineno <= line <= (node.end_lineno or 0) for line in lines)
        and re.match(r"\s*[^\s>]", ast.get_docstring(node) or "")
    ]


def _named(source: str, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    found = [node for node in _innermost(ast.parse(source)) if node.name == name]
    return found[-1] if found else None

"""The part of a long module that a step needs: some functions whole, the others as signatures."""

from __future__ import annotations

import ast
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

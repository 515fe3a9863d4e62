"""The part of a long module that a step needs: some functions whole, the others as signatures."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection

from seenred.domain.placed_statement import first_line


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


def skeleton(source: str, name: str) -> str:
    """What somebody needs to write the body of the function or method `name`, which comes last.

    Imports, constants and signatures of functions that it uses, then the function with its
    docstring and without its body; a method in its class.
    """
    tree = ast.parse(source)
    target = next(node for node in tree.body if name in _functions_of(node))
    used = {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}
    context = [text for node in tree.body if node is not target for text in _shown(node, used)]
    rows = source.splitlines()
    if isinstance(target, ast.ClassDef):
        return "\n".join([*context, *_class_without_body(rows, target, name)]) + "\n"
    assert isinstance(target, ast.FunctionDef | ast.AsyncFunctionDef)  # found by its name
    own = rows[first_line(target) - 1 : target.body[0].end_lineno]
    return "\n".join([*context, "\n", *own]) + "\n"


def _functions_of(node: ast.stmt) -> list[str]:
    members: list[ast.stmt] = node.body if isinstance(node, ast.ClassDef) else [node]
    return [m.name for m in members if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef)]


def _shown(node: ast.stmt, used: Collection[str]) -> list[str]:
    """What of the module's other statements is shown: nothing of those that are not used."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [ast.unparse(node)]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        return [ast.unparse(node)] if targets & set(used) else []
    if isinstance(node, ast.FunctionDef) and node.name in used:
        words = (ast.get_docstring(node) or "").splitlines()[:1]
        docstring = [f'    """{words[0]}"""'] if words else []
        header = [f"\n\n{_header(node)}"]
        return ["\n".join([*header, *docstring, "    ..."])]
    return []


def _class_without_body(rows: list[str], owner: ast.ClassDef, name: str) -> list[str]:
    method = next(n for n in owner.body if name in _functions_of(n))
    docstring = method.body[0]  # type: ignore[attr-defined]  # it is a function: found by name
    hidden = " " * docstring.col_offset + "..."
    above = rows[owner.lineno - 1 : docstring.end_lineno]
    return [*above, hidden, *rows[method.end_lineno : owner.end_lineno]]


def signature(source: str, name: str) -> str:
    """`def name(a, b=1) -> int:` as one line, or nothing."""
    node = _named(source, name)
    if node is None:
        return ""
    return _header(node)


def _header(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"def {node.name}({ast.unparse(node.args)}){returns}:"


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

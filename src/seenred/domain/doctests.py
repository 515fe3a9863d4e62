"""The doctests of a module as claims: each expression and the result that its docstring shows."""

from __future__ import annotations

import ast
import doctest

from seenred.domain.report import Claim

_DOCUMENTED = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def doctest_claims(tree: ast.Module) -> tuple[Claim, ...]:
    """One claim for each example that is an expression; earlier assignments are folded in."""
    claims: list[Claim] = []
    for node in ast.walk(tree):
        text = ast.get_docstring(node) if isinstance(node, _DOCUMENTED) else None
        if text:
            claims += _claims(text)
    return tuple(claims)


def _claims(docstring: str) -> list[Claim]:
    try:
        examples = doctest.DocTestParser().get_examples(docstring)
    except ValueError:
        return []  # a malformed doctest says nothing that could be judged
    found: list[Claim] = []
    assigned: list[tuple[str, str]] = []
    for example in examples:
        expression = _expression(example.source)
        if expression is None:
            name = _assignment(example.source)
            if name is None:
                break  # what follows may depend on a statement that cannot be folded in
            assigned.append(name)
        elif example.want.strip() or example.exc_msg:
            found.append(_claim(_folded(expression, assigned), example))
    return found


def _claim(expression: str, example: doctest.Example) -> Claim:
    if example.exc_msg:
        return Claim(expression, raises=example.exc_msg.split(":")[0].strip())
    return Claim(expression, expected=example.want.strip())


def _expression(source: str) -> str | None:
    try:
        return ast.unparse(ast.parse(source.strip(), mode="eval").body)
    except SyntaxError:
        return None


def _assignment(source: str) -> tuple[str, str] | None:
    try:
        body = ast.parse(source.strip()).body
    except SyntaxError:
        return None
    if len(body) != 1 or not isinstance(body[0], ast.Assign) or len(body[0].targets) != 1:
        return None
    target = body[0].targets[0]
    return (target.id, ast.unparse(body[0].value)) if isinstance(target, ast.Name) else None


def _folded(expression: str, assigned: list[tuple[str, str]]) -> str:
    for name, value in reversed(assigned):
        if name in {n.id for n in ast.walk(ast.parse(expression)) if isinstance(n, ast.Name)}:
            expression = f"(lambda {name}: {expression})({value})"
    return expression

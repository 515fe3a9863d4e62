"""Mutants that compute something else: another number, operator or comparison."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.mutant_part import Part, brief, in_place, own_nodes
from seenred.domain.source_text import SourceText

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Mod: "*",
    ast.Pow: "*",
}


def value_parts(text: SourceText, statement: ast.stmt) -> Iterator[Part]:
    """What a statement's own expressions may compute instead."""
    for node in own_nodes(statement):
        written = _otherwise(text, node)
        if written is not None and isinstance(node, ast.expr):
            what = f"`{written}` for `{brief(text, node)}`"
            yield Part("value", node, in_place(text, node, written), what)


def _otherwise(text: SourceText, node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant):
        return _constant(node.value)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = text.text(node.left), text.text(node.comparators[0])
        return f"({left}) {_COMPARISONS[type(node.ops[0])]} ({right})"
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return f"({text.text(node.left)}) {_OPERATORS[type(node.op)]} ({text.text(node.right)})"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        return text.text(node.operand)
    if isinstance(node, ast.BoolOp):
        word = "or" if isinstance(node.op, ast.And) else "and"
        return f" {word} ".join(f"({text.text(value)})" for value in node.values)
    return None


def _constant(value: object) -> str | None:
    if isinstance(value, bool):
        return repr(not value)
    if isinstance(value, int | float):
        return repr(value + 1)
    return repr(value + "x") if isinstance(value, str) else None

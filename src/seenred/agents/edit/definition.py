"""What the statements of a module define, and where they stand."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence

from seenred.domain.placed_statement import Definition, FunctionNode
from seenred.domain.source_text import SourceText

Field = ast.Assign | ast.AnnAssign
_METHOD_DECORATORS = ("property", "staticmethod", "classmethod")


def is_method(node: ast.stmt) -> bool:
    """Whether a function is written as only a method is."""
    if not isinstance(node, FunctionNode):
        return False
    first = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)][:1]
    return first in (["self"], ["cls"]) or method_decorators(node) != []


def key_of(node: ast.stmt) -> tuple[str, ...] | None:
    """What a statement defines, and in which role; None when it defines nothing by a name."""
    if isinstance(node, FunctionNode):
        roles = [ast.unparse(each) for each in node.decorator_list]
        telling = [r for r in roles if r.endswith((".setter", ".deleter", "overload"))]
        named = (node.name, ast.unparse(node.args)) if node.name == "_" or telling else (node.name,)
        return (*named, *telling)
    if isinstance(node, ast.ClassDef):
        return (node.name,)
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    if isinstance(node, Field) and all(isinstance(each, ast.Name) for each in targets):
        return tuple(each.id for each in targets if isinstance(each, ast.Name))
    return None


def is_inner(node: ast.stmt) -> bool:
    """Whether a definition stands in a class, as its indentation tells."""
    return node.col_offset > 0


def method_decorators(node: FunctionNode) -> list[ast.expr]:
    return [each for each in node.decorator_list if ast.unparse(each) in _METHOD_DECORATORS]


def docstring(node: FunctionNode | ast.ClassDef | ast.Module) -> ast.stmt | None:
    """The statement that documents a definition."""
    return node.body[0] if ast.get_docstring(node, clean=False) is not None else None


def names_at_import(node: ast.stmt) -> set[str]:
    """Names that a statement needs as soon as its module is imported."""
    found: set[str] = set()
    waiting: list[ast.AST] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, FunctionNode):
            defaults = [d for d in (*each.args.defaults, *each.args.kw_defaults) if d]
            waiting += [*each.decorator_list, *defaults]
        elif isinstance(each, ast.Lambda):
            waiting += each.args.defaults
        else:
            waiting += ast.iter_child_nodes(each)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
            found.add(each.id)
    return found


def end_of_line(text: SourceText, node: ast.stmt) -> int:
    line = node.end_lineno or node.lineno
    stop = text.starts[line] if line < len(text.starts) else len(text.content)
    return len(text.content[:stop].rstrip(b"\r\n")) if line < len(text.starts) else stop


def flat(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements of a block, and those under an `if` or `try` among them."""
    for node in body:
        yield node
        if isinstance(node, ast.If | ast.Try):
            yield from flat(node.body)
            yield from flat(node.orelse)


def found_in(body: Sequence[ast.stmt], node: ast.stmt) -> ast.stmt | None:
    """The statement that is the same, else the last one that defines the same."""
    key = key_of(node)
    if key is None:
        return next((each for each in body if means_the_same(each, node)), None)
    alike = [each for each in flat(body) if key_of(each) == key]
    equal = [each for each in alike if means_the_same(each, node)]
    return next(iter([*equal, *reversed(alike)]), None)


def is_elided(node: ast.stmt) -> bool:
    """A function without a body of its own."""
    if not isinstance(node, FunctionNode):
        return False
    return all(is_placeholder(each) for each in node.body if each is not docstring(node))


def is_placeholder(node: ast.stmt) -> bool:
    return ast.unparse(node) in ("pass", "...")


def means_the_same(left: ast.stmt, right: ast.stmt) -> bool:
    """Whether two statements differ in their layout and comments only."""
    return ast.dump(_plain(left)) == ast.dump(_plain(right))


def _plain(node: ast.stmt) -> ast.stmt:
    """The statement with each docstring as it is shown to people."""
    if not any(docstring(each) for each in ast.walk(node) if isinstance(each, Definition)):
        return node
    copied = copy.deepcopy(node)
    for each in ast.walk(copied):
        if isinstance(each, Definition) and isinstance(said := docstring(each), ast.Expr):
            said.value = ast.Constant(ast.get_docstring(each))
    return copied

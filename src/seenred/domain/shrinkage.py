"""Added code that no test executes and that can go without changing anything else."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seenred.domain.placed_statement import (
    Definition,
    FunctionNode,
    PlacedStatement,
    blocks,
    dotted_name,
    placed_statements,
)
from seenred.domain.source_change import changed_statements
from seenred.domain.source_text import Edit, SourceText, is_python

# calls that do nothing but compute: built-ins and methods of built-in values
_PURE_CALLS = """
    abs all any bool bytes chr dict divmod enumerate filter float format frozenset int isinstance
    issubclass len list map max min ord pow range repr reversed round set sorted str sum tuple zip
    strip lstrip rstrip lower upper title split rsplit splitlines join replace startswith endswith
    find count index encode decode items keys values get copy union
"""
_PURE = frozenset(_PURE_CALLS.split())
# what protects, cleans up or refuses is kept, whether a test reaches it or not
_KEPT = (ast.With, ast.AsyncWith, ast.Try, ast.Raise, ast.Assert, ast.Await, ast.Yield)
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)


@dataclass(frozen=True, slots=True)
class Removable:
    """One statement that can go.

    Attributes:
        first, last: its lines.
        code: its first line.
    """

    first: int
    last: int
    code: str
    edit: Edit


def removables(
    old: bytes | None,
    new: bytes,
    executed: Iterable[int],
    *,
    exports: bool = False,
    mentioned: Iterable[str] = (),
) -> tuple[Removable, ...]:
    """What a change added, no test executes and nothing depends on, last first.

    Args:
        executed: lines that run in a test; those that only run at import don't count.
        exports: the module's imports are there for others.
        mentioned: names that other files use.

    Raises:
        SyntaxError: one of the two isn't Python.
    """
    text = SourceText.of(new)
    placed, _ = placed_statements(text, exports=exports)
    before = placed_statements(SourceText.of(old))[0] if old is not None else []
    added = [each.placed for each in changed_statements(before, placed) if each.before is None]
    reached, harmless = frozenset(executed), _harmless_calls(text.module)
    names = frozenset(mentioned)
    chosen = [
        each
        for each in added
        if _may_go(each, reached, harmless) and not _is_missed(text.module, each.node, names)
    ]
    outer = [each for each in chosen if not any(_around(other, each) for other in chosen)]
    found = [_removable(text, each) for each in outer]
    return tuple(sorted((r for r in found if r), key=lambda each: -each.first))


def without(source: bytes, gone: Sequence[Removable]) -> bytes:
    """The module without some of them."""
    return SourceText.of(source).edited([each.edit for each in gone])


def _may_go(placed: PlacedStatement, reached: frozenset[int], harmless: frozenset[str]) -> bool:
    node = placed.node
    last = node.end_lineno or node.lineno
    body = range(node.body[0].lineno if isinstance(node, Definition) else node.lineno, last + 1)
    if not reached.isdisjoint(body):
        return False
    if isinstance(node, ast.ClassDef) or (placed.function is None and not _is_function(node)):
        return False  # it has run when the module was imported
    effects = any(_has_effects(each, harmless) for each in ast.walk(node))
    return not effects and not _is_guard(node)


def _harmless_calls(module: ast.Module) -> frozenset[str]:
    """The module's own functions that only compute, and the calls that anyhow do."""
    functions = [n for n in module.body if isinstance(n, FunctionNode) and not n.decorator_list]
    harmless = _PURE
    while True:
        more = {
            each.name
            for each in functions
            if not any(_has_effects(node, harmless) for node in ast.walk(each))
        }
        if more <= harmless:
            return harmless
        harmless |= more


def _is_missed(module: ast.Module, node: ast.stmt, mentioned: frozenset[str]) -> bool:
    """Whether other code uses a name that the statement binds."""
    inside = {id(each) for each in ast.walk(node)}
    others = [n for n in ast.walk(module) if id(n) not in inside and not _is_stored(n)]
    used = {each.id for each in others if isinstance(each, ast.Name)}
    used |= {each.attr for each in others if isinstance(each, ast.Attribute)}
    return not _bound_names(node).isdisjoint(used | mentioned)


def _is_stored(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


def _bound_names(node: ast.stmt) -> set[str]:
    if isinstance(node, Definition):
        return {node.name}
    stored = [each for each in ast.walk(node) if _is_stored(each)]
    names = {each.id for each in stored if isinstance(each, ast.Name)}
    return names | {each.attr for each in stored if isinstance(each, ast.Attribute)}


def _is_function(node: ast.stmt) -> bool:
    return isinstance(node, FunctionNode) and not node.decorator_list


def _has_effects(node: ast.AST, harmless: frozenset[str]) -> bool:
    if isinstance(node, ast.Call):
        return dotted_name(node.func).rpartition(".")[2] not in harmless
    return isinstance(node, _KEPT)


def _is_guard(node: ast.stmt) -> bool:
    """Whether it leaves the normal way, or decides whether to."""
    if isinstance(node, FunctionNode):
        return False
    return any(isinstance(each, _LEAVING) for each in ast.walk(node))


def _around(outer: PlacedStatement, inner: PlacedStatement) -> bool:
    inside = any(each is inner.node for each in ast.walk(outer.node))
    return outer is not inner and inside


def _removable(text: SourceText, placed: PlacedStatement) -> Removable | None:
    edit = _edit(text, placed)
    if edit is None or not is_python(text.edited([edit])):
        return None
    node = placed.node
    code = text.lines[node.lineno - 1].strip()
    return Removable(node.lineno, node.end_lineno or node.lineno, code, edit)


def _edit(text: SourceText, placed: PlacedStatement) -> Edit | None:
    """The edit that removes whole lines; a branch that would be empty goes with its `else`."""
    node = placed.node
    parent, block = _home(text.module, node)
    if not _is_alone(text, node):
        return None
    if len(block) > 1:
        return _lines(text, node.lineno, node.end_lineno or node.lineno)
    orelse = getattr(parent, "orelse", None)
    if block is orelse and not placed.is_elif:
        start = _line_of_else(text, parent, node)
        return _lines(text, start, node.end_lineno or node.lineno) if start else None
    return None


def _home(module: ast.Module, node: ast.stmt) -> tuple[ast.AST, list[ast.stmt]]:
    """The statement around another one, and the block that holds it."""
    for parent in ast.walk(module):
        for block in blocks(parent):
            if any(each is node for each in block):
                return parent, block
    return module, module.body


def _line_of_else(text: SourceText, parent: ast.AST, node: ast.stmt) -> int:
    """The line of the `else:` before a statement; 0 when it shares it."""
    column = getattr(parent, "col_offset", 0)
    for number in range(node.lineno - 1, 0, -1):
        line = text.lines[number - 1]
        if line.strip():
            is_else = line[column:].split("#")[0].strip() == "else:"
            return number if is_else else 0
    return 0


def _lines(text: SourceText, first: int, last: int) -> Edit | None:
    """Whole lines, with the blank ones before."""
    while first > 1 and not text.lines[first - 2].strip():
        first -= 1
    end = text.starts[last] if last < len(text.starts) else len(text.content)
    return Edit(text.starts[first - 1], end, b"")


def _is_alone(text: SourceText, node: ast.stmt) -> bool:
    """Whether its lines hold no other code."""
    last = node.end_lineno or node.lineno
    before = text.lines[node.lineno - 1].encode()[: node.col_offset]
    after = text.lines[last - 1].encode()[node.end_col_offset :].strip()
    return not before.strip() and (not after or after.startswith(b"#"))

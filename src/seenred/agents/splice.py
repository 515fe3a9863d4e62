"""Puts whole functions of a reply in the place of those of a module."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass

from seenred.agents.code_reply import NoCode

_Def = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class _Change:
    """Replace lines `start` to `end` (1-based, inclusive) by `lines`; insert when end < start."""

    start: int
    end: int
    lines: tuple[str, ...]


def splice(source: str, reply: str, leave: Collection[str] = ()) -> str | NoCode:
    """The module with each function, method or class of the reply in its place.

    New imports go below the module's, new functions to its end; everything else stays as it is,
    docstrings too: they hold tests and words of the user's.

    Args:
        leave: functions and methods that the reply was not shown and cannot change.
    """
    module, new = ast.parse(source), ast.parse(reply)
    if not _drop(new, leave):
        return NoCode("only changes what it was not shown")
    changes: list[_Change] = []
    for node in new.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            changes += _changes_for(node, module, source, reply)
    changes += _imports(module, new)
    if not changes:
        return NoCode("holds no function, method or class")
    spliced = _apply(source, changes)
    try:
        ast.parse(spliced)
    except SyntaxError as error:
        return NoCode(f"does not fit into the module: {error.msg}, line {error.lineno}")
    return spliced


def _drop(tree: ast.Module, names: Collection[str]) -> bool:
    """Drop the functions and methods of these names; whether any code but imports is left."""
    had = bool(tree.body)
    owners: list[ast.Module | ast.ClassDef] = [tree]
    owners += [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for owner in owners:
        owner.body = [n for n in owner.body if not (isinstance(n, _Def) and n.name in names)]
    tree.body = [n for n in tree.body if not isinstance(n, ast.ClassDef) or n.body]
    left = [n for n in tree.body if not isinstance(n, ast.Import | ast.ImportFrom)]
    return bool(left) or not (had and names)


def _changes_for(node: _Def, module: ast.Module, source: str, reply: str) -> list[_Change]:
    same = [n for n in module.body if isinstance(n, _Def) and n.name == node.name]
    if isinstance(node, ast.ClassDef) and same and isinstance(same[-1], ast.ClassDef):
        return [
            _placed(method, _named(same[-1].body, method.name), same[-1], reply, source)
            for method in node.body
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
    if same:
        return [_replaced(node, same[-1], reply, source)]
    owners = [
        owner
        for owner in module.body
        if isinstance(owner, ast.ClassDef) and _named(owner.body, node.name)
    ]
    if len(owners) == 1:
        return [_placed(node, _named(owners[0].body, node.name), owners[0], reply, source)]
    end = len(source.splitlines())
    return [_Change(end + 1, end, ("", "", *_lines(node, reply)))]


def _named(body: list[ast.stmt], name: str) -> _Def | None:
    found = [n for n in body if isinstance(n, _Def) and n.name == name]
    return found[-1] if found else None


def _placed(new: _Def, old: _Def | None, owner: ast.ClassDef, reply: str, source: str) -> _Change:
    if old is not None:
        return _replaced(new, old, reply, source)
    end = owner.end_lineno or owner.lineno
    indent = owner.body[0].col_offset
    return _Change(end + 1, end, ("", *_indented(new, reply, indent)))


def _replaced(new: _Def, old: _Def, reply: str, source: str) -> _Change:
    lines = _indented(new, reply, old.col_offset)
    documented = _with_docstring(lines, new, old, source)
    return _Change(_first(old), old.end_lineno or old.lineno, documented)


def _with_docstring(lines: tuple[str, ...], new: _Def, old: _Def, source: str) -> tuple[str, ...]:
    """The new lines with the old docstring in the place of their own, where it fits."""
    docstring, own, first = _docstring(old), _docstring(new), new.body[0]
    inline = first.lineno == new.lineno
    moved = first.col_offset - new.col_offset != old.body[0].col_offset - old.col_offset
    if docstring is None or inline or moved:
        return lines
    kept = source.splitlines()[docstring.lineno - 1 : docstring.end_lineno]
    start = own.lineno if own else _after_header(new, lines)
    end = (own.end_lineno or own.lineno) if own else start - 1
    offset = _first(new)
    return (*lines[: start - offset], *kept, *lines[end + 1 - offset :])


def _docstring(node: _Def) -> ast.stmt | None:
    return node.body[0] if ast.get_docstring(node, clean=False) is not None else None


def _after_header(node: _Def, lines: tuple[str, ...]) -> int:
    """The reply's line below the `def …:`, above comments that lead the body."""
    line, offset = node.body[0].lineno, _first(node)
    while line - 1 > node.lineno and re.match(r"\s*(#|$)", lines[line - 1 - offset]):
        line -= 1
    return line


def _first(node: _Def) -> int:
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def _lines(node: _Def, text: str) -> tuple[str, ...]:
    return tuple(text.splitlines()[_first(node) - 1 : node.end_lineno])


def _indented(node: _Def, text: str, indent: int) -> tuple[str, ...]:
    shift = indent - node.col_offset
    lines = _lines(node, text)
    if shift >= 0:
        return tuple(" " * shift + line if line.strip() else line for line in lines)
    return tuple(line[-shift:] if line[:-shift].isspace() else line for line in lines)


def _imports(module: ast.Module, new: ast.Module) -> list[_Change]:
    kinds = ast.Import | ast.ImportFrom
    have = {ast.unparse(n) for n in module.body if isinstance(n, kinds)}
    missing = [ast.unparse(n) for n in new.body if isinstance(n, kinds)]
    missing = [line for line in missing if line not in have and "__future__" not in line]
    if not missing:
        return []
    after = 0
    for i, node in enumerate(module.body):
        docstring = i == 0 and isinstance(node, ast.Expr)
        if not docstring and not isinstance(node, kinds):
            break
        after = node.end_lineno or 0
    return [_Change(after + 1, after, tuple(dict.fromkeys(missing)))]


def _apply(source: str, changes: list[_Change]) -> str:
    lines = source.splitlines()
    for change in sorted(changes, key=lambda c: c.start, reverse=True):
        lines[change.start - 1 : change.end] = change.lines
    return "\n".join(lines) + "\n"

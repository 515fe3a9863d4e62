"""Adds a new definition to a module or a class, where a person would."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from seenred.agents.edit.definition import (
    Field,
    docstring,
    end_of_line,
    found_in,
    is_inner,
    is_placeholder,
    key_of,
    names_at_import,
)
from seenred.agents.edit.indentation import blank, laid_out, unit_of
from seenred.agents.edit.reply_text import ReplyText
from seenred.domain.placed_statement import Definition, FunctionNode, first_line
from seenred.domain.source_text import Edit, SourceText


def added(
    text: SourceText, owner: ast.Module | ast.ClassDef, node: ast.stmt, reply: ReplyText
) -> str:
    if isinstance(owner, ast.ClassDef):
        return _added_to_class(text, owner, node, reply)
    before = _following(owner, node, reply.later)
    lines = laid_out(reply.code(node), "", unit_of(text))
    if before is not None:
        return _inserted_before(text, before, lines, _apart(node, before))
    return _appended(text, owner.body[-1], lines, _apart(owner.body[-1], node))


def _added_to_class(text: SourceText, owner: ast.ClassDef, node: ast.stmt, reply: ReplyText) -> str:
    if owner.body[0].lineno == owner.lineno:
        return _opened(text, owner, node, reply)
    prefix = blank(text.lines[owner.body[0].lineno - 1])
    lines = laid_out(reply.code(node), prefix, unit_of(text))
    only = [each for each in owner.body if each is not docstring(owner)]
    if len(only) == 1 and is_placeholder(only[0]):
        start, end = text.starts[only[0].lineno - 1], end_of_line(text, only[0])
        return text.edited([Edit(start, end, text.line_end.join(lines).encode())]).decode()
    before = _member_after(owner, node, reply.later)
    if before is not None:
        return _inserted_before(text, before, lines, _apart(node, before, most=1))
    fields = [each for each in owner.body if isinstance(each, Field)]
    last = fields[-1] if isinstance(node, Field) and fields else owner.body[-1]
    return _appended(text, last, lines, _apart(last, node, most=1))


def _opened(text: SourceText, owner: ast.ClassDef, node: ast.stmt, reply: ReplyText) -> str:
    """`class A: pass` with a member."""
    prefix = blank(text.lines[owner.lineno - 1]) + unit_of(text)
    lines = laid_out(reply.code(node), prefix, unit_of(text))
    head = text.content[: text.start(owner.body[0])].rstrip()
    body = text.content[text.start(owner.body[0]) : end_of_line(text, owner)]
    kept = [] if is_placeholder(owner.body[0]) else [prefix + body.decode()]
    inner = text.line_end.join(["", *kept, *lines]).encode()
    return (head + inner + text.content[end_of_line(text, owner) :]).decode()


def _member_after(
    owner: ast.ClassDef, node: ast.stmt, later: Sequence[ast.stmt]
) -> ast.stmt | None:
    functions = [each for each in owner.body if isinstance(each, Definition)]
    fields = [each for each in owner.body if isinstance(each, Field)]
    if isinstance(node, Field):
        return functions[0] if functions and not fields else None
    known = [found for each in later if (found := found_in(owner.body, each))]
    if known and isinstance(known[0], Definition):
        return known[0]
    if isinstance(node, FunctionNode) and node.name == "__init__" and functions:
        return functions[0]
    return None


def _following(module: ast.Module, node: ast.stmt, later: Sequence[ast.stmt]) -> ast.stmt | None:
    """The statement before which a new one belongs; None for the end."""
    names = set(key_of(node) or ())
    users = [each for each in module.body if names & names_at_import(each)]
    anchor = next((found for each in later if (found := found_in(module.body, each))), None)
    found = anchor or _guard(module)
    if found is None and isinstance(node, Field):
        found = next((each for each in module.body if isinstance(each, Definition)), None)
    tops = [i for i, each in enumerate(module.body) if found and _holds(each, found)]
    needed = [i for i, each in enumerate(module.body) if _defines_any(each, node)]
    place = max([*tops, max(needed, default=-1) + 1]) if tops else len(module.body)
    place = min([place, *(module.body.index(each) for each in users)])
    return module.body[place] if place < len(module.body) else None


def _holds(outer: ast.stmt, inner: ast.stmt | None) -> bool:
    return any(each is inner for each in ast.walk(outer))


def _defines_any(statement: ast.stmt, node: ast.stmt) -> bool:
    return bool(set(key_of(statement) or ()) & names_at_import(node))


def _guard(module: ast.Module) -> ast.stmt | None:
    """`if __name__ == "__main__":` at the end."""
    last = module.body[-1]
    return last if isinstance(last, ast.If) and "__name__" in ast.unparse(last.test) else None


def _inserted_before(text: SourceText, node: ast.stmt, lines: list[str], apart: int) -> str:
    """Above a statement and the comments right above it."""
    row = first_line(node) - 1
    while row > 0 and text.lines[row - 1].strip().startswith("#"):
        row -= 1
    above = 0
    while row - above > 0 and not text.lines[row - above - 1].strip():
        above += 1
    want = min(apart, 1 if is_inner(node) else 2) if row - above > 0 else 0
    if row > above and text.lines[row - 1].rstrip().endswith(":"):
        want = 0
    block = [*[""] * max(0, want - above), *lines, *[""] * apart]
    at = text.starts[row]
    new = text.line_end.join([*block, ""])
    return text.edited([Edit(at, at, new.encode())]).decode()


def _appended(text: SourceText, last: ast.stmt, lines: list[str], apart: int) -> str:
    """Below a statement; at the end of the file below everything."""
    at = end_of_line(text, last)
    if not text.content[at:].strip():
        at = len(text.content[:].rstrip()) if text.content[at:].strip(b"\r\n") else at
    elif not is_inner(last):
        at = len(text.content.rstrip())
    new = text.line_end.join(["", *[""] * apart, *lines])
    return text.edited([Edit(at, at, new.encode())]).decode()


def _apart(first: ast.stmt, second: ast.stmt, most: int = 2) -> int:
    """How many blank lines stand between two statements."""
    if isinstance(first, Definition) or isinstance(second, Definition):
        return most
    return 0 if isinstance(first, Field) and isinstance(second, Field) else 1

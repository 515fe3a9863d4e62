"""Puts the statements of a reply into a module, each by the name that it defines."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from seenred.agents.edit.definition import (
    Field,
    docstring,
    end_of_line,
    flat,
    found_in,
    is_elided,
    is_inner,
    is_method,
    means_the_same,
    method_decorators,
)
from seenred.agents.edit.import_merge import with_import
from seenred.agents.edit.indentation import blank, laid_out, unit_of
from seenred.agents.edit.insertion import added
from seenred.agents.edit.reply_text import ReplyText
from seenred.domain.placed_statement import FunctionNode, first_line
from seenred.domain.source_text import Edit, SourceText

_DOCTEST = ">>>"


@dataclass(frozen=True, slots=True)
class Manner:
    """How definitions are put in.

    Attributes:
        owner: class that takes methods which stand outside of any.
        keep_docstrings: those of the module stay, whatever the reply says.
    """

    owner: str = ""
    keep_docstrings: bool = False


def placed(source: str, code: str, manner: Manner | None = None) -> str:
    """The module with each definition of the code in its place; the rest byte for byte.

    Raises:
        SyntaxError: one of them isn't Python, or the definitions don't fit.
    """
    reply = SourceText.of_text(code)
    if not source.strip():
        return code
    manner = manner or Manner()
    methods = [node for node in reply.module.body if is_method(node)]
    others = [node for node in reply.module.body if node not in methods]
    for index, node in enumerate(others):
        if isinstance(node, ast.Import | ast.ImportFrom):
            source = with_import(source, node)
        else:
            source = _put(source, (), node, ReplyText(reply, others[index + 1 :]), manner)
    for index, node in enumerate(methods):
        path = _class_for(source, node, manner.owner)
        source = _put(source, path, node, ReplyText(reply, methods[index + 1 :]), manner)
    SourceText.of_text(source)
    return source


def _put(
    source: str, path: tuple[str, ...], node: ast.stmt, reply: ReplyText, manner: Manner
) -> str:
    text = SourceText.of_text(source)
    owner = _owner(text.module, path)
    if owner is None:
        raise SyntaxError(f"there is no class {'.'.join(path)}")
    old = found_in(owner.body, node)
    if old is None:
        return source if _says_nothing(node) else added(text, owner, node, reply)
    if means_the_same(old, node) or (is_elided(node) and not is_elided(old)):
        return source
    if isinstance(node, ast.ClassDef) and isinstance(old, ast.ClassDef):
        return _merged(text, old, node, (*path, node.name), reply, manner)
    return _replaced(text, old, node, reply, manner)


def _merged(
    text: SourceText,
    old: ast.ClassDef,
    new: ast.ClassDef,
    path: tuple[str, ...],
    reply: ReplyText,
    manner: Manner,
) -> str:
    """The old class with the new one's members; what the reply left out stays."""
    source = _with_header(text, old, new)
    for index, member in enumerate(new.body):
        inner = ReplyText(reply.text, new.body[index + 1 :])
        source = _put(source, path, member, inner, manner)
    return source


def _with_header(text: SourceText, old: ast.ClassDef, new: ast.ClassDef) -> str:
    """The class with the bases and decorators of the new one, where it names any."""
    edits = []
    bases = [ast.unparse(each) for each in (*new.bases, *new.keywords)]
    if bases and bases != [ast.unparse(each) for each in (*old.bases, *old.keywords)]:
        ends = [text.end(each) for each in (*old.bases, *(k.value for k in old.keywords))]
        name = text.content.index(old.name.encode(), text.start(old)) + len(old.name.encode())
        stop = text.content.index(b":", max(ends, default=name))
        edits.append(Edit(name, stop, f"({', '.join(bases)})".encode()))
    have = {ast.unparse(each) for each in old.decorator_list}
    line = text.lines[old.lineno - 1]
    at = text.starts[first_line(old) - 1]
    for each in new.decorator_list:
        if ast.unparse(each) not in have:
            added = f"{blank(line)}@{ast.unparse(each)}{text.line_end}"
            edits.append(Edit(at, at, added.encode()))
    return text.edited(edits).decode()


def _replaced(
    text: SourceText, old: ast.stmt, new: ast.stmt, reply: ReplyText, manner: Manner
) -> str:
    line = text.lines[first_line(old) - 1]
    lines = laid_out(reply.bare(new), blank(line), unit_of(text))
    if isinstance(old, FunctionNode) and isinstance(new, FunctionNode):
        lines = _with_docstring(lines, new, old, text, manner)
        lines = [*_lost_decorators(old, new, text), *lines]
    start = text.starts[first_line(old) - 1]
    if isinstance(old, Field):
        end = text.end(old)
        lines[-1] = _without_comment(lines[-1], new, reply)
    else:
        end = end_of_line(text, old)
    return text.edited([Edit(start, end, text.line_end.join(lines).encode())]).decode()


def _without_comment(line: str, new: ast.stmt, reply: ReplyText) -> str:
    written = reply.text.lines[(new.end_lineno or new.lineno) - 1]
    after = written.encode()[new.end_col_offset or 0 :].decode()
    return line.removesuffix(after).rstrip()


def _lost_decorators(old: FunctionNode, new: FunctionNode, text: SourceText) -> list[str]:
    """Lines of decorators without which a method is no longer called as before."""
    if new.decorator_list or ast.unparse(old.args) != ast.unparse(new.args):
        return []
    return [text.lines[each.lineno - 1] for each in method_decorators(old) if is_inner(old)]


def _with_docstring(
    lines: list[str], new: FunctionNode, old: FunctionNode, text: SourceText, manner: Manner
) -> list[str]:
    """The new lines with the old docstring, if it stays and fits."""
    kept, own = docstring(old), docstring(new)
    if kept is None or new.body[0].lineno == new.lineno:
        return lines
    rows = list(text.lines[kept.lineno - 1 : kept.end_lineno])
    stays = manner.keep_docstrings or own is None or _DOCTEST in (ast.get_docstring(old) or "")
    first = first_line(new)
    body = lines[new.body[0].lineno - first]
    if not stays or blank(rows[0]) != blank(body):
        return lines
    start = own.lineno - first if own else _below_head(new, lines)
    end = (own.end_lineno or own.lineno) - first + 1 if own else start
    return [*lines[:start], *rows, *lines[end:]]


def _below_head(node: FunctionNode, lines: Sequence[str]) -> int:
    """The index of the line below the `def …:`, above comments that lead the body."""
    index = node.body[0].lineno - first_line(node)
    while lines[index - 1].strip() == "" or lines[index - 1].lstrip().startswith("#"):
        index -= 1
    return index


def _owner(module: ast.Module, path: Sequence[str]) -> ast.Module | ast.ClassDef | None:
    owner: ast.Module | ast.ClassDef = module
    for name in path:
        inner = [n for n in flat(owner.body) if isinstance(n, ast.ClassDef) and n.name == name]
        if not inner:
            return None
        owner = inner[-1]
    return owner


def _class_for(source: str, node: ast.stmt, owner: str) -> tuple[str, ...]:
    """The class that a method without one belongs to; () when that cannot be told."""
    module = SourceText.of_text(source).module
    if found_in(module.body, node) is not None:
        return ()
    classes = [each for each in flat(module.body) if isinstance(each, ast.ClassDef)]
    named = [each for each in classes if each.name == owner]
    having = [each for each in classes if found_in(each.body, node) is not None]
    for fitting in (named, having, classes):
        if len(fitting) == 1:
            return (fitting[0].name,)
    return ()


def _says_nothing(node: ast.stmt) -> bool:
    """Placeholders and docstrings on their own."""
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )

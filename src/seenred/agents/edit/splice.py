"""Puts whole functions of a reply in the place of those of a module."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from seenred.agents.code_reply import NoCode
from seenred.agents.edit.placing import Manner, placed
from seenred.domain.placed_statement import Definition, FunctionNode, first_line
from seenred.domain.source_text import Edit, SourceText

_Import = ast.Import | ast.ImportFrom


def splice(source: str, reply: str, leave: Collection[str] = ()) -> str | NoCode:
    """The module with each function, method or class of the reply in its place.

    New imports go among the module's; everything else stays as it is, docstrings too: they hold
    tests and words of the user's.

    Args:
        leave: functions and methods that the reply was not shown and cannot change.
    """
    new = SourceText.of_text(reply)
    unseen = [node for node in _functions(new.module.body) if node.name in leave]
    others = [node for node in new.module.body if not isinstance(node, Definition | _Import)]
    kept = SourceText.of_text(_without(new, [*unseen, *others]))
    if unseen and not any(isinstance(node, Definition) for node in kept.module.body):
        return NoCode("only changes what it was not shown")
    if not kept.module.body:
        return NoCode("holds no function, method or class")
    try:
        return placed(source, kept.content.decode(), Manner(keep_docstrings=True))
    except SyntaxError as error:
        return NoCode(f"does not fit into the module: {error.msg}, line {error.lineno}")


def _functions(body: list[ast.stmt]) -> Iterator[FunctionNode]:
    for node in body:
        if isinstance(node, FunctionNode):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body)


def _without(text: SourceText, nodes: Collection[ast.stmt]) -> str:
    """The code without these statements, and without the classes that are empty then."""
    emptied = [
        node
        for node in text.module.body
        if isinstance(node, ast.ClassDef) and all(each in nodes for each in node.body)
    ]
    gone = [*emptied, *(each for each in nodes if not any(each in o.body for o in emptied))]
    edits = [Edit(text.starts[first_line(node) - 1], text.end(node), b"") for node in gone]
    return text.edited(edits).decode()

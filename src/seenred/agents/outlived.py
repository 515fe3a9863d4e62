"""Drops the private definitions that a refactoring has made useless: renamed, or put elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.placed_statement import Definition, first_line
from seenred.domain.source_text import Edit, SourceText

_MARK = "\ufeff"


def without_outlived(before: str, after: str) -> str:
    """`after` without the private definitions that `before` uses and `after` no longer does.

    What other modules may use stays: public names, and all that `before` did not use itself.

    Raises:
        SyntaxError: one of them isn't Python.
    """
    if after.startswith(_MARK):
        return _MARK + without_outlived(before.removeprefix(_MARK), after.removeprefix(_MARK))
    used = {node.name for _, node in _private(before) if _is_used(before, node)}
    while True:
        text = SourceText.of_text(after)
        gone = [
            node
            for block, node in _private(after)
            if node.name in used and len(block) > 1 and not _is_used(after, node)
        ]
        if not gone:
            return after
        after = text.edited([_without(text, gone[0])]).decode()


def _private(source: str) -> Iterator[tuple[list[ast.stmt], Definition]]:
    """Private functions, classes and methods, each with the block in which it stands."""
    module = SourceText.of_text(source).module
    classes = [node.body for node in module.body if isinstance(node, ast.ClassDef)]
    for block in (module.body, *classes):
        for node in block:
            if isinstance(node, Definition) and _is_private(node.name):
                yield block, node


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _is_used(source: str, definition: Definition) -> bool:
    """Whether anything outside of it may mean it: by name, as an attribute, in a text."""
    module = SourceText.of_text(source).module
    own = range(first_line(definition), (definition.end_lineno or definition.lineno) + 1)
    return any(
        _says(node, definition.name) and getattr(node, "lineno", 0) not in own
        for node in ast.walk(module)
    )


def _says(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Name):
        return node.id == name
    if isinstance(node, ast.Attribute):
        return node.attr == name
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and name in node.value


def _without(text: SourceText, node: Definition) -> Edit:
    """Takes its lines, the comments right above and the blank lines before them."""
    first, last = first_line(node), node.end_lineno or node.lineno
    while first > 1 and text.lines[first - 2].lstrip().startswith("#"):
        first -= 1
    while first > 1 and not text.lines[first - 2].strip():
        first -= 1
    end = text.starts[last] if last < len(text.starts) else len(text.content)
    if first == 1:  # nothing is left above: what follows begins the file
        while last < len(text.starts) and not text.lines[last].strip():
            last += 1
        end = text.starts[last] if last < len(text.starts) else len(text.content)
    return Edit(text.starts[first - 1], end, b"")

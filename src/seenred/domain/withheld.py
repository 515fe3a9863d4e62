"""A file of tests without one of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from seenred.domain.placed_statement import Definition, decorators
from seenred.domain.source_text import Edit, SourceText


def without_test(source: str, names: Sequence[str]) -> str | None:
    """The file without a test and the imports that only it uses; None where no test is left.

    Args:
        names: of the classes around it and its own, outermost first.

    Raises:
        SyntaxError: the file isn't Python.
    """
    text = SourceText.of_text(source)
    block = text.module.body
    found = _named(block, names[0])
    for name in names[1:]:
        block = [each for node in found for each in getattr(node, "body", ())]
        found = _named(block, name)
    if not found:
        return source
    left = text.edited(_without(text, node, len(block) == len(found)) for node in found).decode()
    return _without_imports(left, _used(text.module)) if _has_tests(left) else None


def _named(block: Sequence[ast.stmt], name: str) -> list[Definition]:
    return [node for node in block if isinstance(node, Definition) and node.name == name]


def _without(text: SourceText, node: Definition, alone: bool) -> Edit:
    """Its lines; a class that has nothing else keeps a `pass` in its place."""
    first = min([node.lineno, *(each.lineno for each in decorators(node))])
    last = node.end_lineno or node.lineno
    end = text.starts[last] if last < len(text.starts) else len(text.content)
    rest = f"{' ' * node.col_offset}pass{text.line_end}" if alone and node.col_offset else ""
    return Edit(text.starts[first - 1], end, rest.encode())


def _has_tests(source: str) -> bool:
    module = SourceText.of_text(source).module
    return any(
        isinstance(node, Definition) and node.name.lower().startswith("test")
        for node in ast.walk(module)
        if not isinstance(node, ast.ClassDef)
    )


def _without_imports(source: str, used: set[str]) -> str:
    """The file without what it imports and does not use any more, though it did."""
    text = SourceText.of_text(source)
    gone = used - _used(text.module)
    edits: list[Edit] = []
    for node in text.module.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            kept = [alias for alias in node.names if _bound(alias) not in gone]
            if not kept:
                edits.append(text.removing(node))
            elif len(kept) < len(node.names):
                node.names = kept
                edits.append(text.replacing(node, ast.unparse(node)))
    return text.edited(edits).decode()


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _used(module: ast.Module) -> set[str]:
    return set(_read(module))


def _read(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.arg):  # a fixture's name
            yield node.arg

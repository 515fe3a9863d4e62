"""Puts an import among those that a module has, as a person would."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from seenred.domain.placed_statement import Definition, blocks
from seenred.domain.source_text import Edit, SourceText

Import = ast.Import | ast.ImportFrom


def bound_name(alias: ast.alias) -> str:
    """The name that an import binds."""
    return alias.asname or alias.name.split(".")[0]


def with_import(source: str, node: Import) -> str:
    """The module with what of the import it lacks, everything else byte for byte."""
    text = SourceText.of_text(source)
    missing = lacked(text.module, node)
    if missing is None:
        return source
    same = next((each for each in _leading(text.module) if takes(each, missing)), None)
    edit = _extended(text, same, missing) if same else _added(text, missing)
    return text.edited([edit]).decode()


def lacked(module: ast.Module, node: Import) -> Import | None:
    """The import with those of its names that the module does not have; None when it has all."""
    have = {each for found in _of_module(module) for each in _targets(found)}
    names = [a for a, each in zip(node.names, _targets(node), strict=True) if each not in have]
    if not names:
        return None
    if isinstance(node, ast.Import):
        return ast.Import(names)
    return ast.ImportFrom(node.module, names, node.level)


def _of_module(node: ast.AST) -> Iterator[Import]:
    """The imports whose names the whole module has: a function's or a class's are its own."""
    for statement in (each for block in blocks(node) for each in block):
        if isinstance(statement, Import):
            yield statement
        elif not isinstance(statement, Definition):
            yield from _of_module(statement)


def _targets(node: Import) -> Iterator[tuple[int, str, str, str]]:
    level, module = (node.level, node.module or "") if isinstance(node, ast.ImportFrom) else (0, "")
    kind = "from" if isinstance(node, ast.ImportFrom) else "import"
    for alias in node.names:
        yield level, f"{kind} {module}", alias.name, alias.asname or ""


def _leading(module: ast.Module) -> list[Import]:
    """The imports at the top, before any other statement but the docstring."""
    found: list[Import] = []
    for index, node in enumerate(module.body):
        if isinstance(node, Import):
            found.append(node)
        elif index or ast.get_docstring(module, clean=False) is None:
            break
    return found


def takes(node: Import, missing: Import) -> bool:
    """Whether the names of the one import can stand in the other."""
    return (
        isinstance(node, ast.ImportFrom)
        and isinstance(missing, ast.ImportFrom)
        and (node.module, node.level) == (missing.module, missing.level)
        and node.module != "__future__"
        and "*" not in (node.names[0].name, missing.names[0].name)
    )


def _extended(text: SourceText, node: Import, missing: Import) -> Edit:
    """New names after those that sort before them."""
    new = ", ".join(ast.unparse(alias) for alias in missing.names)
    first = missing.names[0].name
    before = [alias for alias in node.names if alias.name.lower() < first.lower()]
    if not before:
        at = text.start(node.names[0])
        return Edit(at, at, f"{new}, ".encode())
    at = text.end(before[-1])
    return Edit(at, at, f", {new}".encode())


def _key(node: Import) -> tuple[int, bool, str]:
    """Where isort puts it: future, standard library, others, relative; modules before names."""
    if isinstance(node, ast.Import):
        name, level = node.names[0].name, 0
    else:
        name, level = node.module or "", node.level
    if name == "__future__":
        return 0, False, ""
    section = 3 if level else 1 if name.split(".")[0] in sys.stdlib_module_names else 2
    return section, isinstance(node, ast.ImportFrom), name.lower()


def _added(text: SourceText, node: Import) -> Edit:
    end, line = text.line_end, ast.unparse(node)
    leading = _leading(text.module)
    if not leading:
        return _first_import(text, line)
    before = [each for each in leading if _key(each) <= _key(node)]
    neighbour = before[-1] if before else leading[0]
    apart = end if _key(neighbour)[0] != _key(node)[0] else ""
    if not before:
        at = text.starts[neighbour.lineno - 1]
        return Edit(at, at, f"{line}{end}{apart}".encode())
    at = _line_end(text, neighbour)
    return Edit(at, at, f"{end}{apart}{line}".encode())


def _first_import(text: SourceText, line: str) -> Edit:
    end, body = text.line_end, text.module.body
    if ast.get_docstring(text.module, clean=False) is not None:
        at = _line_end(text, body[0])
        apart = "" if len(body) > 1 else end
        return Edit(at, at, f"{end}{end}{line}{apart}".encode())
    at = text.starts[_after_heading(text.lines)]
    is_definition = body and isinstance(
        body[0], ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    )
    apart = end * (2 if is_definition else 1 if body else 0)
    return Edit(at, at, f"{line}{end}{apart}".encode())


def _after_heading(lines: tuple[str, ...]) -> int:
    """The index of the line below the comments that stand by themselves at the top."""
    count = 0
    while count < len(lines) and lines[count].startswith("#"):
        count += 1
    if 0 < count < len(lines) and not lines[count].strip():
        return count + 1
    return next((i for i, each in enumerate(lines) if not each.startswith(("#!", "# -*-"))), 0)


def _line_end(text: SourceText, node: ast.stmt) -> int:
    """Where the line on which a statement ends is over, before what ends it."""
    line = node.end_lineno or node.lineno
    stop = text.starts[line] if line < len(text.starts) else len(text.content)
    return len(text.content[:stop].rstrip(b"\r\n")) if line < len(text.starts) else stop

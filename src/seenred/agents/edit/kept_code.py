"""Leaves out of a reply's code what a model adds unasked: tests, demos, imports of itself."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from seenred.agents.edit.definition import key_of
from seenred.agents.edit.import_merge import bound_name
from seenred.domain.placed_statement import Definition, FunctionNode, first_line
from seenred.domain.source_text import Edit, SourceText

_Import = ast.Import | ast.ImportFrom
_Assigned = ast.Assign | ast.AnnAssign


def kept_code(code: str, path: str, source: str, wanted: Collection[str] = ()) -> str:
    """The code without what doesn't belong into the file.

    Args:
        source: of the file as it is, "" for a new one.
        wanted: names that stay in any case.

    Raises:
        SyntaxError: the code or the source isn't Python.
    """
    text = SourceText.of_text(code)
    before = SourceText.of_text(source).module.body
    have = {name for node in before for name in key_of(node) or ()}
    elsewhere = {bound_name(a) for n in before if isinstance(n, _Import) for a in n.names} - have
    is_test = is_test_file(path)
    known = have | set(wanted)
    kept = [
        node
        for index, node in enumerate(text.module.body)
        if (index == 0 and _is_string(node))
        or (_belongs(node, known, is_test) and not _is_copy(node, elsewhere))
    ]
    kept = _without_overridden(_without_demo_values(kept, known))
    own = have | {name for node in kept for name in _defined(node)}
    lost = [node for node in text.module.body if node not in kept]
    edits = [_without(text, node) for node in lost]
    for node in kept:
        if isinstance(node, _Import):
            edits += _trimmed(text, node, path, own, _used(kept) | set(wanted))
    return text.edited(edits).decode().strip("\n") + "\n"


def is_test_file(path: str) -> bool:
    """Whether a file is called as pytest's own are by default."""
    name = PurePosixPath(path).name
    return name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"


def _belongs(node: ast.stmt, known: Collection[str], is_test: bool) -> bool:
    if isinstance(node, Definition):
        return is_test or node.name in known or not is_test_definition(node)
    if isinstance(node, ast.If):
        return "__name__" not in ast.unparse(node.test) and _only_declares(node)
    if isinstance(node, ast.Try):
        return _only_declares(node)
    return isinstance(node, _Import) or key_of(node) is not None


def _is_copy(node: ast.stmt, elsewhere: Collection[str]) -> bool:
    """Whether it defines again what the file imports."""
    return isinstance(node, Definition) and node.name in elsewhere


def is_test_definition(node: ast.stmt) -> bool:
    """A test function, a class of tests, a fixture."""
    if isinstance(node, ast.ClassDef):
        bases = [ast.unparse(base) for base in node.bases]
        members = [each for each in node.body if isinstance(each, FunctionNode)]
        has_tests = any(each.name.startswith("test") for each in members)
        return any("TestCase" in base for base in bases) or has_tests
    if isinstance(node, FunctionNode):
        roles = " ".join(ast.unparse(each) for each in node.decorator_list)
        return node.name.startswith("test_") or node.name == "test" or "pytest." in roles
    return False


def _only_declares(node: ast.If | ast.Try) -> bool:
    blocks = [node.body, node.orelse]
    if isinstance(node, ast.Try):
        blocks += [handler.body for handler in node.handlers]
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Pass)
    return all(isinstance(each, (*allowed, Definition)) for block in blocks for each in block)


def _without_overridden(kept: list[ast.stmt]) -> list[ast.stmt]:
    """Drops a function that a later one of the same name replaces before anything can use it."""
    return [node for index, node in enumerate(kept) if not _is_overridden(node, kept[index + 1 :])]


def _is_overridden(node: ast.stmt, later: list[ast.stmt]) -> bool:
    if not isinstance(node, FunctionNode) or node.decorator_list:
        return False
    for following in later:
        # a decorator may register the earlier one, or be it
        if not isinstance(following, FunctionNode) or following.decorator_list:
            return False
        if following.name == node.name:
            return True
    return False


def _without_demo_values(kept: list[ast.stmt], known: Collection[str]) -> list[ast.stmt]:
    """Drops `result = add(1, 2)`: values of the code's own that no definition needs."""
    while True:
        own = {name for node in kept for name in _defined(node)} | set(known)
        used = _used(node for node in kept if not isinstance(node, _Import))
        demo = [node for node in kept if _is_demo(node, own, used, known)]
        if not demo:
            return kept
        kept = [node for node in kept if node not in demo]


def _is_demo(
    node: ast.stmt, own: Collection[str], used: Collection[str], known: Collection[str]
) -> bool:
    names = key_of(node) or ()
    if not isinstance(node, _Assigned) or any(n in used or n in known for n in names):
        return False
    called = {
        each.id
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        for each in ast.walk(call.func)
        if isinstance(each, ast.Name)
    }
    return all(name == name.lower() for name in names) and bool(called & set(own))


def _defined(node: ast.stmt) -> tuple[str, ...]:
    return () if isinstance(node, _Import) else key_of(node) or ()


def _used(nodes: Iterator[ast.stmt] | Collection[ast.stmt]) -> set[str]:
    """Names that statements read, in annotations written as strings too."""
    inner = [each for node in nodes for each in ast.walk(node)]
    names = [each for each in inner if isinstance(each, ast.Name)]
    read = {each.id for each in names if isinstance(each.ctx, ast.Load)}
    texts = {str(each.value) for each in inner if isinstance(each, ast.Constant)}
    return read | {text for text in texts if text.isidentifier()}


def _trimmed(
    text: SourceText, node: ast.Import | ast.ImportFrom, path: str, own: set[str], used: set[str]
) -> list[Edit]:
    """The edit that leaves of an import what the code uses and doesn't define itself."""
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return []
    if _is_itself(node, path):
        return [_without(text, node)]
    left = [a for a in node.names if _is_needed(node, a, own, used)]
    if len(left) == len(node.names):
        return []
    if not left:
        return [_without(text, node)]
    new: ast.stmt = ast.Import(left)
    if isinstance(node, ast.ImportFrom):
        new = ast.ImportFrom(node.module, left, node.level)
    return [text.replacing(node, ast.unparse(new))]


def _is_needed(
    node: ast.Import | ast.ImportFrom, alias: ast.alias, own: set[str], used: set[str]
) -> bool:
    if alias.name == "*":
        return False
    name = bound_name(alias)
    if isinstance(node, ast.ImportFrom) and name in own:
        return False
    return name in used


def _is_itself(node: ast.Import | ast.ImportFrom, path: str) -> bool:
    """Whether a module imports itself, under any name that its path allows."""
    parts = PurePosixPath(path).with_suffix("").parts
    parts = parts[:-1] if parts[-1:] == ("__init__",) else parts
    names = {".".join(parts[start:]) for start in range(len(parts))}
    if len(parts) > 1:  # `import json` in `shop/json.py` means the standard library's
        names -= sys.stdlib_module_names
    if isinstance(node, ast.ImportFrom):
        return node.module in names
    return all(alias.name in names for alias in node.names)


def _is_string(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _without(text: SourceText, node: ast.stmt) -> Edit:
    """Drops a statement's lines and the comments right above it."""
    lines = text.lines
    first, last = first_line(node), node.end_lineno or node.lineno
    while first > 1 and lines[first - 2].startswith("#"):
        first -= 1
    end = text.starts[last] if last < len(text.starts) else len(text.content)
    return Edit(text.starts[first - 1], end, b"")

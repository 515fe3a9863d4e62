"""Controls in the files that a test reads: snapshots, tables, expected outputs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from seenred.domain.layout import DEFAULT, Layout, is_test_support
from seenred.domain.source_text import parsed
from seenred.domain.tree import Tree
from seenred.referee.proof.placed_test import path_of, place
from seenred.referee.proof.ports import Blobs

_LAST = re.compile(rb"[A-Za-z0-9](?=[^A-Za-z0-9]*$)")
_READERS = {"read_text", "read_bytes", "read", "load", "loads", "open", "readlines"}


@dataclass(frozen=True, slots=True)
class DataControl:
    """A data file with another content.

    Attributes:
        refutes: the test compares with what it reads from there.
    """

    path: str
    content: bytes
    refutes: bool


def data_controls(
    tree: Tree, blobs: Blobs, test_id: str, layout: Layout = DEFAULT
) -> tuple[DataControl, ...]:
    """The data files that a test names, each changed in its last letter or digit."""
    source = blobs.read(tree.files[path_of(test_id)].blob)
    return tuple(_controls(tree, blobs, source, test_id, layout))


def _controls(
    tree: Tree, blobs: Blobs, source: bytes, test_id: str, layout: Layout
) -> Iterator[DataControl]:
    module = parsed(source)
    function = place(module, test_id)
    if function is None:
        return
    named, compared = set(_strings(module)), set(_compared(function))
    for path, entry in tree.files.items():
        name = PurePosixPath(path).name
        if path.endswith(".py") or entry.link or not is_test_support(path, layout):
            continue
        if name in {PurePosixPath(each).name for each in named} or _is_snapshot(path, test_id):
            content = blobs.read(entry.blob)
            changed = _LAST.sub(lambda found: b"0" if found[0] != b"0" else b"1", content, count=1)
            if changed != content:
                refutes = name in {PurePosixPath(each).name for each in compared}
                yield DataControl(path, changed, refutes)


def _strings(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
            yield each.value


def _compared(function: ast.AST) -> Iterator[str]:
    """Names of files that a side of an equality reads itself."""
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq):
            for side in (node.left, *node.comparators):
                calls = [n for n in ast.walk(side) if isinstance(n, ast.Call)]
                if any(ast.unparse(c.func).rpartition(".")[2] in _READERS for c in calls):
                    yield from _strings(side)


def _is_snapshot(path: str, test_id: str) -> bool:
    parts = PurePosixPath(path)
    return "__snapshots__" in parts.parts and parts.stem == PurePosixPath(path_of(test_id)).stem

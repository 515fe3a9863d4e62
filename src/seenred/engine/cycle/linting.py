"""The house's own checks of a change: its limits, and how its tests are written."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from seenred.domain.complaint import Complaint
from seenred.domain.file_protocol import FileProtocol
from seenred.domain.house_limit import exceeded, sizes
from seenred.domain.layout import DEFAULT, Layout, project_modules
from seenred.domain.source_text import parsed
from seenred.domain.testing_smell import Subject, pain, smells
from seenred.domain.tree import Tree
from seenred.referee.proof.placed_test import path_of
from seenred.referee.proof.ports import Blobs

TEST_LINT = "test lint"


def house_complaints(
    blobs: Blobs, base: Tree, tree: Tree, protocol: FileProtocol
) -> tuple[Complaint, ...]:
    """What the change from `base` to `tree` brings over the house limits, where there are any."""
    if protocol.limits is None:
        return ()
    changed = [path for path in tree.changed_from(base) if path.endswith(".py")]
    before = {path: _read(blobs, base, path) for path in changed if path in base}
    after = {path: _read(blobs, tree, path) for path in changed if path in tree}
    return exceeded(before, after, protocol.limits)


def smell_complaints(
    blobs: Blobs,
    tree: Tree,
    tests: Iterable[str],
    protocol: FileProtocol,
    layout: Layout = DEFAULT,
) -> tuple[Complaint, ...]:
    """What is wrong with how these tests are written, where that is looked at.

    Args:
        tests: ids of new tests.
    """
    if not protocol.test_lint:
        return ()
    subject = subject_of(blobs, tree, layout)
    return tuple(
        Complaint(TEST_LINT, f"{path_of(test)}:{smell.line}", smell.what)
        for test in tests
        if (module := _module(blobs, tree, path_of(test)))
        for smell in smells(module, _name(test), subject)
    )


def design_feedback(blobs: Blobs, tree: Tree, test: str, layout: Layout = DEFAULT) -> str:
    """Why a test was hard to write, and the design that would make it easy; "" where it was not."""
    module = _module(blobs, tree, path_of(test))
    return pain(module, _name(test), subject_of(blobs, tree, layout)) if module else ""


def subject_of(blobs: Blobs, tree: Tree, layout: Layout = DEFAULT) -> Subject:
    """What the project's own code defines, by the names under which it is imported."""
    return Subject(
        {
            module: frozenset(_definitions(_module(blobs, tree, path)))
            for module, path in project_modules(tree, layout).items()
        }
    )


def _definitions(module: ast.Module | None) -> Iterator[str]:
    if module is None:
        return
    yield from (size.name for size in sizes(module))
    yield from _classes(module.body)


def _classes(body: Sequence[ast.stmt], owner: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield f"{owner}{node.name}"
            yield from _classes(node.body, f"{owner}{node.name}.")


def _module(blobs: Blobs, tree: Tree, path: str) -> ast.Module | None:
    try:
        return parsed(_read(blobs, tree, path)) if path in tree else None
    except (SyntaxError, ValueError):
        return None


def _read(blobs: Blobs, tree: Tree, path: str) -> bytes:
    return blobs.read(tree.files[path].blob)


def _name(test: str) -> str:
    return test.partition("::")[2]

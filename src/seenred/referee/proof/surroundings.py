"""Gathers from two trees what must be known to say why a test failed."""

from __future__ import annotations

from collections.abc import Iterator

from seenred.domain.layout import (
    DEFAULT,
    Layout,
    is_production,
    is_test,
    is_test_support,
    project_modules,
)
from seenred.domain.tree import Tree
from seenred.referee.proof.introduced import Introduced, defined_names, introduced
from seenred.referee.proof.ports import Blobs
from seenred.referee.proof.reason import Surroundings


def surroundings(
    base: Tree,
    changed: Tree,
    blobs: Blobs,
    named: Introduced,
    layout: Layout = DEFAULT,
) -> Surroundings:
    """What is known of a project before and after a change.

    Args:
        named: what the plan, the located code or a person says that will be introduced.
    """
    found = introduced(base, changed, blobs, layout)
    production = {*_production(base, layout), *_production(changed, layout)}
    modules = {**project_modules(base, layout), **project_modules(changed, layout)}
    return Surroundings(
        introduced=named | found,
        modules=frozenset(modules) | _test_packages(base, layout) | named.modules,
        production=frozenset(production),
        callables=frozenset(_callables((base, changed), blobs, layout)),
        sources={path: content(base, path, blobs) for path in _test_code(base, layout)},
    )


def content(tree: Tree, path: str, blobs: Blobs) -> bytes:
    """A file's content."""
    return blobs.read(tree.files[path].blob)


def _production(tree: Tree, layout: Layout) -> Iterator[str]:
    return (path for path in tree.files if path.endswith(".py") and is_production(path, layout))


def _test_code(tree: Tree, layout: Layout) -> Iterator[str]:
    for path in tree.files:
        if path.endswith(".py") and (is_test(path, layout) or is_test_support(path, layout)):
            yield path


def _test_packages(tree: Tree, layout: Layout) -> frozenset[str]:
    """First names under which tests import each other: their top folder and their own name."""
    parts = [path.removesuffix(".py").split("/") for path in _test_code(tree, layout)]
    return frozenset(name for each in parts for name in (each[0], each[-1]))


def _callables(trees: tuple[Tree, ...], blobs: Blobs, layout: Layout) -> Iterator[str]:
    files = {tree.files[path] for tree in trees for path in _production(tree, layout)}
    for entry in files:
        for name in defined_names(blobs.read(entry.blob)):
            yield name.partition("(")[0].rpartition(".")[2]

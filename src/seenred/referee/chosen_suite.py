"""The part of a suite that a person chose."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from difflib import get_close_matches

from seenred.domain.tree import Tree
from seenred.errors import UsageError


def chosen_suite(paths: Sequence[str], head: Tree) -> tuple[str, ...]:
    """The chosen files and folders, as the tree names them.

    Raises:
        UsageError: the head has nothing at one of them.
    """
    return tuple(_known(posixpath.normpath(path), head) for path in paths)


def _known(path: str, head: Tree) -> str:
    if path in head or any(file.startswith(f"{path}/") for file in head.files):
        return path
    folders = {parent for file in head.files for parent in _parents(file)}
    near = get_close_matches(path, [*head.files, *folders], n=1, cutoff=0.5)
    meant = f"did you mean {near[0]}?" if near else "name a file or a folder of tests."
    raise UsageError("suite-missing", f"The head has no {path} to confine the tests to; {meant}")


def _parents(file: str) -> list[str]:
    parts = file.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]

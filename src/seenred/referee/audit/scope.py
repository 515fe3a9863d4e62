"""Which test files a change can affect; the others end as they did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seenred.domain.layout import Layout, is_test
from seenred.domain.tree import Tree
from seenred.referee.audit.change import Change, FileChange
from seenred.referee.audit.import_reach import ImportReach
from seenred.referee.configuration import test_paths
from seenred.referee.proof.ports import Blobs


def affected_files(
    change: Change, reach: ImportReach, blobs: Blobs, layout: Layout
) -> frozenset[str] | None:
    """Test files of either tree that can reach something that differs; None for all.

    Settings and data are read by no import, and a conftest may choose what is collected: those
    can affect every test.
    """
    if any(_is_far_reaching(each) for each in (*change.production, *change.shared)):
        return None
    files = suite_files(change, blobs, layout)
    return frozenset(path for path in files if _differs(change, reach, path))


def suite_files(change: Change, blobs: Blobs, layout: Layout) -> frozenset[str]:
    """All test files of either tree."""
    trees = change.base, change.tree
    return frozenset(path for tree in trees for path in _collected(tree, blobs, layout))


def chosen_files(
    change: Change, reach: ImportReach, files: frozenset[str], suite: Sequence[str]
) -> frozenset[str]:
    """Those of the test files that a person chose, and the change's own.

    Args:
        suite: files and folders; empty chooses all.
    """
    own = own_tests(change, reach, files)
    return frozenset(path for path in files if path in own or is_in_suite(path, suite))


def is_in_suite(path: str, suite: Sequence[str]) -> bool:
    """Whether a file is one of these, or lies below one of these; always where there are none."""
    return not suite or any(f"{path}/".startswith(f"{part.rstrip('/')}/") for part in suite)


def collected_files(tree: Tree, blobs: Blobs, layout: Layout) -> tuple[str, ...]:
    """Files in which the project looks for tests, as far as paths and settings tell."""
    return tuple(sorted(_collected(tree, blobs, layout)))


def own_tests(change: Change, reach: ImportReach, files: Iterable[str]) -> frozenset[str]:
    """Those of the test files that a change edits, or that import rows or helpers that it edits."""
    edited = {each.path for each in change.tests}
    support = [each.path for each in change.support if each.path in change.tree]
    rows = [path for path in support if path.endswith(".py") and not path.endswith("conftest.py")]
    return frozenset(
        path
        for path in files
        if path in edited
        or (path in change.tree and any(reach.names(change.tree, path, each) for each in rows))
    )


def _is_far_reaching(each: FileChange) -> bool:
    if not each.path.endswith(".py"):
        return True
    source = (each.before or b"") + (each.after or b"")
    choosing = (b"collect_ignore", b"def pytest_", b"pytest_plugins")
    return each.path.endswith("conftest.py") and any(word in source for word in choosing)


def _differs(change: Change, reach: ImportReach, path: str) -> bool:
    if path not in change.base or path not in change.tree:
        return True
    return reach.key(change.base, path) != reach.key(change.tree, path)


def _collected(tree: Tree, blobs: Blobs, layout: Layout) -> set[str]:
    below = test_paths(tree, blobs)
    return {
        path
        for path in tree.files
        if is_test(path, layout) and (not below or path.startswith(below)) and _is_entered(path)
    }


def _is_entered(path: str) -> bool:
    """Pytest does not look into these by itself (its default `norecursedirs`)."""
    folders = path.split("/")[:-1]
    return not any(each.startswith(".") or each in _SKIPPED for each in folders)


_SKIPPED = ("build", "dist", "node_modules", "venv", "CVS", "_darcs", "{arch}")

"""Which tricks of a change are run by its tests."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from seenred.domain.layout import DEFAULT, Layout, is_production, is_test, is_test_support
from seenred.domain.proof import Detail, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.integrity import Trick, tricks_in_production, tricks_in_support
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner

# what no code has a reason for but its tests
_NEVER_HONEST = ("reads-tests", "detects-tests")
# modules that exist to serve the tests of others, by their name
_FOR_TESTS = ("testing", "pytest_plugin", "plugin", "pytest", "unittest")


@dataclass(frozen=True, slots=True)
class _Placed:
    path: str
    trick: Trick

    @property
    def where(self) -> str:
        return f"{self.path}:{self.trick.line}"


async def find_tricks(
    runner: SuiteRunner,
    blobs: Blobs,
    before: Tree | None,
    tree: Tree,
    tests: Selection,
    layout: Layout = DEFAULT,
) -> tuple[Detail, ...]:
    """New tricks: refuted where the tests run them, else only told.

    Args:
        before: the tree that had them already, if it had. With None nothing is known to be new:
            what honest code may do too is only told.
        tests: the tests whose way through the code counts.
    """
    placed = list(_new(blobs, before, tree, layout))
    if not placed:
        return ()
    paths = tuple(dict.fromkeys(each.path for each in placed))
    seen = await runner.observe(tree, replace(tests, trace=paths))
    lines: dict[str, set[int]] = {path: set() for path in paths}
    for executed in seen.executed.values():
        for path in paths:
            lines[path] |= executed.get(path, frozenset())
    traced = bool(seen.executed)
    suspect = [each for each in placed if before is not None or each.trick.kind in _NEVER_HONEST]
    return tuple(
        _detail(each, each in suspect and (not traced or _is_run(each, lines))) for each in placed
    )


def support_tricks(
    blobs: Blobs, before: Tree | None, tree: Tree, layout: Layout = DEFAULT
) -> tuple[Detail, ...]:
    """What tests and their support do to how tests are reported; refuted where it is new.

    What they hide is seen all the same, so that an old habit of a project is only told.
    """
    found = [
        _Placed(path, trick)
        for path in _changed(before, tree)
        if is_test(path, layout) or is_test_support(path, layout)
        for trick in tricks_in_support(blobs.read(tree.files[path].blob))
    ]
    return tuple(_detail(each, is_run=before is not None) for each in found)


def _new(blobs: Blobs, before: Tree | None, tree: Tree, layout: Layout) -> Iterator[_Placed]:
    """Tricks in changed production code of a kind that the project had no use for before."""
    changed = [path for path in _changed(before, tree) if is_production(path, layout)]
    found = [_Placed(p, t) for p in changed for t in _tricks(blobs, tree, p)]
    if not found:
        return
    known = _kinds(blobs, before, layout) if before is not None else frozenset()
    if _is_about_pytest(blobs, before or tree):
        known |= {"test-framework"}
    yield from (each for each in found if each.trick.kind not in known)


def _is_about_pytest(blobs: Blobs, tree: Tree) -> bool:
    """Whether the project is a plugin of pytest, or depends on it to do its own work."""
    entry = tree.files.get("pyproject.toml")
    try:
        settings = tomllib.loads(blobs.read(entry.blob).decode()) if entry else {}
    except ValueError:
        return False
    project = settings.get("project", {})
    needed = [str(each).lower() for each in project.get("dependencies", ())]
    return "pytest11" in project.get("entry-points", {}) or any(
        re.match(r"pytest\b(?!-)", each) for each in needed
    )


def _kinds(blobs: Blobs, tree: Tree, layout: Layout) -> frozenset[str]:
    paths = [p for p in tree.files if p.endswith(".py") and is_production(p, layout)]
    return frozenset(trick.kind for path in paths for trick in _tricks(blobs, tree, path))


def _tricks(blobs: Blobs, tree: Tree, path: str) -> Sequence[Trick]:
    return tricks_in_production(blobs.read(tree.files[path].blob))


def _changed(before: Tree | None, tree: Tree) -> Iterator[str]:
    paths = tree.files if before is None else tree.changed_from(before)
    return (path for path in sorted(paths) if path in tree and path.endswith(".py"))


def _is_run(placed: _Placed, lines: dict[str, set[int]]) -> bool:
    if placed.trick.kind == "test-framework" and _serves_tests(placed.path):
        return False
    return placed.trick.line in lines[placed.path]


def _serves_tests(path: str) -> bool:
    names = [PurePosixPath(part).stem for part in PurePosixPath(path).parts]
    return any(name.strip("_") in _FOR_TESTS for name in names)


def _detail(placed: _Placed, is_run: bool) -> Detail:
    trick = placed.trick
    if is_run:
        return Detail(f"{trick.what}", placed.where, f"trick-{trick.kind}", Verdict.REFUTED)
    return Detail(trick.what, placed.where, f"trick-{trick.kind}", Verdict.NOT_APPLICABLE)

"""What changed between red and green that had to stay the same."""

from __future__ import annotations

from collections.abc import Iterator

from seenred.domain.layout import DEFAULT, Layout, Part, part_of
from seenred.domain.proof import Detail, Verdict
from seenred.domain.tree import Tree
from seenred.referee.configuration import is_about_tests
from seenred.referee.proof.ports import Blobs


def tampered(red: Tree, green: Tree, blobs: Blobs, layout: Layout = DEFAULT) -> tuple[Detail, ...]:
    """Tests, what serves them and pytest's settings that are no longer those of the red tree."""
    return tuple(_tampered(red, green, blobs, layout))


def _tampered(red: Tree, green: Tree, blobs: Blobs, layout: Layout) -> Iterator[Detail]:
    for path in green.changed_from(red):
        part = part_of(path, layout)
        if part not in (Part.TEST, Part.TEST_SUPPORT, Part.TEST_CONFIG):
            continue
        if part is Part.TEST_CONFIG and not _settings_differ(path, red, green, blobs):
            continue
        how = "removed" if path not in green else "added" if path not in red else "changed"
        yield Detail(f"{how} after the red step", path, "tampered", Verdict.REFUTED)


def _settings_differ(path: str, red: Tree, green: Tree, blobs: Blobs) -> bool:
    before, after = (
        blobs.read(tree.files[path].blob) if path in tree else None for tree in (red, green)
    )
    return is_about_tests(path, before, after)

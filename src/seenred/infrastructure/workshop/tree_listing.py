"""The files of a commit or a tree, by git's own listing."""

from __future__ import annotations

from collections.abc import Mapping

from seenred.domain.tree import Entry
from seenred.infrastructure.history.git import parse_listing
from seenred.infrastructure.workshop.writing_git import WritingGit


def files_of(git: WritingGit, name: str) -> Mapping[str, Entry]:
    """Path to entry, submodules left out; nothing when the name is ""."""
    if not name:
        return {}
    return parse_listing(git.run("ls-tree", "-r", "-z", "--full-tree", name))[0].files

"""A state of a repository's files, as a value."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree.

    Attributes:
        blob: name of its content in the store of blobs (git's own: sha1 of `blob SIZE\\0CONTENT`).
        executable: its mode has the executable bit.
        link: it is a symbolic link; the content is where it points.
    """

    blob: str
    executable: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """Files by their path relative to the repository's root, with `/` between the parts."""

    files: Mapping[str, Entry]

    def __contains__(self, path: str) -> bool:
        return path in self.files

    def with_changes(self, changes: Mapping[str, Entry | None]) -> Tree:
        """The tree with entries put in place, or removed where None is given."""
        files = {**self.files, **changes}
        return Tree({path: entry for path, entry in files.items() if entry is not None})

    def changed_from(self, other: Tree) -> tuple[str, ...]:
        """Paths whose entry differs between the two, sorted."""
        paths = {*self.files, *other.files}
        return tuple(sorted(p for p in paths if self.files.get(p) != other.files.get(p)))

    @property
    def digest(self) -> str:
        """sha256 of all paths and entries: equal exactly when the trees are equal."""
        summary = hashlib.sha256()
        for path in sorted(self.files):
            entry = self.files[path]
            flags = f"{entry.executable:d}{entry.link:d}"
            summary.update(f"{path}\0{entry.blob}\0{flags}\0".encode())
        return summary.hexdigest()

"""A folder of this machine that holds one tree at a time; only what changed is written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from seenred.domain.tree import Entry, Tree
from seenred.errors import UsageError
from seenred.infrastructure.owned_folder import OwnedFolder

_FORBIDDEN = ("", ".", "..", ".git")


class Stage:
    """Lays trees, for any user to read and for nobody to write."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._owned = OwnedFolder()
        self.folder = self._owned.path
        self._read = read
        self._laid: dict[str, Entry] = {}
        self._folders: set[str] = set()
        # never one that Python has seen for another content: compiled files are known by it
        self._clock = time.time_ns()
        self.folder.chmod(0o755)

    def lay(self, tree: Tree) -> tuple[str, ...]:
        """Make the folder hold this tree; the paths that were written or removed.

        Folders that became empty go, for Python would import them; not those that others made, for
        something may be mounted there.

        Raises:
            UsageError: a path of the tree leads out of it.
        """
        changed = tree.changed_from(Tree(self._laid))
        for path in changed:
            _require_inside(path)
        for path in changed:
            if path in self._laid:
                (self.folder / path).unlink(missing_ok=True)
                del self._laid[path]
                self._remove_empty(path.rpartition("/")[0])
        self._clock = max(self._clock + 1_000_000_000, time.time_ns())
        for path in changed:
            if path in tree.files:
                self._write(path, tree.files[path])
                self._laid[path] = tree.files[path]
        return changed

    def _write(self, path: str, entry: Entry) -> None:
        target = self.folder / path
        self._make_folders(path.rpartition("/")[0])
        content = self._read(entry.blob)
        if entry.link:
            target.symlink_to(os.fsdecode(content))
            return
        target.write_bytes(content)
        target.chmod(0o755 if entry.executable else 0o644)
        os.utime(target, ns=(self._clock, self._clock))

    def _make_folders(self, path: str) -> None:
        folder = self.folder / path
        if folder.is_symlink():
            raise UsageError("tree-path", f"{path!r} is a link and a folder; git allows no such.")
        if folder.is_dir():
            return
        self._make_folders(path.rpartition("/")[0])
        folder.mkdir()
        folder.chmod(0o755)
        self._folders.add(path)

    def _remove_empty(self, path: str) -> None:
        while path in self._folders:
            try:
                (self.folder / path).rmdir()
            except OSError:
                return  # it holds something still
            self._folders.remove(path)
            path = path.rpartition("/")[0]

    def remove(self) -> None:
        """Remove the folder; harmless when it is gone."""
        self._owned.remove()


def _require_inside(path: str) -> None:
    if path.startswith("/") or any(part in _FORBIDDEN for part in path.split("/")):
        raise UsageError("tree-path", f"{path!r} leads out of the tree; git allows no such path.")

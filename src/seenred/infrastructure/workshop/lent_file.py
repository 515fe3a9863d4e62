"""Files of the user's tree that git does not know, and that every run of the tests gets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from seenred.domain.tree import Entry
from seenred.errors import UsageError
from seenred.referee.proof.ports import Blobs


def lent_files(root: Path, names: Iterable[str], blobs: Blobs) -> dict[str, Entry]:
    """The files and the folders' files of these names, as they lie there.

    Raises:
        UsageError: one is not there, or cannot be read.
    """
    files: dict[str, Entry] = {}
    for name in names:
        place = root / name
        inside = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
        for path in inside:
            files[path.relative_to(root).as_posix()] = _entry(path, name, blobs)
    return files


def _entry(path: Path, name: str, blobs: Blobs) -> Entry:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(
            "copy-unreadable",
            f"worktree.copy names {name}, which cannot be read: {error.strerror}; "
            "correct the setting.",
        ) from None
    return Entry(blobs.add(content), executable=path.stat().st_mode & 0o100 != 0)

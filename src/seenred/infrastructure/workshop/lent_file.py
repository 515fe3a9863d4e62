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
        UsageError: one is not there, cannot be read, or is none of the project's own.
    """
    files: dict[str, Entry] = {}
    for name in names:
        place = root / name
        inside = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
        for path in inside:
            _require_own(path, name, root)
            files[path.relative_to(root).as_posix()] = _entry(path, name, blobs)
    return files


def _require_own(path: Path, name: str, root: Path) -> None:
    """A project's settings may not hand out what the project does not hold: a link leads anywhere.

    Git's own folder has the passwords of remote repositories.
    """
    real = path.resolve()
    within = real.is_relative_to(root.resolve())
    if within and ".git" not in real.relative_to(root.resolve()).parts:
        return
    why = "is git's own" if within else f"leads to {real}"
    raise UsageError(
        "copy-outside",
        f"worktree.copy names {name}, but {path.relative_to(root).as_posix()} {why}; "
        "name files of the project's own.",
    )


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

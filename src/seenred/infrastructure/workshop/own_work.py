"""What the user has in their working tree that no commit holds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from seenred.infrastructure.workshop.standing import Standing
from seenred.infrastructure.workshop.writing_git import WritingGit, disk_full

_NAMES = ("diff", "--name-only", "-z", "--no-renames", "--ignore-submodules=all")
# for the index and what git itself notes
_SPARE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class OwnWork:
    """The user's own changes against the commit that they stand at.

    Attributes:
        in_the_way: paths that the new commits change as well, sorted.
    """

    in_the_way: tuple[str, ...]


def read_own_work(git: WritingGit, head: str, tip: str) -> OwnWork:
    """What lies in the way from `head` ("": there is no commit) to `tip`."""
    start = head or empty_tree(git)
    touched = _paths(git.run(*_NAMES, start, tip))
    added = _paths(git.run(*_NAMES, "--diff-filter=A", start, tip))
    dirty = set(changed_paths(git, head))
    found = {path for path in touched if path in dirty}
    return OwnWork(tuple(sorted(found | {path for path in added if _lies_there(git, path)})))


def changed_paths(git: WritingGit, head: str) -> list[str]:
    """Tracked files that differ from the commit, in the index or on disk; no untracked ones."""
    staged = git.run(*_NAMES, "--cached", head or empty_tree(git))
    on_disk = git.run(*_NAMES, *([head] if head else []))
    return sorted({*_paths(staged), *_paths(on_disk)})


def empty_tree(git: WritingGit) -> str:
    """Name of the tree without files."""
    return git.told("hash-object", "-t", "tree", "--stdin")


def require_room(standing: Standing, head: str, tip: str) -> None:
    """Nothing when the new files fit on the user's disk.

    Raises:
        EnvironmentLacks: `disk-full`.
    """
    git = standing.git
    rows = git.told("diff", "--raw", "--no-abbrev", "--no-renames", head or empty_tree(git), tip)
    blobs = "\n".join(row.split()[3] for row in rows.splitlines() if row.startswith(":"))
    sizes = git.told("cat-file", "--batch-check=%(objectsize)", stdin=blobs.encode())
    wanted = sum(int(size) for size in sizes.splitlines() if size.isdecimal())
    index = standing.git_dir / "index"
    wanted += index.stat().st_size if index.exists() else 0
    if _free(standing.root) < wanted + _SPARE:
        raise disk_full(standing.root)


def _free(folder: Path) -> int:
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def _lies_there(git: WritingGit, path: str) -> bool:
    """Whether a file that git does not know lies at the path, or where its folder has to be."""
    root = git.folder
    if os.path.lexists(root / path):
        return True
    parents = [folder for folder in (root / path).parents if folder.is_relative_to(root)]
    found = [folder for folder in parents if os.path.lexists(folder) and not folder.is_dir()]
    asked = ("--literal-pathspecs", "ls-files", "--error-unmatch", "--")
    return any(git.attempt(*asked, str(folder)).returncode for folder in found)


def _paths(listed: bytes) -> list[str]:
    return [os.fsdecode(path) for path in listed.split(b"\0") if path]

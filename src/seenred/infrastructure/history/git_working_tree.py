"""The files of a working tree as they lie there now; git's index is read and left as it is.

Contents are compared here: to compare them, git would run the filters that a repository names.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from seenred.domain.tree import Entry, Tree
from seenred.infrastructure.history.git_blobs import GitBlobs
from seenred.infrastructure.history.git_command import GitCommand


def read_working_tree(git: GitCommand, blobs: GitBlobs) -> Tree:
    """Tracked files and new ones that are not ignored; `git` stands at the tree's root."""
    tracked = indexed(git)
    new = git.run("ls-files", "-z", "--others", "--exclude-standard").split(b"\0")
    paths = [*tracked, *(os.fsdecode(path) for path in new if path)]
    found = {path: _on_disk(git.folder / path, tracked.get(path), blobs) for path in paths}
    return Tree({path: entry for path, entry in found.items() if entry is not None})


def indexed(git: GitCommand) -> dict[str, Entry]:
    """What the index holds; a submodule has no content of its own."""
    files: dict[str, Entry] = {}
    for row in filter(None, git.run("ls-files", "-z", "--stage").split(b"\0")):
        attributes, _, path = row.partition(b"\t")
        mode, name, _ = attributes.decode().split()
        if mode != "160000":
            entry = Entry(name, executable=mode == "100755", link=mode == "120000")
            files[os.fsdecode(path)] = entry
    return files


def _on_disk(path: Path, indexed: Entry | None, blobs: GitBlobs) -> Entry | None:
    """The file's state; None when there is none (removed, a nested repository, a socket)."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return Entry(blobs.add(os.fsencode(path.readlink())), link=True)
        content = path.read_bytes() if stat.S_ISREG(mode) else None
    except OSError:  # it went away meanwhile, or is not ours to read
        return None
    if content is None:
        return None
    blob = _blob_of(content, indexed.blob if indexed else "", blobs)
    return Entry(blob, executable=bool(mode & stat.S_IXUSR))


def _blob_of(content: bytes, indexed: str, blobs: GitBlobs) -> str:
    """The index's blob where only the line ends differ, as they do with `core.autocrlf`."""
    spelled = (content, content.replace(b"\r\n", b"\n"))
    if indexed and any(blobs.name_of(spelling) == indexed for spelling in spelled):
        return indexed
    return blobs.add(content)

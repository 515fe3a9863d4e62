"""The command's folder: files in, files out, and how much lies in it."""

# pathlib would cost each command its import
# ruff: noqa: PTH103, PTH118, PTH120, PTH123

from __future__ import annotations

import os
import stat


def lay(scratch: str, files: dict[str, bytes], owner: int | None) -> None:
    """Write the files, for `owner` to keep when one is given."""
    for name, content in files.items():
        path = os.path.join(scratch, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    if owner is not None:
        for folder, _, names in os.walk(scratch):
            for path in (folder, *(os.path.join(folder, name) for name in names)):
                os.chown(path, owner, owner)


def collect(scratch: str, names: list[str], limit: int) -> dict[str, bytes]:
    """Read regular files back, never through a link and never more than `limit` bytes in all."""
    found: dict[str, bytes] = {}
    for name in names:
        content = _read(scratch, name, limit)
        if content is not None:
            found[name] = content
            limit -= len(content)
    return found


def _read(scratch: str, name: str, limit: int) -> bytes | None:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    at = os.open(scratch, flags | os.O_DIRECTORY)
    try:
        *folders, last = name.split("/")
        for folder in folders:
            at = _step(at, folder, flags | os.O_DIRECTORY)
        at = _step(at, last, flags)
        seen = os.fstat(at)
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > limit:
            return None
        with os.fdopen(os.dup(at), "rb") as file:
            return file.read(limit)
    except OSError:
        return None
    finally:
        os.close(at)


def _step(folder: int, name: str, flags: int) -> int:
    below = os.open(name, flags, dir_fd=folder)
    os.dup2(below, folder, inheritable=False)
    os.close(below)
    return folder


def size(scratch: str) -> int:
    """Bytes on disk below the folder; files that vanish meanwhile count nothing."""
    total = 0
    for folder, _, names in os.walk(scratch):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_blocks * 512
            except OSError:
                continue
    return total

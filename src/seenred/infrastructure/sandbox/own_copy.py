"""Files of which a sandbox sees a copy of its own, so that whoever watches them sees no others."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path


@contextlib.contextmanager
def own_copies(paths: Sequence[str]) -> Iterator[tuple[list[str], tuple[int, ...]]]:
    """Bubblewrap's words that show a copy of each in its place, and the descriptors they name."""
    with contextlib.ExitStack() as open_files:
        words: list[str] = []
        fds: list[int] = []
        for path in paths:
            fd = os.memfd_create(Path(path).name)
            open_files.callback(os.close, fd)
            with os.fdopen(os.dup(fd), "wb") as copy:
                copy.write(Path(path).read_bytes())
            os.lseek(fd, 0, os.SEEK_SET)
            words += ["--perms", "0755", "--ro-bind-data", str(fd), path]
            fds.append(fd)
        yield words, tuple(fds)

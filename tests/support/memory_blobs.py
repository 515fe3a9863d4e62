"""Content in a dictionary, and trees of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from seenred.domain.tree import Entry, Tree


class MemoryBlobs:
    """Blobs in a dictionary, under git's names."""

    def __init__(self) -> None:
        self._content: dict[str, bytes] = {}

    def read(self, blob: str) -> bytes:
        return self._content[blob]

    def add(self, content: bytes) -> str:
        name = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        self._content[name] = content
        return name

    def tree(self, files: Mapping[str, str]) -> Tree:
        return Tree({path: Entry(self.add(text.encode())) for path, text in files.items()})

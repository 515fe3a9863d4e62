"""Texts in a folder, each in a file that is named by its content."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path


class FolderObjects:
    """Keeps texts by the sha256 of their UTF-8 bytes; what is kept is never changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, text: str) -> str:
        """Keep it; returns its sha256. A kill leaves it whole or not there."""
        content = text.encode()
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial = path.with_suffix(f".{os.getpid()}")
            partial.write_bytes(content)
            partial.replace(path)
        return sha256

    def recall(self, sha256: str) -> str | None:
        """The text, or None when it is not there."""
        with contextlib.suppress(FileNotFoundError):
            return self._path(sha256).read_bytes().decode()
        return None

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:]

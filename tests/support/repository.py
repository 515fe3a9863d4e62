"""A git repository for tests, made commit by commit."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path


class Repository:
    """A real repository, made by the user's own git."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        path.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        done = subprocess.run(
            ["git", "-C", str(self.path), *identity, *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, files: dict[str, str]) -> None:
        for path, content in files.items():
            full = self.path / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_text(content)

    def change(self, files: Mapping[str, str | None]) -> None:
        """Write files, and remove those that are None."""
        self.write({path: content for path, content in files.items() if content is not None})
        for path in (path for path, content in files.items() if content is None):
            (self.path / path).unlink(missing_ok=True)

    def commit(self, message: str, files: dict[str, str]) -> str:
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def state(self) -> dict[str, bytes]:
        """Every file below the folder, `.git` included."""
        files = [path for path in self.path.rglob("*") if path.is_file()]
        return {str(path): path.read_bytes() for path in files}

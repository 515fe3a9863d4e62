"""Content out of a git repository, by git's own names; what is added stays in memory."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from threading import Lock
from typing import IO, Self

from seenred.infrastructure.history.git_command import GitCommand
from seenred.infrastructure.supervisor import stop


class GitBlobs:
    """The repository's objects, and content that lives as long as this object.

    One git process answers all questions; `close` ends it.
    """

    def __init__(self, path: Path) -> None:
        self._git = GitCommand(path)
        self._added: dict[str, bytes] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._format = ""
        self._lock = Lock()

    def read(self, blob: str) -> bytes:
        """The content.

        Raises:
            KeyError: there is no such blob.
        """
        if blob in self._added:
            return self._added[blob]
        return self.raw(blob)

    def add(self, content: bytes) -> str:
        """Keep content and return the name that git would give it."""
        name = self.name_of(content)
        self._added[name] = content
        return name

    def name_of(self, content: bytes) -> str:
        """The name that git gives to content, in this repository's format."""
        summary = hashlib.new(self._object_format(), usedforsecurity=False)
        summary.update(b"blob %d\0" % len(content) + content)
        return summary.hexdigest()

    def raw(self, name: str) -> bytes:
        """Raw content of any object of the repository: a blob, a commit.

        Raises:
            KeyError: it is not there (a shallow or partial clone lacks some).
        """
        if not name or not name.isalnum():
            raise KeyError(name)
        with self._lock:
            asked, answers = self._pipes()
            asked.write(name.encode() + b"\n")
            asked.flush()
            header = answers.readline().split()
            if len(header) != 3:  # `NAME missing`, or git has ended
                self._forget_if_ended()
                raise KeyError(name)
            content = answers.read(int(header[2]))
            answers.read(1)
            return content

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the git process; a later read starts another."""
        with self._lock:
            if self._process is not None:
                with self._process:
                    stop(self._process, now=True)  # it only reads
                self._process = None

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = self._git.open("cat-file", "--batch")
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:  # never: both were asked for
            raise RuntimeError("git was opened without pipes")
        return asked, answers

    def _forget_if_ended(self) -> None:
        # it ends at once where there is no repository, and after a lazy fetch was refused
        if self._process is not None and self._process.poll() is not None:
            self._process.communicate()
            self._process = None

    def _object_format(self) -> str:
        if not self._format:
            told = self._git.attempt("rev-parse", "--show-object-format")
            named = told.stdout.decode().strip() if told.returncode == 0 else ""
            self._format = named if named in hashlib.algorithms_guaranteed else "sha1"
        return self._format

"""A folder of one run that may be gone on with: what the run wrote before, it may write again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from seenred.errors import UsageError
from seenred.infrastructure.workspace.artifacts import inside, unwritable

_PARTIAL = ".part"


class OwnArtifacts:
    """Artifacts of one run in one folder.

    Args:
        claimed: for each name the sha256 of what the run, in other processes, was about to write.
        claim: notes name and sha256 of what is about to be written; raises when the run is no
            longer this process's.
        generation: of the run; each has a partial file of its own.
    """

    def __init__(
        self,
        folder: Path,
        claimed: Mapping[str, Collection[str]],
        claim: Callable[[str, str], object],
        generation: int = 0,
    ) -> None:
        self._folder = folder
        self._claimed = claimed
        self._claim = claim
        self._generation = generation
        self._written: set[str] = set()

    @property
    def location(self) -> str:
        """The folder, as the user gave it."""
        return str(self._folder)

    def write(self, name: str, content: str) -> str:
        """Write a file whole or not at all; one that the run wrote before is replaced.

        Raises:
            UsageError: a file of that name is there and is none of the run's, or was changed.
        """
        path, data = inside(self._folder, name), content.encode()
        try:
            there = _sha256(path.read_bytes()) if path.exists() else None
            if there is not None and (name in self._written or not self._ours(name, there)):
                raise UsageError(
                    "artifact-exists", f"{path} is there already and is never overwritten."
                )
            self._written.add(name)
            if there != _sha256(data):
                self._replace(path, data)
        except OSError as error:
            raise unwritable(path, error) from None
        return str(path)

    def read(self, name: str) -> str | None:
        """Content of a file that was written, or None."""
        path = inside(self._folder, name)
        return path.read_text(encoding="utf-8") if self._taken(name) else None

    def free_name(self, stem: str, suffix: str) -> str:
        """The first of `stem`, `stem_2`, `stem_3`, … with `suffix` that this run has not taken."""
        name, number = f"{stem}{suffix}", 1
        while self._taken(name):
            number += 1
            name = f"{stem}_{number}{suffix}"
        return name

    def _taken(self, name: str) -> bool:
        there = inside(self._folder, name).exists()
        return there and (name in self._written or name not in self._claimed)

    def _ours(self, name: str, sha256: str) -> bool:
        return sha256 in self._claimed.get(name, ())

    def _replace(self, path: Path, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for earlier in range(self._generation):  # what a process that was killed has left
            self._partial(path, earlier).unlink(missing_ok=True)
        partial = self._partial(path, self._generation)
        partial.write_bytes(data)
        try:  # as late as can be: a process that was frozen learns here that it lost the run
            self._claim(path.name, _sha256(data))
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        partial.replace(path)

    def _partial(self, path: Path, generation: int) -> Path:
        number = f".{generation}" if generation else ""
        return path.with_name(f".{path.name}{number}{_PARTIAL}")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""The user's plan, which they may write on while a run works on it."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from seenred.domain.line_merge import merge_from_nearest
from seenred.errors import UsageError
from seenred.infrastructure.workshop.standing import Standing
from seenred.infrastructure.workshop.writing_git import system_refusal

# of the commit of a plan as it lies there
PLAN_SUBJECT = "chore: plan"


@dataclass(frozen=True, slots=True)
class PlanFile:
    """One file of the user's working tree.

    Attributes:
        name: its path relative to the root.
    """

    standing: Standing
    name: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.standing.root / self.name

    def read(self) -> bytes:
        """What lies there now, as git would commit it.

        Raises:
            UsageError: `plan-missing`, or it cannot be read.
        """
        content = self.raw()
        if b"\r\n" not in content:
            return content
        git, path = self.standing.git, f"--path={self.name}"
        # a setting may turn Windows' line ends into git's
        name = git.told("hash-object", "-w", "--stdin", path, stdin=content)
        return git.run("cat-file", "blob", name)

    def raw(self) -> bytes:
        """What lies there now, byte for byte.

        Raises:
            UsageError: `plan-missing`, or it cannot be read.
        """
        if self.path.is_symlink():
            raise UsageError(
                "plan-unreadable",
                f"{self.name} is a symbolic link; name the file that it leads to as `go.plan` in "
                "the settings.",
            )
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise UsageError(
                "plan-missing",
                f"There is no {self.name} in {self.standing.root}; "
                "`seenred init` writes one to begin with.",
            ) from None
        except OSError as problem:
            reason = os.strerror(problem.errno or 0)
            raise UsageError("plan-unreadable", f"{self.name} cannot be read: {reason}.") from None

    def on_disk(self, blob: str) -> bytes:
        """Content of git's as it would lie in the working tree."""
        asked = ("cat-file", "--filters", f"--path={self.name}", blob)
        return self.standing.git.run(*asked) if blob else b""

    def merged(self, bases: list[str], theirs: str) -> bytes:
        """What lies there, with the changes that lead to `theirs` from the nearest of `bases`."""
        texts = [self.on_disk(base) for base in bases]
        return merge_from_nearest(texts, self.raw(), self.on_disk(theirs))

    def write(self, content: bytes) -> None:
        """Put content into the file, all at once.

        Raises:
            EnvironmentLacks: the disk is full.
        """
        beside = self.path.with_name(f".{self.path.name}.seenred")
        try:
            new = self.standing.common / "seenred" / "plan"
            _write_like(self.path, new, content)
            try:
                new.replace(self.path)
            except OSError as problem:
                if problem.errno != errno.EXDEV:
                    raise
                _write_like(self.path, beside, content)
                beside.replace(self.path)
        except OSError as problem:
            raise system_refusal(self.standing.root, problem) from None


def _write_like(old: Path, new: Path, content: bytes) -> None:
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    shutil.copymode(old, new)

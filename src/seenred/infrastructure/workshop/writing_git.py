"""The git command line as the user would run it: their settings, their hooks, their identity."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from seenred.errors import EnvironmentLacks, SeenredError, UsageError
from seenred.infrastructure.history.git_command import missing, refusal, scrubbed
from seenred.infrastructure.supervisor import Finished, run

# who commits and when, and settings, may be told by the environment (as CI systems do)
_KEPT = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_")
_SETTINGS = (
    "gc.auto=0",  # it would go on in the background, in a repository that is not ours to tidy
    "maintenance.auto=false",
    "core.quotePath=false",
    "color.ui=false",
    "i18n.commitEncoding=utf-8",  # ours are, whatever the user's other commits are
    "log.showSignature=false",
)
# of a file that it could create and not fill, git tells no reason
_FULL = (
    *("No space left on device", "Disk quota exceeded", "File too large"),
    "unable to write file",
)


@dataclass(frozen=True, slots=True)
class WritingGit:
    """Runs git in one folder.

    Attributes:
        folder: where git looks for the repository, upwards.
        environment: added to what git sees.
    """

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def with_environment(self, more: Mapping[str, str]) -> Self:
        """The same, with more in its environment."""
        return replace(self, environment={**self.environment, **more})

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """What git wrote to stdout.

        Raises:
            UsageError: git refused.
            EnvironmentLacks: there is no git, or the disk is full.
        """
        done = self.attempt(*arguments, stdin=stdin)
        if done.returncode != 0:
            raise complaint(self.folder, done.stderr)
        return done.stdout

    def told(self, *arguments: str, stdin: bytes = b"") -> str:
        """What git wrote to stdout, as text without its last line end."""
        return os.fsdecode(self.run(*arguments, stdin=stdin)).removesuffix("\n")

    def attempt(self, *arguments: str, stdin: bytes = b"") -> Finished:
        """Git's answer, whatever it is.

        Raises:
            EnvironmentLacks: there is no git.
        """
        try:
            return run(self.argv(arguments), stdin=stdin, env=self.surroundings())
        except FileNotFoundError:
            raise missing() from None

    def argv(self, arguments: tuple[str, ...]) -> list[str]:
        """The whole command line."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        return ["git", "-C", str(self.folder), *settings, *arguments]

    def surroundings(self) -> dict[str, str]:
        """What git finds in its environment."""
        return {**_surroundings(), **self.environment}


def complaint(folder: Path, stderr: bytes) -> SeenredError:
    """Git's complaint as an error of ours."""
    said = stderr.decode(errors="replace").strip()
    if any(words in said for words in _FULL):
        return disk_full(folder)
    if locked_out(stderr):
        lock = said.partition("Unable to create '")[2].partition("'")[0]
        return UsageError(
            "repository-locked",
            f"Another git is at work in {folder}, or one was killed: wait for it, or, "
            f"when none runs, remove {lock}.",
        )
    read = refusal(folder, stderr)
    if read.code != "git-refused":
        return read
    first = (said.splitlines() or ["no reason given"])[0].removeprefix("fatal: ")
    return UsageError("git-refused", f"git could not change {folder}: {first}.")


def locked_out(stderr: bytes) -> bool:
    """Whether git gave up because another one holds what it needs."""
    return b".lock': File exists" in stderr


def disk_full(folder: Path) -> EnvironmentLacks:
    """There is no room for what has to be written."""
    return EnvironmentLacks(
        "disk-full", f"The disk of {folder} is full; free some space and run this again."
    )


def system_refusal(folder: Path, problem: OSError) -> SeenredError:
    """The system's complaint about writing into a folder as an error of ours."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full(folder)
    reason = os.strerror(problem.errno) if problem.errno else str(problem)
    return UsageError("repository-read-only", f"{folder} cannot be written: {reason}.")


def _surroundings() -> dict[str, str]:
    """The user's environment without what a hook may have told git; messages in English."""
    kept = {key: value for key, value in os.environ.items() if key.startswith(_KEPT)}
    found = {**scrubbed(), **kept, "LANGUAGE": "en"}
    # hooks are programs of the user's: they keep their locale, and may fetch what is missing
    del found["LC_ALL"], found["GIT_NO_LAZY_FETCH"]
    return {**found, "LC_ALL": os.environ["LC_ALL"]} if "LC_ALL" in os.environ else found

"""The git command line, deaf to the caller's surroundings and unable to change the repository."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.supervisor import Finished, run

# where the user keeps settings that git needs before it trusts a repository (`safe.directory`)
_KEPT = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"})
_SETTINGS = (
    "core.fsmonitor=false",  # may name a program to run
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "color.ui=false",
    "protocol.allow=never",  # a partial clone would fetch into the repository
)


@dataclass(frozen=True, slots=True)
class GitCommand:
    """Runs git in one folder.

    Attributes:
        folder: where git looks for the repository, upwards.
    """

    folder: Path

    def run(self, *arguments: str) -> bytes:
        """What git wrote to stdout.

        Raises:
            UsageError: git refused.
            EnvironmentLacks: there is no git.
        """
        done = self.attempt(*arguments)
        if done.returncode != 0:
            raise refusal(self.folder, done.stderr)
        return done.stdout

    def attempt(self, *arguments: str) -> Finished:
        """Git's answer, whatever it is.

        Raises:
            EnvironmentLacks: there is no git.
        """
        try:
            return run(self._argv(arguments), env=scrubbed())
        except FileNotFoundError:
            raise missing() from None

    def open(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A git that stays: it answers on stdout what is written to its stdin.

        Raises:
            EnvironmentLacks: there is no git.
        """
        pipe = subprocess.PIPE
        try:
            return subprocess.Popen(
                self._argv(arguments),
                stdin=pipe,
                stdout=pipe,
                stderr=subprocess.DEVNULL,
                env=scrubbed(),
                # Ctrl-C at the terminal is for us; it is ended by closing its stdin
                start_new_session=True,
            )
        except FileNotFoundError:
            raise missing() from None

    def _argv(self, arguments: tuple[str, ...]) -> list[str]:
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        return ["git", "-C", str(self.folder), *settings, *arguments]


def scrubbed() -> dict[str, str]:
    """The environment without what a hook or a user's shell may have told git."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _KEPT}
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def refusal(folder: Path, stderr: bytes) -> UsageError:
    """Git's complaint as an error of ours."""
    said = stderr.decode(errors="replace").strip()
    if "not a git repository" in said:
        return UsageError(
            "not-a-repository",
            f"{folder} is not inside a git repository; run this in one, or `git init` it.",
        )
    if "dubious ownership" in said:
        return UsageError(
            "repository-not-trusted",
            f"{folder} belongs to another user, so git does not read it; "
            f"`git config --global --add safe.directory {folder}` says that it may.",
        )
    if "must be run in a work tree" in said:
        return UsageError(
            "not-a-working-tree",
            f"{folder} is where git keeps a repository; run this in its working tree.",
        )
    first = (said.splitlines() or ["no reason given"])[0].removeprefix("fatal: ")
    return UsageError("git-refused", f"git could not read {folder}: {first}.")


def missing() -> EnvironmentLacks:
    """There is no git, as an error of ours."""
    return EnvironmentLacks(
        "git-missing", "git is not installed; `apt-get install git` or `brew install git` has it."
    )

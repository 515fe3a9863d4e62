"""The user's hooks, and what a commit says when one of them is not content."""

from __future__ import annotations

import os
from dataclasses import dataclass

from seenred.errors import SeenredError, UsageError
from seenred.infrastructure.workshop.writing_git import WritingGit, complaint

# hooks that `git commit` runs and that may look at the files
_NAMES = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the user has hung into their commits.

    Attributes:
        names: of those that a commit runs.
        settings: what git has to be told, so that it finds them from another working tree.
    """

    names: tuple[str, ...]
    settings: tuple[str, ...]


def read_hooks(git: WritingGit) -> Hooks:
    """The hooks of the working tree in which `git` stands at the root."""
    folder = git.folder / git.told("rev-parse", "--git-path", "hooks")
    names = tuple(name for name in _NAMES if os.access(folder / name, os.X_OK))
    # a relative setting means the user's tree, where what it names may be ignored by git
    named = git.attempt("config", "core.hooksPath").stdout
    return Hooks(names, ("-c", f"core.hooksPath={folder}") if named else ())


def commit_refused(git: WritingGit, hooks: Hooks, stderr: bytes) -> SeenredError:
    """Why there is no commit; `git` stands in the tree that was to be committed."""
    said = stderr.decode(errors="replace").strip()
    full = complaint(git.folder, stderr)
    if full.code in ("disk-full", "repository-locked"):
        return full
    if "failed to sign the data" in said:
        return UsageError(
            "signing-failed",
            f"The commit could not be signed: {_reason(said)}; `git commit -S` shows more, "
            "and `git config commit.gpgsign false` switches signing off.",
        )
    if not hooks.names:
        return full
    changed = _changed_files(git)
    if changed:
        return hook_changed(changed)
    blocking = [name for name in hooks.names if name != "post-commit"]
    return UsageError(
        "hook-failed",
        f"The commit was refused by a hook of yours ({' or '.join(blocking)}): {_last(said)}; "
        "mend what it names, or the hook, and run this again.",
    )


def hook_changed(paths: list[str]) -> UsageError:
    """What would be committed is not what was proven."""
    shown = ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")
    return UsageError(
        "hook-changed-files",
        f"A hook of yours changed what was to be committed ({shown}), so it is not what was "
        "proven, and nothing was committed; let the formatter run as a check of `seenred.toml` "
        "instead, before the proof.",
    )


def _changed_files(git: WritingGit) -> list[str]:
    done = git.attempt("diff", "--name-only", "-z", "--ignore-submodules=all")
    return [os.fsdecode(path) for path in done.stdout.split(b"\0") if path]


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "it said nothing"


def _reason(said: str) -> str:
    lines = [line for line in said.splitlines() if "failed to sign" in line]
    return lines[0].removeprefix("error: ").rstrip(".")

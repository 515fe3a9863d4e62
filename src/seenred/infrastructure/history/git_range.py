"""Which commits a person means, in git's own words or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from seenred.errors import UsageError
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.history.git_command import GitCommand

# branches from which others are usually made, the likeliest first
_TRUNKS = (
    *("@{upstream}", "origin/HEAD", "upstream/HEAD"),
    *("main", "master", "trunk", "develop"),
    *("origin/main", "origin/master", "origin/trunk", "origin/develop"),
)
# commits of a history that has no other branch: judged in seconds
_LATEST = 5


@dataclass(frozen=True, slots=True)
class Range:
    """`base..head`.

    Attributes:
        base: a revision; "" for everything up to the head.
        told: how the range was chosen when nobody named it, else "".
    """

    base: str
    head: str
    told: str = ""


def read_range(
    history: GitHistory, words: str | None, environment: Mapping[str, str] = os.environ
) -> Range:
    """The range that was named: `A..B`, `A...B`, `A` or `A..`; else what this branch adds.

    In a pre-push hook of pre-commit it is what is about to be pushed.

    Raises:
        UsageError: it cannot be read, or there is nothing to choose from.
    """
    git = GitCommand(history.root)
    if words is None:
        return _pushed(environment) or _own_work(git)
    if "..." in words:
        base, _, head = words.partition("...")
        names = history.resolve(base or "HEAD"), history.resolve(head or "HEAD")
        return Range(_merge_base(git, *names) or _unrelated(words), head or "HEAD")
    base, dots, head = words.partition("..")
    if ".." in head or base.startswith("-") or head.startswith("-"):
        raise UsageError("range-unreadable", f"{words!r} is not a range; write BASE..HEAD.")
    return Range(base or "HEAD", (head if dots else "") or "HEAD")


def _pushed(environment: Mapping[str, str]) -> Range | None:
    base = environment.get("PRE_COMMIT_FROM_REF", "")
    head = environment.get("PRE_COMMIT_TO_REF", "")
    return Range(base, head, "what is pushed") if base.strip("0") and head.strip("0") else None


def _own_work(git: GitCommand) -> Range:
    """What HEAD has and its trunk has not; the latest commits where there is no trunk."""
    head = _hash(git, "HEAD")
    for trunk in _TRUNKS if head else ():
        if not _hash(git, trunk):
            continue
        base = _merge_base(git, trunk, "HEAD")
        if base and base != head:
            name = git.run("rev-parse", "--abbrev-ref", trunk).decode().strip()
            return Range(base, "HEAD", f"what HEAD adds to {name}")
    return _latest(git)


def _latest(git: GitCommand) -> Range:
    listed = git.attempt("rev-list", "--first-parent", f"-n{_LATEST + 1}", "HEAD")
    names = listed.stdout.decode().split()
    if len(names) > _LATEST:
        return Range(names[-1], "HEAD", f"the latest {_LATEST} commits; BASE..HEAD names others")
    return Range("", "HEAD", "all commits")


def _merge_base(git: GitCommand, one: str, other: str) -> str:
    done = git.attempt("merge-base", "--end-of-options", one, other)
    return done.stdout.decode().strip()


def _hash(git: GitCommand, revision: str) -> str:
    done = git.attempt("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    return done.stdout.decode().strip()


def _unrelated(words: str) -> str:
    raise UsageError(
        "histories-unrelated",
        f"The two ends of {words} have no commit in common here; write BASE..HEAD, or, in a shallow"
        " clone, fetch more (`fetch-depth: 0` in a CI job).",
    )

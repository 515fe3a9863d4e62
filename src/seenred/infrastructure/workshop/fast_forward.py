"""The user's branch and working tree, moved on to the run's newest commit."""

from __future__ import annotations

import os
from dataclasses import dataclass

from seenred.engine.cycle.ports import Delivery
from seenred.infrastructure.workshop.readiness import unfinished
from seenred.infrastructure.workshop.standing import Standing, commit_at, current_branch

_MERGE = ("merge", "--quiet", "--ff-only", "--no-autostash", "--no-verify-signatures")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it.

    Attributes:
        obstacle: what stands in the way, for a person; "" when nothing does.
    """

    delivery: Delivery
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class FastForward:
    """Of the user's branch, from where they stand to `tip`.

    Attributes:
        standing: where the user stood when the run began.
    """

    standing: Standing
    run: str
    tip: str

    def perform(self) -> Outcome:
        """Move branch and tree, or nothing at all."""
        git = self.standing.git
        if current_branch(git) != self.standing.branch:
            return Outcome(Delivery.BLOCKED, f"{self._name()} is not checked out any more")
        word = unfinished(self.standing)
        if word:
            return Outcome(Delivery.BLOCKED, f"a {word} is in progress")
        head = commit_at(git, "HEAD")
        if head == self.tip:
            return Outcome(Delivery.DELIVERED)
        if not self._leads_on_from(head):
            return Outcome(Delivery.MOVED, f"{self._name()} has new commits")
        blocked = self._in_the_way(head)
        if blocked:
            return Outcome(Delivery.BLOCKED, f"uncommitted changes of {_listed(blocked)}")
        return self._merge()

    def _merge(self) -> Outcome:
        # a setting like `--no-ff` for this branch is meant for merges of the user's own
        options = f"branch.{self._name()}.mergeOptions="
        done = self.standing.git.with_environment(
            {"GIT_REFLOG_ACTION": f"seenred {self.run}"}
        ).attempt("-c", options, *_MERGE, "--no-overwrite-ignore", self.tip, apart=True)
        if done.returncode == 0:
            return Outcome(Delivery.DELIVERED)
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return Outcome(Delivery.BLOCKED, said[0] if said else "git refused")

    def _leads_on_from(self, head: str) -> bool:
        if not head:  # no commit yet; or the branch went away meanwhile
            return not self.standing.head
        asked = ("merge-base", "--is-ancestor", head, self.tip)
        return self.standing.git.attempt(*asked).returncode == 0

    def _in_the_way(self, head: str) -> list[str]:
        """Paths that the commits change and that the user has changed or made meanwhile."""
        git = self.standing.git
        listing = ("--name-only", "-z", "--no-renames")
        start = head or git.told("hash-object", "-t", "tree", "/dev/null")
        touched = _paths(git.run("diff", *listing, start, self.tip))
        added = _paths(git.run("diff", *listing, "--diff-filter=A", start, self.tip))
        dirty = set()
        for which in ((), ("--cached",)):
            asked = ("diff", *listing, "--ignore-submodules=all", *which, *([head] if head else []))
            # without a commit there is only the index to compare with
            dirty |= set(_paths(git.run(*asked)))
        return sorted({p for p in touched if p in dirty} | {p for p in added if self._there(p)})

    def _there(self, path: str) -> bool:
        """Whether a file that git does not know lies at the path, or where its folder has to be."""
        root = self.standing.root
        if os.path.lexists(root / path):
            return True
        parents = [folder for folder in (root / path).parents if folder.is_relative_to(root)]
        found = [folder for folder in parents if os.path.lexists(folder) and not folder.is_dir()]
        asked = ("ls-files", "--error-unmatch", "--")
        return any(
            self.standing.git.attempt("--literal-pathspecs", *asked, str(folder)).returncode
            for folder in found
        )

    def _name(self) -> str:
        return self.standing.branch.removeprefix("refs/heads/") or "HEAD"


def _paths(listed: bytes) -> list[str]:
    return [os.fsdecode(path) for path in listed.split(b"\0") if path]


def _listed(paths: list[str]) -> str:
    shown = ", ".join(paths[:3])
    return f"{shown} and {len(paths) - 3} more" if len(paths) > 3 else shown

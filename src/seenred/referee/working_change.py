"""What lies in the working tree, against the revision that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from seenred.domain.tree import Tree
from seenred.referee.audit.change import Change, change_between
from seenred.referee.proof.ports import Blobs, History


@dataclass(frozen=True, slots=True)
class WorkingChange:
    """A change that has perhaps not been committed yet.

    Attributes:
        base: what the revision that it is compared with is called.
        told: for a person: which state is compared with which, and why with that.
    """

    change: Change
    base: str
    told: str


def working_change(history: History, blobs: Blobs, base: str | None) -> WorkingChange:
    """The working tree against `base`, by default against what it was before the latest work.

    That is HEAD while there is something uncommitted, else HEAD's parent, which is the empty
    project for a first commit.

    Raises:
        UsageError: no such revision.
    """
    tree = history.working_tree()
    if base is not None:
        against = history.tree(base)
        return WorkingChange(change_between(against, tree, blobs), base, _told(base))
    head = history.tree("HEAD")
    if head.digest != tree.digest:
        told = _told("HEAD", "it has uncommitted changes")
        return WorkingChange(change_between(head, tree, blobs), "HEAD", told)
    parents = history.commit("HEAD").parents
    if not parents:
        told = _told("the empty project", "it is clean, and HEAD is the first commit")
        return WorkingChange(change_between(Tree({}), tree, blobs), "nothing", told)
    told = _told("HEAD~1", "it is clean")
    return WorkingChange(change_between(history.tree(parents[0]), tree, blobs), "HEAD~1", told)


def _told(base: str, why: str = "") -> str:
    reason = f" ({why})" if why else ""
    return f"working tree against {base}{reason}"

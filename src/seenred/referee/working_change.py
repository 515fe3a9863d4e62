"""What lies in the working tree, against the revision that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from seenred.domain.layout import Layout
from seenred.domain.tree import Tree
from seenred.referee.audit.change import Change, change_between
from seenred.referee.configuration import layout_of
from seenred.referee.proof.ports import Blobs, History

# the name of what was before a first commit
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class WorkingChange:
    """A change that has perhaps not been committed yet.

    Attributes:
        base: what the revision that it is compared with is called.
        told: for a person: which state is compared with which, and why with that.
        layout: what the project settles about its files in the working tree.
        submodules: paths of those that either state has; their files are in neither tree.
    """

    change: Change
    base: str
    told: str
    layout: Layout
    submodules: tuple[str, ...]


def working_change(history: History, blobs: Blobs, base: str | None) -> WorkingChange:
    """The working tree against `base`, by default against what it was before the latest work.

    That is HEAD while there is something uncommitted, else HEAD's parent, which is the empty
    project for a first commit.

    Raises:
        UsageError: no such revision.
    """
    tree = history.working_tree()
    against, name, why = _against(history, tree, base)
    layout = layout_of(tree, blobs)
    change = change_between(against, tree, blobs, layout)
    commits = {"HEAD", name} - {NOTHING}
    submodules = sorted({path for each in commits for path in history.submodules(each)})
    return WorkingChange(change, name, _told(name, why), layout, tuple(submodules))


def _against(history: History, tree: Tree, base: str | None) -> tuple[Tree, str, str]:
    """The tree that it is compared with, what that is called, and why it is this one."""
    if base is not None:
        return history.tree(base), base, ""
    head = history.tree("HEAD")
    if head.digest != tree.digest:
        return head, "HEAD", "it has uncommitted changes"
    parents = history.commit("HEAD").parents
    if not parents:
        return Tree({}), NOTHING, "it is clean, and HEAD is the first commit"
    return history.tree(parents[0]), "HEAD~1", "it is clean"


def _told(base: str, why: str) -> str:
    called = "the empty project" if base == NOTHING else base
    reason = f" ({why})" if why else ""
    return f"working tree against {called}{reason}"

"""The user's repository on real git: a branch of the run, and the user's tree moved on to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from seenred.domain.tree import Entry, Tree
from seenred.engine.cycle.ports import CommitDraft, Delivery, PendingRun
from seenred.errors import UsageError
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.history.git_blobs import GitBlobs
from seenred.infrastructure.workshop.fast_forward import FastForward
from seenred.infrastructure.workshop.message import render_message
from seenred.infrastructure.workshop.own_work import changed_paths
from seenred.infrastructure.workshop.pending import not_pending, pending_runs
from seenred.infrastructure.workshop.plan_file import PLAN_SUBJECT, PlanFile
from seenred.infrastructure.workshop.readiness import require_ready
from seenred.infrastructure.workshop.run_lock import locked
from seenred.infrastructure.workshop.run_tree import (
    BRANCHES,
    RunTree,
    changes_between,
    remove_spent_branches,
    remove_trees,
)
from seenred.infrastructure.workshop.settling import mend
from seenred.infrastructure.workshop.standing import (
    Standing,
    commit_at,
    common_commit,
    read_standing,
)


class GitWorkshop:
    """Implements `seenred.engine.cycle.ports.Workshop`; made by `open_workshop`."""

    def __init__(self, standing: Standing, run: str, history: GitHistory, tree: RunTree) -> None:
        self._standing = standing
        self._run = run
        self._history = history
        self._own = tree
        self._tip = tree.tip
        self._base = common_commit(standing.git, standing.head, self._tip)
        self._obstacle = ""
        self._plan = ""
        self._read: set[str] = set()

    @property
    def run(self) -> str:
        """Id of the run; its branch is `seenred/RUN`."""
        return self._run

    @property
    def root(self) -> Path:
        """Folder of the user's working tree."""
        return self._standing.root

    @property
    def blobs(self) -> GitBlobs:
        """Content of the trees; what is added is written when it is committed."""
        return self._history.blobs

    @property
    def tip(self) -> str:
        """Full hash of the commit that the run stands at; "" before the first of a repository."""
        return self._tip

    @property
    def tree(self) -> Tree:
        """The files of `tip`."""
        return self._history.tree(self._tip) if self._tip else Tree({})

    def read_plan(self, name: str) -> str:
        """The user's plan as it lies in the working tree now.

        Raises:
            UsageError: `plan-missing`, or it cannot be read.
        """
        content = PlanFile(self._standing, name).read()
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise UsageError(
                "plan-unreadable",
                f"{name} is not UTF-8 text; save it as UTF-8, then run this again.",
            ) from None
        self._plan = name
        self._read |= {self._own.keep(content)}
        return text

    def unknown(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of these files that lie in the user's working tree and not in `tree`."""
        places = [Path(os.path.normpath(self.root / path)) for path in paths]
        # what a failure names may be anything, a name that is too long for a file as well
        inside = [p for p in places if p.is_relative_to(self.root) and os.path.isfile(p)]  # noqa: PTH113
        named = dict.fromkeys(place.relative_to(self.root).as_posix() for place in inside)
        known = self.tree
        return tuple(path for path in named if path not in known)

    def commit_plan_first(self, name: str) -> str:
        """Commit the plan as it lies there, when it alone has changes, or there is no commit yet.

        Returns:
            the commit's full hash; "" when the plan has no changes, or other files have some, too.

        Raises:
            UsageError: as `read_plan` and `commit`.
            EnvironmentLacks: the disk is full.
        """
        known = self.tree.files.get(name)
        entry = replace(known or Entry(""), blob=self.blobs.add(self.read_plan(name).encode()))
        if entry == known:
            return ""
        head = commit_at(self._standing.git, "HEAD")
        others = set(changed_paths(self._standing.git, head)) - {name}
        if self._tip and others:
            return ""
        draft = CommitDraft(PLAN_SUBJECT, trailers={"Change-Kind": "neutral"})
        return self.commit(self.tree.with_changes({name: entry}), draft)

    def commit(self, tree: Tree, draft: CommitDraft) -> str:
        """Commit `tree` on the run's branch, by the user's identity and hooks; its full hash.

        Raises:
            UsageError: `hook-failed`, `hook-changed-files`, `signing-failed`, `path-unusable`.
            EnvironmentLacks: the disk is full.
        """
        named = self._own.write_tree(tree, changes_between(self.tree, tree), self.blobs)
        self._tip = self._own.commit(named, render_message(draft, self._run))
        if draft.proofs:
            self._own.note(self._tip, draft.proofs)
        return self._tip

    @property
    def onto(self) -> Tree:
        """The files of the commit that the run's commits stand upon: the user's."""
        return self._history.tree(self._base) if self._base else Tree({})

    @property
    def ahead(self) -> tuple[str, ...]:
        """Full hashes of the run's commits upon the user's, oldest first."""
        if not self._tip:
            return ()
        span = f"{self._base}..{self._tip}" if self._base else self._tip
        return tuple(self._own.git.told("rev-list", "--reverse", span).splitlines())

    @property
    def detached(self) -> bool:
        """Whether the user stands on no branch, so that their commits have only the run's."""
        return not self._standing.branch

    @property
    def obstacle(self) -> str:
        """What keeps the commits from the user's branch, for a person; "" when nothing does."""
        return self._obstacle

    def deliver(self) -> Delivery:
        """Fast-forward the user's branch and tree to `tip`, keeping the user's own changes."""
        outcome = FastForward(
            standing=self._standing,
            run=self._run,
            base=self._base,
            tip=self._tip,
            plan=self._plan,
            read=frozenset(self._read),
        ).perform()
        self._obstacle = outcome.obstacle
        if outcome.delivery is Delivery.DELIVERED:
            self._base = self._tip
            self._read.clear()
        return outcome.delivery

    def drop(self, to: str) -> None:
        """Forget the run's commits after `to`."""
        self._own.move_to(to)
        self._tip = self._own.tip

    def rebase(self) -> bool:
        """Put the run's commits upon the user's branch; False, and as before, if they conflict."""
        onto = commit_at(self._standing.git, self._standing.branch or "HEAD")
        conflicts = self._own.rebase(onto, self._base, self._plan) if onto else ("the branch",)
        if conflicts:
            self._obstacle = f"new commits change {', '.join(conflicts)}, too"
            return False
        self._base, self._tip = onto, self._own.tip
        return True

    def pending(self) -> tuple[PendingRun, ...]:
        """Earlier runs whose commits can be delivered as they are, ordered by id."""
        return pending_runs(self._standing.git, besides=self._run)

    def adopt(self, run: str) -> None:
        """Take over the commits of a pending run, before there are any of this one's own.

        Raises:
            UsageError: `run-not-pending`.
        """
        found = [pending for pending in self.pending() if pending.run == run]
        if not found or self._tip != commit_at(self._standing.git, "HEAD"):
            raise not_pending(run)
        self._own.move_to(found[0].commits[-1])
        self._standing.git.run("update-ref", "-d", f"{BRANCHES}/{run}", found[0].commits[-1])
        self._tip = self._own.tip


@contextmanager
def open_workshop(
    root: Path, *, run: str, history: GitHistory | None = None
) -> Iterator[GitWorkshop]:
    """The repository that holds `root`, for one run.

    Args:
        history: the same repository where it is open already: who judges adds its contents there.

    Raises:
        UsageError: it is in no state to work on; the message says what to do.
    """
    standing = read_standing(root)
    opened = nullcontext(history) if history else GitHistory(standing.root)
    with locked(standing.common), opened as known:
        mend(standing.common)
        remove_trees(standing.common)  # of runs that were killed
        remove_spent_branches(standing)
        require_ready(standing, run)
        tree = RunTree(standing, run)
        try:
            tree.make()
            yield GitWorkshop(standing, run, known, tree)
        finally:
            tree.remove()

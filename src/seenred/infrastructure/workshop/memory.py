"""A repository in memory: what a run commits, and a user who works beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from seenred.domain.line_merge import merge_from_nearest, merge_lines
from seenred.domain.tree import Entry, Tree
from seenred.engine.cycle.ports import CommitDraft, Delivery, PendingRun
from seenred.errors import UsageError
from seenred.infrastructure.workshop.message import render_message
from seenred.infrastructure.workshop.pending import not_pending
from seenred.infrastructure.workshop.plan_file import PLAN_SUBJECT
from seenred.referee.proof.ports import Blobs


@dataclass(frozen=True, slots=True)
class MemoryCommit:
    """One commit of a line of commits.

    Attributes:
        parent: its name; "" for the first.
        message: as `git log` would show it.
        proofs: what is noted on it.
    """

    name: str
    parent: str
    tree: Tree
    message: str
    proofs: str = ""


class MemoryWorkshop:
    """Implements `seenred.engine.cycle.ports.Workshop` without files.

    Attributes:
        commits: all that were ever made, by name.
        head: the user's; `files` are what lies in their working tree.
        left: tips of earlier runs, by their ids.
    """

    def __init__(self, blobs: Blobs, files: Mapping[str, bytes], run: str = "run") -> None:
        self.blobs = blobs
        self.commits: dict[str, MemoryCommit] = {}
        self.files = dict(files)
        self.obstacle = ""
        self.detached = False
        self.left: dict[str, str] = {}
        self._run = run
        self._plan = ""
        self._read: list[bytes] = []
        self.head = self._made("", self._tree_of(files), "first\n") if files else ""
        self._tip = self._base = self.head

    @property
    def run(self) -> str:
        return self._run

    @property
    def tip(self) -> str:
        return self._tip

    @property
    def tree(self) -> Tree:
        return self._tree_at(self._tip)

    @property
    def ahead(self) -> tuple[str, ...]:
        line = self._line(self._tip)
        return tuple(reversed(line[: line.index(self._base)]))

    def read_plan(self, name: str) -> str:
        if name not in self.files:
            raise UsageError("plan-missing", f"There is no {name}.")
        self._plan = name
        self._read.append(self.files[name])
        return self.files[name].decode()

    def unknown(self, paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(p for p in dict.fromkeys(paths) if p in self.files and p not in self.tree)

    def commit_plan_first(self, name: str) -> str:
        entry = self._entry(self.read_plan(name).encode())
        if entry == self.tree.files.get(name):
            return ""
        known = self._tree_at(self.head)
        others = [p for p in self._working().changed_from(known) if p in known and p != name]
        if self._tip and others:
            return ""
        draft = CommitDraft(PLAN_SUBJECT, trailers={"Change-Kind": "neutral"})
        return self.commit(self.tree.with_changes({name: entry}), draft)

    def commit(self, tree: Tree, draft: CommitDraft) -> str:
        self._tip = self._made(self._tip, tree, render_message(draft, self._run), draft.proofs)
        return self._tip

    def deliver(self) -> Delivery:
        if self.head not in self._line(self._tip) or self._base not in self._line(self.head):
            self.obstacle = "main has other commits now"
            return Delivery.MOVED
        touched = self.tree.changed_from(self._tree_at(self.head))
        in_the_way = set(touched) & set(self._working().changed_from(self._tree_at(self.head)))
        plan = self._merged_plan() if self._plan in in_the_way else None
        in_the_way -= {self._plan} if plan is not None else set()
        if in_the_way:
            self.obstacle = f"uncommitted changes of {', '.join(sorted(in_the_way))}"
            return Delivery.BLOCKED
        for path in touched:
            self._lay(path, self.tree.files.get(path))
        if plan is not None:
            self.files[self._plan] = plan
        self.head = self._base = self._tip
        self._read.clear()
        self.obstacle = ""
        return Delivery.DELIVERED

    def rebase(self) -> bool:
        picked = self.ahead
        theirs = set(self._tree_at(self.head).changed_from(self._tree_at(self._base)))
        conflicts = theirs & set(self.tree.changed_from(self._tree_at(self._base))) - {self._plan}
        if conflicts:
            self.obstacle = f"new commits change {', '.join(sorted(conflicts))}, too"
            return False
        self._tip = self._base = self.head
        for name in picked:
            self._pick(self.commits[name])
        return True

    def _pick(self, old: MemoryCommit) -> None:
        before = self._tree_at(old.parent)
        changes = {path: old.tree.files.get(path) for path in old.tree.changed_from(before)}
        if all(self._plan in tree for tree in (before, self.tree, old.tree)):
            texts = [self._content(tree) for tree in (before, self.tree, old.tree)]
            changes[self._plan] = self._entry(merge_lines(*texts))
        tree = self.tree.with_changes(changes)
        self._tip = self._made(self._tip, tree, old.message, old.proofs)

    def drop(self, to: str) -> None:
        self._tip = to

    def pending(self) -> tuple[PendingRun, ...]:
        lines = {run: self._line(tip)[::-1] for run, tip in sorted(self.left.items())}
        return tuple(
            PendingRun(run, tuple(line[line.index(self.head) + 1 :]))
            for run, line in lines.items()
            if self.head in line[:-1]
        )

    def adopt(self, run: str) -> None:
        if self._tip != self.head or run not in {pending.run for pending in self.pending()}:
            raise not_pending(run)
        self._tip = self.left.pop(run)

    def user_commits(self, files: Mapping[str, bytes]) -> None:
        """The user changes files and commits them on their branch."""
        self.files.update(files)
        changes = {path: self._entry(content) for path, content in files.items()}
        tree = self._tree_at(self.head).with_changes(changes)
        self.head = self._made(self.head, tree, "user's\n")

    def user_resets(self, to: str) -> None:
        """The user takes back the commits after `to`, with their files."""
        for path in self._tree_at(self.head).changed_from(self._tree_at(to)):
            self._lay(path, self._tree_at(to).files.get(path))
        self.head = to

    def _made(self, parent: str, tree: Tree, message: str, proofs: str = "") -> str:
        content = f"{parent}\0{tree.digest}\0{message}\0{len(self.commits)}"
        name = hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest()
        self.commits[name] = MemoryCommit(name, parent, tree, message, proofs)
        return name

    def _line(self, name: str) -> list[str]:
        """The commit and those before it, the first one's parent "" included."""
        found = [name]
        while found[-1]:
            found.append(self.commits[found[-1]].parent)
        return found

    def _tree_at(self, name: str) -> Tree:
        return self.commits[name].tree if name else Tree({})

    def _merged_plan(self) -> bytes | None:
        """The user's plan with the run's marks; None when the run removed it."""
        if self._plan not in self.tree or self._plan not in self.files:
            return None
        new = self._line(self._tip)
        new = new[: new.index(self.head)]
        plans = [n for n in new if self.commits[n].message.startswith(f"{PLAN_SUBJECT}\n")]
        trees = [self._tree_at(name) for name in (*plans, self.head)]
        bases = [self._content(tree) for tree in trees if self._plan in tree]
        return merge_from_nearest(
            [*self._read, *bases], self.files[self._plan], self._content(self.tree)
        )

    def _content(self, tree: Tree) -> bytes:
        return self.blobs.read(tree.files[self._plan].blob)

    def _working(self) -> Tree:
        """What lies there; the bit that makes a file executable is not kept."""
        return self._tree_of(self.files)

    def _tree_of(self, files: Mapping[str, bytes]) -> Tree:
        return Tree({path: self._entry(content) for path, content in files.items()})

    def _entry(self, content: bytes) -> Entry:
        return Entry(self.blobs.add(content))

    def _lay(self, path: str, entry: Entry | None) -> None:
        if entry is None:
            self.files.pop(path, None)
        else:
            self.files[path] = self.blobs.read(entry.blob)

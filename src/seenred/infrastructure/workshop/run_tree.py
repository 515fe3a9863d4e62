"""The run's own working tree, where its commits are made; linked to the user's repository.

It lies in git's folder: nobody's tools look there, and it goes with the repository.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from seenred.domain.line_merge import merge_lines
from seenred.domain.tree import Entry, Tree
from seenred.errors import UsageError
from seenred.infrastructure.workshop.hook import commit_refused, hook_changed, read_hooks
from seenred.infrastructure.workshop.standing import Standing, checked_out, commit_at
from seenred.infrastructure.workshop.tree_listing import files_of
from seenred.infrastructure.workshop.writing_git import WritingGit, complaint
from seenred.referee.proof.ports import Blobs

BRANCHES = "refs/heads/seenred"
NOTES = "refs/notes/seenred"
# files that are written before they are put in their place
_SCRATCH = ("index", "index.lock", "plan", "delivery.new", "merging")
# our commits are moved as they are, with their notes; the hooks have seen them
_REBASE = (
    "rebase.autoStash=false",
    "rebase.autoSquash=false",
    "rebase.updateRefs=false",
    "rerere.enabled=false",
    f"notes.rewriteRef={NOTES}",
    "core.hooksPath=/dev/null",
)
# of a commit that nobody keeps: a linked working tree cannot be made without one
_NOBODY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "seenred"), ("EMAIL", "seenred@localhost"))
}


class RunTree:
    """The working tree of one run, on the branch `seenred/RUN`.

    Attributes:
        branch: its full name.
    """

    def __init__(self, standing: Standing, run: str) -> None:
        self.branch = f"{BRANCHES}/{run}"
        self._standing = standing
        self._path = folder_of_trees(standing.common) / run
        self._git = WritingGit(self._path)
        self._scratch = WritingGit(
            self._path, {"GIT_INDEX_FILE": str(standing.common / "seenred" / "index")}
        )

    @property
    def git(self) -> WritingGit:
        """Git in this working tree."""
        return self._git

    @property
    def tip(self) -> str:
        """Full hash of the newest commit; "" when there is none."""
        return commit_at(self._standing.git, self.branch)

    def make(self) -> None:
        """Put it where the user stands, or at the branch when there is one of that name."""
        git = self._standing.git
        start = commit_at(git, self.branch) or self._standing.head
        self._path.parent.mkdir(parents=True, exist_ok=True)
        at = start or _empty_commit(git)
        git.run("worktree", "add", "--quiet", "--no-checkout", "--detach", str(self._path), at)
        if start:
            self._git.run("update-ref", self.branch, start)
        self._git.run("symbolic-ref", "HEAD", self.branch)

    def remove(self) -> None:
        """Remove the working tree, and the branch when it holds nothing that the user has not."""
        remove_trees(self._standing.common)
        remove_spent_branch(self._standing, self.branch)

    def write_tree(self, tree: Tree, changes: Mapping[str, Entry | None], blobs: Blobs) -> str:
        """Write a tree, which is the tip's with changes, into git's store; its name.

        Raises:
            UsageError: a path is none that git takes, like `.git/config` or `../other`.
            EnvironmentLacks: the disk is full.
        """
        for entry in changes.values():
            if entry is not None:
                self.keep(blobs.read(entry.blob))
        # what the tip has and a tree of ours cannot hold (a submodule) stays
        self._scratch.run("read-tree", self.tip or "--empty")
        nothing = "0" * len(self.tip)
        rows = b"".join(_row(path, changes[path], nothing) for path in _removed_first(changes))
        self._scratch.run("update-index", "-z", "--index-info", stdin=rows)
        name = self._scratch.told("write-tree")
        # a path that it does not take is left out, and git does not call that a failure
        wrong = Tree(files_of(self._git, name)).changed_from(tree)
        if wrong:
            raise UsageError(
                "path-unusable",
                f"Git cannot commit a file at {', '.join(map(repr, wrong[:3]))}; "
                "nothing was committed.",
            )
        return name

    def commit(self, tree: str, message: str) -> str:
        """Let the user's git commit a tree upon the tip; the commit's full hash.

        Raises:
            UsageError: a hook refused, or changed something.
            EnvironmentLacks: the disk is full.
        """
        before, hooks = self.tip, read_hooks(self._standing.git)
        self._lay_out(tree, files=bool(hooks.names))
        asked = ("commit", "--quiet", "--allow-empty", "--cleanup=whitespace", "--file=-")
        done = self._git.attempt(*hooks.settings, *asked, stdin=message.encode())
        if done.returncode != 0:
            raise commit_refused(self._git, hooks, done.stderr)
        changed = self._git.run("diff", "--name-only", "-z", "--no-renames", tree, self.branch)
        if changed:
            self.move_to(before)
            raise hook_changed([os.fsdecode(path) for path in changed.split(b"\0") if path])
        return self.tip

    def keep(self, content: bytes) -> str:
        """Write content into git's store; the blob's name."""
        return self._git.told("hash-object", "-w", "--stdin", stdin=content)

    def note(self, commit: str, text: str) -> None:
        """Put a note on a commit, word for word."""
        name = self.keep(text.encode())
        asked = ("notes", f"--ref={NOTES}", "add", "--force", f"--reuse-message={name}")
        self._git.run(*asked, commit)

    def _lay_out(self, tree: str, *, files: bool) -> None:
        """Put a tree into the index, and into files when hooks may look at them."""
        self._git.run("read-tree", "--reset", *(["-u"] if files else []), tree)
        if files:
            self._git.run("clean", "--quiet", "-ffd")  # what a hook left at the last commit

    def move_to(self, commit: str) -> None:
        """Let the branch end there; no branch when ""."""
        if commit:
            self._git.run("update-ref", self.branch, f"{commit}^{{commit}}")
        else:
            self._git.run("update-ref", "-d", self.branch)

    def rebase(self, onto: str, base: str, plan: str) -> tuple[str, ...]:
        """Put the commits after `base` (all, when "") upon `onto`.

        Args:
            plan: name of the file in which changed lines may stand side by side.

        Returns:
            the files that conflict, and everything is as before; none when it is done.

        Raises:
            EnvironmentLacks: the disk is full.
        """
        before = self.tip
        self._git.run("read-tree", "--reset", "-u", before)
        git = self._git.with_environment({"GIT_EDITOR": "true"})
        settings = [word for setting in _REBASE for word in ("-c", setting)]
        done = git.attempt(*settings, "rebase", "--quiet", "--onto", onto, base or "--root")
        while done.returncode != 0 and self._merge_plan(plan):
            done = git.attempt(*settings, "rebase", "--continue")
        if done.returncode == 0:
            return ()
        conflicts = tuple(self._unmerged())
        git.attempt("rebase", "--abort")
        git.run("symbolic-ref", "HEAD", self.branch)
        git.run("update-ref", self.branch, before)
        if not conflicts:
            raise complaint(self._path, done.stderr)
        return conflicts

    def _merge_plan(self, plan: str) -> bool:
        """Whether the plan was all that conflicted, and does no more."""
        stages = self._unmerged()
        if set(stages) != {plan} or len(stages[plan]) != 3:
            return False
        texts = [self._git.run("cat-file", "blob", blob) for blob in stages[plan]]
        (self._path / plan).write_bytes(merge_lines(*texts))
        self._git.run("add", "--force", "--", plan)
        return True

    def _unmerged(self) -> dict[str, list[str]]:
        """Paths that conflict, with the blobs of the base, the user's side and the run's."""
        found: dict[str, list[str]] = {}
        for row in filter(None, self._git.run("ls-files", "-z", "--unmerged").split(b"\0")):
            attributes, _, path = row.partition(b"\t")
            found.setdefault(os.fsdecode(path), []).append(attributes.split()[1].decode())
        return found


def folder_of_trees(common: Path) -> Path:
    """Where the working trees of runs lie."""
    return common / "seenred" / "worktree"


def remove_spent_branches(standing: Standing) -> None:
    """Remove the branches of runs, killed or not, that hold nothing that the user has not."""
    listed = standing.git.told("for-each-ref", "--format=%(refname)", f"{BRANCHES}/")
    used = checked_out(standing.git)
    for branch in listed.splitlines():
        if branch not in used:
            remove_spent_branch(standing, branch)


def remove_spent_branch(standing: Standing, branch: str) -> None:
    """Remove it when it holds nothing that the user has not.

    Where HEAD is detached the branch stays, for no other name leads to the commits.
    """
    git, tip = standing.git, commit_at(standing.git, branch)
    kept = standing.branch or standing.head
    asked = ("merge-base", "--is-ancestor", tip, kept)
    if tip and kept and git.attempt(*asked).returncode == 0:
        git.attempt("update-ref", "-d", branch, tip)


def remove_trees(common: Path) -> None:
    """Remove the working trees of all runs, what git knows of them, and locks and scraps of theirs.

    To be called by the one run that there may be.
    """
    ours = folder_of_trees(common)
    for link in (common / "worktrees").glob("*/gitdir"):
        if Path(os.fsdecode(link.read_bytes()).strip()).is_relative_to(ours):
            shutil.rmtree(link.parent, ignore_errors=True)
    shutil.rmtree(ours, ignore_errors=True)
    locks = (common / BRANCHES).rglob("*.lock")
    scratch = [common / "seenred" / name for name in _SCRATCH]
    for left in (*locks, *scratch, common / f"{NOTES}.lock"):
        left.unlink(missing_ok=True)


def changes_between(old: Tree, new: Tree) -> dict[str, Entry | None]:
    """What has to be done to `old` to have `new`."""
    return {path: new.files.get(path) for path in new.changed_from(old)}


def _empty_commit(git: WritingGit) -> str:
    tree = git.told("mktree")
    return WritingGit(git.folder, _NOBODY).told("commit-tree", "-m", "empty", tree)


def _removed_first(changes: Mapping[str, Entry | None]) -> list[str]:
    """A folder may take the place of a file."""
    return sorted(changes, key=lambda path: (changes[path] is not None, path))


def _row(path: str, entry: Entry | None, nothing: str) -> bytes:
    kind = f"{_mode(entry)} {entry.blob}" if entry else f"0 {nothing}"
    return f"{kind}\t".encode() + os.fsencode(path) + b"\0"


def _mode(entry: Entry) -> str:
    return "120000" if entry.link else "100755" if entry.executable else "100644"

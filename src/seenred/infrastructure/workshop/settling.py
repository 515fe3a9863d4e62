"""A delivery brought to an end, whatever became of it: wholly there, or nothing of it.

Git writes the files of a fast-forward one by one, then the index, then the branch. What a kill in
between leaves is told apart by these.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from seenred.domain.tree import Entry
from seenred.infrastructure.history.git_command import GitCommand
from seenred.infrastructure.history.git_working_tree import indexed
from seenred.infrastructure.workshop.journal import Journal, PlanMerge, read_journal
from seenred.infrastructure.workshop.lasting_git import attempt_lasting
from seenred.infrastructure.workshop.plan_file import PlanFile
from seenred.infrastructure.workshop.run_lock import wait_for_git
from seenred.infrastructure.workshop.standing import commit_at, current_branch
from seenred.infrastructure.workshop.tree_listing import files_of
from seenred.infrastructure.workshop.writing_git import WritingGit, complaint

# a living git holds a lock for less, unless it waits for a person
_PATIENCE = 2.0


def mend(common: Path) -> None:
    """End what a killed run had begun to deliver."""
    journal = read_journal(common)
    if journal is None:
        return
    wait_for_git(common)
    if journal.standing.root.is_dir():
        _remove_locks(journal)
        settle(journal)
    else:
        journal.remove()


def settle(journal: Journal) -> bool:
    """Whether the user's branch and tree stand at the tip; else both are as they were.

    Raises:
        UsageError: git refused; the journal stays, and it is tried again at the next start.
    """
    git = journal.standing.git
    head = commit_at(git, "HEAD")
    if current_branch(git) != journal.standing.branch or head not in (
        journal.standing.head,
        journal.tip,
    ):
        journal.remove()  # the user went on meanwhile
        return False
    delivered = head == journal.tip or _files_are_there(journal)
    if not delivered:
        _roll_back(journal)
    elif head != journal.tip:
        reason = f"seenred {journal.run}: Fast-forward"
        git.run("update-ref", "-m", reason, "HEAD", journal.tip, head or "0" * len(journal.tip))
    if journal.plan:
        _settle_plan(journal, journal.plan, delivered=delivered)
    journal.remove()
    return delivered


def _settle_plan(journal: Journal, plan: PlanMerge, *, delivered: bool) -> None:
    git, file = journal.standing.git, PlanFile(journal.standing, plan.name)
    if not delivered:
        if index_entry(git, plan.name) != plan.staged:
            set_index(git, plan.name, plan.staged)
    elif git.told("hash-object", "--no-filters", "--", plan.name) == plan.found != plan.merged:
        file.write(git.run("cat-file", "blob", plan.merged))
    git.attempt("update-index", "-q", "--refresh")


def index_entry(git: WritingGit, path: str) -> str:
    """`MODE BLOB` of a path in the index; "" when it is not there."""
    listed = git.run("--literal-pathspecs", "ls-files", "--stage", "--", path)
    return b" ".join(listed.split()[:2]).decode()


def set_index(git: WritingGit, path: str, kind: str) -> None:
    """Let a path be `MODE BLOB` in the index, or not be there when "".

    Raises:
        UsageError: another git holds the index.
    """
    words = ["--add", "--cacheinfo", f"{kind.replace(' ', ',')},{path}"]
    asked = words if kind else ["--force-remove", "--", path]
    done = attempt_lasting(git, "update-index", *asked)
    if done.returncode != 0:
        raise complaint(git.folder, done.stderr)


def _files_are_there(journal: Journal) -> bool:
    """Whether git had written all files, for the index comes after them."""
    old, new = _sides(journal)
    index = indexed(GitCommand(journal.standing.root))
    return all(index.get(path) == new.get(path) for path in {*old, *new})


def _roll_back(journal: Journal) -> None:
    """Put back the files that git had written, and those that it was about to write."""
    git, root = journal.standing.git, journal.standing.root
    old, new = _sides(journal)
    plan = journal.plan.name if journal.plan else ""
    # first what is new, for it may have taken the place of a folder or a file
    for path in {*new} - {*old, plan}:
        if os.path.lexists(root / path) and _ours(git, path, new[path]):
            _remove(root, path)
    skipped = set(git.run("ls-files", "-z", "-t").split(b"\0"))
    present = [path for path in old if b"S " + os.fsencode(path) not in skipped and path != plan]
    back = [path for path in present if _ours(git, path, new.get(path))]
    if back:
        rows = b"".join(os.fsencode(path) + b"\0" for path in back)
        git.run("checkout-index", "--force", "-z", "--stdin", stdin=rows)
    git.attempt("update-index", "-q", "--refresh")


def _ours(git: WritingGit, path: str, new: Entry | None) -> bool:
    """Whether what lies there is git's: nothing, or what it had written of the new content."""
    full = git.folder / path
    if not os.path.lexists(full):
        return True
    if new is None:
        return False
    if new.link or full.is_symlink():
        wanted = git.run("cat-file", "blob", new.blob)
        return full.is_symlink() and os.fsencode(full.readlink()) == wanted
    if full.is_dir():
        return False
    content = full.read_bytes()
    return git.run("cat-file", "--filters", f"--path={path}", new.blob).startswith(content)


def _remove(root: Path, path: str) -> None:
    """Remove a file, and folders that are empty without it."""
    (root / path).unlink()
    with contextlib.suppress(OSError):
        for folder in (root / path).parents:
            if folder == root:
                break
            folder.rmdir()


def _sides(journal: Journal) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """What the delivery changes, before and after."""
    git = journal.standing.git
    old, new = files_of(git, journal.standing.head), files_of(git, journal.tip)
    paths = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    return (
        {path: old[path] for path in paths if path in old},
        {path: new[path] for path in paths if path in new},
    )


def _remove_locks(journal: Journal) -> None:
    """Remove git's locks that the killed run left; those of a living git go by themselves."""
    standing = journal.standing
    names = [standing.git_dir / name for name in ("index", "HEAD", "ORIG_HEAD")]
    names += [standing.common / standing.branch] if standing.branch else []
    locks = [name.with_name(f"{name.name}.lock") for name in names]
    found = {lock: lock.stat().st_ino for lock in locks if lock.exists()}
    if found:
        time.sleep(_PATIENCE)
    for lock, number in found.items():
        with contextlib.suppress(FileNotFoundError):
            status = lock.stat()
            if status.st_ino == number and status.st_mtime_ns >= journal.begun:
                lock.unlink()

"""Where the user stands in their repository."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seenred.errors import UsageError
from seenred.infrastructure.workshop.writing_git import WritingGit


@dataclass(frozen=True, slots=True)
class Standing:
    """The user's working tree and what it stands at.

    Attributes:
        root: folder of the working tree.
        git_dir: git's own folder of this working tree; of a linked one, not the common one.
        common: git's folder that all working trees of the repository share.
        branch: full name of the branch, e.g. `refs/heads/main`; "" when HEAD is detached.
        head: full hash of the commit; "" when there is none yet.
    """

    root: Path
    git_dir: Path
    common: Path
    branch: str
    head: str

    @property
    def git(self) -> WritingGit:
        """Git in the user's working tree."""
        return WritingGit(self.root)


def read_standing(folder: Path) -> Standing:
    """Where the user stands now.

    Raises:
        UsageError: there is no repository, or it is bare.
    """
    if not folder.is_dir():
        raise UsageError("not-a-folder", f"{folder} is not a folder; name a repository's.")
    git = WritingGit(folder)
    if git.told("rev-parse", "--is-bare-repository") == "true":
        raise UsageError(
            "repository-bare",
            f"{folder} is a bare repository without files; clone it and run this in the clone.",
        )
    asked = ("rev-parse", "--path-format=absolute")
    root = Path(git.told(*asked, "--show-toplevel"))
    return Standing(
        root=root,
        git_dir=Path(git.told(*asked, "--git-dir")),
        common=Path(git.told(*asked, "--git-common-dir")),
        branch=current_branch(WritingGit(root)),
        head=commit_at(WritingGit(root), "HEAD"),
    )


def current_branch(git: WritingGit) -> str:
    """Full name of the branch that HEAD stands for; "" when it is detached."""
    return git.attempt("symbolic-ref", "--quiet", "HEAD").stdout.decode().strip()


def checked_out(git: WritingGit) -> frozenset[str]:
    """Full names of the branches that some working tree of the repository stands on."""
    rows = git.run("worktree", "list", "--porcelain").splitlines()
    found = (row.partition(b" ")[2] for row in rows if row.startswith(b"branch "))
    return frozenset(name.decode(errors="surrogateescape") for name in found)


def commit_at(git: WritingGit, revision: str) -> str:
    """The full hash; "" when there is no such commit."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    done = git.attempt(*asked)
    # one that knows the option prints it too
    return (done.stdout.decode().split() or [""])[-1] if done.returncode == 0 else ""


def common_commit(git: WritingGit, one: str, other: str) -> str:
    """The newest commit that both come from; "" when there is none."""
    return git.attempt("merge-base", one, other).stdout.decode().strip() if one and other else ""

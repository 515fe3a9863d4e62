"""Whether a repository is in a state to work on, asked before anything is done."""

from __future__ import annotations

from seenred.errors import UsageError
from seenred.infrastructure.workshop.run_tree import BRANCHES
from seenred.infrastructure.workshop.standing import Standing, checked_out, commit_at

# what git keeps in its folder while something is not finished
_UNFINISHED = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "BISECT_LOG": "bisect",
}


def require_ready(standing: Standing, run: str) -> None:
    """Nothing when a run can begin here.

    Raises:
        UsageError: nobody's identity is known, a merge or the like is not finished, or the branch
            cannot be named so.
    """
    _require_branch(standing, f"{BRANCHES}/{run}")
    word = unfinished(standing)
    if word:
        end = "git bisect reset" if word == "bisect" else f"git {word} --continue` or `--abort"
        raise UsageError(
            "operation-unfinished",
            f"A {word} is in progress in {standing.root}; end it with `{end}`, "
            "then run this again.",
        )
    for role in ("AUTHOR", "COMMITTER"):
        if standing.git.attempt("var", f"GIT_{role}_IDENT").returncode != 0:
            raise UsageError(
                "identity-missing",
                "Git does not know in whose name to commit; tell it with "
                '`git config --global user.name "Your Name"` and '
                "`git config --global user.email you@example.org`.",
            )


def unfinished(standing: Standing) -> str:
    """What the user has begun and not ended, e.g. `merge`; else ""."""
    found = (word for name, word in _UNFINISHED.items() if (standing.git_dir / name).exists())
    return next(found, "")


def _require_branch(standing: Standing, branch: str) -> None:
    if standing.git.attempt("check-ref-format", branch).returncode != 0:
        name = branch.removeprefix("refs/heads/")
        raise UsageError("run-unusable", f"{name!r} cannot be the name of a branch.")
    if branch in checked_out(standing.git):
        name = branch.removeprefix("refs/heads/")
        raise UsageError(
            "run-unusable",
            f"The branch {name} of this run is checked out; switch to another, "
            "or begin a run with another id.",
        )
    if commit_at(standing.git, BRANCHES):
        raise UsageError(
            "branch-in-the-way",
            "The branch seenred stands where the branches of runs are kept; "
            "`git branch -m seenred OTHER` makes room.",
        )

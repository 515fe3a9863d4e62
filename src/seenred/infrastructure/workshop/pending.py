"""Runs whose commits the user's branch has not got yet."""

from __future__ import annotations

from seenred.engine.cycle.ports import PendingRun
from seenred.errors import UsageError
from seenred.infrastructure.workshop.run_tree import BRANCHES
from seenred.infrastructure.workshop.standing import checked_out, commit_at
from seenred.infrastructure.workshop.writing_git import WritingGit


def pending_runs(git: WritingGit, besides: str) -> tuple[PendingRun, ...]:
    """Those that lead on from the user's commit, but for one, and for those that are in use."""
    head = commit_at(git, "HEAD")
    listed = git.told("for-each-ref", "--sort=refname", "--format=%(refname)", f"{BRANCHES}/")
    branches = [name for name in listed.splitlines() if name not in checked_out(git)]
    runs = [name.removeprefix(f"{BRANCHES}/") for name in branches]
    found = [PendingRun(run, _new_commits(git, head, f"{BRANCHES}/{run}")) for run in runs]
    return tuple(pending for pending in found if pending.commits and pending.run != besides)


def _new_commits(git: WritingGit, head: str, branch: str) -> tuple[str, ...]:
    if head and git.attempt("merge-base", "--is-ancestor", head, branch).returncode != 0:
        return ()
    wanted = [branch, *([f"^{head}"] if head else [])]
    return tuple(git.told("rev-list", "--reverse", "--first-parent", *wanted).split())


def not_pending(run: str) -> UsageError:
    """There is nothing to take over."""
    return UsageError(
        "run-not-pending",
        f"The commits of run {run} do not lead on from where this run stands; "
        f"`git log HEAD..seenred/{run}` shows them, `git cherry-pick` takes them.",
    )

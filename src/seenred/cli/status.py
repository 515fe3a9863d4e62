"""`seenred status`."""

from __future__ import annotations

import json
import os
from pathlib import Path

from rich.console import Console

from seenred.cli.place import working_folder
from seenred.cli.row import Mark, Row
from seenred.cli.status_view import Status, branch_row, show_status, status_data
from seenred.config.settings import load_settings
from seenred.domain.plan import Plan, parse_plan
from seenred.domain.proof import Proof
from seenred.errors import ExitCode, UsageError
from seenred.infrastructure.history.git_runs import GitRuns, RunCommit
from seenred.infrastructure.workspace.plan_file import find_plan, read_plan
from seenred.interop.document import from_json

NO_REPOSITORY = "seenred go commits each test, and there is no git repository here"
NO_COMMIT = "seenred go builds upon a commit, and there is none yet"
FIRST_COMMIT = 'git add --all && git commit -m "chore: begin"'


def status(as_json: bool) -> int:
    """Print the list, where it stands and what the last cycle proved."""
    folder = working_folder()
    path = find_plan(folder, load_settings({}, folder, os.environ).go.plan)
    found = _status(parse_plan(read_plan(path), path.name), path.parent)
    if as_json:
        print(json.dumps(status_data(found), indent=2, ensure_ascii=False))
    else:
        show_status(Console(highlight=False), found)
    return ExitCode.YES


def _status(plan: Plan, folder: Path) -> Status:
    unclear = _unclear(plan)
    notices = [Row(Mark.NOTICE, unclear)] if unclear and plan.items else []
    try:
        runs = GitRuns(folder)
    except UsageError as error:
        if error.code != "not-a-repository":
            raise
        remarks = (*notices, Row(Mark.NOTICE, NO_REPOSITORY))
        return Status(plan, "git init", unclear, remarks=remarks)
    commits, broken = [], []
    for commit in runs.last_cycle():
        proofs, complaint = _proofs(commit)
        commits.append((commit, proofs))
        broken += [Row(Mark.NOTICE, complaint)] if complaint else []
    branches = runs.branches()
    return Status(
        plan=plan,
        next_step=_next_step(plan, unclear) if runs.has_commits else FIRST_COMMIT,
        unclear=unclear,
        commits=tuple(commits),
        branches=branches,
        remarks=(
            *notices,
            *broken,
            *(branch_row(branch) for branch in branches),
            *(() if runs.has_commits else (Row(Mark.NOTICE, NO_COMMIT),)),
        ),
    )


def _unclear(plan: Plan) -> str:
    try:
        plan.take()
    except UsageError as error:
        return error.message
    return ""


def _proofs(commit: RunCommit) -> tuple[tuple[Proof, ...], str]:
    """The proofs noted on a commit, and why they cannot be shown."""
    if not commit.proofs:
        return (), ""
    try:
        found = from_json(commit.proofs, f"the note on {commit.name[:7]}")
    except UsageError as error:
        return (), error.message
    return (found, "") if isinstance(found, tuple) else ((), "")


def _next_step(plan: Plan, unclear: str) -> str:
    if not plan.items:
        where = "move a discovered test to another heading of"
        return f"{where if plan.discovered else 'write your first test into'} {plan.name}"
    if unclear:
        return f"correct {plan.name}"
    if plan.next_item is not None:
        return "seenred go"
    if plan.discovered:
        return f"move what you want from Discovered to another heading of {plan.name}"
    return "seenred verify"

"""`seenred init`."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from seenred.cli.place import working_folder
from seenred.cli.row import Mark, Row, show_rows
from seenred.cli.status import FIRST_COMMIT, NO_COMMIT, NO_REPOSITORY
from seenred.config.layer import Layer, file
from seenred.domain.plan import parse_plan
from seenred.errors import ExitCode
from seenred.infrastructure.history.git_command import GitCommand
from seenred.infrastructure.workspace.beginning import Begun, begin
from seenred.infrastructure.workspace.plan_file import find_plan, read_plan


def init() -> int:
    """Make what a project begins with, and say of each file what became of it."""
    folder = working_folder()
    console = Console(highlight=False)
    for begun in begin(folder, _settings(folder)):
        show_rows(console, [_row(begun)])
    remark, step = _next(folder)
    if remark:
        show_rows(console, [Row(Mark.NOTICE, remark)])
    console.print(f"\nNext: [bold]{step}[/]", soft_wrap=True)
    return ExitCode.YES


def _settings(folder: Path) -> str:
    """The file whose settings hold here, or ""."""
    found = file(folder, ())
    used = not isinstance(found, Layer) or found.place != "seenred.toml"
    return found.place if used else ""


def _row(begun: Begun) -> Row:
    mark, word = (Mark.PROVEN, "made") if begun.made else (Mark.UNJUDGED, "kept")
    # names of one width, for each row is shown as soon as it is true
    return Row(mark, f"{word}  {begun.detail}", f"{begun.name:<12}")


def _next(folder: Path) -> tuple[str, str]:
    """What is missing for `seenred go`, and what to do."""
    git = GitCommand(folder)
    if git.attempt("rev-parse", "--git-dir").returncode != 0:
        return NO_REPOSITORY, "git init"
    if git.attempt("rev-parse", "--verify", "HEAD").returncode != 0:
        return NO_COMMIT, FIRST_COMMIT
    plan = find_plan(folder)
    if parse_plan(read_plan(plan)).next_item is None:
        return "", f"write your first test into {plan.name}, then seenred go"
    return "", "seenred go"

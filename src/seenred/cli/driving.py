"""The commands that drive: `go`, `fix`, `tidy`; everything heavy is imported inside them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from seenred.cli.group import with_options
from seenred.cli.option import BUDGET, MODEL, PATH, RECORD, SURROUNDINGS
from seenred.errors import UsageError

_CYCLE = (
    MODEL,
    click.option("--yes", is_flag=True, help="Ask nobody; what is proven is accepted."),
    click.option("--dry-run", is_flag=True, help="Prove everything, keep nothing."),
    click.option(
        "--review",
        metavar="HOW",
        type=click.Choice(("off", "advisory", "required")),
        help="Each change read: off, advisory, required; off for a model on this machine.",
    ),
    click.option(
        "--minimality",
        metavar="HOW",
        type=click.Choice(("report", "shrink", "strict", "off")),
        help="Code that no test requires: report, shrink, strict (sent back), off.",
    ),
    *BUDGET,
    RECORD,
    *SURROUNDINGS,
    click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON."),
)


@click.command()
@click.option("-n", "count", metavar="N", type=click.IntRange(min=1), help="So many items; 1.")
@click.option("--all", "all_items", is_flag=True, help="Until the list is done or one is given up.")
@with_options(_CYCLE)
def go(**options: Any) -> None:
    """The next unmarked test in PLAN.md: red, green, refactored, committed.

    Each step is proven by running it before anything is committed. At a terminal you are asked
    about each red test, unless you say --yes. Your branch moves only when a cycle is complete.
    """
    if options["all_items"] and options["count"]:
        raise UsageError("count-twice", "-n and --all exclude each other; leave one out.")
    from seenred.cli.go import go as answer

    sys.exit(answer({**options, "count": options["count"] or 1}))


@click.command()
@click.argument("report", metavar="REPORT")
@with_options(_CYCLE)
def fix(report: str, **options: Any) -> None:
    """Reproduce a defect by a test that is red, then repair it.

    REPORT is a text file, or the words in quotes: what was done, seen and expected. Where no test
    shows such a defect, that is said and nothing is changed.
    """
    from seenred.cli.fix import fix as answer

    sys.exit(answer(report, options))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=PATH)
@click.option("--goal", metavar="WORDS", default="", help="What is wanted; else what is measured.")
@with_options(_CYCLE)
def tidy(paths: tuple[Path, ...], **options: Any) -> None:
    """Structural commits only: each is proven to change nothing that the code does.

    PATHs are files, or folders for all Python files in them.
    """
    from seenred.cli.tidy import tidy as answer

    sys.exit(answer(paths, options))

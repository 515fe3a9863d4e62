"""The commands about runs on record; what they do is imported when they do it."""

from __future__ import annotations

import sys

import click

RUN = click.argument("run", metavar="RUN")
JSON = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.command()
@RUN
@JSON
def resume(run: str, as_json: bool) -> None:
    """Go on with RUN where its record ends; nothing recorded is done or paid again.

    RUN is an id, or enough of its beginning or end.
    """
    from seenred.cli.resume import resume as go_on

    sys.exit(go_on(run, as_json))


@click.command()
@RUN
@click.option(
    "--from",
    "before",
    metavar="STEP",
    help="Keep what the steps before it gave; `show` names them.",
)
@JSON
def retry(run: str, before: str | None, as_json: bool) -> None:
    """Take RUN once more, as a run of its own."""
    from seenred.cli.resume import retry as again

    sys.exit(again(run, before, as_json))

"""The commands about runs on record; what they do is imported when they do it."""

from __future__ import annotations

import sys

import click

from seenred.cli.group import Group
from seenred.domain.run import RunState

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


@click.command()
@RUN
@click.option("--offline", is_flag=True, help="Take what checks showed from the record too.")
@JSON
def replay(run: str, offline: bool, as_json: bool) -> None:
    """Perform RUN again from its recorded replies, and show the first difference.

    No model is asked. What it writes is compared and never left anywhere.
    """
    from seenred.cli.replay import replay as again

    sys.exit(again(run, offline, as_json))


@click.command()
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([state.value for state in RunState]),
    help="Only those in this state; may be given several times.",
)
@click.option(
    "-n", "most", metavar="N", type=click.IntRange(min=1), default=20, help="At most; 20."
)
@JSON
def runs(states: tuple[str, ...], most: int, as_json: bool) -> None:
    """What ran and runs, the newest first."""
    from seenred.cli.runs import list_runs

    sys.exit(list_runs(states, most, as_json))


@click.command()
@RUN
@JSON
def show(run: str, as_json: bool) -> None:
    """All that is known of RUN: its steps, its versions, what it cost."""
    from seenred.cli.runs import show as tell

    sys.exit(tell(run, as_json))


@click.command()
@RUN
@click.option("-f", "--follow", is_flag=True, help="Go on until the run ends.")
@JSON
def logs(run: str, follow: bool, as_json: bool) -> None:
    """What happened in RUN, in order."""
    from seenred.cli.runs import logs as tell

    sys.exit(tell(run, follow, as_json))


@click.command()
@RUN
def cancel(run: str) -> None:
    """Stop RUN, wherever it is performed; what it has is kept."""
    from seenred.cli.runs import cancel as stop

    sys.exit(stop(run))


@click.command()
@click.option("--queue", metavar="NAME", default="default", help="Whose runs to take; default.")
@click.option(
    "--concurrency", metavar="N", type=click.IntRange(1, 100), default=1, help="At a time; 1."
)
def worker(queue: str, concurrency: int) -> None:
    """Take queued runs, and those of workers that were killed, until Ctrl-C."""
    from seenred.cli.worker import worker as take

    sys.exit(take(queue, concurrency))


@click.group(cls=Group)
def db() -> None:
    """The record of runs."""


@db.command("check")
def db_check() -> None:
    """Whether its tables are as this version needs them."""
    from seenred.cli.db import check

    sys.exit(check())


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring its tables to this version."""
    from seenred.cli.db import upgrade

    sys.exit(upgrade())


COMMANDS = (runs, show, logs, resume, cancel, retry, replay, worker, db)

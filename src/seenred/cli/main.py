"""`seenred`: the commands; everything heavy is imported inside them."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import click

from seenred import __version__
from seenred.cli.driving import fix, go, tidy
from seenred.cli.group import Group, with_options
from seenred.cli.judging import prove, verify, why
from seenred.cli.option import BUDGET, MODEL, PATH, RECORD
from seenred.cli.phrase import is_phrase, read_phrase
from seenred.cli.recorded import COMMANDS
from seenred.errors import ExitCode, SeenredError

_COMMON = (
    click.option("--focus", metavar="WORDS", default="", help="What to look at first."),
    click.option(
        "-o",
        "--output",
        metavar="DIR",
        type=PATH,
        help="Folder for the results.",
    ),
    MODEL,
    click.option(
        "--candidates", metavar="N", type=click.IntRange(1, 50), help="Most candidates a step."
    ),
    *BUDGET,
    click.option("--no-sandbox", is_flag=True, help="Run model-written code unconfined."),
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
)
_RUN = (
    click.option("--tests", metavar="FILE", type=PATH, help="Your pytest file."),
    click.option(
        "--checker",
        metavar="FILE",
        type=PATH,
        help="Your check(<inputs>, answer) -> bool, where several answers are right.",
    ),
    click.option(
        "--report", metavar="WORDS", default="", help="The words of a bug report, or @FILE."
    ),
    click.option(
        "--max-iterations", metavar="N", type=click.IntRange(0, 100), help="Most fixes; 5."
    ),
    click.option("--queue", metavar="NAME", help="Leave it to `seenred worker --queue NAME`."),
    RECORD,
    *_COMMON,
)


_GREETING = """\
seenred {version} · never trust a test that you have not seen red

  seenred verify main..HEAD        was this history made test-first?
  seenred prove red TEST_ID        is this new test red for the right reason?
  seenred why FILE:LINE            which test requires this line

  seenred init                     a test list to write into, PLAN.md
  seenred plan FEATURE.md          the list drafted from a description
  seenred status                   where it stands, and what was proven last
  seenred go                       next test in PLAN.md: red, green, committed
  seenred fix REPORT               a defect: reproduced by a test, then repaired
  seenred tidy PATH                structural commits only, each proven

  seenred solve problem.txt        a statement becomes a tested solution
  seenred run debugging code.py    find and repair what is wrong in a module
  seenred use AGENT on FILE        one agent, once
  seenred runs                     what ran and runs; resume RUN goes on
  seenred models list              which models can be used here
  seenred doctor                   what this machine has and lacks

As you would say it:
  seenred "Use bug-report-reviewer agent on code.py with focus on edge cases"

New here? Run `seenred verify` in a repository of yours.
All options: `seenred COMMAND --help`."""


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="seenred")
@click.pass_context
def cli(context: click.Context) -> None:
    """Makes AI agents work test-first, and proves that they did.

    Try: seenred verify, in a repository of yours; seenred solve problem.txt;
    or as you would say it:

    seenred "Use solution-fixer agent on output/solution_v2.py with output/fix_plan.md"
    """
    if context.invoked_subcommand is None:
        click.echo(_GREETING.format(version=__version__))


cli.add_command(go)
cli.add_command(fix)
cli.add_command(tidy)
cli.add_command(verify)
cli.add_command(prove)
cli.add_command(why)


@cli.command()
def init() -> None:
    """Begin a test list and settings; overwrites nothing."""
    from seenred.cli.init import init as begin

    sys.exit(begin())


@cli.command()
@click.argument("feature", metavar="FEATURE.md", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "into",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The list to write or to add to; PLAN.md.",
)
@click.option("--model", metavar="NAME", help="provider:model; `seenred models list` shows them.")
@with_options(BUDGET)
@click.option("--json", "as_json", is_flag=True, help="Print what was added as JSON.")
def plan(feature: Path, **options: Any) -> None:
    """Draft a test list from a description; you edit it.

    What PLAN.md has already stays; new tests go under a heading of their own.
    """
    from seenred.cli.plan import plan as draft

    sys.exit(draft(feature, options))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def status(as_json: bool) -> None:
    """The test list, where it stands, and what the last cycle proved."""
    from seenred.cli.status import status as answer

    sys.exit(answer(as_json))


@cli.command()
@click.argument("workflow")
@click.argument("input", type=PATH)
@with_options(_RUN)
def run(workflow: str, input: Path, **options: Any) -> None:
    """Run WORKFLOW (development, debugging, competitive, or your own) on INPUT."""
    from seenred.cli.run import run_workflow

    sys.exit(run_workflow(workflow, input, options))


@cli.command()
@click.argument("input", type=PATH)
@with_options(_RUN)
def solve(input: Path, **options: Any) -> None:
    """Solve the statement in INPUT; the same as `run development INPUT`."""
    from seenred.cli.run import run_workflow

    sys.exit(run_workflow("development", input, options))


@cli.command()
@click.argument("words", nargs=-1, required=True, metavar="AGENT on FILE [with FILE…]")
@with_options(_COMMON)
def use(words: tuple[str, ...], **options: Any) -> None:
    """Let one AGENT do its step once, on FILE.

    Agents: problem-solver, solution-improver, bug-report-reviewer, solution-fixer.
    """
    from seenred.cli.use import use_words

    sys.exit(use_words(list(words), options))


for command in COMMANDS:
    cli.add_command(command)


@cli.group(cls=Group)
def models() -> None:
    """What models can be used here; fetch one; try one."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def models_list(as_json: bool) -> None:
    """What can be used here, and why not."""
    from seenred.cli.models import list_models

    sys.exit(list_models(as_json))


@models.command("pull")
@click.argument("name", default="local")
def models_pull(name: str) -> None:
    """Fetch a local model; its hash is always checked."""
    from seenred.cli.models import pull_model

    sys.exit(pull_model(name))


@models.command("try")
@click.argument("name", required=False)
@click.option("--ask", default="Write a Python function that reverses a string.", help="Question.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def models_try(name: str | None, ask: str, as_json: bool) -> None:
    """Ask one question; shows the answer and tokens/s."""
    from seenred.cli.models import try_model

    sys.exit(try_model(name, ask, as_json))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def doctor(as_json: bool) -> None:
    """What this machine has and lacks, each lack with its remedy."""
    from seenred.cli.doctor import show_doctor

    sys.exit(show_doctor(as_json))


def main() -> None:
    """The entry point: errors become one sentence and an exit code."""
    words = sys.argv[1:]
    try:
        if is_phrase(words):
            phrase = read_phrase(words[0])
            inputs = [word for name in phrase.inputs for word in ("with", name)]
            focus = ["--focus", phrase.focus] if phrase.focus else []
            words = ["use", *focus, "--", phrase.agent, "on", phrase.subject, *inputs]
        cli.main(args=words, prog_name="seenred", standalone_mode=False)
    except SeenredError as error:
        _fail(f"{error.message} [{error.code}]", error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(ExitCode.USAGE)
    except click.ClickException as error:
        _fail(error.format_message(), ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        _fail("Interrupted.", ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.YES)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        _give_up_output()
        told = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
        _fail(f"{told}; free some space and run this again. [disk-full]", ExitCode.ENVIRONMENT)


def _give_up_output() -> None:
    """What cannot be printed is dropped: at the end Python would try once more, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: ExitCode) -> None:
    click.echo(f"seenred: {message}", err=True)
    sys.exit(code)

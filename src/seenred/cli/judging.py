"""The commands that judge: `verify`, `prove`, `why`; everything heavy is imported inside them."""

from __future__ import annotations

import sys
from typing import Any

import click

from seenred.cli.group import Group, with_options
from seenred.cli.option import PATH, SURROUNDINGS

# spelled out: the formats' module would import what a `--help` does not need
_FORMATS = ("text", "json", "junit", "sarif", "github")
_OUTPUT = (
    click.option("--explain", is_flag=True, help="Every proof in full."),
    click.option(
        "--output-format", metavar="FORMAT", type=click.Choice(_FORMATS), help=", ".join(_FORMATS)
    ),
    click.option("--json", "as_json", is_flag=True, help="Short for --output-format json."),
    *SURROUNDINGS,
)
_SUITE = click.option(
    "--suite",
    multiple=True,
    metavar="PATH",
    help="Of tests that the change does not touch, run only these; repeat.",
)
_BASE = click.option(
    "--base", metavar="REV", help="Compare with; HEAD if anything is uncommitted, else HEAD~1."
)


@click.command()
@click.argument("range", required=False, metavar="[BASE..HEAD]")
@click.option("--strict", is_flag=True, help="Ask for one new test in each commit.")
@_SUITE
@click.option("--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="Runners; 1.")
@with_options(_OUTPUT)
def verify(range: str | None, **options: Any) -> None:
    """Was this history made test-first?

    Without a range: what this branch adds to the one that it came from. Nothing is written; no
    settings, no model are needed. 0 when all is proven, 1 when something is refuted,
    125 when something could not be proven.
    """
    from seenred.cli.verify import verify as answer

    sys.exit(answer(range, options))


@click.group(cls=Group)
def prove() -> None:
    """Prove one claim about the working tree; nothing is written."""


@prove.command("red")
@click.argument("test_id")
@click.option(
    "--introduces", multiple=True, metavar="NAME", help="What the code to come will define; repeat."
)
@_BASE
@_SUITE
@with_options(_OUTPUT)
def prove_red(test_id: str, **options: Any) -> None:
    """Is this new test red for the right reason?"""
    from seenred.cli.prove import red

    sys.exit(red(test_id, frozenset(options["introduces"]), options))


@prove.command("green")
@click.argument("test_ids", nargs=-1, required=True, metavar="TEST_ID…")
@click.option("--red", "red", type=PATH, help="Its red, as `prove red --json` gave it.")
@_BASE
@_SUITE
@with_options(_OUTPUT)
def prove_green(test_ids: tuple[str, ...], **options: Any) -> None:
    """Are these tests green, untampered, and able to fail?"""
    from seenred.cli.prove import green

    sys.exit(green(test_ids, options["red"], options))


@prove.command("minimal")
@click.option("--shrink", is_flag=True, help="Print a patch that cuts out what no test executes.")
@_BASE
@_SUITE
@with_options(_OUTPUT)
def prove_minimal(**options: Any) -> None:
    """Which added code does no test require?"""
    if options["shrink"]:
        from seenred.cli.shrink import print_patch

        sys.exit(print_patch(options))
    from seenred.cli.prove import minimal

    sys.exit(minimal(options))


@prove.command("structural")
@click.option(
    "--rename", multiple=True, metavar="OLD=NEW", help="A name that changed; else seen by itself."
)
@_BASE
@_SUITE
@with_options(_OUTPUT)
def prove_structural(**options: Any) -> None:
    """Is the change purely structural, and how strongly is that known?"""
    from seenred.cli.prove import structural

    sys.exit(structural(options["rename"], options))


@prove.command("complexity")
@click.argument("function", metavar="PATH:FUNCTION")
@click.option("--against", metavar="REV", help="Time this revision's function in turn with it.")
@click.option("--claim", default="", metavar="O(…)", help="What is claimed, e.g. O(n log n).")
@click.option(
    "--inputs", default="", metavar="EXPR", help="Arguments of size n as a tuple, e.g. ([0] * n,)."
)
@click.option("--count", is_flag=True, help="Count executed lines instead of seconds.")
@with_options(_OUTPUT)
def prove_complexity(function: str, **options: Any) -> None:
    """How do the costs of a function grow with its input?"""
    from seenred.cli.prove import complexity

    sys.exit(complexity(function, options))


@click.command()
@click.argument("place", metavar="FILE:LINE")
@with_options(_OUTPUT)
def why(place: str, **options: Any) -> None:
    """Which test requires this line, its red, its commit."""
    from seenred.cli.why import why as answer

    sys.exit(answer(place, options))

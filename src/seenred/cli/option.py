"""Options that several commands share; the words mean the same everywhere."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import click

PATH = click.Path(path_type=Path)
MODEL = click.option(
    "--model", metavar="NAME", help="provider:model; `seenred models list` shows what is there."
)


class Limit(click.ParamType):  # type: ignore[type-arg]  # generic in newer clicks only
    """A number of something that may be spent.

    Args:
        kind: `int` for what is counted.
        least: the smallest limit that means anything.
        example: as a person may write it.
    """

    name = "number"

    def __init__(self, kind: type[int] | type[float], least: float, example: str) -> None:
        self._kind = kind
        self._least = least
        self._example = example

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | float:
        try:
            number = self._kind(value)
        except (ValueError, OverflowError):
            number = self._kind(-1)
        if not (math.isfinite(number) and number >= self._least):
            kind = "whole number" if self._kind is int else "number"
            told = f"{value!r} should be a {kind} of at least {self._least:g}"
            self.fail(f"{told}, such as {self._example}.", param, ctx)
        return number


BUDGET = (
    click.option(
        "--max-tokens", metavar="N", type=Limit(int, 1, "200000"), help="Prompt and reply tokens."
    ),
    click.option(
        "--max-seconds", metavar="S", type=Limit(float, 0.1, "1800"), help="Wall-clock seconds."
    ),
    click.option("--max-cost", metavar="USD", type=Limit(float, 0, "0.50"), help="US dollars."),
)
RECORD = click.option(
    "--record",
    type=click.Choice(["full", "off"]),
    help="Of model calls: texts, or only hashes, tokens, cost.",
)
SURROUNDINGS = (
    click.option("--python", type=PATH, help="The project's Python or virtual environment."),
    click.option("--allow-loopback", is_flag=True, help="Tests may use servers of their own."),
    click.option("--no-sandbox", is_flag=True, help="Run the project's code unconfined."),
)

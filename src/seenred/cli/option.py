"""Options that several commands share; the words mean the same everywhere."""

from __future__ import annotations

from pathlib import Path

import click

PATH = click.Path(path_type=Path)
MODEL = click.option(
    "--model", metavar="NAME", help="provider:model; `seenred models list` shows what is there."
)
BUDGET = (
    click.option(
        "--max-tokens", metavar="N", type=click.IntRange(min=1), help="Prompt and reply tokens."
    ),
    click.option(
        "--max-seconds", metavar="S", type=click.FloatRange(min=0.1), help="Wall-clock seconds."
    ),
    click.option("--max-cost", metavar="USD", type=click.FloatRange(min=0), help="US dollars."),
)
SURROUNDINGS = (
    click.option("--python", type=PATH, help="The project's Python or virtual environment."),
    click.option("--allow-loopback", is_flag=True, help="Tests may use servers of their own."),
    click.option("--no-sandbox", is_flag=True, help="Run the project's code unconfined."),
)

"""How what is there and what is not is laid out."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from seenred.cli.checklist import Row, show

ROWS = [
    Row("git", True, "git version 2.39.5"),
    Row("model", False, "none can be used", "seenred models pull local", grave=True),
    Row("cargo", False, "not found", "for Rust projects: install it from https://rustup.rs"),
    Row("disk", True, f"76.8 GB free under {Path.home()}/.cache/seenred"),
]


def shown(width):
    out = io.StringIO()
    show(ROWS, "Next: seenred doctor", Console(file=out, width=width))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 120])
def test_each_row_is_one_aligned_line_with_the_remedy_of_its_lack(width):
    lines = [line.rstrip() for line in shown(width)]
    assert lines == [
        "✓  git    git version 2.39.5",
        "✗  model  none can be used → seenred models pull local",
        "–  cargo  not found → for Rust projects: install it from https://rustup.rs",
        "✓  disk   76.8 GB free under ~/.cache/seenred",
        "",
        "Next: seenred doctor",
    ]


def test_a_long_row_goes_on_under_its_own_column():
    lines = shown(50)
    rows = lines[: lines.index("")]
    going_on = [line for line in rows if line[0] == " "]
    assert len(going_on) == len(rows) - len(ROWS) > 0
    assert all(line.startswith(" " * 10) and line[10] != " " for line in going_on)
    assert all(len(line) <= 50 for line in lines)

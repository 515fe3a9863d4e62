"""What a change adds and takes away, as lines that people read."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping


def changed_lines(before: str, after: str) -> Iterator[str]:
    """`+ added` and `- removed` lines, in order, without those around them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    for number, line in enumerate(lines):
        if number > 1 and not line.startswith("@@"):
            yield f"{line[0]} {line[1:]}"


def patch(files: Mapping[str, tuple[str, str]]) -> str:
    """A unified diff without the lines around the changes.

    Args:
        files: path to the text before and after.
    """
    return "\n".join(
        line
        for path, (before, after) in files.items()
        for line in difflib.unified_diff(
            before.splitlines(), after.splitlines(), path, path, n=0, lineterm=""
        )
    )

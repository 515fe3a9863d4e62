"""`seenred prove minimal --shrink`: a patch that cuts out the added code that no test executes."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console

from seenred.cli.interruptible import interruptible
from seenred.cli.output import Format, Output
from seenred.cli.progress import Progress
from seenred.cli.row import Mark, Row, show_rows
from seenred.cli.workbench import open_workbench
from seenred.domain.tree import Tree
from seenred.errors import ExitCode, UsageError
from seenred.referee.proof.ports import Blobs
from seenred.referee.proof.shrink import Shrunk, shrink


def print_patch(options: Mapping[str, Any]) -> int:
    """Print the patch on stdout and what it cuts on stderr; returns the exit code.

    Raises:
        UsageError: another format than text was asked for.
    """
    if Output.of(options).format is not Format.TEXT:
        raise UsageError("shrink-format", "--shrink prints a patch; leave the output format out.")
    console = Console(stderr=True, highlight=False)
    with Progress(console) as progress:
        progress.doing("which added code no test executes")
        shrunk, patch = interruptible(lambda: _shrunk(options))
    show_rows(console, [*_rows(shrunk)])
    sys.stdout.write(patch)
    return ExitCode.NOT_PROVEN if shrunk.refusal else ExitCode.YES


async def _shrunk(options: Mapping[str, Any]) -> tuple[Shrunk, str]:
    async with open_workbench(options) as bench:
        referee, tree = bench.referee, bench.work.change.tree
        shrunk = await shrink(referee.runner, referee.blobs, bench.work.change.base, tree)
        return shrunk, "".join(_patch(tree, shrunk, referee.blobs))


def _rows(shrunk: Shrunk) -> Iterator[Row]:
    if shrunk.refusal:
        yield Row(Mark.NOT_PROVEN, shrunk.refusal)
    elif not shrunk.removed:
        yield Row(Mark.PROVEN, "nothing can be cut: tests execute it, or it guards, or has effects")
    for detail in shrunk.removed:
        yield Row(Mark.NOTICE, detail.what, detail.where)
    if shrunk.removed:
        yield Row(Mark.UNJUDGED, "nothing was written", remedy="pipe this into `git apply`")


def _patch(tree: Tree, shrunk: Shrunk, blobs: Blobs) -> Iterator[str]:
    for path, content in sorted(shrunk.files.items()):
        old = blobs.read(tree.files[path].blob).decode().splitlines(keepends=True)
        new = content.decode().splitlines(keepends=True)
        yield f"diff --git a/{path} b/{path}\n"
        for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"

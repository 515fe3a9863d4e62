"""Run the command of each page of examples again and put its transcript into the page.

Usage: python scripts/record_examples.py PAGE...   (run by `make examples`)

A page is Markdown with a block that begins "$ seenred …". The command runs in a folder of its own
that holds a copy of the examples, and the block becomes what it printed. A page in a folder of
`examples/` also gets the line that begins "Held-out checks": what the checks in
`tests/e2e/held_out`, which no step of the run sees, say of the best version. They run in the
sandbox, as all code that a model wrote. Pages with the same command share one run.
"""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from seenred.bootstrap.cache import user_cache
from seenred.domain.execution import Limits
from seenred.infrastructure.runners.python import PythonRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.referee.ports import TestSession

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
HELD_OUT = ROOT / "tests" / "e2e" / "held_out"
BLOCK = re.compile(r"^```(?:console)?\n\$ seenred (?P<words>.+)\n(?:.*\n)*?```$", re.MULTILINE)
CHECKS = re.compile(r"^Held-out checks.*$", re.MULTILINE)
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
SECONDS = 60  # for all the held-out checks of one example


@dataclass(frozen=True, slots=True)
class Run:
    """What a command printed, and the best version that it left."""

    transcript: str
    best: str


def main(pages: list[Path]) -> None:
    """Record every page."""
    runs: dict[str, Run] = {}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        block = BLOCK.search(text)
        if block is None:
            sys.exit(f"{page} has no block that begins with `$ seenred`; write one.")
        words = block["words"]
        print(f"{page}: seenred {words}", flush=True)
        if words not in runs:
            runs[words] = run(words)
        page.write_text(recorded(text, words, runs[words], page), encoding="utf-8")


def run(words: str) -> Run:
    """Run one command where `examples/` lies as in the repository."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(EXAMPLES, Path(folder, "examples"))
        done = subprocess.run(
            [sys.executable, "-m", "seenred", *shlex.split(words)],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        output = Path(folder, "output")
        report = json.loads((output / "report.json").read_text(encoding="utf-8"))
        best = (output / report["best"]).read_text(encoding="utf-8") if report["best"] else ""
    return Run(ANSI.sub("", done.stdout).strip("\n"), best)


def recorded(text: str, words: str, made: Run, page: Path) -> str:
    """The page with what the run printed and what the held-out checks say."""
    block = f"```console\n$ seenred {words}\n{made.transcript}\n```"
    text = BLOCK.sub(lambda _: block, text, count=1)
    if page.parent.parent.resolve() != EXAMPLES:
        return text
    line = asyncio.run(held_out(page.parent.name.replace("-", "_"), made.best))
    return CHECKS.sub(lambda _: line, text)


async def held_out(name: str, source: str) -> str:
    """What the checks of one example say, as a line."""
    if not source:
        return "Held-out checks: there is no version to check."
    runner = PythonRunner(await open_sandbox(cache=user_cache()))
    checks = (HELD_OUT / f"{name}.py").read_text(encoding="utf-8")
    return line_of(await runner.test(source, "solution", checks, Limits(seconds=SECONDS)))


def line_of(session: TestSession) -> str:
    """`Held-out checks: 9 of 10 pass; test_x: expected 1, got 2.`"""
    if session.error:
        return f"Held-out checks: could not be run: {session.error}."
    failed = [each for each in session.reports if not each.passed]
    passed = len(session.reports) - len(failed)
    why = f"; {failed[0].test_id}: {failed[0].message}" if failed else ""
    return f"Held-out checks: {passed} of {len(session.reports)} pass{why}."


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])

"""Red, green and causality of one change against `rgp` (red-green-proof), on the same repository.

    python benches/rgp.py [ROUNDS]

Times are medians of interleaved rounds: `rgp TEST` as people run it, and red and green by a runner
that is warm, which leaves nothing out: the suite before and after, the test on the old code, every
negative control, tricks, order and hash seed. The source differs in each round, so that nothing
can be answered from memory. Then each case that rgp describes, with both verdicts.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from causality_row import ROWS, CausalityRow, judge, lay
from repository import Repository

from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.referee.proof.ports import SuiteRunner

CACHE = Path.home() / ".cache" / "seenred"
TARGET = 10
TEST = "tests/test_leap.py::test_gregorian_century_rule"
BEFORE = "def is_leap_year(year):\n    return year % 4 == 0\n"
AFTER = (
    "def is_leap_year(year):\n    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)\n"
)


async def main() -> int:
    """Print the ratio, then the table of verdicts."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        theirs, ours = await timed(Repository(Path(folder) / "project"), rounds)
    print(f"rgp, from command to verdict        {theirs:7.2f} s")
    print(f"red and green, warm                 {ours:7.2f} s")
    print(f"ratio                               {theirs / ours:7.1f} ×  (≥ {TARGET})\n")
    with tempfile.TemporaryDirectory() as folder:
        wrong = await compare(Repository(Path(folder) / "project"))
    return 1 if wrong else 0


async def timed(repository: Repository, rounds: int) -> tuple[float, float]:
    """Median seconds of both; the leap year's rule among thirty other tests."""
    others = "".join(
        f"\n\ndef test_{year}():\n    assert is_leap_year({year}) is {year % 4 == 0}\n"
        for year in range(2001, 2031)
    )
    asked = "\n\ndef test_gregorian_century_rule():\n    assert is_leap_year(1900) is False\n"
    files = {
        "leap.py": BEFORE,
        "pytest.ini": "[pytest]\npythonpath = .\n",
        "tests/test_leap.py": f"from leap import is_leap_year\n{others}{asked}",
    }
    repository.commit("a leap year", files)
    theirs: list[float] = []
    ours: list[float] = []
    with GitHistory(repository.path) as history:
        runner = await open_runner(repository, history)
        try:
            for number in range(rounds + 1):
                repository.write({"leap.py": f"{AFTER}# round {number}\n"})
                theirs.append(rgp_seconds(repository))
                ours.append(await our_seconds(history, runner))
        finally:
            await runner.close()
    # the first round of each only warms the machine and the processes
    return statistics.median(theirs[1:]), statistics.median(ours[1:])


async def open_runner(repository: Repository, history: GitHistory) -> SuiteRunner:
    return await open_suite_runner(
        repository.path, history.blobs, python=Path(sys.executable), cache=CACHE
    )


def rgp_seconds(repository: Repository) -> float:
    begun = time.perf_counter()
    verdict = rgp_verdict(repository, TEST)
    seconds = time.perf_counter() - begun
    if verdict != "proven":
        raise SystemExit(f"rgp says {verdict}")
    return seconds


async def our_seconds(history: GitHistory, runner: SuiteRunner) -> float:
    begun = time.perf_counter()
    verdict, reason = await judge(history, runner, TEST)
    seconds = time.perf_counter() - begun
    if verdict != "proven":
        raise SystemExit(f"we say {verdict}: {reason}")
    return seconds


def rgp_verdict(repository: Repository, asked: str) -> str:
    """Its one word, or `error`."""
    words = [sys.executable, "-m", "rgp", asked, "--repo", str(repository.path)]
    done = subprocess.run(words, cwd=repository.path, capture_output=True, text=True, check=False)
    # it writes its evidence into the tree, where the next run would stumble on it
    repository.git("clean", "-dfxq", ".rgproof")
    return json.loads(done.stdout)["verdict"] or "error"


async def compare(repository: Repository) -> int:
    """How many of our verdicts are not the ones that they should be."""
    print(f"| {'case':55} | {'rgp':8} | {'ours':10} | reason")
    print(f"|{'-' * 57}|{'-' * 10}|{'-' * 12}|---")
    wrong = 0
    with GitHistory(repository.path) as history:
        runner = await open_runner(repository, history)
        try:
            for row in ROWS:
                wrong += await compare_one(row, repository, history, runner)
        finally:
            await runner.close()
    print(
        f"\n{len(ROWS)} cases, {sum(bool(row.better) for row in ROWS)} judged otherwise than by rgp"
    )
    return wrong


async def compare_one(
    row: CausalityRow, repository: Repository, history: GitHistory, runner: SuiteRunner
) -> int:
    lay(row, repository)
    theirs = rgp_verdict(repository, row.asked)
    ours, reason = await judge(history, runner, row.asked, seconds=3)
    said = f"{reason}: {row.better}" if row.better else reason
    other = "" if theirs == row.rgp else f"  (rgp 0.1.0 said {row.rgp} when this was written)"
    wrong = ours != row.ours
    print(f"| {row.name:55} | {theirs:8} | {ours:10} | {said}{other}{'  WRONG' * wrong}")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

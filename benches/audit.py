"""How long an audit takes: five commits, and a hundred beside checkouts and cold pytest.

The repository is made here: each commit adds a function to one of ten modules, with its test, or
is, now and then, a refactoring. The second figure counts each run of tests that the audit asked for
(variants of a tree among them) and multiplies it by what one `git checkout` with one
`python -m pytest` of one test file takes (measured on some, spread over the audit, median), so
nothing is counted for comparing, classifying and mutating. Other work on the machine changes the
times more than the ratio.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from seenred.domain.audit_event import CommitJudged
from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.referee.audit.audit import audit
from seenred.referee.proof.ports import Selection, SuiteRunner, Variant
from seenred.referee.runner_around import RunnerAround

MODULES, SMALL, LARGE = 10, 5, 100
ROUNDS = 3  # an odd number, so that the median is one of them
COLD = 11  # checkouts with a cold pytest, spread over the audit
TARGETS = "targets: ≤ 5 s for 5 commits, ≥ 5 × for 100"


class CountingRunner(RunnerAround):
    """Counts what it is asked to run."""

    def __init__(self, runner: SuiteRunner) -> None:
        super().__init__(runner)
        self.runs = 0

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        self.runs += 1
        return await super().observe(tree, selection)

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        self.runs += len(variants)
        return await super().observe_variants(tree, variants)


def git(folder: Path, *words: str) -> None:
    """Run git as somebody."""
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


def make_repository(folder: Path, commits: int) -> None:
    """A base and so many commits."""
    git(folder, "init", "--quiet")
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    for module in range(MODULES):
        (folder / f"part_{module}.py").write_text('"""One part."""\n')
        imported = f"import part_{module} as part\n"
        (folder / f"test_part_{module}.py").write_text(imported)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "base")
    for number in range(commits):
        change(folder, number)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", f"commit {number}")


def change(folder: Path, number: int) -> None:
    """A function with its test, or now and then the last function of a module written otherwise."""
    code = folder / f"part_{number % MODULES}.py"
    if number % 10 == 9 and number // MODULES % 2:
        old = f"    doubled = n * 2\n    return doubled + {number - MODULES}\n"
        new = f"    return n * 2 + {number - MODULES}\n"
        code.write_text(code.read_text().replace(old, new))
        return
    function = f"\n\ndef step_{number}(n):\n    doubled = n * 2\n    return doubled + {number}\n"
    code.write_text(code.read_text() + function)
    test = folder / f"test_part_{number % MODULES}.py"
    expected = 6 + number
    asserted = f"    assert part.step_{number}(3) == {expected}\n"
    test.write_text(f"{test.read_text()}\n\ndef test_step_{number}():\n{asserted}")


def command_seconds(folder: Path) -> float:
    """Wall-clock time of `seenred verify`, from command to table."""
    began = time.perf_counter()
    words = [sys.executable, "-m", "seenred", "verify", f"HEAD~{SMALL}..HEAD"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise SystemExit(f"verify said {done.returncode}: {done.stdout}{done.stderr}")
    return seconds


def cold_seconds(folder: Path, revision: str, number: int) -> float:
    """Wall-clock time of one checkout and one cold run of one test file."""
    began = time.perf_counter()
    git(folder, "checkout", "--quiet", revision)
    test = f"test_part_{number % MODULES}.py"
    words = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    subprocess.run(words, cwd=folder, capture_output=True, check=False)
    return time.perf_counter() - began


async def audited(folder: Path, copy: Path) -> tuple[float, int, list[float]]:
    """Seconds of an audit of all commits, its runs, and cold runs spread over it."""
    colds: list[float] = []

    def listen(event: object) -> None:
        if isinstance(event, CommitJudged) and event.number % (LARGE // COLD) == 0:
            colds.append(cold_seconds(copy, event.commit.name, event.number))

    with GitHistory(folder) as history:
        cache = Path.home() / ".cache" / "seenred"
        runner = CountingRunner(await open_suite_runner(folder, history.blobs, cache=cache))
        began = time.perf_counter()
        try:
            base = f"HEAD~{LARGE}"
            found = await audit(history, runner, history.blobs, base, "HEAD", listener=listen)
        finally:
            await runner.close()
        seconds = time.perf_counter() - began - sum(colds)
    refused = [commit.name for commit in found.commits if commit.verdict != "proven"]
    if refused:
        raise SystemExit(f"not proven: {refused}")
    return seconds, runner.runs, colds


def main() -> None:
    """Print what was measured."""
    with tempfile.TemporaryDirectory() as name:
        folder, copy = Path(name) / "project", Path(name) / "copy"
        folder.mkdir()
        make_repository(folder, LARGE)
        subprocess.run(["git", "clone", "-q", str(folder), str(copy)], check=True)
        small = [command_seconds(folder) for _ in range(ROUNDS)]
        seconds, runs, colds = asyncio.run(audited(folder, copy))
    one = statistics.median(colds)
    print(TARGETS)
    print(f"verify, {SMALL} commits, command to table: {statistics.median(small):7.1f} s")
    print(f"audit of {LARGE} commits, {runs} runs:     {seconds:7.1f} s")
    print(f"  the same runs by checkout and pytest: {one * runs:7.1f} s  ({one:.2f} s each)")
    print(f"  ratio:                                {one * runs / seconds:7.1f} ×")


if __name__ == "__main__":
    main()

"""One red and its green in a project of 5,000 tests, against the time of its whole suite.

    python benches/large_suite.py [ROUNDS]

The project is made here: 250 files of tests, 50 modules. Its suite is seen once on the commit that
is worked on, and what passed is kept in a cache of this bench's own. Then, in each round, beside a
`python -m pytest` of everything: a new test is proven red, its code is written, and the test is
proven green, no other faring worse, with every control. Each round adds to another module. The
whole suite that makes the green final is told apart.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from repository import Repository

from seenred.domain.proof import Proof, Verdict
from seenred.infrastructure.cache.observation_store import ObservationStore
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.infrastructure.runners.suite.pool import SuiteRunnerPool
from seenred.referee.audit.recollecting import RecollectingRunner
from seenred.referee.audit.settled import settled
from seenred.referee.proof.green import prove_green
from seenred.referee.proof.ports import SuiteRunner
from seenred.referee.proof.red import prove_red
from seenred.referee.working_change import working_change

FILES, MODULES, TESTS = 250, 50, 20
TARGET = 0.1


@dataclass
class Times:
    """Seconds of each round."""

    whole: list[float] = field(default_factory=list)
    red: list[float] = field(default_factory=list)
    green: list[float] = field(default_factory=list)
    final: list[float] = field(default_factory=list)


def make(repository: Repository) -> None:
    """The project in one commit."""
    files = {"pytest.ini": "[pytest]\npythonpath = .\n", "shop/__init__.py": ""}
    for number in range(MODULES):
        files[module(number)] = (
            f'"""One part."""\n\n\ndef scale(n):\n    return n * {number}\n\n\n'
            f"def shift(n):\n    return n + {number}\n"
        )
    for number in range(FILES):
        part = number % MODULES
        files[test_file(number)] = f"from shop.part_{part} import scale, shift\n" + "".join(
            f"\n\ndef test_{n}():\n    assert scale({n}) == {n * part}\n"
            f"    assert shift({n}) == {n + part}\n"
            for n in range(TESTS)
        )
    repository.commit("feat: a shop", files)


def module(number: int) -> str:
    return f"shop/part_{number % MODULES}.py"


def test_file(number: int) -> str:
    return f"tests/test_{number}.py"


class Worker:
    """Adds a function in each round, test first."""

    def __init__(self, repository: Repository, history: GitHistory, folder: Path) -> None:
        self._repository = repository
        self._history = history
        self._folder = folder
        self.times = Times()

    async def run(self, rounds: int) -> float:
        """Seconds of the first look at the commit, which is kept."""
        root, blobs, cache = self._repository.path, self._history.blobs, self._folder / "cache"
        python = Path(sys.executable)
        pair = [await open_suite_runner(root, blobs, python=python, cache=cache) for _ in "ab"]
        warm = SuiteRunnerPool(pair)
        cold = await open_suite_runner(root, blobs, python=python, cache=cache, warm=False)
        store = ObservationStore(cache, "")
        runner = RecollectingRunner(warm, store, blobs, at_once=len(pair))
        try:
            begun = time.perf_counter()
            await runner.observe(self._history.tree("HEAD"))
            first = time.perf_counter() - begun
            await self._cycle(rounds, runner, cold)  # starts the processes that stay
            self.times = Times()
            for number in range(rounds):
                self.times.whole.append(self._whole())
                await self._cycle(number, runner, cold)
        finally:
            await warm.close()
            await cold.close()
        return first

    def _whole(self) -> float:
        begun = time.perf_counter()
        words = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        root = self._repository.path
        subprocess.run(words, cwd=root, capture_output=True, check=True)
        return time.perf_counter() - begun

    async def _cycle(self, number: int, runner: RecollectingRunner, cold: SuiteRunner) -> None:
        path, code = test_file(number), module(number)
        asked, name = f"{path}::test_double", f"from shop.part_{number} import double"
        body = f"    {name}\n\n    assert double(3) == 6\n    assert double(5) == 10\n"
        self._extend(path, f"\n\ndef test_double():\n{body}")
        await timed(self.times.red, self._red(runner, asked))
        self._extend(code, "\n\ndef double(n):\n    return n * 2\n")
        green = await timed(self.times.green, self._green(runner, asked))
        change = working_change(self._history, self._history.blobs, None).change
        await timed(self.times.final, settled(green, cold, change.base, change.tree))
        self._repository.git("checkout", "--quiet", "--", ".")

    async def _red(self, runner: SuiteRunner, asked: str) -> Proof:
        blobs = self._history.blobs
        change = working_change(self._history, blobs, None).change
        before = await runner.observe(change.base)
        trees, named = (change.laid_over, change.tree), frozenset({"double"})
        return await prove_red(runner, blobs, *trees, asked, introduced=named, before=before)

    async def _green(self, runner: SuiteRunner, asked: str) -> Proof:
        blobs = self._history.blobs
        change = working_change(self._history, blobs, None).change
        before = await runner.observe(change.base)
        trees = change.laid_over, change.tree
        return await prove_green(runner, blobs, before, *trees, [asked], parent=change.base)

    def _extend(self, path: str, more: str) -> None:
        file = self._repository.path / path
        file.write_text(file.read_text() + more)


async def timed(times: list[float], work: Awaitable[Proof]) -> Proof:
    """The proof, which must be proven."""
    begun = time.perf_counter()
    proof = await work
    times.append(time.perf_counter() - begun)
    if proof.verdict is not Verdict.PROVEN:
        raise SystemExit(f"{proof.claim} {proof.verdict}: {proof.reason} {proof.decisive}")
    return proof


def main() -> None:
    """Print medians and the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        repository = Repository(folder / "project")
        make(repository)
        with GitHistory(repository.path) as history:
            worker = Worker(repository, history, folder)
            first = asyncio.run(worker.run(rounds))
    report(worker.times, first)


def report(times: Times, first: float) -> None:
    whole, red, green, final = map(
        statistics.median, (times.whole, times.red, times.green, times.final)
    )
    print(
        f"{FILES * TESTS} tests in {FILES} files, medians of {len(times.whole)} interleaved rounds"
    )
    print(f"python -m pytest of everything        {whole:6.2f} s")
    print(f"first look at the commit, then kept   {first:6.2f} s")
    print(f"red                                   {red:6.2f} s")
    print(f"green                                 {green:6.2f} s")
    print(f"red and green / everything            {(red + green) / whole:6.3f}    (≤ {TARGET})")
    print(
        f"the whole suite before it is final    {final:6.2f} s  ({final / whole:.2f} of everything)"
    )


if __name__ == "__main__":
    main()

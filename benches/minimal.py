"""How long `prove minimal` takes, beside the same mutants each run by a cold pytest.

A change of 40 added statements in a project with 50 tests. Prints the proof's own time, how many
mutants it tried, and the ratio to one `python -m pytest -x` for each of them (measured on some,
interleaved, medians). Other work on the machine changes the times more than the ratio.
"""

from __future__ import annotations

import asyncio
import hashlib
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from seenred.domain.mutant import Mutant
from seenred.domain.tree import Entry, Tree
from seenred.infrastructure.runners.suite.open import open_suite_runner
from seenred.referee.proof.minimal import Added, prove_minimal

FUNCTIONS, TESTS = 10, 50
ROUNDS = 3  # an odd number, so that the median is one of them
COLD = 5  # mutants that are run cold in each round
TARGET = 10.0  # seconds


class MemoryBlobs:
    """Blobs in a dictionary."""

    def __init__(self) -> None:
        self._content: dict[str, bytes] = {}

    def read(self, blob: str) -> bytes:
        return self._content[blob]

    def add(self, content: bytes) -> str:
        name = hashlib.sha1(content).hexdigest()
        self._content[name] = content
        return name


def module() -> str:
    """Ten functions of four statements each."""
    functions = [
        f"def step_{index}(n):\n"
        f"    found = n * {index + 2}\n"
        f"    if found > 50:\n"
        f"        found -= {index + 1}\n"
        f"    return found\n"
        for index in range(FUNCTIONS)
    ]
    return "\n\n".join(functions)


def tests() -> str:
    """Fifty tests, five for each function."""
    lines = ["from shop import " + ", ".join(f"step_{index}" for index in range(FUNCTIONS)), ""]
    for number in range(TESTS):
        index, n = number % FUNCTIONS, (number // FUNCTIONS) * 15
        found = n * (index + 2)
        expected = found - index - 1 if found > 50 else found
        lines.append(f"def test_{number}(): assert step_{index}({n}) == {expected}")
    return "\n".join(lines) + "\n"


def cold(mutant: Mutant, folder: Path) -> float:
    """Seconds of one cold pytest on a mutant."""
    (folder / "shop.py").write_bytes(mutant.source)
    (folder / "test_shop.py").write_text(tests())
    began = time.perf_counter()
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "."]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return time.perf_counter() - began


async def measured() -> None:
    """Print what was measured."""
    blobs = MemoryBlobs()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runner = await open_suite_runner(folder, blobs, cache=Path.home() / ".cache" / "seenred")
        base = Tree({"test_shop.py": Entry(blobs.add(b""))})
        files = {"shop.py": module(), "test_shop.py": tests()}
        tree = Tree({path: Entry(blobs.add(text.encode())) for path, text in files.items()})
        mutants = Added.find(blobs, base, tree, ["shop.py"]).mutants
        proofs: list[float] = []
        colds: list[float] = []
        for number in range(ROUNDS):
            proof = await prove_minimal(runner, blobs, base, tree)
            proofs.append(proof.seconds)
            chosen = mutants[number :: max(1, len(mutants) // COLD)][:COLD]
            colds += [cold(mutant, folder) for mutant in chosen]
        await runner.close()
        told(proofs, colds, len(mutants), f"{runner.name}: {proof.verdict}, {proof.decisive}")


def told(proofs: list[float], colds: list[float], mutants: int, what: str) -> None:
    """The lines of the report."""
    proof, one = statistics.median(proofs), statistics.median(colds)
    print(what)
    print(f"prove minimal, 40 statements, {TESTS} tests: {proof:6.2f} s  (target ≤ {TARGET:g} s)")
    print(f"  the first time, with nothing ready:     {proofs[0]:6.2f} s")
    print(f"  {mutants} mutants, each:                       {proof / mutants * 1000:6.0f} ms")
    print(f"  one cold pytest for a mutant:           {one * 1000:6.0f} ms")
    print(f"  ratio against a cold run of each:       {one * mutants / proof:6.1f} ×")


if __name__ == "__main__":
    asyncio.run(measured())

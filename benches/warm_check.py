"""One warm, locked-down check of one test against a cold `python -m pytest` of it.

    python benches/warm_check.py [ROUNDS]

Prints medians of interleaved runs, their ratios, and what a prepared process holds in memory.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from seenred.domain.tree import Entry, Tree
from seenred.infrastructure.environment.project_python import find_project_python
from seenred.infrastructure.runners.suite.open import for_project
from seenred.infrastructure.runners.suite.warm import WarmSuiteRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.referee.proof.ports import Selection

FILES = {
    "calc/__init__.py": "",
    "calc/money.py": "def add(a, b):\n    return a + b\n",
    "conftest.py": "import pytest\n\n\n@pytest.fixture\ndef three():\n    return 3\n",
    "tests/test_money.py": "from calc.money import add\n\n\n"
    "def test_add(three):\n    assert add(1, 2) == three\n",
}
TEST = "tests/test_money.py::test_add"
REACH_WARM, REACH_PLAIN, MOST_MEMORY = 20, 6, 150


class Blobs:
    """Blobs in a dictionary."""

    def __init__(self) -> None:
        self._content: dict[str, bytes] = {}

    def read(self, blob: str) -> bytes:
        return self._content[blob]

    def add(self, content: bytes) -> str:
        name = hashlib.sha256(content).hexdigest()
        self._content[name] = content
        return name


def cold(root: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", TEST], cwd=root, check=True, capture_output=True
    )


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    await work()
    return time.perf_counter() - begun


def resident(pid: int) -> float:
    """Proportional set size in MB of a process and all below it, the wrapper included."""
    pids, total = [pid], 0
    while pids:
        one = pids.pop()
        children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        pids += map(int, children)
        rows = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        total += sum(int(row.split()[1]) for row in rows if row.startswith("Rss:"))
    return total / 1024


async def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    blobs = Blobs()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        for path, text in FILES.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        python = find_project_python(root, Path(sys.executable), {})
        sandbox = for_project(await open_sandbox(), python)
        tree = Tree({path: Entry(blobs.add(text.encode())) for path, text in FILES.items()})
        warm = WarmSuiteRunner(sandbox, blobs, python, root)
        plain = WarmSuiteRunner(sandbox, blobs, python, root, prepare=False)
        selection = Selection((TEST,))
        for runner in (warm, plain):
            seen = await runner.observe(tree, selection)
            assert [str(test.outcome) for test in seen.tests] == ["passed"], seen
        times: dict[str, list[float]] = {"cold": [], "warm": [], "plain": []}
        for _ in range(rounds):
            times["cold"].append(await timed(lambda: asyncio.to_thread(cold, root)))
            times["warm"].append(await timed(lambda: warm.observe(tree, selection)))
            times["plain"].append(await timed(lambda: plain.observe(tree, selection)))
        memory = max(resident(pid) for pid in warm.zygotes) if os.getuid() == 0 else None
        print(f"{warm.name}, Python {python.version}, {rounds} interleaved rounds")
        report(times, memory)
        await warm.close()
        await plain.close()


def report(times: dict[str, list[float]], memory: float | None) -> None:
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(f"cold python -m pytest        {medians['cold'] * 1000:6.0f} ms")
    for name, reach in (("warm", REACH_WARM), ("plain", REACH_PLAIN)):
        ratio = medians["cold"] / medians[name]
        told = "session begun ahead " if name == "warm" else "session begun anew  "
        print(f"{told}         {medians[name] * 1000:6.1f} ms  {ratio:5.1f} times (≥ {reach})")
    if memory is not None:
        print(f"memory of the prepared one   {memory:6.0f} MB (≤ {MOST_MEMORY})")


if __name__ == "__main__":
    asyncio.run(main())

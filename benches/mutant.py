"""One mutant here against one of mutmut, the same mutants and the same tests for each.

    make bench, or: python benches/mutant.py [ROUNDS]

mutmut makes the mutants and finds the tests of each; both run them by as many processes at once as
the machine has cores, in turns. Prints medians per mutant and their ratio.
"""

from __future__ import annotations

import ast
import asyncio
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from warm_check import Blobs

from seenred.domain.observation import Ending, Observation, Outcome
from seenred.domain.tree import Entry, Tree
from seenred.infrastructure.environment.project_python import find_project_python
from seenred.infrastructure.runners.suite.open import for_project
from seenred.infrastructure.runners.suite.warm import WarmSuiteRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.referee.proof.ports import Selection, Variant

REACH = 4
MODULE = "src/shop/price.py"
PRICE = """
def total(prices, discount=0):
    amount = 0
    for price in prices:
        if price < 0:
            raise ValueError("negative")
        amount = amount + price
    if discount > 0:
        amount = amount - amount * discount // 100
    return amount


def shipping(weight, express=False):
    if weight <= 0:
        return 0
    cost = 5 + weight * 2
    if express and weight < 30:
        cost = cost * 2
    return cost


def label(name, amount):
    if not name:
        return "unknown: " + str(amount)
    return name.strip().title() + ": " + str(amount)


def change(paid, due):
    if paid < due:
        return None
    left, coins = paid - due, []
    for coin in (50, 20, 10, 5, 2, 1):
        while left >= coin:
            coins.append(coin)
            left = left - coin
    return coins
"""
TESTS = """
import pytest
from shop.price import change, label, shipping, total


def test_total():
    assert total([1, 2, 3]) == 6


def test_discount():
    assert total([100, 100], 10) == 180


def test_negative():
    with pytest.raises(ValueError, match="negative"):
        total([-1])


@pytest.mark.parametrize(("weight", "cost"), [(0, 0), (1, 7), (10, 25)])
def test_shipping(weight, cost):
    assert shipping(weight) == cost


def test_express():
    assert shipping(10, True) == 50


def test_heavy_express():
    assert shipping(40, True) == 85


def test_label():
    assert label(" pen ", 3) == "Pen: 3"


def test_label_without_a_name():
    assert label("", 3) == "unknown: 3"


def test_change():
    assert change(100, 12) == [50, 20, 10, 5, 2, 1]


def test_too_little():
    assert change(1, 2) is None
"""
FILES = {
    "src/shop/__init__.py": "",
    MODULE: PRICE,
    "tests/test_price.py": TESTS,
    "setup.cfg": "[mutmut]\nsource_paths=src/\n",
}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if importlib.util.find_spec("mutmut") is None:
        sys.exit("mutmut is not installed; pip install --group bench, or make bench.")
    theirs, ours = [], []
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as loop:
        root = Path(folder)
        for path, text in FILES.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        mutmut(root)
        mutants = same_mutants(root)
        runner, tree = loop.run(prepare(root))
        # one that loops for ever costs whatever limit each of the two gives it
        seen = loop.run(runner.observe_variants(tree, list(mutants.values())))
        ends = zip(mutants, seen, strict=True)
        names = [name for name, one in ends if one.ending is not Ending.TIMED_OUT]
        variants = [mutants[name] for name in names]
        for _ in range(rounds):
            theirs.append(mutmut(root, *names))
            begun = time.perf_counter()
            seen = loop.run(runner.observe_variants(tree, variants))
            ours.append((time.perf_counter() - begun) / len(variants))
        loop.run(runner.close())
        agree = sum(killed(o) == k for o, k in zip(seen, verdicts(root, names), strict=True))
    report(theirs, ours, len(variants), agree)


def mutmut(root: Path, *names: str) -> float:
    """Seconds per mutant of the part of a run in which it runs mutants."""
    shutil.rmtree(root / "mutants", ignore_errors=True)  # or it would not run them again
    done = subprocess.run(
        [sys.executable, "-c", "from mutmut.__main__ import cli; cli()", "run", *names],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"([\d.]+) mutations/second", done.stdout)
    if found is None:
        sys.exit(f"mutmut did not run: {(done.stderr or done.stdout)[-500:]}")
    return 1 / float(found[1])


def same_mutants(root: Path) -> dict[str, Variant]:
    """mutmut's mutants, each as a change of the module, with the tests that it runs for it."""
    stats = json.loads((root / "mutants/mutmut-stats.json").read_text())
    tests = stats["tests_by_mangled_function_name"]
    variants = {}
    for name, text in mutated(root):
        function = name.rpartition("__mutmut_")[0]
        ids = next(ids for mangled, ids in tests.items() if mangled.endswith("." + function))
        selection = Selection(tuple(ids), stop_at_failure=True, seconds=2.0)
        variants["shop.price." + name] = Variant({MODULE: text.encode()}, selection)
    return variants


def mutated(root: Path) -> list[tuple[str, str]]:
    """Name of each mutant, and the module with it in the place of the function."""
    source = (root / "mutants" / MODULE).read_text()
    originals = {n.name: n for n in ast.parse(PRICE).body if isinstance(n, ast.FunctionDef)}
    found = []
    for node in ast.parse(source).body:
        match = re.fullmatch(r"x_(\w+)__mutmut_\d+", getattr(node, "name", ""))
        if match is None or not isinstance(node, ast.FunctionDef):
            continue
        name, node.name = node.name, match[1]
        old = originals[match[1]]
        lines = PRICE.splitlines()
        lines[old.lineno - 1 : old.end_lineno] = ast.unparse(node).splitlines()
        found.append((name, "\n".join(lines) + "\n"))
    return found


def verdicts(root: Path, names: list[str]) -> list[bool]:
    """Whether mutmut killed each."""
    codes = json.loads((root / f"mutants/{MODULE}.meta").read_text())["exit_code_by_key"]
    return [codes[name] != 0 for name in names]


def killed(seen: Observation) -> bool:
    failed = any(test.outcome in (Outcome.FAILED, Outcome.ERROR) for test in seen.tests)
    return failed or seen.ending is not Ending.COMPLETED or bool(seen.uncollected)


async def prepare(root: Path) -> tuple[WarmSuiteRunner, Tree]:
    blobs = Blobs()
    python = find_project_python(root, Path(sys.executable), {})
    runner = WarmSuiteRunner(for_project(await open_sandbox(), python), blobs, python, root)
    tree = Tree({path: Entry(blobs.add(text.encode())) for path, text in FILES.items()})
    seen = await runner.observe(tree)
    assert all(test.outcome is Outcome.PASSED for test in seen.tests), seen
    return runner, tree


def report(theirs: list[float], ours: list[float], mutants: int, agree: int) -> None:
    their, our = statistics.median(theirs), statistics.median(ours)
    print(f"{mutants} mutants, {len(ours)} interleaved rounds, {os.cpu_count()} cores")
    print(f"the same verdict on          {agree} of {mutants}")
    print(f"mutmut                    {their * 1000:6.1f} ms a mutant")
    print(f"here, locked down         {our * 1000:6.1f} ms a mutant")
    print(f"                          {their / our:6.1f} times (≥ {REACH})")


if __name__ == "__main__":
    main()

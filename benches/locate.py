"""How long it takes to locate an item in a repository of 2,000 Python files.

The repository is generated and read through git: packages of modules with classes and functions,
and a test file for every fourth. Cold: no file was ever parsed; warm: the cache knows all of them;
changed: ten files are new to it. Medians. Other work on the machine changes the times.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from seenred.domain.plan import Plan, parse_plan
from seenred.domain.tree import Entry, Tree
from seenred.engine.cycle.location.locating import located
from seenred.engine.cycle.location.location import Location
from seenred.infrastructure.cache.symbol_store import SymbolStore
from seenred.infrastructure.history.git import GitHistory

FILES, CHANGED, ROUNDS = 2000, 10, 5
FUNCTIONS, STATEMENTS = 8, 8  # of a module, of a function: about a hundred lines
TARGET = 2.0  # seconds
NOUNS = (
    "order invoice parcel refund voucher tax ledger margin stock supplier carrier address"
    " customer basket coupon price discount receipt return shelf"
)
WORDS = NOUNS.split()
PLAN = "# Shop\n\n- [ ] the discount of a voucher never exceeds the price of its basket\n"


def files() -> Iterator[tuple[str, str]]:
    """Paths and texts; every fourth file is a test."""
    for number in range(FILES):
        package, word = WORDS[number % len(WORDS)], WORDS[number // 7 % len(WORDS)]
        if number % 4:
            yield f"shop/{package}/{word}_{number}.py", module(number, word)
        else:
            yield f"tests/{package}/test_{word}_{number}.py", test(number, package, word)


def module(number: int, word: str) -> str:
    """A class with methods and some functions."""
    lines = ["import math", "", "", f"class {word.title()}{number}:", f'    """A {word}."""', ""]
    for index in range(FUNCTIONS):
        name, indent = WORDS[(number + index) % len(WORDS)], "    " if index % 2 else ""
        head = f"{indent}def {name}_of_{word}_{index}"
        lines += [f"{head}(self, value):"] if indent else ["", "", f"{head}(value):"]
        body = [f"value = math.floor(value * {step + 2}) + {index}" for step in range(STATEMENTS)]
        lines += [f"{indent}    {each}" for each in (*body, "return value")]
        lines += [""] if indent else ["", "", f"class {name.title()}Part{index}:"]
    return "\n".join([*lines, "    size = 0", ""])


def test(number: int, package: str, word: str) -> str:
    """Some tests of the module after it."""
    lines = [f"from shop.{package} import {word}_{number + 1}", ""]
    for index in range(FUNCTIONS):
        lines += [
            "",
            f"def test_{WORDS[index]}_of_{word}_{index}():",
            f"    assert {index} + 1",
            "",
        ]
    return "\n".join(lines)


def commit(folder: Path) -> None:
    """A repository of the files."""
    for path, text in files():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    git = ["git", "-C", str(folder), "-c", "user.name=b", "-c", "user.email=b@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "generated"]):
        subprocess.run([*git, *command], check=True)


def timed(tree: Tree, history: GitHistory, plan: Plan, cache: Path) -> tuple[float, Location]:
    """Seconds of one locating, and what it found."""
    item = plan.next_item
    assert item is not None
    started = time.perf_counter()
    found = located(tree, history.blobs, item, plan, cache=SymbolStore(cache))
    return time.perf_counter() - started, found


def touched(tree: Tree, history: GitHistory, turn: int) -> Tree:
    """The tree with some files changed."""
    paths = [path for path in tree.files if path.endswith(".py")][:CHANGED]
    texts = {p: history.blobs.read(tree.files[p].blob) + b"# %d\n" % turn for p in paths}
    return tree.with_changes({p: Entry(history.blobs.add(text)) for p, text in texts.items()})


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commit(folder)
        plan = parse_plan(PLAN)
        with GitHistory(folder) as history:
            tree = history.tree("HEAD")
            cold = [timed(tree, history, plan, folder / f"cold{i}")[0] for i in range(ROUNDS)]
            warm = [timed(tree, history, plan, folder / "cold0")[0] for _ in range(ROUNDS)]
            new = [touched(tree, history, turn) for turn in range(ROUNDS)]
            changed = [timed(each, history, plan, folder / "cold0")[0] for each in new]
            _, found = timed(tree, history, plan, folder / "cold0")
    lines = sum(text.count("\n") for _, text in files())
    print(f"{FILES} Python files, {lines} lines; found {found.production[0]}")
    medians = {"cold": cold, "warm": warm, f"{CHANGED} files changed": changed}
    for what, seconds in medians.items():
        print(f"  {what:17} {statistics.median(seconds):6.2f} s")
    slow = statistics.median(warm) > TARGET or statistics.median(changed) > TARGET
    print(f"  target            {TARGET:6.2f} s with the cache: {'missed' if slow else 'met'}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())

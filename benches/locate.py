"""How long it takes to locate an item in a repository of 2,000 Python files.

The repository is generated and read through git: packages of modules with classes and functions,
and a test file for every fourth. Cold: no file was ever read; warm: the cache knows all of them;
changed: ten files are new to it. Medians, of the processor's seconds too, git's included, since
other work on the machine changes the times by the clock.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seenred.domain.plan import Plan, parse_plan
from seenred.domain.tree import Tree
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
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "generated"]):
        subprocess.run([*git(folder), *command], check=True)


def git(folder: Path) -> list[str]:
    """The command, for whoever has no identity too."""
    return ["git", "-C", str(folder), "-c", "user.name=b", "-c", "user.email=b@example.org"]


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one locating, by the clock and of the processor, and what it found."""

    clock: float
    processor: float
    found: Location


def timed(tree: Tree, folder: Path, plan: Plan, cache: Path) -> Took:
    """One locating, with a git process of its own."""
    item = plan.next_item
    assert item is not None
    started, used = time.perf_counter(), processor()
    with GitHistory(folder) as history:
        found = located(tree, history.blobs, item, plan, cache=SymbolStore(cache))
    return Took(time.perf_counter() - started, processor() - used, found)


def processor() -> float:
    """Seconds that this process and those that it has ended took of the processor."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, whose))


def touched(folder: Path, turn: int) -> Tree:
    """The tree with some files changed and committed."""
    paths = [path for path, _ in files()][:CHANGED]
    for path in paths:
        with (folder / path).open("a") as file:
            file.write(f"# {turn}\n")
    subprocess.run([*git(folder), "commit", "-qam", "changed"], check=True)
    with GitHistory(folder) as history:
        return history.tree("HEAD")


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commit(folder)
        plan = parse_plan(PLAN)
        with GitHistory(folder) as history:
            tree = history.tree("HEAD")
        known = folder / "cold0"
        cold = [timed(tree, folder, plan, folder / f"cold{i}") for i in range(ROUNDS)]
        warm = [timed(tree, folder, plan, known) for _ in range(ROUNDS)]
        changed = [timed(touched(folder, i), folder, plan, known) for i in range(ROUNDS)]
    lines = sum(text.count("\n") for _, text in files())
    print(f"{FILES} Python files, {lines} lines; found {warm[0].found.production[0]}")
    medians = {"cold": cold, "warm": warm, f"{CHANGED} files changed": changed}
    print(f"  {'':17} {'processor':>9} {'clock':>9}")
    for what, took in medians.items():
        print(f"  {what:17} {used(took):7.2f} s {statistics.median(t.clock for t in took):7.2f} s")
    slow = max(map(used, medians.values())) > TARGET
    print(f"  {'target':17} {TARGET:7.2f} s: {'missed' if slow else 'met'}")
    return int(slow)


def used(took: list[Took]) -> float:
    """The median of the processor's seconds."""
    return statistics.median(each.processor for each in took)


if __name__ == "__main__":
    sys.exit(main())

"""What `seenred go` makes of whole test lists, unattended: proven items, wrong tests, time, tokens.

    python benches/katas.py [--model NAME] [--keep FOLDER] [KATA…]

A kata is a folder with a PLAN.md; without any, all of `examples/kata-*`. Each is copied to a fresh
repository, and `seenred go --all --yes` runs there until no test of the list is left unmarked: an
item that is given up does not end it. Where `references/KATA` beside this file holds a solution of
a person, every committed test is run against it: one that fails there is a wrong test. A name
that only the model chose cannot be known there; such a test is counted as not judged.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seenred.bootstrap.referee import Surroundings, open_referee
from seenred.domain.observation import Observation, Outcome
from seenred.domain.tree import Entry

HERE = Path(__file__).parent
KATAS = HERE.parent / "examples"
REFERENCES = HERE / "references"
GOALS = "goals: 80 % of the items proven and committed, median 180 s an item"
PROVEN = ("committed", "covered")
# exit codes of `go` after which the next item may be tried: yes, no
GOES_ON = (0, 1)


@dataclass(slots=True)
class Kata:
    """One list, and what became of it."""

    name: str
    cycles: list[dict[str, Any]] = field(default_factory=list)
    wrong: int = 0
    judged: int = 0
    broke_off: str = ""

    @property
    def proven(self) -> int:
        """Items that are committed with their test."""
        return sum(each["ending"] in PROVEN for each in self.cycles)


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command in a folder; what it prints to stderr is for whoever watches."""
    return subprocess.run(words, cwd=folder, text=True, stdout=subprocess.PIPE, check=False)


def make_repository(kata: Path, folder: Path) -> None:
    """The kata's files as the first commit of somebody."""
    shutil.copytree(kata, folder, dirs_exist_ok=True)
    if not any((folder / name).exists() for name in ("pytest.ini", "pyproject.toml")):
        (folder / "pytest.ini").write_text("[pytest]\npythonpath = . src\n")
    for words in (
        ("init", "--quiet"),
        ("config", "user.name", "Ada"),
        ("config", "user.email", "ada@example.org"),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "chore: begin"),
    ):
        run("git", *words, folder=folder)


def go_through(folder: Path, model: str, kata: Kata) -> None:
    """Run `go` until nothing is left to be tried."""
    command = [sys.executable, "-m", "seenred", "go", "--all", "--yes", "--json"]
    command += ["--model", model, "--python", sys.executable]
    while not kata.broke_off:
        ended = run(*command, folder=folder)
        if not ended.stdout.strip():
            kata.broke_off = f"exit {ended.returncode} without a result"
            return
        cycles = json.loads(ended.stdout)["result"]["cycles"]
        kata.cycles += cycles
        if not cycles:
            return
        if ended.returncode not in GOES_ON:
            kata.broke_off = f"exit {ended.returncode}"


async def judge_tests(folder: Path, reference: Path, kata: Kata) -> None:
    """Run what was committed against a solution that a person wrote."""
    around = Surroundings(python=Path(sys.executable))
    async with open_referee(folder, around) as referee:
        tree = referee.history.tree("HEAD")
        files = {
            path.relative_to(reference).as_posix(): Entry(referee.blobs.add(path.read_bytes()))
            for path in reference.rglob("*.py")
        }
        before = await referee.runner.observe(tree)
        seen = await referee.runner.observe(tree.with_changes(files))
    for test in before.tests:
        verdict = is_wrong(seen, test.test_id)
        kata.judged += verdict is not None
        kata.wrong += bool(verdict)


def is_wrong(seen: Observation, test_id: str) -> bool | None:
    """Whether what a test expects is not so; None where a right solution has not its names."""
    result = seen.of(test_id)
    if result is None:
        return None
    if result.outcome is Outcome.PASSED:
        return False
    failure = result.failure
    return True if failure and (failure.asserted or failure.did_not_raise) else None


def tried(source: Path, model: str, keep: Path | None) -> Kata:
    """One kata from its list to its last item."""
    kata = Kata(source.name)
    with tempfile.TemporaryDirectory() as made:
        folder = keep / source.name if keep else Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        make_repository(source, folder)
        go_through(folder, model, kata)
        if (reference := REFERENCES / source.name).is_dir():
            asyncio.run(judge_tests(folder, reference, kata))
    return kata


def show(kata: Kata) -> None:
    """Each item, and the kata's line."""
    for each in kata.cycles:
        mark = "✓" if each["ending"] in PROVEN else "✗"
        figures = f"{each['seconds']:5.0f} s {each['tokens']:6} tokens"
        why = f"  {each['reason']}" if each["reason"] else ""
        print(f"  {mark} {figures}  {each['ending']:10} {each['item']}{why}")
    judged = f" · {kata.wrong} of {kata.judged} tests wrong" if kata.judged else ""
    ended = f" · {kata.broke_off}" if kata.broke_off else ""
    print(f"{kata.name}: {kata.proven} of {len(kata.cycles)} proven{judged}{ended}", flush=True)


def summary(katas: list[Kata]) -> None:
    """What all of them come to."""
    cycles = [each for kata in katas for each in kata.cycles]
    if not cycles:
        return
    proven, judged = sum(k.proven for k in katas), sum(k.judged for k in katas)
    seconds = statistics.median(each["seconds"] for each in cycles)
    tokens = statistics.median(each["tokens"] for each in cycles)
    wrong = f"{sum(k.wrong for k in katas)} of {judged} tests wrong" if judged else "none judged"
    print(
        f"{proven} of {len(cycles)} items proven and committed ({proven / len(cycles):.0%}) · "
        f"{wrong} · median {seconds:.0f} s and {tokens:.0f} tokens an item"
    )
    print(GOALS)


def main() -> None:
    """Try the named katas, or all of the examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("katas", nargs="*", type=Path, metavar="KATA")
    parser.add_argument("--model", default="local")
    parser.add_argument("--keep", type=Path, help="folder where the repositories are left")
    given = parser.parse_args()
    katas = []
    for source in given.katas or sorted(KATAS.glob("kata-*")):
        katas.append(tried(source, given.model, given.keep))
        show(katas[-1])
    summary(katas)


if __name__ == "__main__":
    main()

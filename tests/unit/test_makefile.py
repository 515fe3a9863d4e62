"""What `make` promises without doing it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


def make(*arguments: str) -> str:
    done = subprocess.run(
        ["make", "-C", str(ROOT), "--no-print-directory", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    return done.stdout


@pytest.mark.parametrize(
    "target",
    [
        *("setup", "demo", "demo-solve", "test", "test-fast", "lint", "types", "verify"),
        *("bench", "lock", "clean"),
    ],
)
def test_help_lists_each_target(target: str) -> None:
    assert re.search(rf"^  make {target} +\w", make(), re.MULTILINE)


def test_the_demo_solves_an_example_that_exists() -> None:
    command = re.search(r"seenred solve (\S+) -o output", make("--dry-run", "demo-solve"))
    assert command is not None
    assert (ROOT / command[1]).is_file()


def test_the_demo_goes_through_a_list_that_exists_and_audits_what_came_of_it() -> None:
    told = make("--dry-run", "demo")
    begun = re.search(r"scripts/begin-kata (\S+) (\S+)", told)
    assert begun is not None
    assert (ROOT / begun[1] / "PLAN.md").is_file()
    assert re.search(r"seenred go -n 3 --yes.*seenred verify", told, re.DOTALL)


def test_a_kata_begins_as_a_repository_of_its_own(tmp_path: Path) -> None:
    kata = ROOT / "examples" / "kata-calculator"
    words = [ROOT / "scripts" / "begin-kata", kata, tmp_path / "a" / "kata"]
    for _ in range(2):  # what an earlier demo has left is replaced
        subprocess.run(words, check=True, env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})
    log = ["git", "-C", tmp_path / "a" / "kata", "log", "--format=%s"]
    assert subprocess.check_output(log, text=True) == "chore: a test list\n"


def test_the_pins_hold_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()[1:]
    python = r"python_version == '3\.\d+'"
    pin = rf"[a-z0-9-]+==[A-Za-z0-9.+]+(; {python}( or {python})*)?"
    assert [] == [line for line in lines if not re.fullmatch(pin, line)]
    assert len(lines) > 50

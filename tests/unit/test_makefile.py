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
    ["setup", "demo", "test", "test-fast", "lint", "types", "verify", "bench", "lock", "clean"],
)
def test_help_lists_each_target(target: str) -> None:
    assert re.search(rf"^  make {target} +\w", make(), re.MULTILINE)


def test_the_demo_solves_an_example_that_exists() -> None:
    command = re.search(r"seenred solve (\S+) -o output", make("--dry-run", "demo"))
    assert command is not None
    assert (ROOT / command[1]).is_file()


def test_the_pins_hold_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()[1:]
    python = r"python_version == '3\.\d+'"
    pin = rf"[a-z0-9-]+==[A-Za-z0-9.+]+(; {python}( or {python})*)?"
    assert [] == [line for line in lines if not re.fullmatch(pin, line)]
    assert len(lines) > 50

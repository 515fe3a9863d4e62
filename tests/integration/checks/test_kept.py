"""What a type checker has found out once need not be found out again."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seenred.infrastructure.environment.project_python import ProjectPython, find_project_python

# complains of how often it was run with the same cache
STAND_IN = """#!/bin/sh
while [ "$1" != --cache-dir ]; do shift; done
mkdir -p "$2"
echo x >> "$2/runs"
echo "a.py:1: error: run $(wc -l < "$2/runs")"
exit 1
"""
FILES = {"mypy.ini": "[mypy]\n"}


@pytest.fixture
def python(tmp_path: Path) -> ProjectPython:
    """A Python beside which that type checker lies."""
    found = find_project_python(Path("/nowhere"), environment={})
    tmp_path.chmod(0o755)
    (tmp_path / "python").symlink_to(sys.executable)
    (tmp_path / "mypy").write_text(STAND_IN)
    (tmp_path / "mypy").chmod(0o755)
    seen = found.interpreter
    folders = (*seen.folders, str(tmp_path))
    return replace(
        found, interpreter=replace(seen, executable=f"{tmp_path}/python", folders=folders)
    )


def test_the_cache_of_a_type_checker_is_there_for_its_next_run(
    bench: Any, python: ProjectPython
) -> None:
    checks = bench.checks(by=python)
    told = [
        bench.compare(checks, FILES, {**FILES, "a.py": text}).complaints[0].what
        for text in ("x = 1\n", "x = 2\n", "x = 3\n")
    ]
    assert told == ["run 1", "run 2", "run 3"]


def test_the_users_own_cache_is_where_the_first_run_begins(
    bench: Any, python: ProjectPython
) -> None:
    own = bench.root / ".mypy_cache"
    own.mkdir()
    (own / "runs").write_text("x\n" * 7)
    report = bench.compare(bench.checks(by=python), FILES, {**FILES, "a.py": "x = 1\n"})
    assert [each.what for each in report.complaints] == ["run 8"]
    assert (own / "runs").read_text() == "x\n" * 7

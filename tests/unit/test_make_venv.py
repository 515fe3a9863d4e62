"""The environment is made with a Python that fits, or the remedy is told."""

from __future__ import annotations

import subprocess
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make-venv"


def make_venv(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), str(folder)], capture_output=True, text=True, env=environ
    )


def interpreter(path: Path, script: str) -> Path:
    """A stand-in for a Python that this machine need not have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_without_any_python_the_remedy_is_told(tmp_path: Path) -> None:
    done = make_venv(tmp_path / "venv", PATH=str(tmp_path))
    assert 3 == done.returncode
    assert "No Python 3.11 or newer was found" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_a_named_python_that_is_too_old_is_refused(tmp_path: Path) -> None:
    old = interpreter(tmp_path / "python", "exit 1")
    done = make_venv(tmp_path / "venv", PATH="/usr/bin:/bin", PYTHON=str(old))
    assert 3 == done.returncode
    assert f"PYTHON={old} is not a Python 3.11 or newer" in done.stderr


def test_a_python_with_neither_ensurepip_nor_pip_is_refused_and_nothing_left(
    tmp_path: Path,
) -> None:
    bare = interpreter(
        tmp_path / "python", 'case "$1 $2" in "-m "*) exit 1;; *) echo Python 3.12;; esac'
    )
    done = make_venv(tmp_path / "venv", PATH="/usr/bin:/bin", PYTHON=str(bare))
    assert 3 == done.returncode
    assert "has neither ensurepip nor pip" in done.stderr
    assert "python3-venv" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_an_environment_that_runs_is_kept(tmp_path: Path) -> None:
    interpreter(tmp_path / "venv" / "bin" / "python", "exit 0")
    done = make_venv(tmp_path / "venv", PATH=str(tmp_path))
    assert 0 == done.returncode
    assert "up to date" in done.stderr

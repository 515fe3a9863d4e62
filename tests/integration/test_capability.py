from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from seenred.infrastructure.capability import Capability, probe


def _probe(cache: Path) -> dict[str, Capability]:
    return {found.name: found for found in asyncio.run(probe(cache))}


def test_each_lack_has_a_remedy_and_nothing_else_has(tmp_path: Path) -> None:
    found = _probe(tmp_path / "not" / "there")

    assert {"git", "Python", "pip", "cargo", "node", "PDF reader", "memory", "disk"} <= set(found)
    assert [c.name for c in found.values() if c.present == bool(c.remedy)] == []


def test_sandbox_says_what_it_held(tmp_path: Path) -> None:
    sandboxes = [c for c in _probe(tmp_path).values() if c.name.startswith("sandbox: ")]

    assert [c.detail for c in sandboxes if c.present] != []
    assert all(c.detail == "13 of 13 attacks held" for c in sandboxes if c.present)


def test_missing_git_is_a_required_lack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    git = _probe(tmp_path)["git"]

    assert (git.present, git.required) == (False, True)
    assert "install git" in git.remedy
    assert shutil.which("git") is None

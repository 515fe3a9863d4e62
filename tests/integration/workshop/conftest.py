from __future__ import annotations

from pathlib import Path

import pytest
from repository import Repository


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Git's settings of the user, for this test alone."""
    path = tmp_path / "gitconfig"
    path.write_text("[user]\nname = Ada\nemail = ada@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return path


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A project with one commit and a plan."""
    made = Repository(tmp_path / "project")
    made.commit("first", {"calc.py": "x = 1\n", "PLAN.md": "- [ ] adds\n- [ ] subtracts\n"})
    return made

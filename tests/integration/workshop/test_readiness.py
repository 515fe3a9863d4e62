from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from repository import Repository
from workshop_use import propose, refused_to_open

from seenred.infrastructure.workshop.git_workshop import open_workshop


def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    assert "not-a-repository" == refused_to_open(tmp_path).code
    assert "not-a-folder" == refused_to_open(tmp_path / "missing").code


def test_a_bare_repository_is_refused(repository: Repository, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    subprocess.run(["git", "clone", "-q", "--bare", repository.path, bare], check=True)
    assert "repository-bare" == refused_to_open(bare).code


def test_a_name_from_the_environment_will_do(
    repository: Repository, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text("[user]\nuseConfigOnly = true\n")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Eve")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "eve@example.org")
    with open_workshop(repository.path, run="r1") as workshop:
        name = propose(workshop, {"calc.py": "x = 2\n"})
    assert "Eve" == repository.git("log", "-1", "--format=%an", name)


def conflict(repository: Repository, *command: str) -> None:
    """Leave a command of git's unfinished."""
    repository.git("switch", "-q", "-c", "side")
    repository.commit("theirs", {"calc.py": "x = 2\n"})
    repository.git("switch", "-q", "main")
    repository.commit("ours", {"calc.py": "x = 3\n"})
    with pytest.raises(subprocess.CalledProcessError):
        repository.git(*command)

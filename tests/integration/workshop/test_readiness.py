from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from repository import Repository
from workshop_use import propose, refused_to_open

from seenred.engine.cycle.ports import Delivery
from seenred.infrastructure.workshop.git_workshop import open_workshop


def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    assert "not-a-repository" == refused_to_open(tmp_path).code
    assert "not-a-folder" == refused_to_open(tmp_path / "missing").code


def test_a_bare_repository_is_refused(repository: Repository, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    subprocess.run(["git", "clone", "-q", "--bare", repository.path, bare], check=True)
    assert "repository-bare" == refused_to_open(bare).code


def test_nobodys_name_is_told_before_anything_begins(
    repository: Repository, settings: Path
) -> None:
    settings.write_text("[user]\nuseConfigOnly = true\n")
    before = repository.state()
    error = refused_to_open(repository.path)
    assert "identity-missing" == error.code
    assert "git config --global user.name" in error.message
    assert "git config --global user.email" in error.message
    after = repository.state()
    assert before == {path: after[path] for path in before}


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


@pytest.mark.parametrize("word", ["merge", "rebase", "cherry-pick"])
def test_what_is_not_finished_has_to_be_ended_first(repository: Repository, word: str) -> None:
    conflict(repository, word, "side")
    error = refused_to_open(repository.path)
    assert "operation-unfinished" == error.code
    assert f"A {word} is in progress" in error.message
    assert f"git {word} --abort" in error.message.replace("--continue` or `", "")


def test_a_bisection_has_to_be_ended_first(repository: Repository) -> None:
    repository.git("bisect", "start")
    assert "git bisect reset" in refused_to_open(repository.path).message


def test_a_merge_begun_meanwhile_keeps_the_commits_on_their_branch(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"other.py": "y = 2\n"})
        conflict(repository, "merge", "side")
        assert (Delivery.BLOCKED, "a merge is in progress") == (
            workshop.deliver(),
            workshop.obstacle,
        )


def test_a_branch_where_those_of_runs_belong_is_named(repository: Repository) -> None:
    repository.git("branch", "seenred")
    error = refused_to_open(repository.path)
    assert "branch-in-the-way" == error.code
    assert "git branch -m seenred" in error.message


def test_a_run_whose_id_no_branch_can_have_is_refused(repository: Repository) -> None:
    assert "run-unusable" == refused_to_open(repository.path, run="a..b").code

from __future__ import annotations

from pathlib import Path

import pytest
from repository import Repository
from workshop_use import propose, refused

from seenred.infrastructure.workshop.git_workshop import open_workshop


def hang(repository: Repository, name: str, script: str, folder: str = ".git/hooks") -> None:
    """Put a hook into the repository."""
    repository.write({f"{folder}/{name}": f"#!/bin/sh\n{script}\n"})
    (repository.path / folder / name).chmod(0o755)


def test_hooks_see_the_files_that_are_committed(repository: Repository, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    hang(repository, "pre-commit", f"cat calc.py other.py > {seen}; test ! -e PLAN.md")
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"other.py": "y = 1\n", "PLAN.md": None})
        assert "x = 1\ny = 1\n" == seen.read_text()
        propose(workshop, {"calc.py": "x = 2\n"})
    assert "x = 2\ny = 1\n" == seen.read_text()


def test_a_hook_may_add_to_the_message(repository: Repository) -> None:
    hang(repository, "prepare-commit-msg", 'echo "Ticket: 7" >> "$1"')
    with open_workshop(repository.path, run="r1") as workshop:
        name = propose(workshop, {"calc.py": "x = 2\n"})
    assert "Seenred-Run: r1\nTicket: 7" in repository.git("log", "-1", "--format=%B", name)


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_a_hook_that_fails_is_told_with_its_last_line(repository: Repository, name: str) -> None:
    hang(repository, name, "echo checking; echo 'calc.py:1 no tabs please' >&2; echo; exit 1")
    with open_workshop(repository.path, run="r1") as workshop:
        before = workshop.tip
        error = refused(propose, workshop, {"calc.py": "x = 2\n"})
        assert ("hook-failed", before) == (error.code, workshop.tip)
        assert f"({name}): calc.py:1 no tabs please;" in error.message
        (repository.path / ".git/hooks" / name).unlink()
        assert before != propose(workshop, {"calc.py": "x = 2\n"})


@pytest.mark.parametrize("ending", ["git add calc.py", "exit 1"])
def test_what_a_hook_changed_is_not_committed(repository: Repository, ending: str) -> None:
    hang(repository, "pre-commit", f"echo '# formatted' >> calc.py; touch left.tmp\n{ending}")
    with open_workshop(repository.path, run="r1") as workshop:
        before = workshop.tip
        error = refused(propose, workshop, {"calc.py": "x = 2\n"})
        assert ("hook-changed-files", before) == (error.code, workshop.tip)
        assert "(calc.py)" in error.message
        hang(repository, "pre-commit", "test ! -e left.tmp && test \"$(cat calc.py)\" = 'x = 3'")
        propose(workshop, {"calc.py": "x = 3\n"})
    assert "" == repository.git("status", "--porcelain")


def test_a_relative_folder_of_hooks_is_found_from_the_users_tree(repository: Repository) -> None:
    repository.commit("ignored", {".gitignore": ".husky/\n"})
    hang(repository, "pre-commit", "echo stop; exit 1", folder=".husky")
    repository.git("config", "core.hooksPath", ".husky")
    with open_workshop(repository.path, run="r1") as workshop:
        assert "hook-failed" == refused(propose, workshop, {"calc.py": "x = 2\n"}).code


def test_a_hook_that_is_not_executable_is_none(repository: Repository) -> None:
    hang(repository, "pre-commit", "exit 1")
    (repository.path / ".git/hooks/pre-commit").chmod(0o644)
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})


def test_a_commit_that_cannot_be_signed_is_told(repository: Repository) -> None:
    repository.git("config", "commit.gpgsign", "true")
    repository.git("config", "gpg.program", "false")
    with open_workshop(repository.path, run="r1") as workshop:
        assert "signing-failed" == refused(propose, workshop, {"calc.py": "x = 2\n"}).code


def test_a_setting_to_sign_is_honoured(repository: Repository, tmp_path: Path) -> None:
    key = tmp_path / "gpg"
    key.write_text("#!/bin/sh\ncat > /dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo SIGNED\n")
    key.chmod(0o755)
    repository.git("config", "commit.gpgsign", "true")
    repository.git("config", "gpg.program", str(key))
    with open_workshop(repository.path, run="r1") as workshop:
        name = propose(workshop, {"calc.py": "x = 2\n"})
    assert "gpgsig SIGNED" in repository.git("cat-file", "commit", name)

from __future__ import annotations

from pathlib import Path

from repository import Repository
from workshop_use import propose

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


def test_a_hook_that_is_not_executable_is_none(repository: Repository) -> None:
    hang(repository, "pre-commit", "exit 1")
    (repository.path / ".git/hooks/pre-commit").chmod(0o644)
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})


def test_a_setting_to_sign_is_honoured(repository: Repository, tmp_path: Path) -> None:
    key = tmp_path / "gpg"
    key.write_text("#!/bin/sh\ncat > /dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo SIGNED\n")
    key.chmod(0o755)
    repository.git("config", "commit.gpgsign", "true")
    repository.git("config", "gpg.program", str(key))
    with open_workshop(repository.path, run="r1") as workshop:
        name = propose(workshop, {"calc.py": "x = 2\n"})
    assert "gpgsig SIGNED" in repository.git("cat-file", "commit", name)

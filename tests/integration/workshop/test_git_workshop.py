from __future__ import annotations

from repository import Repository

from seenred.domain.tree import Entry
from seenred.engine.cycle.ports import CommitDraft, Delivery
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.workshop.git_workshop import GitWorkshop, open_workshop

DRAFT = CommitDraft("feat: add", "Why.", {"Change-Kind": "behavioral"})


def proposed(workshop: GitWorkshop, files: dict[str, str | None]) -> str:
    """Commit the tip's tree with these files changed."""
    changes = {
        path: None if text is None else Entry(workshop.blobs.add(text.encode()))
        for path, text in files.items()
    }
    return workshop.commit(workshop.tree.with_changes(changes), DRAFT)


def test_a_commit_says_who_made_it_what_it_is_and_which_run_it_belongs_to(
    repository: Repository,
) -> None:
    with open_workshop(repository.path, run="r1") as workshop, GitHistory(repository.path) as log:
        base = workshop.tip
        name = proposed(workshop, {"calc.py": "x = 2\n"})
        commit = log.commit("seenred/r1")
    assert (name, "feat: add", (base,), "Ada") == (
        *(commit.name, commit.subject, commit.parents),
        commit.author,
    )
    assert {"Change-Kind": "behavioral", "Seenred-Run": "r1"} == commit.trailers
    assert "feat: add\n\nWhy.\n\nChange-Kind" in repository.git("log", "-1", "--format=%B", name)


def test_the_users_tree_is_as_before_until_a_commit_is_delivered(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        name = proposed(workshop, {"calc.py": "x = 2\n", "src/new.py": "y = 1\n", "PLAN.md": None})
        assert "x = 1\n" == (repository.path / "calc.py").read_text()
        assert "" == repository.git("status", "--porcelain")
        assert Delivery.DELIVERED == workshop.deliver()
    assert (name, "refs/heads/main") == (
        repository.git("rev-parse", "HEAD"),
        repository.git("symbolic-ref", "HEAD"),
    )
    assert ("x = 2\n", "y = 1\n", False) == (
        (repository.path / "calc.py").read_text(),
        (repository.path / "src/new.py").read_text(),
        (repository.path / "PLAN.md").exists(),
    )
    assert "" == repository.git("status", "--porcelain")


def test_each_kind_of_file_is_committed_as_it_is_proposed(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        wanted = workshop.tree.with_changes(
            {
                "calc.py": None,
                "calc.py/päck/ä b.py": Entry(workshop.blobs.add(b"\xff\0")),
                "run.sh": Entry(workshop.blobs.add(b"#!/bin/sh\n"), executable=True),
                "link": Entry(workshop.blobs.add(b"run.sh"), link=True),
            }
        )
        workshop.commit(wanted, DRAFT)
        assert wanted == workshop.tree


def test_dropped_commits_are_forgotten(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        first = proposed(workshop, {"calc.py": "x = 2\n"})
        proposed(workshop, {"calc.py": "x = 3\n"})
        workshop.drop(first)
        assert first == workshop.tip
        kept = proposed(workshop, {"other.py": "y = 1\n"})
        assert f"{kept}\n{first}" == repository.git("rev-list", "main..seenred/r1")
        assert b"x = 2\n" == workshop.blobs.read(workshop.tree.files["calc.py"].blob)

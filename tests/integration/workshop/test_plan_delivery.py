from __future__ import annotations

from pathlib import Path

import pytest
from repository import Repository
from workshop_use import propose

from seenred.engine.cycle.ports import Delivery
from seenred.infrastructure.workshop.git_workshop import GitWorkshop, open_workshop

PLAN = "- [ ] adds\n- [ ] subtracts\n"


def mark(workshop: GitWorkshop, text: str, item: str) -> str:
    """A cycle's commit: code, and the item's mark in this text of the plan."""
    marked = text.replace(f"[ ] {item}", f"[x] {item}")
    return propose(workshop, {"calc.py": f"# {item}\n", "PLAN.md": marked})


def plan_of(repository: Repository) -> bytes:
    return (repository.path / "PLAN.md").read_bytes()


def test_a_changed_plan_is_committed_first_and_the_rest_follows(repository: Repository) -> None:
    repository.write({"PLAN.md": PLAN + "- [ ] divides\n", "untracked.txt": "u\n"})
    (repository.path / "PLAN.md").chmod(0o755)
    with open_workshop(repository.path, run="r1") as workshop:
        first = workshop.commit_plan_first("PLAN.md")
        assert (first, "") == (workshop.tip, workshop.commit_plan_first("PLAN.md"))
        mark(workshop, workshop.read_plan("PLAN.md"), "adds")
        assert Delivery.DELIVERED == workshop.deliver()
    message = repository.git("log", "-1", "--format=%B", first)
    assert "chore: plan\n\nChange-Kind: neutral\nSeenred-Run: r1" == message
    assert "PLAN.md" == repository.git("show", "--format=", "--name-only", first)
    assert b"- [x] adds\n- [ ] subtracts\n- [ ] divides\n" == plan_of(repository)
    assert "?? untracked.txt" == repository.git(
        "-c", "core.fileMode=false", "status", "--porcelain"
    )


def test_a_plan_as_it_was_committed_needs_no_commit(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        assert ("", repository.git("rev-parse", "HEAD")) == (
            workshop.commit_plan_first("PLAN.md"),
            workshop.tip,
        )


@pytest.mark.parametrize("stage", [True, False])
def test_a_plan_beside_other_changes_is_not_committed_but_marked(
    repository: Repository, stage: bool
) -> None:
    repository.commit("more", {"other.py": "y = 1\n"})
    repository.write({"PLAN.md": PLAN + "- [ ] divides\n", "other.py": "y = 2\n"})
    if stage:
        repository.git("add", "other.py")
    with open_workshop(repository.path, run="r1") as workshop:
        assert "" == workshop.commit_plan_first("PLAN.md")
        mark(workshop, PLAN, "adds")
        assert Delivery.DELIVERED == workshop.deliver()
    assert "- [x] adds\n- [ ] subtracts" == repository.git("show", "HEAD:PLAN.md")
    assert b"- [x] adds\n- [ ] subtracts\n- [ ] divides\n" == plan_of(repository)
    listed = repository.git("status", "--porcelain").splitlines()
    assert {"M PLAN.md", "M other.py"} == {line.strip().replace("  ", " ") for line in listed}
    assert ("other.py" if stage else "") == repository.git("diff", "--cached", "--name-only")


def test_an_untracked_plan_that_was_marked_as_it_lay_there_is_not_doubled(
    repository: Repository,
) -> None:
    repository.git("rm", "--quiet", "PLAN.md")
    repository.commit("without a plan", {"other.py": "y = 1\n"})
    repository.write({"PLAN.md": PLAN, "other.py": "y = 2\n"})
    with open_workshop(repository.path, run="r1") as workshop:
        assert "" == workshop.commit_plan_first("PLAN.md")
        mark(workshop, workshop.read_plan("PLAN.md"), "adds")
        repository.write({"PLAN.md": PLAN + "- [ ] divides\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert b"- [x] adds\n- [ ] subtracts\n- [ ] divides\n" == plan_of(repository)


@pytest.mark.parametrize("first", [True, False])
def test_a_plan_that_changed_meanwhile_gets_the_mark_only(
    repository: Repository, first: bool
) -> None:
    if first:
        repository.write({"PLAN.md": PLAN + "- [ ] divides\n"})
    with open_workshop(repository.path, run="r1") as workshop:
        assert first == bool(workshop.commit_plan_first("PLAN.md"))
        mark(workshop, workshop.read_plan("PLAN.md"), "adds")
        theirs = "# Mine\n- [ ] adds\n- [ ] new, right below\n"
        repository.write({"PLAN.md": theirs})
        assert Delivery.DELIVERED == workshop.deliver()
        assert b"# Mine\n- [x] adds\n- [ ] new, right below\n" == plan_of(repository)
        mark(workshop, workshop.read_plan("PLAN.md"), "new, right below")
        assert Delivery.DELIVERED == workshop.deliver()
    assert b"# Mine\n- [x] adds\n- [x] new, right below\n" == plan_of(repository)


def test_an_abandonment_reaches_a_plan_that_changed_meanwhile(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        text = workshop.read_plan("PLAN.md")
        propose(workshop, {"PLAN.md": text.replace("[ ] adds", "[-] adds (too hard)")})
        repository.write({"PLAN.md": PLAN + "- [ ] divides\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert b"- [-] adds (too hard)\n- [ ] subtracts\n- [ ] divides\n" == plan_of(repository)


def test_a_changed_plan_stays_when_something_else_is_in_the_way(repository: Repository) -> None:
    repository.write({"PLAN.md": PLAN + "- [ ] divides\n"})
    index = repository.path / ".git/index"
    with open_workshop(repository.path, run="r1") as workshop:
        workshop.commit_plan_first("PLAN.md")
        mark(workshop, workshop.read_plan("PLAN.md"), "adds")
        repository.write({"calc.py": "mine\n"})
        before = index.read_bytes()
        assert Delivery.BLOCKED == workshop.deliver()
        assert "uncommitted changes of calc.py" == workshop.obstacle
    assert (before, (PLAN + "- [ ] divides\n").encode()) == (
        index.read_bytes(),
        plan_of(repository),
    )


def test_windows_line_ends_stay_as_the_user_has_them(repository: Repository) -> None:
    windows = PLAN.replace("\n", "\r\n").encode()
    repository.git("config", "core.autocrlf", "true")
    (repository.path / "PLAN.md").write_bytes(windows + b"- [ ] divides\r\n")
    with open_workshop(repository.path, run="r1") as workshop:
        text = workshop.read_plan("PLAN.md")
        assert PLAN + "- [ ] divides\n" == text
        workshop.commit_plan_first("PLAN.md")
        mark(workshop, text, "adds")
        assert Delivery.DELIVERED == workshop.deliver()
    assert windows.replace(b"[ ] adds", b"[x] adds") + b"- [ ] divides\r\n" == plan_of(repository)
    assert "" == repository.git("status", "--porcelain")


@pytest.mark.parametrize("staged", [True, False])
def test_the_first_commit_of_a_repository_is_the_plan_alone(tmp_path: Path, staged: bool) -> None:
    repository = Repository(tmp_path / "empty")
    repository.write({"PLAN.md": PLAN, "notes.txt": "n\n"})
    if staged:
        repository.git("add", "--all")
    with open_workshop(repository.path, run="r1") as workshop:
        assert ("", {}) == (workshop.tip, workshop.tree.files)
        first = workshop.commit_plan_first("PLAN.md")
        assert {"PLAN.md"} == {*workshop.tree.files}
        assert Delivery.DELIVERED == workshop.deliver()
        assert first == repository.git("rev-parse", "main")
        mark(workshop, workshop.read_plan("PLAN.md"), "adds")
        assert Delivery.DELIVERED == workshop.deliver()
    assert b"- [x] adds\n- [ ] subtracts\n" == plan_of(repository)
    assert "# adds\n" == (repository.path / "calc.py").read_text()
    assert ("A  notes.txt" if staged else "?? notes.txt") == repository.git("status", "--porcelain")
    assert "chore: plan\nfeat: add" == repository.git("log", "--reverse", "--format=%s", "main")


def test_an_empty_repository_stays_as_it_was_when_nothing_is_delivered(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "empty")
    repository.write({"PLAN.md": PLAN})
    with open_workshop(repository.path, run="r1") as workshop:
        workshop.commit_plan_first("PLAN.md")
        workshop.drop("")
        assert ("", {}) == (workshop.tip, workshop.tree.files)
    assert "" == repository.git("for-each-ref")
    assert "?? PLAN.md" == repository.git("status", "--porcelain")

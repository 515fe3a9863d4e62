"""What every workshop does, on git and in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from memory_blobs import MemoryBlobs
from repository import Repository

from seenred.domain.tree import Entry
from seenred.engine.cycle.ports import CommitDraft, Delivery, PendingRun
from seenred.errors import UsageError
from seenred.infrastructure.workshop.git_workshop import GitWorkshop, open_workshop
from seenred.infrastructure.workshop.memory import MemoryWorkshop

FILES = {"calc.py": b"x = 1\n", "other.py": b"y = 1\n", "PLAN.md": b"- [ ] adds\n"}


@dataclass
class Side:
    """A workshop, and the user beside it."""

    workshop: GitWorkshop | MemoryWorkshop
    user_writes: Callable[[Mapping[str, bytes]], object]
    user_commits: Callable[[Mapping[str, bytes]], object]
    user_resets: Callable[[str], object]
    user_reads: Callable[[str], bytes | None]
    user_head: Callable[[], str]

    def commit(self, files: Mapping[str, bytes | None]) -> str:
        changes = {
            path: None if content is None else Entry(self.workshop.blobs.add(content))
            for path, content in files.items()
        }
        draft = CommitDraft("feat: a change", trailers={"Change-Kind": "behavioral"})
        return self.workshop.commit(self.workshop.tree.with_changes(changes), draft)

    def content(self, path: str) -> bytes:
        """Of a file at the tip."""
        return self.workshop.blobs.read(self.workshop.tree.files[path].blob)


@pytest.fixture(params=["git", "memory"])
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    if request.param == "memory":
        yield in_memory()
        return
    repository = Repository(tmp_path / "contract")
    repository.commit("first", {path: content.decode() for path, content in FILES.items()})
    with open_workshop(repository.path, run="run") as workshop:
        yield on_git(repository, workshop)


@pytest.fixture(params=["git", "memory"])
def two_runs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Side]]:
    """A commit that a run left, and the next run."""
    if request.param == "memory":
        second = in_memory()
        left = second.commit({"calc.py": b"x = 2\n"})
        second.workshop.drop(second.user_head())
        second.workshop.left["r1"] = left
        yield left, second
        return
    repository = Repository(tmp_path / "two-runs")
    repository.commit("first", {path: content.decode() for path, content in FILES.items()})
    with open_workshop(repository.path, run="r1") as workshop:
        left = on_git(repository, workshop).commit({"calc.py": b"x = 2\n"})
    with open_workshop(repository.path, run="r2") as workshop:
        yield left, on_git(repository, workshop)


def in_memory() -> Side:
    workshop = MemoryWorkshop(MemoryBlobs(), FILES)
    return Side(
        workshop,
        user_writes=workshop.files.update,
        user_commits=workshop.user_commits,
        user_resets=workshop.user_resets,
        user_reads=workshop.files.get,
        user_head=lambda: workshop.head,
    )


def on_git(repository: Repository, workshop: GitWorkshop) -> Side:
    def write(files: Mapping[str, bytes]) -> None:
        repository.write({path: content.decode() for path, content in files.items()})

    def commit(files: Mapping[str, bytes]) -> None:
        write(files)
        repository.git("add", *files)
        repository.git("commit", "--quiet", "--message", "user's")

    def read(path: str) -> bytes | None:
        full = repository.path / path
        return full.read_bytes() if full.is_file() else None

    def reset(to: str) -> None:
        repository.git("reset", "--quiet", "--hard", to)

    return Side(workshop, write, commit, reset, read, lambda: repository.git("rev-parse", "HEAD"))


def test_it_begins_where_the_user_stands(side: Side) -> None:
    assert ("run", side.user_head()) == (side.workshop.run, side.workshop.tip)
    assert {*FILES} == {*side.workshop.tree.files}
    assert "- [ ] adds\n" == side.workshop.read_plan("PLAN.md")


def test_the_plan_is_read_as_it_lies_there(side: Side) -> None:
    side.user_writes({"PLAN.md": "- [ ] ädds\r\n".encode()})
    assert "- [ ] ädds\r\n" == side.workshop.read_plan("PLAN.md")
    with pytest.raises(UsageError) as refused:
        side.workshop.read_plan("plan.md")
    assert "plan-missing" == refused.value.code


def test_files_are_told_that_only_the_user_s_folder_has(side: Side) -> None:
    side.user_writes({"data/rates.json": b"{}", "calc.py": b"x = 5\n"})
    named = ["data/rates.json", "calc.py", "missing.py", "data/rates.json"]
    assert ("data/rates.json",) == side.workshop.unknown(named)


def test_a_commit_moves_the_tip_and_nothing_of_the_users(side: Side) -> None:
    before = side.user_head()
    name = side.commit({"calc.py": b"x = 2\n", "other.py": None})
    assert (name, {"calc.py", "PLAN.md"}) == (side.workshop.tip, {*side.workshop.tree.files})
    assert (before, b"x = 1\n") == (side.user_head(), side.user_reads("calc.py"))


def test_a_delivery_brings_all_commits(side: Side) -> None:
    side.commit({"calc.py": b"x = 2\n"})
    last = side.commit({"new/file.py": b"z = 1\n", "other.py": None})
    assert (Delivery.DELIVERED, "") == (side.workshop.deliver(), side.workshop.obstacle)
    assert (last, b"x = 2\n") == (side.user_head(), side.user_reads("calc.py"))
    assert (b"z = 1\n", None) == (side.user_reads("new/file.py"), side.user_reads("other.py"))
    assert Delivery.DELIVERED == side.workshop.deliver()


def test_changes_of_the_user_in_other_files_stay(side: Side) -> None:
    side.commit({"calc.py": b"x = 2\n"})
    side.user_writes({"other.py": b"mine\n", "scratch.txt": b"mine too\n"})
    assert Delivery.DELIVERED == side.workshop.deliver()
    assert (b"mine\n", b"mine too\n") == (
        side.user_reads("other.py"),
        side.user_reads("scratch.txt"),
    )


def test_changes_of_the_user_in_the_same_file_keep_the_commits_on_their_branch(side: Side) -> None:
    head = side.user_head()
    side.commit({"calc.py": b"x = 2\n", "new.py": b"new\n"})
    side.user_writes({"calc.py": b"mine\n"})
    assert Delivery.BLOCKED == side.workshop.deliver()
    assert "uncommitted changes of calc.py" == side.workshop.obstacle
    assert (head, b"mine\n", None) == (
        side.user_head(),
        side.user_reads("calc.py"),
        side.user_reads("new.py"),
    )


def test_a_new_file_of_the_user_is_not_overwritten(side: Side) -> None:
    side.commit({"new.py": b"ours\n"})
    side.user_writes({"new.py": b"mine\n"})
    assert Delivery.BLOCKED == side.workshop.deliver()
    assert ("uncommitted changes of new.py", b"mine\n") == (
        side.workshop.obstacle,
        side.user_reads("new.py"),
    )


def test_commits_are_put_upon_a_branch_that_moved(side: Side) -> None:
    first = side.commit({"calc.py": b"x = 2\n"})
    second = side.commit({"calc.py": b"x = 3\n"})
    assert (first, second) == side.workshop.ahead
    side.user_commits({"other.py": b"y = 2\n"})
    moved_to = side.user_head()
    assert (Delivery.MOVED, "main has other commits now") == (
        side.workshop.deliver(),
        side.workshop.obstacle,
    )
    assert (moved_to, b"x = 1\n") == (side.user_head(), side.user_reads("calc.py"))
    assert side.workshop.rebase()
    assert (2, side.workshop.tip) == (len(side.workshop.ahead), side.workshop.ahead[-1])
    assert (b"x = 3\n", b"y = 2\n") == (side.content("calc.py"), side.content("other.py"))
    assert Delivery.DELIVERED == side.workshop.deliver()
    assert () == side.workshop.ahead
    assert (b"x = 3\n", b"y = 2\n") == (side.user_reads("calc.py"), side.user_reads("other.py"))


def test_commits_that_conflict_with_the_users_stay_as_they_were(side: Side) -> None:
    first = side.commit({"calc.py": b"x = 2\n"})
    side.user_commits({"calc.py": b"x = 5\n"})
    assert not side.workshop.rebase()
    assert "new commits change calc.py, too" == side.workshop.obstacle
    assert (first, b"x = 2\n") == (side.workshop.tip, side.content("calc.py"))
    following = side.commit({"other.py": b"y = 2\n"})
    assert (following, b"x = 2\n") == (side.workshop.tip, side.content("calc.py"))
    assert Delivery.MOVED == side.workshop.deliver()


def test_what_was_dropped_is_not_delivered(side: Side) -> None:
    first = side.commit({"calc.py": b"x = 2\n"})
    side.commit({"calc.py": b"x = 3\n"})
    side.workshop.drop(first)
    assert (first, b"x = 2\n") == (side.workshop.tip, side.content("calc.py"))
    assert Delivery.DELIVERED == side.workshop.deliver()
    assert (first, b"x = 2\n") == (side.user_head(), side.user_reads("calc.py"))


def test_a_changed_plan_is_committed_first_when_it_alone_is_changed(side: Side) -> None:
    assert "" == side.workshop.commit_plan_first("PLAN.md")
    side.user_writes({"PLAN.md": b"- [ ] adds\n- [ ] new\n", "scratch.txt": b"mine\n"})
    assert side.workshop.commit_plan_first("PLAN.md") == side.workshop.tip
    assert b"- [ ] adds\n- [ ] new\n" == side.content("PLAN.md")
    side.user_writes({"PLAN.md": b"- [ ] adds\n", "other.py": b"mine\n"})
    assert "" == side.workshop.commit_plan_first("PLAN.md")


def test_a_plan_that_changed_meanwhile_gets_the_mark_only(side: Side) -> None:
    side.user_writes({"PLAN.md": b"- [ ] adds\n- [ ] new\n"})
    side.workshop.commit_plan_first("PLAN.md")
    side.commit({"PLAN.md": b"- [x] adds\n- [ ] new\n"})
    side.user_writes({"PLAN.md": b"- [ ] adds\n- [ ] newer\n"})
    assert Delivery.DELIVERED == side.workshop.deliver()
    assert b"- [x] adds\n- [ ] newer\n" == side.user_reads("PLAN.md")


def test_commits_that_a_run_left_are_taken_over_by_the_next(
    two_runs: tuple[str, Side],
) -> None:
    left, second = two_runs
    assert (PendingRun("r1", (left,)),) == second.workshop.pending()
    second.workshop.adopt("r1")
    assert (left, (), Delivery.DELIVERED) == (
        second.workshop.tip,
        second.workshop.pending(),
        second.workshop.deliver(),
    )
    assert (left, b"x = 2\n") == (second.user_head(), second.user_reads("calc.py"))


def test_commits_that_do_not_lead_on_from_the_users_are_not_taken_over(
    two_runs: tuple[str, Side],
) -> None:
    _, second = two_runs
    second.user_commits({"other.py": b"y = 2\n"})
    assert () == second.workshop.pending()
    with pytest.raises(UsageError) as refused:
        second.workshop.adopt("r1")
    assert "run-not-pending" == refused.value.code


def test_a_run_with_commits_of_its_own_takes_over_none(two_runs: tuple[str, Side]) -> None:
    _, second = two_runs
    second.commit({"other.py": b"y = 2\n"})
    with pytest.raises(UsageError):
        second.workshop.adopt("r1")


def test_a_plan_that_was_committed_meanwhile_is_no_conflict(side: Side) -> None:
    side.workshop.read_plan("PLAN.md")
    side.commit({"PLAN.md": b"- [x] adds\n", "calc.py": b"x = 2\n"})
    side.user_commits({"PLAN.md": b"- [ ] adds\n- [ ] right below\n"})
    assert side.workshop.rebase()
    assert (b"- [x] adds\n- [ ] right below\n", b"x = 2\n") == (
        side.content("PLAN.md"),
        side.content("calc.py"),
    )
    assert Delivery.DELIVERED == side.workshop.deliver()
    assert b"- [x] adds\n- [ ] right below\n" == side.user_reads("PLAN.md")


def test_a_commit_that_the_user_took_back_does_not_return(side: Side) -> None:
    first = side.user_head()
    side.commit({"calc.py": b"x = 2\n"})
    side.workshop.deliver()
    side.commit({"other.py": b"y = 2\n"})
    side.user_resets(first)
    assert Delivery.MOVED == side.workshop.deliver()
    assert side.workshop.rebase()
    assert Delivery.DELIVERED == side.workshop.deliver()
    assert (b"x = 1\n", b"y = 2\n") == (side.user_reads("calc.py"), side.user_reads("other.py"))


def test_commits_that_the_user_fetched_already_are_no_obstacle(side: Side) -> None:
    taken = side.commit({"calc.py": b"x = 2\n"})
    last = side.commit({"other.py": b"y = 2\n"})
    side.user_resets(taken)
    assert (Delivery.DELIVERED, last) == (side.workshop.deliver(), side.user_head())

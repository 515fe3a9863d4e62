from __future__ import annotations

import pytest

from seenred.errors import UsageError
from seenred.infrastructure.history.git_range import Range, read_range


@pytest.fixture
def history(repository, open_history):
    for number in range(3):
        repository.commit(f"feat: {number}", {"a.txt": str(number)})
    return open_history(repository.path)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("HEAD~2..HEAD~1", Range("HEAD~2", "HEAD~1")),
        ("HEAD~2", Range("HEAD~2", "HEAD")),
        ("HEAD~2..", Range("HEAD~2", "HEAD")),
        ("..HEAD~1", Range("HEAD", "HEAD~1")),
    ],
)
def test_a_range_is_read_as_git_reads_it(history, words, expected):
    assert expected == read_range(history, words)


def test_three_dots_begin_where_two_branches_parted(repository, history):
    repository.git("checkout", "-q", "-b", "other", "HEAD~1")
    repository.commit("feat: other", {"b.txt": ""})
    assert Range(repository.git("rev-parse", "main~1"), "other") == read_range(
        history, "main...other"
    )


@pytest.mark.parametrize("words", ["a..b..c", "--all", "HEAD..--all"])
def test_what_is_no_range_is_refused(history, words):
    with pytest.raises(UsageError) as caught:
        read_range(history, words)
    assert "range-unreadable" == caught.value.code


def test_three_dots_between_unrelated_histories_are_refused(repository, history):
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit("feat: other", {"b.txt": ""})
    with pytest.raises(UsageError, match="no commit in common"):
        read_range(history, "main...other")


def test_a_branch_is_judged_for_what_it_adds_to_its_trunk(repository, history):
    repository.git("checkout", "-q", "-b", "work", "HEAD~1")
    repository.commit("feat: work", {"b.txt": ""})
    expected = Range(repository.git("rev-parse", "main~1"), "HEAD", "what HEAD adds to main")
    assert expected == read_range(history, None)


def test_a_trunk_that_is_ahead_of_its_upstream_is_judged_for_that(
    repository, tmp_path, open_history
):
    repository.commit("feat: first", {"a.txt": ""})
    repository.git("clone", "-q", str(repository.path), str(tmp_path / "clone"))
    clone = type(repository)(tmp_path / "clone")
    base = clone.git("rev-parse", "HEAD")
    clone.commit("feat: second", {"b.txt": ""})
    found = read_range(open_history(clone.path), None)
    assert Range(base, "HEAD", "what HEAD adds to origin/main") == found


def test_without_another_branch_the_latest_commits_are_judged(repository, history):
    assert Range("", "HEAD", "all commits") == read_range(history, None)
    for number in range(4):
        repository.commit(f"feat: more {number}", {"a.txt": f"more {number}"})
    found = read_range(history, None)
    assert repository.git("rev-parse", "HEAD~5") == found.base
    assert found.told.startswith("the latest 5 commits")


def test_in_a_pre_push_hook_it_is_what_is_pushed(history):
    pushed = {"PRE_COMMIT_FROM_REF": "a" * 40, "PRE_COMMIT_TO_REF": "b" * 40}
    assert Range("a" * 40, "b" * 40, "what is pushed") == read_range(history, None, pushed)
    assert Range("HEAD~1", "HEAD") == read_range(history, "HEAD~1", pushed)


def test_a_new_remote_branch_has_no_base_in_the_hook(history):
    pushed = {"PRE_COMMIT_FROM_REF": "0" * 40, "PRE_COMMIT_TO_REF": "b" * 40}
    assert "all commits" == read_range(history, None, pushed).told

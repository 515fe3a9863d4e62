from __future__ import annotations

import pytest

from seenred.errors import UsageError
from seenred.infrastructure.history.git_runs import GitRuns, RunBranch


def made(repository, subject, run="r1", kind="behavioral", note=""):
    message = f"{subject}\n\nChange-Kind: {kind}\nSeenred-Run: {run}"
    commit = repository.commit(message, {f"{subject}.txt": subject})
    if note:
        repository.git("notes", "--ref=refs/notes/seenred", "add", "-m", note, commit)
    return commit


def test_the_last_cycle_is_the_newest_behaviour_and_its_refactoring(repository):
    repository.commit("feat: by hand", {"a.txt": "a"})
    made(repository, "feat: one")
    two = made(repository, "feat: two é\x1f", note='{"some": "proofs"}')
    tidied = made(repository, "refactor: two", kind="structural")
    made(repository, "chore: discovered", kind="neutral")
    repository.commit("docs: by hand", {"b.txt": "b"})
    _, newest, older = GitRuns(repository.path).last_cycle()
    assert (tidied, "refactor: two", "r1", "structural", "") == (
        newest.name,
        newest.subject,
        newest.run,
        newest.kind,
        newest.proofs,
    )
    assert (two, "feat: two é\x1f", '{"some": "proofs"}') == (
        older.name,
        older.subject,
        older.proofs,
    )
    assert older.age.endswith("ago")


def test_a_cycle_ends_where_another_run_begins(repository):
    made(repository, "feat: one", run="r1")
    made(repository, "refactor: one", run="r2", kind="structural")
    assert ["refactor: one"] == [c.subject for c in GitRuns(repository.path).last_cycle()]


def test_a_history_that_no_run_has_touched_has_no_cycle(repository):
    runs = GitRuns(repository.path)
    assert (False, (), ()) == (runs.has_commits, runs.last_cycle(), runs.branches())
    repository.commit("feat: one\n\nSeenred-Run is a word here", {"a.txt": "a"})
    assert (True, (), ()) == (runs.has_commits, runs.last_cycle(), runs.branches())


def test_settings_of_the_user_change_nothing(repository):
    made(repository, "feat: one")
    for setting in ("log.showSignature=true", "log.decorate=full", "color.ui=always"):
        repository.git("config", *setting.split("="))
    assert ["feat: one"] == [c.subject for c in GitRuns(repository.path).last_cycle()]


def test_branches_of_runs_that_are_ahead_are_known(repository):
    repository.commit("feat: one", {"a.txt": "a"})
    repository.git("branch", "seenred/old")
    repository.git("checkout", "--quiet", "-b", "seenred/ab12")
    made(repository, "feat: two")
    made(repository, "feat: three")
    repository.git("checkout", "--quiet", "main")
    assert (RunBranch("seenred/ab12", 2, 0),) == GitRuns(repository.path).branches()
    repository.commit("feat: mine", {"c.txt": "c"})
    assert (RunBranch("seenred/ab12", 2, 1),) == GitRuns(repository.path).branches()


def test_a_branch_at_which_a_working_tree_stands_is_in_use(repository, tmp_path):
    repository.commit("feat: one", {"a.txt": "a"})
    repository.git("worktree", "add", "-q", "-b", "seenred/ab12", str(tmp_path / "at work"))
    repository.git(
        "-C", str(tmp_path / "at work"), "commit", "-q", "--allow-empty", "-m", "feat: 2"
    )
    assert (RunBranch("seenred/ab12", 1, 0, in_use=True),) == GitRuns(repository.path).branches()


def test_a_folder_without_a_repository_is_refused(tmp_path):
    with pytest.raises(UsageError) as refused:
        GitRuns(tmp_path)
    assert "not-a-repository" == refused.value.code

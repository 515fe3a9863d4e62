from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from repository import Repository

from seenred.domain.tree import Entry
from seenred.errors import UsageError
from seenred.infrastructure.history.git import GitHistory

Open = Callable[[Path], GitHistory]


def refusal_of(action: Callable[..., object], *arguments: object) -> UsageError:
    with pytest.raises(UsageError) as refused:
        action(*arguments)
    return refused.value


def shallow_clone(repository: Repository, path: Path, depth: int) -> Path:
    source = f"file://{repository.path}"
    subprocess.run(["git", "clone", "-q", f"--depth={depth}", source, str(path)], check=True)
    return path


def test_commits_come_oldest_first_with_what_they_say(
    repository: Repository, open_history: Open
) -> None:
    base = repository.commit("first", {"a.py": "1\n"})
    middle = repository.commit("feat: second\n\nWhy.\n\nChange-Kind: behavioral", {"a.py": "2\n"})
    head = repository.commit("third line\nwrapped", {"a.py": "3\n"})
    history = open_history(repository.path)
    second, third = history.commits(base, "HEAD")
    assert (middle, "feat: second", (base,)) == (second.name, second.subject, second.parents)
    assert ("Ada", {"Change-Kind": "behavioral"}) == (second.author, second.trailers)
    assert (head, "third line wrapped", {}) == (third.name, third.subject, third.trailers)


def test_all_of_a_history_is_listed_without_a_base(
    repository: Repository, open_history: Open
) -> None:
    first = repository.commit("first", {"a.py": "1\n"})
    repository.commit("second", {"a.py": "2\n"})
    commits = open_history(repository.path).commits("", "main")
    assert (first, ()) == (commits[0].name, commits[0].parents)
    assert 2 == len(commits)


def test_a_merge_counts_as_one_commit_of_its_first_parent(
    repository: Repository, open_history: Open
) -> None:
    base = repository.commit("base", {"a.py": "1\n"})
    repository.git("switch", "-q", "-c", "side")
    repository.commit("on the side", {"b.py": "1\n"})
    repository.git("switch", "-q", "main")
    mainline = repository.commit("on main", {"c.py": "1\n"})
    repository.git("merge", "-q", "--no-ff", "-m", "merge side", "side")
    commits = open_history(repository.path).commits(base, "HEAD")
    assert ["on main", "merge side"] == [commit.subject for commit in commits]
    assert (2, mainline) == (len(commits[1].parents), commits[1].parents[0])


def test_a_tree_has_each_file_with_its_kind(repository: Repository, open_history: Open) -> None:
    repository.write({"run.sh": "#!/bin/sh\n", "päck/ä b.py": "x = 1\n"})
    (repository.path / "run.sh").chmod(0o755)
    (repository.path / "link").symlink_to("run.sh")
    repository.commit("all kinds", {})
    history = open_history(repository.path)
    tree = history.tree("HEAD")
    assert {"run.sh", "link", "päck/ä b.py"} == set(tree.files)
    assert tree.files["run.sh"].executable
    assert tree.files["link"].link
    assert b"x = 1\n" == history.blobs.read(tree.files["päck/ä b.py"].blob)
    assert b"run.sh" == history.blobs.read(tree.files["link"].blob)


def test_added_content_has_the_name_that_git_gives_it(
    repository: Repository, open_history: Open
) -> None:
    repository.commit("a", {"a.py": "x = 1\n"})
    history = open_history(repository.path)
    assert history.tree("HEAD").files["a.py"] == Entry(history.blobs.add(b"x = 1\n"))
    assert b"new\n" == history.blobs.read(history.blobs.add(b"new\n"))


def test_a_repository_of_the_other_hash_is_read_too(tmp_path: Path, open_history: Open) -> None:
    repository = Repository(tmp_path / "sha256", "--object-format=sha256")
    repository.commit("a", {"a.py": "x = 1\n"})
    history = open_history(repository.path)
    assert history.tree("HEAD").files["a.py"].blob == history.blobs.add(b"x = 1\n")


def test_unknown_content_is_a_key_error_and_the_next_is_read(
    repository: Repository, open_history: Open
) -> None:
    repository.commit("a", {"a.py": "x = 1\n"})
    history = open_history(repository.path)
    for unknown in ("0" * 40, "", "HEAD:a.py\nx"):
        with pytest.raises(KeyError):
            history.blobs.read(unknown)
    assert b"x = 1\n" == history.blobs.read(history.tree("HEAD").files["a.py"].blob)


def test_the_working_tree_has_what_lies_there_now(
    repository: Repository, open_history: Open
) -> None:
    repository.commit("a", {"kept.py": "1\n", "edited.py": "1\n", "gone.py": "1\n"})
    repository.write({".gitignore": "*.log\n", "new.py": "1\n", "x.log": "no\n"})
    repository.write({"edited.py": "2\n", "staged.py": "s\n"})
    repository.git("add", "staged.py")
    (repository.path / "gone.py").unlink()
    history = open_history(repository.path)
    tree = history.working_tree()
    assert {".gitignore", "edited.py", "kept.py", "new.py", "staged.py"} == set(tree.files)
    assert b"2\n" == history.blobs.read(tree.files["edited.py"].blob)
    assert history.tree("HEAD").files["kept.py"] == tree.files["kept.py"]


def test_a_clean_working_tree_is_the_tree_of_its_commit(
    repository: Repository, open_history: Open
) -> None:
    repository.commit("a", {"a.py": "1\n", "b/c.py": "2\n"})
    (repository.path / "a.py").touch()
    history = open_history(repository.path)
    assert history.tree("HEAD").digest == history.working_tree().digest


def test_a_folder_below_the_root_reads_the_whole_repository(
    repository: Repository, open_history: Open
) -> None:
    repository.commit("a", {"a.py": "1\n", "b/c.py": "2\n"})
    history = open_history(repository.path / "b")
    assert repository.path == history.root
    assert (
        {"a.py", "b/c.py"} == set(history.tree("HEAD").files) == set(history.working_tree().files)
    )


def test_nothing_is_written_into_the_repository(repository: Repository, open_history: Open) -> None:
    base = repository.commit("a", {"a.py": "1\n"})
    repository.commit("b", {"a.py": "2\n"})
    (repository.path / "a.py").touch()
    before = repository.state()
    history = open_history(repository.path)
    history.commits(base, "HEAD")
    history.tree("HEAD")
    history.working_tree()
    history.blobs.add(b"new")
    history.close()
    assert before == repository.state()


def test_no_program_that_the_repository_names_is_run(
    repository: Repository, open_history: Open
) -> None:
    base = repository.commit("a", {"a.py": "1\n", ".gitattributes": "*.py diff=evil filter=evil\n"})
    repository.commit("b", {"a.py": "2\n"})
    repository.write({"a.py": "3\n"})
    trap = f"touch {repository.path.parent / 'sprung'}"
    for setting in ("core.fsmonitor", "core.pager", "diff.external", "diff.evil.textconv"):
        repository.git("config", setting, trap)
    repository.git("config", "filter.evil.clean", f"{trap}; cat")
    history = open_history(repository.path)
    history.commits(base, "HEAD")
    history.working_tree()
    assert not (repository.path.parent / "sprung").exists()


def test_what_a_hook_was_told_is_not_believed(
    repository: Repository, open_history: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = repository.commit("a", {"a.py": "1\n"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    history = open_history(repository.path)
    assert name == history.resolve("HEAD")
    assert {"a.py"} == set(history.working_tree().files)


def test_a_submodule_is_named_and_no_file(
    repository: Repository, open_history: Open, tmp_path: Path
) -> None:
    inner = Repository(tmp_path / "inner")
    at = inner.commit("inner", {"x.py": "1\n"})
    local = ("-c", "protocol.file.allow=always")
    repository.git(*local, "submodule", "--quiet", "add", str(inner.path), "vendor")
    repository.commit("with a submodule", {"a.py": "1\n"})
    history = open_history(repository.path)
    assert {"vendor": at} == history.submodules("HEAD")
    assert {"a.py", ".gitmodules"} == set(history.tree("HEAD").files)
    assert {"a.py", ".gitmodules"} == set(history.working_tree().files)


def test_a_folder_outside_of_git_is_refused(tmp_path: Path) -> None:
    assert "not-a-repository" == refusal_of(GitHistory, tmp_path).code
    repository = Repository(tmp_path / "inside")
    with GitHistory(repository.path / ".git") as history:
        assert "not-a-working-tree" == refusal_of(lambda: history.root).code
    assert "not-a-folder" == refusal_of(GitHistory, tmp_path / "nowhere").code


def test_a_revision_that_is_not_there_is_told_its_nearest_names(
    repository: Repository, open_history: Open
) -> None:
    repository.commit("a", {"a.py": "1\n"})
    repository.git("branch", "release")
    refused = refusal_of(open_history(repository.path).resolve, "realease")
    assert "revision-unknown" == refused.code
    assert "did you mean release?" in refused.message


@pytest.mark.parametrize("revision", ["--all", "-n1", "HEAD:a.py", ""])
def test_what_is_no_revision_is_never_an_option(
    repository: Repository, open_history: Open, revision: str
) -> None:
    repository.commit("a", {"a.py": "1\n"})
    assert "revision-unknown" == refusal_of(open_history(repository.path).resolve, revision).code


def test_an_empty_range_is_refused(repository: Repository, open_history: Open) -> None:
    repository.commit("a", {"a.py": "1\n"})
    assert "range-empty" == refusal_of(open_history(repository.path).commits, "main", "HEAD").code


def test_a_repository_without_commits_says_so(repository: Repository, open_history: Open) -> None:
    assert "no-commits" == refusal_of(open_history(repository.path).resolve, "HEAD").code


def test_the_first_files_of_a_repository_without_commits_are_read(
    repository: Repository, open_history: Open
) -> None:
    repository.write({"a.py": "1\n"})
    assert {"a.py"} == set(open_history(repository.path).working_tree().files)


def test_a_shallow_clone_is_told_how_to_get_the_rest(
    repository: Repository, open_history: Open, tmp_path: Path
) -> None:
    base = repository.commit("a", {"a.py": "1\n"})
    for number in range(3):
        repository.commit(f"commit {number}", {"a.py": f"{number + 2}\n"})
    history = open_history(shallow_clone(repository, tmp_path / "shallow", 2))
    for asked in (base, "HEAD~2"):
        refused = refusal_of(history.resolve, asked)
        assert "clone-shallow" == refused.code
        assert "fetch-depth: 0" in refused.message
        assert "git fetch --unshallow" in refused.message
    assert "clone-shallow" == refusal_of(history.commits, "", "HEAD").code
    assert 1 == len(history.commits("HEAD~1", "HEAD"))


def test_a_bare_repository_has_history_and_no_files(
    repository: Repository, open_history: Open, tmp_path: Path
) -> None:
    name = repository.commit("a", {"a.py": "1\n"})
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(repository.path), str(bare)], check=True)
    history = open_history(bare)
    assert {"a.py"} == set(history.tree(name).files)
    assert "repository-bare" == refusal_of(history.working_tree).code


def test_other_line_ends_on_this_machine_are_no_change(
    repository: Repository, open_history: Open
) -> None:
    repository.commit("a", {"a.py": "x = 1\n"})
    repository.write({"a.py": "x = 1\r\n"})
    history = open_history(repository.path)
    assert history.tree("HEAD").digest == history.working_tree().digest

from __future__ import annotations

from pathlib import Path

import pytest
from repository import Repository
from workshop_use import DRAFT, propose, refused, refused_to_open

from seenred.domain.tree import Entry
from seenred.engine.cycle.ports import CommitDraft, Delivery
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.workshop.git_workshop import open_workshop


def test_a_commit_says_who_made_it_what_it_is_and_which_run_it_belongs_to(
    repository: Repository,
) -> None:
    with open_workshop(repository.path, run="r1") as workshop, GitHistory(repository.path) as log:
        base = workshop.tip
        name = propose(workshop, {"calc.py": "x = 2\n"})
        commit = log.commit("seenred/r1")
    assert (name, "feat: add", (base,), "Ada") == (
        *(commit.name, commit.subject, commit.parents),
        commit.author,
    )
    assert {"Change-Kind": "behavioral", "Seenred-Run": "r1"} == commit.trailers
    assert "feat: add\n\nWhy.\n\nChange-Kind" in repository.git("log", "-1", "--format=%B", name)


def test_the_users_tree_is_as_before_until_a_commit_is_delivered(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        name = propose(workshop, {"calc.py": "x = 2\n", "src/new.py": "y = 1\n", "PLAN.md": None})
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


def test_each_kind_of_file_is_committed_as_it_is_propose(repository: Repository) -> None:
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
        first = propose(workshop, {"calc.py": "x = 2\n"})
        propose(workshop, {"calc.py": "x = 3\n"})
        workshop.drop(first)
        assert first == workshop.tip
        kept = propose(workshop, {"other.py": "y = 1\n"})
        assert f"{kept}\n{first}" == repository.git("rev-list", "main..seenred/r1")
        assert b"x = 2\n" == workshop.blobs.read(workshop.tree.files["calc.py"].blob)


def test_settings_for_merges_of_the_users_own_do_not_matter(repository: Repository) -> None:
    for key, value in {
        "branch.main.mergeOptions": "--no-ff --squash",
        "merge.autoStash": "true",
        "merge.verifySignatures": "true",
        "merge.ff": "false",
    }.items():
        repository.git("config", key, value)
    with open_workshop(repository.path, run="r1") as workshop:
        name = propose(workshop, {"calc.py": "x = 2\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert name == repository.git("rev-parse", "main")
    assert "seenred r1: Fast-forward" == repository.git("log", "-g", "-1", "--format=%gs", "main")


def test_what_the_user_has_staged_stashed_or_not_tracked_stays_as_it_is(
    repository: Repository,
) -> None:
    repository.commit("more", {"a.py": "a\n", "b.py": "b\n", ".gitignore": "*.log\n"})
    repository.write({"a.py": "stashed\n"})
    repository.git("stash")
    repository.write({"a.py": "staged\n", "b.py": "b2\n", "new.py": "n\n", "x.log": "ignored\n"})
    repository.git("add", "a.py", "new.py")
    repository.write({"new.py": "staged, then changed\n", "untracked.txt": "u\n"})
    shown = ("status", "--porcelain=v2"), ("diff", "--cached"), ("diff",), ("stash", "list")
    before = [repository.git(*words) for words in shown]
    files = {p: p.read_bytes() for p in repository.path.iterdir() if p.is_file()}
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n", "x.log": "of the run\n"})
        untouched = repository.path / ".git/index"
        index = untouched.read_bytes()
        assert (Delivery.BLOCKED, index) == (workshop.deliver(), untouched.read_bytes())
        workshop.drop(workshop.tip + "~1")
        propose(workshop, {"calc.py": "x = 2\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert before == [repository.git(*words) for words in shown]
    files[repository.path / "calc.py"] = b"x = 2\n"
    assert files == {p: p.read_bytes() for p in repository.path.iterdir() if p.is_file()}


def test_proofs_are_noted_word_for_word_and_follow_a_rebase(repository: Repository) -> None:
    proofs = '{"a": 1}\n\n\n  # {"b": "ä"}\n'
    draft = CommitDraft("feat: add", proofs=proofs)
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"}, draft)
        repository.commit("user's", {"other.py": "y\n"})
        assert workshop.rebase()
        shown = repository.git("notes", "--ref=seenred", "show", workshop.tip)
    assert proofs.strip() == shown


def test_a_delivered_branch_goes_and_one_with_commits_of_its_own_stays(
    repository: Repository,
) -> None:
    listed = ("for-each-ref", "--format=%(refname)", "refs/heads")
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})
        workshop.deliver()
    with open_workshop(repository.path, run="r2") as workshop:
        propose(workshop, {"calc.py": "x = 3\n"})
    assert "refs/heads/main\nrefs/heads/seenred/r2" == repository.git(*listed)
    assert 1 == len(repository.git("worktree", "list").splitlines())
    assert {"lock"} == {path.name for path in (repository.path / ".git/seenred").iterdir()}


def test_a_detached_head_moves_and_the_branch_stays(repository: Repository) -> None:
    repository.git("switch", "-q", "--detach")
    with open_workshop(repository.path, run="r1") as workshop:
        name = propose(workshop, {"calc.py": "x = 2\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert (name, name) == (
        repository.git("rev-parse", "HEAD"),
        repository.git("rev-parse", "seenred/r1"),
    )
    assert "x = 2\n" == (repository.path / "calc.py").read_text()


def test_a_user_who_went_to_another_branch_is_not_followed(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})
        repository.git("switch", "-q", "-c", "other")
        assert Delivery.BLOCKED == workshop.deliver()
        assert "main is not checked out any more" == workshop.obstacle
    assert "x = 1\n" == (repository.path / "calc.py").read_text()


def test_submodules_stay_where_they_are(repository: Repository, tmp_path: Path) -> None:
    library = Repository(tmp_path / "library")
    library.commit("lib", {"lib.py": "l = 1\n"})
    allowed = ("-c", "protocol.file.allow=always")
    repository.git(*allowed, "submodule", "--quiet", "add", str(library.path), "vendor/lib")
    repository.commit("with a submodule", {})
    before = repository.git("ls-tree", "HEAD", "vendor/lib")
    repository.write({".git/hooks/pre-commit": "#!/bin/sh\nexit 0\n"})
    (repository.path / ".git/hooks/pre-commit").chmod(0o755)
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})
        propose(workshop, {"vendor/own.py": "x = 2\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert before == repository.git("ls-tree", "HEAD", "vendor/lib")
    assert "" == repository.git("status", "--porcelain")
    assert "l = 1\n" == (repository.path / "vendor/lib/lib.py").read_text()


def test_a_sparse_checkout_stays_sparse(repository: Repository) -> None:
    repository.commit("more", {"in/a.py": "a\n", "out/b.py": "b\n"})
    repository.git("sparse-checkout", "set", "in")
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"in/a.py": "a2\n", "out/b.py": "b2\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert "a2\n" == (repository.path / "in/a.py").read_text()
    assert not (repository.path / "out").exists()
    assert "b2" == repository.git("show", "HEAD:out/b.py")
    assert "" == repository.git("status", "--porcelain")


def test_a_linked_working_tree_of_the_users_is_moved_and_the_main_one_is_not(
    repository: Repository, tmp_path: Path
) -> None:
    linked = tmp_path / "linked"
    repository.git("worktree", "add", "--quiet", "-b", "topic", str(linked))
    with open_workshop(linked, run="r1") as workshop:
        name = propose(workshop, {"calc.py": "x = 2\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert name == repository.git("rev-parse", "topic")
    assert ("x = 2\n", "x = 1\n") == (
        (linked / "calc.py").read_text(),
        (repository.path / "calc.py").read_text(),
    )
    assert 2 == len(repository.git("worktree", "list").splitlines())


def test_a_subfolder_stands_for_its_repository(repository: Repository) -> None:
    repository.commit("more", {"src/deep/a.py": "a\n"})
    with open_workshop(repository.path / "src/deep", run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})
        assert "- [ ] adds\n- [ ] subtracts\n" == workshop.read_plan("PLAN.md")
        assert (repository.path, Delivery.DELIVERED) == (workshop.root, workshop.deliver())
    assert "x = 2\n" == (repository.path / "calc.py").read_text()


def test_a_repository_of_the_other_hash_is_worked_on_too(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "sha256", "--object-format=sha256")
    repository.commit("first", {"calc.py": "x = 1\n", "gone.py": ""})
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n", "gone.py": None})
        assert Delivery.DELIVERED == workshop.deliver()
    assert "x = 2" == repository.git("show", "HEAD:calc.py")


def test_settings_for_other_uses_of_git_do_not_matter(repository: Repository) -> None:
    for key, value in {
        "i18n.commitEncoding": "latin1",
        "log.showSignature": "true",
        "rerere.enabled": "true",
        "diff.relative": "true",
        "core.commentChar": "f",
        "commit.cleanup": "strip",
        "commit.verbose": "true",
        "rebase.backend": "apply",
        "rebase.autoStash": "true",
        "core.autocrlf": "true",
    }.items():
        repository.git("config", key, value)
    draft = CommitDraft("feat: ä", "for all\n# a heading")
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\r\n", "new.py": "n\n"}, draft)
        repository.commit("user's", {"other.py": "y\n"})
        assert workshop.rebase()
        assert b"x = 2\r\n" == workshop.blobs.read(workshop.tree.files["calc.py"].blob)
        assert Delivery.DELIVERED == workshop.deliver()
    header, _, message = repository.git("cat-file", "commit", "HEAD").partition("\n\n")
    assert "feat: ä\n\nfor all\n# a heading\n\nSeenred-Run: r1" == message
    assert "encoding" not in header


def test_the_folder_may_have_any_name_and_the_repository_may_lie_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "git folder"
    repository = Repository(tmp_path / "pröject\nof mine", f"--separate-git-dir={elsewhere}")
    repository.commit("first", {"calc.py": "x = 1\n", "PLAN.md": ""})
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})
        assert Delivery.DELIVERED == workshop.deliver()
    assert "x = 2\n" == (repository.path / "calc.py").read_text()


def test_a_submodule_is_a_repository_of_its_own(repository: Repository, tmp_path: Path) -> None:
    library = Repository(tmp_path / "library")
    library.commit("lib", {"lib.py": "l = 1\n"})
    allowed = ("-c", "protocol.file.allow=always")
    repository.git(*allowed, "submodule", "--quiet", "add", str(library.path), "lib")
    repository.commit("with a submodule", {})
    with open_workshop(repository.path / "lib", run="r1") as workshop:
        propose(workshop, {"lib.py": "l = 2\n"})
        assert (repository.path / "lib", Delivery.DELIVERED) == (workshop.root, workshop.deliver())
    assert "l = 2\n" == (repository.path / "lib/lib.py").read_text()


def test_a_branch_of_a_run_that_is_checked_out_is_the_users(
    repository: Repository, tmp_path: Path
) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})
    linked = tmp_path / "linked"
    repository.git("worktree", "add", "--quiet", str(linked), "seenred/r1")
    with open_workshop(repository.path, run="r2") as workshop:
        assert () == workshop.pending()
    assert "run-unusable" == refused_to_open(repository.path, run="r1").code
    assert "run-unusable" == refused_to_open(linked, run="r1").code
    assert "" == Repository.git(repository, "-C", str(linked), "status", "--porcelain")


def test_a_run_goes_on_where_it_was(repository: Repository) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        left = propose(workshop, {"calc.py": "x = 2\n"})
    with open_workshop(repository.path, run="r1") as workshop:
        assert (left, Delivery.DELIVERED) == (workshop.tip, workshop.deliver())
    assert left == repository.git("rev-parse", "main")


def test_a_plan_that_is_a_link_is_refused(repository: Repository) -> None:
    (repository.path / "plan.md").symlink_to("PLAN.md")
    with open_workshop(repository.path, run="r1") as workshop:
        assert "plan-unreadable" == refused(workshop.read_plan, "plan.md").code
        assert "plan-unreadable" == refused(workshop.read_plan, ".git").code
        (repository.path / "latin.md").write_bytes(b"\xe4")
        assert "plan-unreadable" == refused(workshop.read_plan, "latin.md").code


@pytest.mark.parametrize(
    "path", [".git/hooks/pre-commit", "../x", "/abs", "a//b", "a/../b", ".GIT/x", "s/.git/config"]
)
def test_a_path_that_leads_out_of_the_files_is_refused(repository: Repository, path: str) -> None:
    with open_workshop(repository.path, run="r1") as workshop:
        before = workshop.tip
        error = refused(propose, workshop, {"calc.py": "x = 2\n", path: "bad\n"})
        assert ("path-unusable", before) == (error.code, workshop.tip)
        assert repr(path) in error.message


def test_only_files_of_the_working_tree_are_told_as_unknown(repository: Repository) -> None:
    repository.write({"data/rates.json": "{}", "../beside.txt": ""})
    with open_workshop(repository.path, run="r1") as workshop:
        root = workshop.root
        named = [f"{root}/data/rates.json", f"{root}/../beside.txt", "/etc/passwd", "n" * 400, "."]
        assert ("data/rates.json",) == workshop.unknown(named)

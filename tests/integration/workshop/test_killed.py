"""Runs that are killed at any moment: the user's tree is as before, or has everything."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from killing import Counted, drive, script
from repository import Repository

from seenred.engine.cycle.ports import Delivery
from seenred.infrastructure.workshop.git_workshop import open_workshop

RUN = """
import sys
from pathlib import Path
from seenred.domain.tree import Entry
from seenred.engine.cycle.ports import CommitDraft
from seenred.infrastructure.workshop.git_workshop import open_workshop

with open_workshop(Path(sys.argv[1]), run="killed") as workshop:
    def entry(text):
        return Entry(workshop.blobs.add(text.encode()))
    workshop.commit_plan_first("PLAN.md")
    text = workshop.read_plan("PLAN.md")
    changes = {path: entry(f"# {path}, after\\n") for path in ("a.py", "b.py", "new/c.py", "z.py")}
    changes |= {"gone.py": None, "turned": None, "turned/into.py": entry("x\\n")}
    changes["PLAN.md"] = entry(text.replace("[ ] adds", "[x] adds"))
    draft = CommitDraft("feat: all", proofs='{"proof": 1}')
    workshop.commit(workshop.tree.with_changes(changes), draft)
    workshop.deliver()
"""
pytestmark = pytest.mark.thorough
OLD_PLAN, NEW_PLAN = b"- [ ] adds\n- [ ] mine\n", b"- [x] adds\n- [ ] mine\n"


@pytest.fixture(params=["plan alone", "much"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    return made(tmp_path / "project", changed=request.param)


def made(path: Path, changed: str) -> Repository:
    """A project whose user has a plan that is not committed, and perhaps more of the kind."""
    repository = Repository(path)
    names = ("a.py", "b.py", "gone.py", "turned", "z.py", "mine.py", "staged.py")
    files = {name: f"# {name}, before\n" for name in names}
    repository.commit("first", {**files, "PLAN.md": "- [ ] adds\n", "empty.py": ""})
    repository.write({"PLAN.md": OLD_PLAN.decode(), "untracked.txt": "u\n"})
    if changed == "much":
        repository.write({"mine.py": "changed\n", "staged.py": "staged\n"})
        repository.git("add", "staged.py")
        repository.write({"staged.py": "staged, then changed\n"})
    return repository


def files(repository: Repository) -> dict[str, bytes]:
    """What lies in the user's tree."""
    root = repository.path
    found = [path for path in root.rglob("*") if path.is_file() or path.is_symlink()]
    relative = {str(path.relative_to(root)): path for path in found}
    return {name: p.read_bytes() for name, p in relative.items() if not name.startswith(".git/")}


def after(before: dict[str, bytes]) -> dict[str, bytes]:
    """What has to lie there when everything is delivered."""
    changed = {path: f"# {path}, after\n".encode() for path in ("a.py", "b.py", "new/c.py", "z.py")}
    kept = {path: text for path, text in before.items() if path not in ("gone.py", "turned")}
    return {**kept, **changed, "turned/into.py": b"x\n", "PLAN.md": NEW_PLAN}


def status_of(repository: Repository) -> dict[str, str]:
    """What git says of each file that is not as in the commit, and what is staged."""
    rows = repository.git("status", "--porcelain=v2", "-uall").splitlines()
    staged = repository.git("diff", "--cached", "--", "staged.py")
    return {row.rpartition(" ")[2]: row for row in rows} | {"staged": staged}


def judge(repository: Repository, before: dict[str, bytes], status: dict[str, str]) -> bool:
    """Open the next run on what a kill left, and see everything or nothing; whether everything."""
    first = repository.git("rev-list", "--max-parents=0", "HEAD")
    with open_workshop(repository.path, run="next") as workshop:
        delivered = repository.git("rev-parse", "HEAD") != first
        assert (after(before) if delivered else before) == files(repository)
        clean = {"PLAN.md"} if delivered else set()
        assert {k: v for k, v in status.items() if k not in clean} == status_of(repository)
        if not delivered and workshop.pending():
            workshop.adopt("killed")
            workshop.read_plan("PLAN.md")
            assert Delivery.DELIVERED == workshop.deliver()
            assert OLD_PLAN.splitlines()[-1] in files(repository)["PLAN.md"]
    assert 1 == len(repository.git("worktree", "list").splitlines())
    # git's locks, and what is written before it is put in its place
    left = {path.name for path in (repository.path / ".git/seenred").iterdir()}
    assert {"lock"} == left
    assert [] == [*(repository.path / ".git").rglob("*.lock")]
    repository.git("fsck", "--strict")
    return delivered


def test_a_run_that_nobody_kills_delivers_everything(project: Repository, tmp_path: Path) -> None:
    before, status = files(project), status_of(project)
    counted = Counted(tmp_path / "bin")
    assert 0 == counted.drive(RUN, str(project.path))
    assert judge(project, before, status)
    assert counted.count > 20


@pytest.mark.slow
def test_a_kill_at_any_command_of_git_leaves_all_or_nothing(tmp_path: Path) -> None:
    counted = Counted(tmp_path / "bin")
    counted.drive(RUN, str(made(tmp_path / "whole", "plan alone").path))
    seen = []
    for number in range(1, counted.count + 1):
        project = made(tmp_path / f"project{number}", "plan alone")
        before, status = files(project), status_of(project)
        killed = counted.drive(RUN, str(project.path), at=f"before {number}")
        assert -signal.SIGKILL == killed
        seen.append(judge(project, before, status))
    # nothing at first, everything from a moment on
    assert sorted(seen) == seen
    assert {False, True} == set(seen)


LINGER = """
import sys, time
content = sys.stdin.buffer.read()
if b"a.py, after" in content and Path("{armed}").exists():
    Path("{armed}").unlink()
    driver = parent(os.getpid())
    while parent(driver) != int(os.environ["KILL_BELOW"]):
        driver = parent(driver)
    os.kill(driver, signal.SIGKILL)
    time.sleep(3)
sys.stdout.buffer.write(content)
"""


def test_a_git_that_outlives_its_run_is_waited_for(project: Repository, tmp_path: Path) -> None:
    before, status = files(project), status_of(project)
    arm(project, tmp_path, LINGER.format(armed=tmp_path / "armed"))
    assert -signal.SIGKILL == drive(RUN, str(project.path))
    assert (project.path / ".git/index.lock").exists()
    assert judge(project, before, status)


FILTER = """
import sys
content = sys.stdin.buffer.read()
if b"{stop}" in content and Path("{armed}").exists():
    Path("{armed}").unlink()
    kill()
sys.stdout.buffer.write(content)
"""


@pytest.mark.parametrize("stop", ["a.py, after", "new/c.py, after", "z.py, after"])
def test_a_kill_while_git_writes_files_leaves_nothing(
    project: Repository, tmp_path: Path, stop: str
) -> None:
    arm(project, tmp_path, FILTER.format(stop=stop, armed=tmp_path / "armed"))
    before, status = files(project), status_of(project)
    assert -signal.SIGKILL == drive(RUN, str(project.path))
    assert not (tmp_path / "armed").exists()
    assert (project.path / ".git/index.lock").exists()
    assert before != files(project)
    assert not judge(project, before, status)


def arm(project: Repository, tmp_path: Path, code: str) -> None:
    """Let code filter what git writes into the user's tree."""
    script(tmp_path / "filter", code)
    project.git("config", "filter.killing.smudge", str(tmp_path / "filter"))
    project.git("config", "filter.killing.clean", "cat")
    (project.path / ".git/info").mkdir(exist_ok=True)
    (project.path / ".git/info/attributes").write_text("*.py filter=killing\n")
    (tmp_path / "armed").write_text("")


HOOK = """
import sys
if sys.argv[1:2] == ["{state}"] and "refs/heads/main" in sys.stdin.read():
    kill()
"""


@pytest.mark.parametrize("state", ["prepared", "committed"])
def test_a_kill_while_git_moves_the_branch_leaves_everything(
    project: Repository, state: str
) -> None:
    before, status = files(project), status_of(project)
    hook = project.path / ".git/hooks/reference-transaction"
    script(hook, HOOK.format(state=state))
    assert -signal.SIGKILL == drive(RUN, str(project.path))
    hook.unlink()
    assert (state == "prepared") == (project.path / ".git/refs/heads/main.lock").exists()
    assert judge(project, before, status)


@pytest.mark.parametrize("name", ["pre-commit", "post-commit", "post-merge"])
def test_a_kill_within_a_hook_leaves_all_or_nothing(project: Repository, name: str) -> None:
    before, status = files(project), status_of(project)
    hook = project.path / ".git/hooks" / name
    script(hook, "kill()")
    assert -signal.SIGKILL == drive(RUN, str(project.path))
    hook.unlink()
    assert (name == "post-merge") == judge(project, before, status)

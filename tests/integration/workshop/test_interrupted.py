"""Another git, Ctrl-C, a full disk: nothing of the user's is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from killing import script
from repository import Repository
from workshop_use import propose, refused

from seenred.engine.cycle.ports import Delivery
from seenred.infrastructure.workshop.git_workshop import open_workshop


def test_a_lock_of_another_git_is_named_and_left(repository: Repository) -> None:
    plan, index = repository.path / "PLAN.md", repository.path / ".git/index"
    repository.write({"PLAN.md": "- [ ] mine\n"})
    lock = repository.path / ".git/index.lock"
    with open_workshop(repository.path, run="r1") as workshop:
        workshop.commit_plan_first("PLAN.md")
        propose(workshop, {"calc.py": "x = 2\n", "PLAN.md": "- [x] mine\n"})
        before = index.read_bytes()
        lock.write_bytes(b"")
        error = refused(workshop.deliver)
        assert ("repository-locked", True) == (error.code, str(lock) in error.message)
        assert (before, "- [ ] mine\n", "x = 1\n", True) == (
            index.read_bytes(),
            plan.read_text(),
            (repository.path / "calc.py").read_text(),
            lock.exists(),
        )
        lock.unlink()
        assert Delivery.DELIVERED == workshop.deliver()
    assert "- [x] mine\n" == plan.read_text()


def test_a_lock_that_goes_soon_is_waited_for(repository: Repository) -> None:
    lock = repository.path / ".git/index.lock"
    with open_workshop(repository.path, run="r1") as workshop:
        propose(workshop, {"calc.py": "x = 2\n"})
        lock.write_bytes(b"")
        gone = threading.Timer(0.3, lock.unlink)
        gone.start()
        assert Delivery.DELIVERED == workshop.deliver()
        gone.join()


INTERRUPTED = """
import sys
from pathlib import Path
from seenred.domain.tree import Entry
from seenred.engine.cycle.ports import CommitDraft
from seenred.infrastructure.workshop.git_workshop import open_workshop

with open_workshop(Path(sys.argv[1]), run="r1") as workshop:
    changes = {path: Entry(workshop.blobs.add(b"after\\n")) for path in ("a.py", "calc.py")}
    workshop.commit(workshop.tree.with_changes(changes), CommitDraft("feat: x"))
    try:
        workshop.deliver()
    except KeyboardInterrupt:
        sys.exit(130)
"""
CTRL_C = """
import sys, time
content = sys.stdin.buffer.read()
if content == b"after\\n" and "calc" in sys.argv[1]:
    driver = parent(os.getpid())
    while parent(driver) != int(os.environ["KILL_BELOW"]):
        driver = parent(driver)
    os.kill(driver, signal.SIGINT)
    time.sleep(5)
sys.stdout.buffer.write(content)
"""


def test_an_interrupt_while_files_are_written_takes_them_back(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KILL_BELOW", str(os.getpid()))
    script(tmp_path / "filter", CTRL_C)
    repository.git("config", "filter.slow.smudge", f"{tmp_path / 'filter'} %f")
    (repository.path / ".git/info").mkdir(exist_ok=True)
    (repository.path / ".git/info/attributes").write_text("*.py filter=slow\n")
    done = subprocess.run([sys.executable, "-c", INTERRUPTED, repository.path], check=False)
    assert 130 == done.returncode
    assert ("x = 1\n", False, "") == (
        (repository.path / "calc.py").read_text(),
        (repository.path / "a.py").exists(),
        repository.git("status", "--porcelain"),
    )
    assert [] == [*(repository.path / ".git").rglob("*.lock")]
    assert "seenred/r1" in repository.git("branch", "--list", "seenred/*")

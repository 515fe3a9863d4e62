from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from repository import Repository
from workshop_use import propose, refused_to_open

from seenred.engine.cycle.ports import CommitDraft
from seenred.infrastructure.workshop.git_workshop import open_workshop

HOLDER = """
import sys
from pathlib import Path
from seenred.infrastructure.workshop.git_workshop import open_workshop
with open_workshop(Path(sys.argv[1]), run="holder"):
    print("open", flush=True)
    input()
"""


def test_a_second_run_is_told_who_is_at_work(repository: Repository, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    repository.git("worktree", "add", "--quiet", str(linked))
    with open_workshop(repository.path, run="r1"):
        for path in (repository.path, linked):
            error = refused_to_open(path, run="r2")
            assert "run-active" == error.code
            assert f"(process {os.getpid()}, since 20" in error.message
    with open_workshop(repository.path, run="r2"):
        pass


def test_a_killed_run_holds_nothing(repository: Repository) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(repository.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "open\n" == holder.stdout.readline()
    assert "run-active" == refused_to_open(repository.path).code
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    ours = repository.path / ".git/seenred"
    for scrap in ("plan", "delivery.new", "index.lock"):
        (ours / scrap).write_text("half of i")
    (repository.path / ".git/refs/notes").mkdir(exist_ok=True)
    (repository.path / ".git/refs/notes/seenred.lock").write_text("")
    with open_workshop(repository.path, run="r1") as workshop:
        assert 2 == len(repository.git("worktree", "list").splitlines())
        propose(workshop, {"calc.py": "x = 2\n"}, CommitDraft("feat: x", proofs="{}"))
    assert 1 == len(repository.git("worktree", "list").splitlines())
    assert {"lock"} == {path.name for path in ours.iterdir()}

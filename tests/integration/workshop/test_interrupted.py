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
import signal, sys
from pathlib import Path
from seenred.domain.tree import Entry
from seenred.engine.cycle.ports import CommitDraft
from seenred.infrastructure.workshop.git_workshop import open_workshop

# whoever runs the tests in the background of a shell has it ignored
signal.signal(signal.SIGINT, signal.default_int_handler)
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


@pytest.mark.thorough
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


SMALL_DISK = """
import subprocess, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from killing import script
from repository import Repository
from workshop_use import propose
from seenred.errors import EnvironmentLacks
from seenred.infrastructure.workshop.git_workshop import open_workshop

disk = Path(sys.argv[1])
filler = disk / "filler"

def fill(spare=0):
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - spare)

def attempt(action, *arguments):
    try:
        return action(*arguments)
    except EnvironmentLacks as error:
        return error.code

def files():
    found = sorted((disk / "project").glob("*.*"))
    return {path.name: path.read_bytes() for path in found if path.is_file()}

repository = Repository(disk / "project")
big = "# " + "x" * 200_000
repository.commit("first", {"a.py": "before", "b.py": "before", "z.py": "before"})
first, before = repository.git("rev-parse", "HEAD"), files()
with open_workshop(repository.path, run="r1") as workshop:
    fill()
    assert "disk-full" == attempt(propose, workshop, {"a.py": big})
    assert first == workshop.tip
    assert before == files()
    filler.unlink()
    propose(workshop, {path: big + path for path in ("a.py", "b.py", "new.py", "z.py")})
    fill(spare=8192)
    assert "disk-full" == attempt(workshop.deliver)
    assert (before, first) == (files(), repository.git("rev-parse", "HEAD"))
    filler.unlink()
    # the disk is full just when git has written one file and is about to write the next
    script(disk / "filter", f'''
import sys
content = sys.stdin.buffer.read()
armed = Path("{disk / 'armed'}")
if b"b.py" in content[-4:] and armed.exists():
    armed.unlink()
    with open("{filler}", "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
sys.stdout.buffer.write(content)
''')
    (disk / "armed").touch()
    repository.git("config", "filter.filling.smudge", str(disk / "filter"))
    (repository.path / ".git/info").mkdir(exist_ok=True)
    (repository.path / ".git/info/attributes").write_text("*.py filter=filling\\n")
    seen = attempt(workshop.deliver)
    assert seen == "disk-full", (seen, workshop.obstacle)
    filler.unlink()
with open_workshop(repository.path, run="r2") as workshop:
    assert (before, first) == (files(), repository.git("rev-parse", "HEAD"))
    assert "" == repository.git("status", "--porcelain")
    repository.git("config", "--remove-section", "filter.filling")
    workshop.adopt("r1")
    assert "delivered" == attempt(workshop.deliver)
    assert {"a.py", "b.py", "new.py", "z.py"} == {*files()}
    assert (big + "z.py").encode() == files()["z.py"]
print("all of it")
"""


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    unshared = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=4m none {disk}"
    probe = subprocess.run([*unshared, mount], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("no small disk can be mounted here")
    support = [path for path in sys.path if path.endswith("tests/support")]
    words = [sys.executable, "-c", SMALL_DISK, str(disk), *support]
    done = subprocess.run(
        [*unshared, f'{mount} && exec "$@"', "sh", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "all of it\n" == done.stdout, done.stderr

"""Generated code that goes for the runner itself: it may spoil its own check, nothing else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from seenred.domain.observation import Ending, Outcome

pytestmark = pytest.mark.parametrize("project", ["warm-bubblewrap", "warm-landlock"], indirect=True)
HONEST = {"test_a.py": "def test_one(): pass\n"}


def _attack(project: Any, body: str, **selection: Any) -> Any:
    text = "import ctypes, glob, os, signal, sys, time\ndef test_one():\n"
    text += "".join(f"    {line}\n" for line in body.strip().splitlines())
    return project.observe({"test_a.py": text}, "test_a.py::test_one", **selection)


def _still_honest(project: Any) -> bool:
    """Whether the next check is answered rightly, by the process that was there before."""
    seen = project.observe({"test_a.py": "def test_one(): pass\ndef test_two(): assert 0\n"})
    return [str(test.outcome) for test in seen.tests] == ["passed", "failed"]


HELD = {
    "kill the parent": "os.kill(os.getppid(), signal.SIGKILL)",
    "stop the parent": "os.kill(os.getppid(), signal.SIGSTOP)",
    "trace the parent": "assert ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0",
    "write the parent's memory": "open(f'/proc/{os.getppid()}/mem', 'r+b')",
    "read the parent's memory": "open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
    "read the parent's environment": "open(f'/proc/{os.getppid()}/environ', 'rb').read(1)",
    "list the parent's files": "os.listdir(f'/proc/{os.getppid()}/fd')",
    "take the parent's pipe": "os.pidfd_open(os.getppid()); assert ctypes.CDLL(None)"
    ".syscall(438, os.pidfd_open(os.getppid()), 3, 0) >= 0",
    "write the tree": "open('planted.py', 'w')",
    "write outside": "open(os.path.dirname(os.environ['HOME']) + '/planted', 'w')",
    "become root": "os.setuid(0); assert os.getuid() == 0; open('/etc/planted', 'w')",
    "leave by a namespace": "assert ctypes.CDLL(None).unshare(0x10000000) == 0",
    "open a socket": "import socket; socket.socket()",
}


@pytest.mark.parametrize("attack", HELD)
def test_an_attack_fails_with_its_test(project: Any, attack: str) -> None:
    project.observe(HONEST)
    before = project.runner.zygotes

    seen = _attack(project, HELD[attack])

    assert [test.outcome for test in seen.tests] != [Outcome.PASSED]
    assert _still_honest(project)
    assert project.runner.zygotes == before


def test_no_pipe_of_the_parent_is_within_reach(project: Any) -> None:
    body = """
for fd in range(3, 256):
    try:
        os.write(fd, b"00000002{}" * 10)
    except OSError:
        pass
"""
    _attack(project, body)

    assert _still_honest(project)


def test_a_forged_end_without_the_nonce_does_not_count(project: Any) -> None:
    body = """
import json
line = json.dumps({"finished": "0" * 32, "status": 0})
for path in glob.glob(os.environ["HOME"] + "/*.jsonl"):
    open(path, "a").write(line + chr(10))
os._exit(0)
"""

    assert _attack(project, body).ending is Ending.LEFT_EARLY


def test_junk_among_the_lines_is_passed_over(project: Any) -> None:
    body = """
for path in glob.glob(os.environ["HOME"] + "/*.jsonl"):
    with open(path, "ab") as file:
        file.write(b'[]\\n{"test": 3}\\n{"selected": {}}\\n\\xff\\n{"test": "x", "failure": [')
"""
    seen = _attack(project, body)

    assert seen.of("test_a.py::test_one") is None or seen.ending is Ending.COMPLETED
    assert _still_honest(project)


def test_a_flood_of_lines_ends_the_check(project: Any) -> None:
    body = """
path = glob.glob(os.environ["HOME"] + "/*.jsonl")[0]
with open(path, "ab") as file:
    while True:
        file.write(b"x" * (1 << 20))
"""
    seen = _attack(project, body, seconds=5.0)

    assert not any(test.outcome is Outcome.PASSED for test in seen.tests)
    assert _still_honest(project)


def test_forks_are_limited_and_gone_afterwards(project: Any) -> None:
    body = """
for _ in range(400):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
"""
    seen = _attack(project, body)

    assert not any(test.outcome is Outcome.PASSED for test in seen.tests)
    assert _still_honest(project)


def test_killing_everything_in_sight_leaves_the_runner(project: Any) -> None:
    _attack(project, "os.kill(-1, signal.SIGKILL)")

    assert _still_honest(project)


def test_who_leaves_the_session_is_gone_all_the_same(project: Any) -> None:
    marker = f"seenred-{time.monotonic_ns()}"
    body = f"""
if os.fork() == 0:
    try:
        os.setsid()
    except OSError:
        pass
    if os.fork() == 0:
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)", "{marker}"])
    os._exit(0)
time.sleep(0.3)
"""
    _attack(project, body)

    assert not _running(marker)


def test_undoing_the_watch_does_not_undo_the_deadline(
    project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seenred.infrastructure.runners.suite.warm._AROUND", 1.0)
    body = "import faulthandler; faulthandler.cancel_dump_traceback_later(); time.sleep(60)"

    seen = _attack(project, body, seconds=0.5)

    assert seen.ending is Ending.TIMED_OUT


def test_memory_is_limited(project: Any) -> None:
    seen = _attack(project, "held = bytearray(3 << 30)")

    assert [test.failure.kind for test in seen.tests] == ["MemoryError"]


def _running(marker: str) -> bool:
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if marker.encode() in command.read_bytes():
                return True
        except OSError:
            continue
    return False

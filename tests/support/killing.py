"""Kills a run and its git with signal 9, from within git itself.

What is killed is every ancestor of the one that calls, up to the test: the process that drives git
first, then git, then the shell of a hook.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_KILL = """
import os, signal
from pathlib import Path

def parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])

def kill():
    line, pid = [], os.getppid()
    while pid != int(os.environ["KILL_BELOW"]):
        line.append(pid)
        pid = parent(pid)
    for pid in reversed(line):
        os.kill(pid, signal.SIGKILL)
    os._exit(1)
"""
# counts git's commands, and kills before or after one of them
_WRAPPER = """#!/bin/sh
number=$(($(cat "$KILL_COUNTER") + 1))
echo $number > "$KILL_COUNTER"
test "$KILL_AT" != "before $number" || "$KILLER"
"$KILL_GIT" "$@"
code=$?
test "$KILL_AT" != "after $number" || "$KILLER"
exit $code
"""


def script(path: Path, code: str) -> None:
    """An executable file; `kill()` is there for the code to call."""
    path.write_text(f"#!{sys.executable} -S\n{_KILL}\n{code}\n")
    path.chmod(0o755)


class Counted:
    """A folder for PATH with a git that counts, and kills when it is told to."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._counter = folder / "counter"
        script(folder / "killer", "kill()")
        (folder / "git").write_text(_WRAPPER)
        (folder / "git").chmod(0o755)

    @property
    def count(self) -> int:
        """How many commands there have been since the last start."""
        return int(self._counter.read_text())

    def drive(self, code: str, *arguments: str, at: str = "") -> int:
        """Run code until it ends or is killed, at e.g. `after 7`; how it ended."""
        self._counter.write_text("0")
        found = {
            "PATH": f"{self._folder}:{os.environ['PATH']}",
            "KILL_COUNTER": str(self._counter),
            "KILLER": str(self._folder / "killer"),
            "KILL_GIT": shutil.which("git") or "",
            "KILL_AT": at,
        }
        return drive(code, *arguments, environment=found)


def drive(code: str, *arguments: str, environment: Mapping[str, str] | None = None) -> int:
    """Run code in a process of its own; how it ended."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "KILL_BELOW": str(os.getpid()), **(environment or {})},
        check=False,
    )
    return done.returncode

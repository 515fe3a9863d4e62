"""The sandbox for machines without namespaces: Landlock, seccomp and rlimits alone."""

from __future__ import annotations

import asyncio

from seenred.domain.execution import Command, Execution
from seenred.infrastructure.owned_folder import OwnedFolder
from seenred.infrastructure.sandbox.interpreter import Interpreter
from seenred.infrastructure.sandbox.launch import Place, launch


class LandlockSandbox:
    """Confines each command by itself; its scratch directory is a temporary one."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    @property
    def name(self) -> str:
        return "Landlock + seccomp + rlimits"

    async def run(self, command: Command) -> Execution:
        return await in_temporary_folder("landlock", command, self._interpreter)


async def in_temporary_folder(mode: str, command: Command, interpreter: Interpreter) -> Execution:
    """Run a command in a temporary folder of this machine and remove the folder."""
    scratch = OwnedFolder()
    try:
        folder = command.folder.path if command.folder else ""
        return await launch(command, Place(mode, str(scratch.path), folder), interpreter)
    finally:
        await asyncio.shield(asyncio.to_thread(scratch.remove))

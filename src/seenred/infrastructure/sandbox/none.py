"""What `--no-sandbox` gives: limits and a deadline, and no protection."""

from __future__ import annotations

from seenred.domain.execution import Command, Execution
from seenred.infrastructure.sandbox.interpreter import Interpreter
from seenred.infrastructure.sandbox.landlock import in_temporary_folder


class Unconfined:
    """Runs commands as this user: they can read, write and send what this user can."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    @property
    def name(self) -> str:
        return "NO SANDBOX (unsafe: rlimits and a deadline only)"

    async def run(self, command: Command) -> Execution:
        return await in_temporary_folder("none", command, self._interpreter)

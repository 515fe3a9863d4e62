"""A run of a workflow in processes that are killed with SIGKILL, one after the other."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from seenred.bootstrap import workflow
from seenred.bootstrap.application import Application
from seenred.config.settings import Settings, load_settings
from seenred.domain.conversation import Prompt, request_hash
from seenred.domain.workflow import BUILT_IN
from seenred.engine.commands import RunWorkflow
from seenred.infrastructure.durable import dbos_engine
from seenred.infrastructure.models.scripted import ScriptedModel

STATEMENT = """Write a function `clamp(value, low, high)` that returns value, but at least low
and at most high. The limits are in order: low <= high.

clamp(5, 1, 3) -> 3
clamp(0, 1, 3) -> 1
clamp(2, 1, 3) -> 2
"""
KILLED = -signal.SIGKILL
# Where in a step a process is killed.
MOMENTS = ("before", "during", "unrecorded", "recorded")


def block(code: str) -> str:
    return f"Here you are:\n```python\n{code}```\n"


WRONG = block("def clamp(value, low, high):\n    return min(value, high)\n")
RIGHT = block("def clamp(value, low, high):\n    return max(low, min(value, high))\n")
OTHER = block(
    "def clamp(value, low, high):\n"
    "    floor = value if value < high else high\n"
    "    return floor if floor > low else low\n"
)
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})
REPLIES = (WRONG, WRONG, NO_FINDINGS, RIGHT, OTHER, NO_FINDINGS)


class KillingLedger(dbos_engine.DbosLedger):
    """Kills its process at a moment of the first step that is performed and not recalled."""

    moment = ""

    async def once(self, name: str, make: Callable[[], Awaitable[Any]]) -> Any:
        performed = False

        async def dangerous() -> Any:
            nonlocal performed
            performed = True
            if self.moment == "before":
                kill()
            if self.moment == "during":
                asyncio.get_running_loop().call_later(0.03, kill)
            value = await make()
            if self.moment == "unrecorded":
                kill()
            return value

        value = await super().once(name, dangerous)
        if performed and self.moment:
            kill()
        return value


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Killed:
    """The run in one folder, over processes that come and go.

    Attributes:
        asked: file with the hash of each request that reached the model, a line each.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = folder / "asked"
        folder.mkdir(exist_ok=True)
        (folder / "p.txt").write_text(STATEMENT)

    def process(self, moment: str = "", run: str = "") -> int:
        """Begin the run, or go on with it, in a process of its own; returns how that ended."""
        child = os.fork()
        if child == 0:
            code = 70
            try:
                os.setpgid(0, 0)
                code = self._work(moment, run)
            finally:
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def requests(self) -> list[str]:
        """The hashes of all requests that reached the model."""
        return self.asked.read_text().split()

    def _work(self, moment: str, run: str) -> int:
        os.chdir(self.folder)
        os.environ["SEENRED_DATA"] = str(self.folder / "data")
        os.environ["TMPDIR"] = str(self.folder)
        KillingLedger.moment = moment
        dbos_engine.DbosLedger = KillingLedger  # type: ignore[misc]
        workflow.Models = lambda _: self  # type: ignore[assignment,misc]
        settings = load_settings({}, self.folder, {})
        application = Application(settings, lambda _: None)
        if run:
            return int(asyncio.run(application.resume(run)).exit_code)
        command = RunWorkflow(BUILT_IN["development"], Path("p.txt"), Path("output"), candidates=2)
        return int(asyncio.run(application.run(command)).exit_code)

    def open(self, _: Settings) -> ScriptedModel:
        """The model of the run."""
        return ScriptedModel(self._reply)

    def _reply(self, prompt: Prompt) -> str:
        """The next reply to a request that is new; to a known one the same as before."""
        known = self.requests() if self.asked.exists() else []
        asked = request_hash(prompt, "scripted")
        with self.asked.open("a") as file:
            file.write(f"{asked}\n")
        order = list(dict.fromkeys([*known, asked]))
        return REPLIES[order.index(asked)]

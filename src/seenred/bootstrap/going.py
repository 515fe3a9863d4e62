"""The commands that run cycles, wired: opens what they need and lets go of it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from seenred.bootstrap.budget import opened_ledger
from seenred.bootstrap.cache import user_cache
from seenred.bootstrap.cycle_record import CYCLES, CycleRecord, cycle_record
from seenred.bootstrap.durable_run import fresh_run
from seenred.bootstrap.model import Models
from seenred.bootstrap.recording import recording_of
from seenred.bootstrap.referee import Referee, Surroundings, open_referee
from seenred.config.settings import Settings
from seenred.domain.cycle_event import CycleListener
from seenred.domain.cycle_result import GoResult
from seenred.domain.file_protocol import ReviewMode
from seenred.domain.proof import Proof
from seenred.domain.run import Run
from seenred.engine.asking import Asker, Ledger
from seenred.engine.commands import CycleCommand, FixCommand, GoCommand, TidyCommand
from seenred.engine.cycle.equipment import Court, Equipment
from seenred.engine.cycle.fix_run import FixRun
from seenred.engine.cycle.lending import LendingRunner
from seenred.engine.cycle.plan_run import PlanRun
from seenred.engine.cycle.ports import Person
from seenred.engine.cycle.reviewing import Reviewing
from seenred.engine.cycle.tidy_run import TidyRun
from seenred.engine.cycle.unattended import Unattended
from seenred.engine.ports import Model
from seenred.errors import UsageError
from seenred.infrastructure.cache.symbol_store import SymbolStore
from seenred.infrastructure.checks.open import open_checks
from seenred.infrastructure.durable.memory import MemorySteps
from seenred.infrastructure.workshop.git_workshop import GitWorkshop, open_workshop
from seenred.infrastructure.workshop.lent_file import lent_files
from seenred.infrastructure.workspace.plan_file import NAMES, find_plan
from seenred.referee.proof.ports import SuiteRunner


class Going:
    """Opens what a cycle needs, runs cycles, lets go of everything.

    Args:
        documented: proofs as the document that a commit's note holds.
        opened: the model that the settings name, or the one of that name; None: a real one.
    """

    def __init__(
        self,
        settings: Settings,
        listener: CycleListener,
        documented: Callable[[tuple[Proof, ...]], str],
        opened: Callable[[Settings, str | None], Model] | None = None,
    ) -> None:
        self._settings = settings
        self._listener = listener
        self._documented = documented
        self._opened = opened or Models(listener).open
        self._started = time.monotonic()

    async def go(self, command: GoCommand, person: Person | None = None) -> GoResult:
        """Take the next items of the plan.

        Raises:
            SeenredError: the plan, the repository, the machine or the settings do not allow it.
        """
        asked = _Asked("go", lambda root: _plan_name(root, command))
        async with self._equipped(command, person, asked) as (equipment, root, record):
            run = PlanRun(command, equipment, _plan_name(root, command))
            return record.ended(await run.run())

    async def fix(self, command: FixCommand, person: Person | None = None) -> GoResult:
        """Reproduce a reported defect, and repair it.

        Raises:
            SeenredError: the repository, the machine or the settings do not allow it.
        """
        asked = _Asked("fix", lambda _: _first_line(command.report))
        async with self._equipped(command, person, asked) as (equipment, root, record):
            run = FixRun(command, equipment, _plan_name(root, command))
            return record.ended(await run.run())

    async def tidy(self, command: TidyCommand, person: Person | None = None) -> GoResult:
        """Structural commits only.

        Raises:
            SeenredError: a path, the repository, the machine or the settings do not allow it.
        """
        asked = _Asked("tidy", lambda _: " ".join(command.paths))
        async with self._equipped(command, person, asked) as (equipment, _, record):
            return record.ended(await TidyRun(command, equipment).run())

    @asynccontextmanager
    async def _equipped(
        self, command: CycleCommand, person: Person | None, asked: _Asked
    ) -> AsyncIterator[tuple[Equipment, Path, CycleRecord]]:
        """All that cycles may use, the root of the repository, and the record of the run."""
        run = fresh_run()
        unconfined = not self._settings.sandbox.enabled
        around = Surroundings(command.python, command.allow_loopback, unconfined)
        async with AsyncExitStack() as opened:
            referee = await opened.enter_async_context(open_referee(command.folder, around))
            workshop = opened.enter_context(
                open_workshop(command.folder, run=run, history=referee.history)
            )
            checks = await open_checks(
                workshop.root,
                referee.blobs,
                referee.python,
                commands=command.protocol.checks,
                allow_none=unconfined,
                cache=user_cache(),
            )
            opened.push_async_callback(checks.close)
            model = self._opened(self._settings, None)
            opened.push_async_callback(model.close)
            steps, root = MemorySteps(), workshop.root
            begun = asked.run(run, root, model.name)
            recording = recording_of(self._settings)
            record = opened.enter_context(cycle_record(begun, steps, recording))
            listener = record.heard(self._listener)
            ledger = opened_ledger(self._settings)
            ledger.secrets = recording.secrets
            ledger.keep = record.keep
            asker = self._asker(command, model, steps, listener, ledger)
            equipment = Equipment(
                command=command,
                court=_court(referee, command, workshop),
                workshop=workshop,
                asker=asker,
                steps=asker.steps,
                checks=checks,
                person=person or Unattended(),
                reviewing=self._reviewing(command, asker, opened, listener),
                symbols=SymbolStore(user_cache()),
                listener=listener,
                documented=self._documented,
            )
            yield equipment, root, record

    def _asker(
        self,
        command: CycleCommand,
        model: Model,
        steps: MemorySteps,
        listener: CycleListener,
        ledger: Ledger,
    ) -> Asker:
        return Asker(
            model,
            steps,
            command.budget,
            lambda: time.monotonic() - self._started,
            listener,
            self._settings.model.reasoning,
            ledger,
        )

    def _reviewing(
        self,
        command: CycleCommand,
        asker: Asker,
        opened: AsyncExitStack,
        listener: CycleListener,
    ) -> Callable[[], Reviewing]:
        """Makes the reviews of one change: by the model that is named, or the author's."""
        protocol, reviewer = command.protocol, asker
        if protocol.reviewer and protocol.review is not ReviewMode.OFF:
            other = self._opened(self._settings, protocol.reviewer)
            opened.push_async_callback(other.close)
            reviewer = asker.beside(other)
        return partial(Reviewing, reviewer, protocol.review, protocol.rounds, listener)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a command asks for, as the record of runs tells it; its subject may lie in the root."""

    name: str
    subject: Callable[[Path], str]

    def run(self, run: str, root: Path, model: str) -> Run:
        """The run that it is."""
        return Run(run, CYCLES, self.name, self.subject(root), str(root), model=model)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _court(referee: Referee, command: CycleCommand, workshop: GitWorkshop) -> Court:
    lent = lent_files(workshop.root, command.copy, workshop.blobs)

    def lending(runner: SuiteRunner) -> SuiteRunner:
        return LendingRunner(runner, lent) if lent else runner

    return Court(
        lending(referee.runner),
        lending(referee.recollecting),
        lending(referee.certifier),
        referee.blobs,
    )


def _plan_name(root: Path, command: GoCommand | FixCommand) -> str:
    """The list that is named, or the nearest one; where there is none, what it would be called."""
    if command.plan:
        return command.plan
    try:
        found = find_plan(command.folder.resolve())
    except UsageError:
        return NAMES[0]
    inside = found.is_relative_to(root.resolve())
    return found.relative_to(root.resolve()).as_posix() if inside else NAMES[0]

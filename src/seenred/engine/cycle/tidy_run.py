"""Puts code more simply, commit by commit, each proven to change nothing that it does."""

from __future__ import annotations

from dataclasses import dataclass

from seenred.agents.refactorer import RefactorRequest
from seenred.domain.cycle import Cycle, Seen
from seenred.domain.cycle_event import CycleStarted, Ending, Phase, PhaseStarted
from seenred.domain.cycle_result import GoResult
from seenred.domain.layout import is_test
from seenred.domain.plan import Plan, PlanItem
from seenred.domain.tree import Tree
from seenred.engine.commands import TidyCommand
from seenred.engine.cycle.baseline import baseline
from seenred.engine.cycle.committing import commit_structure
from seenred.engine.cycle.concluding import concluded
from seenred.engine.cycle.desk import CycleDesk, desk_for
from seenred.engine.cycle.equipment import Equipment
from seenred.engine.cycle.refactoring import improve
from seenred.engine.cycle.taking_over import take_over
from seenred.errors import BudgetSpent, ExitCode, UsageError

# commits of one file; whoever wants more says so again
MOST = 5


@dataclass(slots=True)
class TidyRun:
    """Some files, and what is wanted of them."""

    command: TidyCommand
    equipment: Equipment

    async def run(self) -> GoResult:
        """Tidy each file.

        Raises:
            UsageError: there is no such file, or the suite is red before the start.
        """
        take_over(self.equipment)
        equipment, began = self.equipment, self.equipment.workshop.tip
        paths = self._paths(equipment.workshop.tree)
        item = PlanItem(self.command.goal or f"tidy {', '.join(self.command.paths)}")
        equipment.listener(CycleStarted(item, "tidy", 0, 0))
        seen = await baseline(equipment, "baseline")
        desk = desk_for(equipment, "", Plan(), item, seen)

        async def work(desk: CycleDesk) -> Cycle:
            for path in paths:
                await self._tidy(desk, path)
            ending = Ending.COMMITTED if desk.commits else Ending.NOTHING
            return Cycle(action=None, ending=ending)

        try:
            result = await concluded(desk, work)
        except BudgetSpent as spent:
            return GoResult((), ExitCode.BUDGET, stopped=spent.message)
        if self.command.dry_run:
            equipment.workshop.drop(began)
        code = ExitCode.NO if result.ending is Ending.LEFT else ExitCode.YES
        return GoResult((result,), code, stopped=result.reason)

    async def _tidy(self, desk: CycleDesk, path: str) -> None:
        """One improvement after the other, until there is none, or none that stands."""
        desk.listener(PhaseStarted(Phase.TIDY))
        desk.structure_refusals.clear()
        tries = commits = 0
        while tries < desk.command.policy.structures and commits < MOST:
            latest = desk.structure_refusals[-1] if desk.structure_refusals else ""
            request = RefactorRequest(
                path,
                desk.court.text(desk.workshop.tree, path),
                goal=self.command.goal,
                refused=latest,
                tests=is_test(path),
            )
            evidence = await improve(desk, Phase.TIDY, request, tries)
            if evidence.seen is Seen.REFUSED:
                tries += 1
                continue
            if evidence.seen is not Seen.DONE:
                return
            commit_structure(desk)
            desk.stands = True
            tries, commits = 0, commits + 1
            if self.command.goal:
                return

    def _paths(self, tree: Tree) -> list[str]:
        """The Python files that are meant.

        Raises:
            UsageError: `path-unknown`.
        """
        found: list[str] = []
        for asked in self.command.paths:
            python = [path for path in sorted(tree.files) if _is_meant(path, asked)]
            if not python:
                raise UsageError(
                    "path-unknown",
                    f"{asked} is no Python file of the last commit, and no folder that has one; "
                    "name a file, or commit it first.",
                )
            found += python
        return list(dict.fromkeys(found))


def _is_meant(path: str, asked: str) -> bool:
    plain = asked.rstrip("/").removeprefix("./")
    below = plain in ("", ".") or path == plain or path.startswith(f"{plain}/")
    return below and path.endswith(".py")

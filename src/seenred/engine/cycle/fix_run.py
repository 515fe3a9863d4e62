"""Reproduces a reported defect by a test, and repairs it; changes nothing where there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seenred.domain.cycle import Cycle
from seenred.domain.cycle_event import CycleStarted, Ending
from seenred.domain.cycle_result import CycleResult, GoResult
from seenred.domain.plan import parse_plan
from seenred.engine.commands import FixCommand
from seenred.engine.cycle.baseline import baseline
from seenred.engine.cycle.concluding import concluded
from seenred.engine.cycle.cycle_run import run_cycle
from seenred.engine.cycle.desk import Aim, CycleDesk, Quit, desk_for
from seenred.engine.cycle.equipment import Equipment
from seenred.engine.cycle.reported import more_general, reported, reported_frames
from seenred.engine.cycle.taking_over import take_over
from seenred.errors import BudgetSpent, ExitCode


@dataclass(slots=True)
class FixRun:
    """One report, from its words to its commit."""

    command: FixCommand
    equipment: Equipment
    plan_name: str

    async def run(self) -> GoResult:
        """Reproduce and repair.

        Raises:
            UsageError: the suite is red before the start.
        """
        take_over(self.equipment)
        try:
            result = await self._cycle()
        except BudgetSpent as spent:
            return GoResult((), ExitCode.BUDGET, stopped=spent.message)
        except Quit:
            return GoResult((), ExitCode.INTERRUPTED, stopped="you wanted no more")
        done = result.ending is Ending.COMMITTED
        code = ExitCode.YES if done else ExitCode.NO
        return GoResult((result,), code, stopped=result.reason)

    async def _cycle(self) -> CycleResult:
        equipment, began = self.equipment, self.equipment.workshop.tip
        item = reported(self.command.report)
        text = equipment.court.text(equipment.workshop.tree, self.plan_name)
        equipment.listener(CycleStarted(item, "fix", 0, 0))
        seen = await baseline(equipment, "baseline")
        plan = parse_plan(text, self.plan_name)
        policy = replace(self.command.policy, restarts=0)
        equipment.command = replace(self.command, policy=policy)
        desk = desk_for(equipment, self.plan_name, plan, item, seen, Aim.DEFECT)
        desk.frames = reported_frames(self.command.report, desk.base.files)
        result = await concluded(desk, _run)
        if self.command.dry_run:
            equipment.workshop.drop(began)
        return result


async def _run(desk: CycleDesk) -> Cycle:
    cycle = await run_cycle(desk)
    if cycle.ending is not Ending.ABANDONED:
        desk.following = more_general(desk.item, desk.tested.names)
        return cycle
    what = "the defect is shown and was not repaired" if desk.test else "no test shows this defect"
    return replace(cycle, reason=f"{what}, nothing is changed: {cycle.reason}")

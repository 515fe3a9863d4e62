"""Takes one unmarked test of the plan after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from seenred.domain.cycle_event import CycleStarted, Ending
from seenred.domain.cycle_result import CycleResult, GoResult
from seenred.domain.plan import Plan, PlanItem, parse_plan
from seenred.engine.commands import GoCommand
from seenred.engine.cycle.baseline import baseline
from seenred.engine.cycle.concluding import concluded
from seenred.engine.cycle.cycle_run import run_cycle
from seenred.engine.cycle.desk import CycleDesk, Quit, desk_for
from seenred.engine.cycle.equipment import Equipment
from seenred.engine.cycle.own_test import own_test
from seenred.engine.cycle.ports import Workshop
from seenred.engine.cycle.taking_over import take_over
from seenred.errors import BudgetSpent, ExitCode, SeenredError


@dataclass(slots=True)
class PlanRun:
    """A command that runs cycles for the items of a plan."""

    command: GoCommand
    equipment: Equipment
    plan_name: str
    results: list[CycleResult] = field(default_factory=list)

    @property
    def workshop(self) -> Workshop:
        return self.equipment.workshop

    async def run(self) -> GoResult:
        """Run cycles until as many are done as were asked for, or one cannot be.

        Raises:
            SeenredError: there is no plan, the suite is red, the model fails: before the first
                cycle is over.
        """
        take_over(self.equipment)
        stopped, code, began = "", ExitCode.YES, self.workshop.tip
        try:
            while not stopped and self._wants_more():
                stopped, code = await self._next()
        except BudgetSpent as spent:
            stopped, code = spent.message, ExitCode.BUDGET
        except Quit:
            stopped, code = "you wanted no more", ExitCode.INTERRUPTED
        except SeenredError as error:
            if not self.results:
                raise
            # what came of the cycles before is told, too
            stopped, code = f"{error.message} [{error.code}]", error.exit_code
        plan = parse_plan(self._plan_at_end(), self.plan_name)
        if self.command.dry_run:
            self.workshop.drop(began)
            stopped = stopped or "a dry run: nothing was kept"
        return GoResult(tuple(self.results), code, self.plan_name, plan.done, plan.total, stopped)

    def _wants_more(self) -> bool:
        count = self.command.count
        return count is None or len(self.results) < count

    async def _next(self) -> tuple[str, ExitCode]:
        """One cycle; why there is no other, and the exit code so far."""
        text = self._plan_text()
        plan = parse_plan(text, self.plan_name)
        item = plan.take()
        if item is None:
            return "every test of the list is marked", ExitCode.YES
        self.equipment.listener(CycleStarted(item, self.plan_name, plan.done, plan.total))
        desk = await self._desk(plan, item, text)
        result = await concluded(desk, run_cycle)
        self.results.append(result)
        if result.ending is Ending.ABANDONED:
            return f"abandoned: {result.reason}", ExitCode.NO
        if result.ending is Ending.LEFT:
            return result.reason, ExitCode.NO
        return "", ExitCode.YES

    async def _desk(self, plan: Plan, item: PlanItem, text: str) -> CycleDesk:
        own = own_test(self.equipment.court, self.workshop.tree, item)
        seen = await baseline(self.equipment, f"{item.line}-baseline-{len(self.results)}", own)
        desk = desk_for(self.equipment, self.plan_name, plan, item, seen, own=own)
        desk.plan_text = text
        return desk

    def _plan_text(self) -> str:
        """The plan as the user has it now, committed first if nothing else has changes."""
        if self.command.dry_run and self.results:
            return self._committed()
        self.workshop.commit_plan_first(self.plan_name)
        return self.workshop.read_plan(self.plan_name)

    def _plan_at_end(self) -> str:
        """With the marks of this run, wherever its commits are."""
        left = any(result.ending is Ending.LEFT for result in self.results)
        if self.command.dry_run or left:
            return self._committed()
        return self.workshop.read_plan(self.plan_name)

    def _committed(self) -> str:
        return self.equipment.court.text(self.workshop.tree, self.plan_name)

"""Takes one unmarked test of the plan after the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from seenred.domain.count import counted
from seenred.domain.cycle import Cycle
from seenred.domain.cycle_event import (
    BaselineSeen,
    CycleEnded,
    CycleListener,
    CycleStarted,
    Ending,
)
from seenred.domain.cycle_result import CycleResult, GoResult
from seenred.domain.event import Noted
from seenred.domain.observation import Observation, Outcome
from seenred.domain.plan import Plan, PlanItem, parse_plan
from seenred.domain.proof import Proof
from seenred.engine.asking import Asker
from seenred.engine.commands import GoCommand
from seenred.engine.cycle.committing import commit_discovered, plan_draft
from seenred.engine.cycle.cycle_run import run_cycle
from seenred.engine.cycle.delivering import deliver
from seenred.engine.cycle.desk import Court, CycleDesk, Quit
from seenred.engine.cycle.ports import Checks, Delivery, Person, SymbolCache, Workshop
from seenred.engine.cycle.reviewing import Reviewing
from seenred.engine.ports import Steps
from seenred.errors import BudgetSpent, ExitCode, UsageError
from seenred.referee.proof.whole_run import breakdown_of

# failing tests that a refusal names
SHOWN = 3


@dataclass(slots=True)
class PlanRun:
    """A command that runs cycles, and everything that they may use."""

    command: GoCommand
    court: Court
    workshop: Workshop
    asker: Asker
    steps: Steps
    checks: Checks
    person: Person
    reviewing: Callable[[], Reviewing]
    symbols: SymbolCache
    listener: CycleListener
    documented: Callable[[tuple[Proof, ...]], str]
    plan_name: str
    results: list[CycleResult] = field(default_factory=list)

    async def run(self) -> GoResult:
        """Run cycles until as many are done as were asked for, or one cannot be.

        Raises:
            UsageError: there is no plan, or the suite is red before the start.
        """
        self._take_over()
        stopped, code, began = "", ExitCode.YES, self.workshop.tip
        try:
            while not stopped and self._wants_more():
                stopped, code = await self._next()
        except BudgetSpent as spent:
            stopped, code = spent.message, ExitCode.BUDGET
        except Quit:
            stopped, code = "you wanted no more", ExitCode.INTERRUPTED
        plan = parse_plan(self._plan_text(), self.plan_name)
        if self.command.dry_run:
            self.workshop.drop(began)
        return GoResult(tuple(self.results), code, self.plan_name, plan.done, plan.total, stopped)

    def _take_over(self) -> None:
        """Deliver what an earlier run had committed when it was ended, killed or blocked."""
        while not self.command.dry_run and (left := self.workshop.pending()):
            self.workshop.adopt(left[0].run)
            commits = counted(len(left[0].commits), "commit")
            if self.workshop.deliver() is not Delivery.DELIVERED:
                told = f"{commits} of run {left[0].run} still wait: {self.workshop.obstacle}"
                raise UsageError("run-waiting", f"{told}.")
            self.listener(Noted(f"Took over {commits} that run {left[0].run} had left."))

    def _wants_more(self) -> bool:
        count = self.command.count
        return count is None or len(self.results) < count

    async def _next(self) -> tuple[str, ExitCode]:
        """One cycle; why there is no other, and the exit code so far."""
        if not (self.command.dry_run and self.results):
            self._take_plan()
        plan = parse_plan(self._plan_text(), self.plan_name)
        item = plan.take()
        if item is None:
            return "every test of the list is marked", ExitCode.YES
        self.listener(CycleStarted(item, self.plan_name, plan.done, plan.total))
        desk = await self._desk(plan, item)
        result = await self._cycle(desk)
        self.results.append(result)
        if result.ending is Ending.ABANDONED:
            return f"abandoned: {result.reason}", ExitCode.NO
        if result.ending is Ending.LEFT:
            return result.reason, ExitCode.NO
        return "", ExitCode.YES

    async def _cycle(self, desk: CycleDesk) -> CycleResult:
        """Run it, bring what it committed to the user, tell how it ended."""
        began, spent = time.monotonic(), self.asker.usage
        try:
            cycle = await run_cycle(desk)
        except BaseException:
            # nothing of a cycle that broke off is kept; the user's branch has not moved
            self.workshop.drop(desk.started_at)
            raise
        ending, reason = await self._delivered(desk, cycle)
        used = self.asker.usage
        result = CycleResult(
            item=desk.item.text,
            ending=ending,
            line=desk.item.line,
            commits=tuple(desk.commits),
            reason=reason,
            undo=_undo(desk.commits),
            seconds=time.monotonic() - began,
            tokens=used.tokens - spent.tokens,
            cost=used.cost - spent.cost,
            proofs=tuple(desk.proven),
        )
        self.listener(
            CycleEnded(ending, reason, result.undo, result.seconds, result.tokens, result.cost)
        )
        return result

    async def _delivered(self, desk: CycleDesk, cycle: Cycle) -> tuple[Ending, str]:
        if cycle.ending is None:
            raise RuntimeError("a cycle that is over has an ending")
        if cycle.ending is not Ending.ABANDONED:
            commit_discovered(desk)
        if self.command.dry_run:
            return cycle.ending, cycle.reason
        if left := await deliver(desk):
            branch = f"seenred/{self.workshop.run}"
            return Ending.LEFT, f"{left}; the commits are on {branch}"
        return cycle.ending, cycle.reason

    async def _desk(self, plan: Plan, item: PlanItem) -> CycleDesk:
        base = self.workshop.tree
        return CycleDesk(
            court=self.court,
            workshop=self.workshop,
            asker=self.asker,
            steps=self.steps,
            checks=self.checks,
            person=self.person,
            reviewing=self.reviewing(),
            symbols=self.symbols,
            listener=self.listener,
            documented=self.documented,
            policy=self.command.policy,
            plan_name=self.plan_name,
            plan=plan,
            item=item,
            attended=self.command.attended,
            beck=self.command.beck,
            started_at=self.workshop.tip,
            base=base,
            baseline=await self._baseline(item),
        )

    async def _baseline(self, item: PlanItem) -> Observation:
        """All tests before anything is changed.

        Raises:
            UsageError: some of them fail, so that nobody could tell what a change does.
        """
        began = time.monotonic()
        seen = await self.steps.run(
            f"{item.line}-baseline-{len(self.results)}",
            lambda: self.court.runner.observe(self.workshop.tree),
        )
        if broken := _red_suite(seen):
            raise UsageError(
                "suite-red",
                f"The tests are red before anything is changed: {broken}; make them green first.",
            )
        passed = sum(test.outcome is Outcome.PASSED for test in seen.tests)
        self.listener(BaselineSeen(passed, time.monotonic() - began))
        return seen

    def _take_plan(self) -> None:
        """Commit the plan as the user has it now, if that is not committed."""
        text = self.workshop.read_plan(self.plan_name)
        if text != self._plan_text():
            tree = self.court.changed(self.workshop.tree, {self.plan_name: text})
            self.workshop.commit(tree, plan_draft())

    def _plan_text(self) -> str:
        return self.court.text(self.workshop.tree, self.plan_name)


def _red_suite(seen: Observation) -> str:
    """What is wrong with a suite; "" when all is well, or when there are no tests yet."""
    bad = (Outcome.FAILED, Outcome.ERROR)
    failing = [test.test_id for test in seen.tests if test.outcome in bad]
    if failing:
        more = f" and {len(failing) - SHOWN} more" if len(failing) > SHOWN else ""
        return f"{', '.join(failing[:SHOWN])}{more}"
    if seen.uncollected:
        return f"{seen.uncollected[0].path}: {seen.uncollected[0].failure.decisive}"
    return breakdown_of(seen)


def _undo(commits: list[str]) -> str:
    short = [commit[:7] for commit in commits]
    if len(short) < 2:
        return f"git revert {short[0]}" if short else ""
    return f"git revert {short[0]}^..{short[-1]}"

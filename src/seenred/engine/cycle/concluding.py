"""Runs a cycle to its end: brings what it committed to the user, and tells how it ended."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from seenred.domain.budget import Usage
from seenred.domain.cycle import Cycle
from seenred.domain.cycle_event import CycleEnded, Ending
from seenred.domain.cycle_result import CycleResult
from seenred.engine.cycle.committing import commit_discovered
from seenred.engine.cycle.delivering import deliver
from seenred.engine.cycle.desk import CycleDesk
from seenred.engine.cycle.ports import Delivery

_CUT_OFF = "broken off before your branch could be moved"


async def concluded(desk: CycleDesk, run: Callable[[CycleDesk], Awaitable[Cycle]]) -> CycleResult:
    """What came of a cycle; of one that broke off before its commit nothing is kept."""
    began, spent = time.monotonic(), desk.asker.usage
    try:
        await desk.asker.begin_iteration("cycle")
        cycle = await run(desk)
    except BaseException:
        if desk.stands and not desk.command.dry_run:
            _told(desk, *_handed_over(desk), began, spent)
        else:
            # the user's branch has not moved
            desk.workshop.drop(desk.started_at)
        raise
    return _told(desk, *await _delivered(desk, cycle), began, spent)


def _told(desk: CycleDesk, ending: Ending, reason: str, began: float, spent: Usage) -> CycleResult:
    """What came of it, also for whoever watches."""
    used = desk.asker.usage
    result = CycleResult(
        item=desk.item.text,
        ending=ending,
        line=desk.item.line,
        commits=tuple(desk.commits),
        reason=reason,
        undo="" if desk.command.dry_run or ending is Ending.LEFT else _undo(desk.commits),
        seconds=time.monotonic() - began,
        tokens=used.tokens - spent.tokens,
        cost=used.cost - spent.cost,
        proofs=tuple(desk.proven),
    )
    ended = CycleEnded(ending, reason, result.undo, result.seconds, result.tokens, result.cost)
    desk.listener(ended)
    return result


async def _delivered(desk: CycleDesk, cycle: Cycle) -> tuple[Ending, str]:
    if cycle.ending is None:
        raise RuntimeError("a cycle that is over has an ending")
    if cycle.ending is not Ending.ABANDONED:
        commit_discovered(desk)
    if desk.command.dry_run:
        return cycle.ending, cycle.reason
    if left := await deliver(desk):
        return Ending.LEFT, f"{left}; the commits are on seenred/{desk.workshop.run}"
    return cycle.ending, cycle.reason


def _handed_over(desk: CycleDesk) -> tuple[Ending, str]:
    """What was committed before the cycle broke off, for the user; the next run does it else."""
    if desk.workshop.deliver() is Delivery.DELIVERED:
        return Ending.COMMITTED, ""
    return Ending.LEFT, f"{_CUT_OFF}; the commits are on seenred/{desk.workshop.run}"


def _undo(commits: list[str]) -> str:
    """The command that takes back what the user's branch got."""
    short = [commit[:7] for commit in commits]
    if len(short) < 2:
        return f"git revert {short[0]}" if short else ""
    return f"git revert {short[0]}^..{short[-1]}"

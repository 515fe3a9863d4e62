"""Takes up the work of an earlier run that was ended, killed or blocked."""

from __future__ import annotations

from seenred.domain.count import counted
from seenred.domain.event import Noted
from seenred.engine.cycle.equipment import Equipment
from seenred.engine.cycle.ports import Delivery
from seenred.errors import UsageError


def take_over(equipment: Equipment) -> None:
    """Deliver what it had committed.

    Raises:
        UsageError: `run-waiting`, the user's tree has changes in its way.
    """
    workshop = equipment.workshop
    if workshop.detached and not equipment.command.dry_run:
        told = f"HEAD is detached: only it and seenred/{workshop.run} will have the commits"
        equipment.listener(
            Noted(f"{told}; `git switch -c NAME` gives them a branch.", warning=True)
        )
    while not equipment.command.dry_run and (left := workshop.pending()):
        workshop.adopt(left[0].run)
        commits = counted(len(left[0].commits), "commit")
        if workshop.deliver() is not Delivery.DELIVERED:
            told = f"{commits} of run {left[0].run} still wait: {workshop.obstacle}"
            raise UsageError("run-waiting", f"{told}.")
        equipment.listener(Noted(f"Took over {commits} that run {left[0].run} had left."))

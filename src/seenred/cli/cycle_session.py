"""What the commands that run cycles share: somebody watches, may be asked, and gets the result."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from seenred.cli.cycle_view import CycleView, cost_of
from seenred.cli.interruptible import interruptible
from seenred.cli.person import TerminalPerson
from seenred.cli.row import harmless, show_text
from seenred.domain.cycle_event import CycleEnded, CycleListener, Ending
from seenred.domain.cycle_result import GoResult
from seenred.engine.cycle.ports import Person
from seenred.engine.cycle.unattended import Unattended

Work = Callable[[CycleListener, Person], Awaitable[GoResult]]


def is_attended(options: Mapping[str, Any]) -> bool:
    """Whether somebody can be asked, and has not said that nobody should be."""
    asked_not_to = options["yes"] or options["as_json"]
    return not asked_not_to and sys.stdin.isatty() and sys.stdout.isatty()


def run_cycles(work: Work, *, attended: bool, as_json: bool) -> int:
    """Run cycles, watched; the transcript is the result, or else JSON is."""
    progress = Console(stderr=True, highlight=False)
    out = progress if as_json else Console(highlight=False)
    view = CycleView(out, progress)
    person: Person = TerminalPerson(view) if attended else Unattended()
    try:
        result = interruptible(lambda: work(view, person))
    finally:
        view.close()
    show_summary(out, result)
    if as_json:
        from seenred.interop.cycle_document import to_json

        print(to_json(result))
    return result.exit_code


def show_summary(console: Console, result: GoResult) -> None:
    """What several cycles came to, and why there were no more: as far as it was not said yet."""
    cycles = result.cycles
    if len(cycles) > 1:
        counts = [(sum(c.ending is ending for c in cycles), ending) for ending in Ending]
        parts = [f"{count} {ending}" for count, ending in counts if count]
        costs = CycleEnded(
            Ending.COMMITTED,
            seconds=sum(each.seconds for each in cycles),
            tokens=sum(each.tokens for each in cycles),
            cost=sum(each.cost for each in cycles),
        )
        console.print()
        stand = f"{result.plan} {result.done}/{result.total}" if result.total else ""
        told = " · ".join(filter(None, (harmless(stand), *parts)))
        show_text(console, Text.assemble((told, "bold"), (f" · {cost_of(costs)}", "dim")))
    if result.stopped and not any(c.reason and c.reason in result.stopped for c in cycles[-1:]):
        show_text(console, Text(harmless(result.stopped)))

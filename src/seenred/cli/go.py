"""`seenred go`: the next items of the plan, red, green, refactored, committed."""

from __future__ import annotations

from typing import Any

from seenred.bootstrap.going import Going
from seenred.cli.cycle_command import go_command
from seenred.cli.cycle_session import is_attended, run_cycles
from seenred.cli.place import working_folder
from seenred.cli.session import settings_from
from seenred.domain.cycle_event import CycleListener
from seenred.domain.cycle_result import GoResult
from seenred.engine.cycle.ports import Person
from seenred.interop.document import to_json


def go(options: dict[str, Any]) -> int:
    """Run cycles in the repository around the working folder; returns the exit code.

    Raises:
        SeenredError: the plan, the repository, the machine or the settings do not allow it.
    """
    settings = settings_from(options)
    attended = is_attended(options)
    command = go_command(working_folder(), settings, options, attended=attended)

    async def work(listener: CycleListener, person: Person) -> GoResult:
        return await Going(settings, listener, to_json).go(command, person)

    return run_cycles(work, attended=attended, as_json=options["as_json"])

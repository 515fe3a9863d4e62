"""`seenred fix`: a reported defect, reproduced by a test and repaired."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seenred.bootstrap.going import Going
from seenred.cli.cycle_command import fix_command
from seenred.cli.cycle_session import is_attended, run_cycles
from seenred.cli.place import working_folder
from seenred.cli.session import settings_from
from seenred.domain.cycle_event import CycleListener
from seenred.domain.cycle_result import GoResult
from seenred.engine.cycle.ports import Person
from seenred.errors import UsageError
from seenred.interop.document import to_json

_TO_WRITE = "says nothing; write what was done, seen and expected."


def fix(report: str, options: dict[str, Any]) -> int:
    """Repair it in the repository around the working folder; returns the exit code.

    Args:
        report: a file, or the words.

    Raises:
        SeenredError: the report, the repository, the machine or the settings do not allow it.
    """
    settings = settings_from(options)
    attended = is_attended(options)
    words = read_report(report)
    command = fix_command(working_folder(), words, settings, options, attended=attended)

    async def work(listener: CycleListener, person: Person) -> GoResult:
        return await Going(settings, listener, to_json).fix(command, person)

    return run_cycles(work, attended=attended, as_json=options["as_json"])


def read_report(given: str) -> str:
    """The words of a report: those that were given, or those of the file that was named.

    Raises:
        UsageError: there is no such file, it cannot be read, or it says nothing.
    """
    path = Path(given.removeprefix("@"))
    if not given.strip():
        raise UsageError("report-empty", f"The report {_TO_WRITE}")
    named = given.startswith("@") or " " not in given.strip()
    try:
        text = path.read_text(encoding="utf-8") if named or path.is_file() else given
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(
            "report-unreadable",
            f"{path} cannot be read: {why}; name a text file, or write what is wrong in quotes.",
        ) from None
    if not text.strip():
        raise UsageError("report-empty", f"{path} {_TO_WRITE}")
    return text

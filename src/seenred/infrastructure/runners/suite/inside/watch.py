"""The limit of one test, kept even when Python itself is stuck in C code that holds its lock."""

from __future__ import annotations

import faulthandler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

_note: list[IO[str]] = []


def open_note(path: str) -> None:
    """Where the stack is written when a limit was hit; an empty file says that none was."""
    _note[:] = [open(path, "w", encoding="utf-8")]  # noqa: SIM115 -- open to the end


def arm(seconds: float) -> None:
    """End the process when this is not called again, or undone, within the time."""
    if _note:
        faulthandler.dump_traceback_later(seconds, exit=True, file=_note[0])


def disarm() -> None:
    """Nothing is running that has a limit."""
    faulthandler.cancel_dump_traceback_later()

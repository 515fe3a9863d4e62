"""Where a command was typed."""

from __future__ import annotations

from pathlib import Path

from seenred.errors import UsageError


def working_folder() -> Path:
    """The folder in which the command runs.

    Raises:
        UsageError: it has been removed meanwhile.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError(
            "folder-gone", "The folder in which this runs was removed; change to another."
        ) from None

"""`seenred resume` and `seenred retry`."""

from __future__ import annotations

from seenred.cli.run import show_result
from seenred.cli.session import settings_from, watched


def resume(run: str, as_json: bool) -> int:
    """Go on with a run; returns the exit code."""
    result = watched(settings_from({}), lambda application: application.resume(run))
    return show_result(result, as_json)


def retry(run: str, before: str | None, as_json: bool) -> int:
    """Take a run once more; returns the exit code."""
    result = watched(settings_from({}), lambda application: application.retry(run, before))
    return show_result(result, as_json)

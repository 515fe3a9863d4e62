"""The message of a commit: subject, blank line, body, blank line, trailers."""

from __future__ import annotations

from seenred.engine.cycle.ports import CommitDraft


def render_message(draft: CommitDraft, run: str) -> str:
    """The text of the commit, with the run among its trailers."""
    trailers = {**draft.trailers, "Seenred-Run": run}
    lines = "\n".join(f"{key}: {_one_line(value)}" for key, value in trailers.items())
    parts = (_one_line(draft.subject), draft.body.strip("\n"), lines)
    return "\n\n".join(part for part in parts if part) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())

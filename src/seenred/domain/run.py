"""A run as it is recorded: what it was asked, where it stands, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from seenred.errors import UsageError


class RunState(StrEnum):
    """Where a run stands.

    An interrupted one was stopped by Ctrl-C, by a failing model or by the death of its process; it
    can be resumed, and so can a cancelled one.
    """

    QUEUED = "queued"
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    DONE = "done"

    @property
    def ended(self) -> bool:
        """Nobody works on it."""
        return self not in (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class Run:
    """One run.

    Attributes:
        kind: which performer performs it, e.g. `workflow`.
        name: of the workflow or the command.
        subject: the input, as the user named it.
        folder: where the user was, absolute.
        output: where its artifacts lie, absolute; "" when it has none.
        executor: the process that works or worked on it.
        origin: the run that it is a retry of, or "".
        created, started, ended: seconds since the epoch; None while it has not.
        verdict: `solved`, `not solved`; "" until it ended.
        reason: why it stopped, in words.
        exit_code: of the command; None until it ended.
        seconds: that it has worked.
        tokens: of prompts and replies.
        cost: US dollars.
        queue: where it waits or waited for a worker, or "".
        takeovers: how often its process died and another one took it over.
        generation: counts who had it; what belongs to an earlier one changes nothing any more.
    """

    id: str
    kind: str
    name: str
    subject: str
    folder: str
    output: str = ""
    model: str = ""
    state: RunState = RunState.QUEUED
    executor: str = ""
    origin: str = ""
    created: float = 0.0
    started: float | None = None
    ended: float | None = None
    verdict: str = ""
    reason: str = ""
    exit_code: int | None = None
    seconds: float = 0.0
    calls: int = 0
    tokens: int = 0
    cost: float = 0.0
    queue: str = ""
    takeovers: int = 0
    generation: int = 0


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One recorded call of a model.

    Attributes:
        step: the step that it was.
        request: sha256 of what was asked, see `request_hash`.
        cached_tokens: prompt tokens that were not computed again.
        seconds: wall-clock time.
        cost: US dollars.
    """

    step: str
    request: str
    model: str
    reply: str
    prompt_tokens: int = 0
    reply_tokens: int = 0
    cached_tokens: int = 0
    seconds: float = 0.0
    cost: float = 0.0
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A step that is done.

    Attributes:
        record: its result and its times, as the engine recorded them.
    """

    name: str
    record: Mapping[str, Any]

    @property
    def seconds(self) -> float:
        """Wall-clock time that it took."""
        taken: float = self.record["seconds"]
        return taken


def the_run(asked: str, known: list[str]) -> str:
    """The id of the one run that is meant: a whole id, its beginning or its end.

    Args:
        known: ids, the newest first.

    Raises:
        UsageError: there is none, or there are several.
    """
    if asked in known:
        return asked
    found = [each for each in known if each.startswith(asked) or each.endswith(asked)]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
        raise UsageError(
            "run-ambiguous", f'"{asked}" means {len(found)} runs: {shown}; give more of the id.'
        )
    near = get_close_matches(asked, known, n=1, cutoff=0.6)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UsageError(
        "run-unknown", f'There is no run "{asked}".{hint} `seenred runs` shows all of them.'
    )

"""What happens in a run, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from seenred.domain.conversation import Reply
from seenred.domain.finding import Review
from seenred.domain.version import Version


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run begins; `sandbox` and `model` are names as reports show them."""

    workflow: str
    subject: str
    model: str
    sandbox: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that a person should know; `warning` asks for attention."""

    text: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class StepStarted:
    step: str
    agent: str
    focus: str


@dataclass(frozen=True, slots=True)
class TextArrived:
    """A piece of a reply, as the model writes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Replied:
    reply: Reply


@dataclass(frozen=True, slots=True)
class CandidateJudged:
    """`verdict` is the decisive line; `accepted` says whether it passed everything."""

    number: int
    accepted: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class VersionRecorded:
    version: Version
    kept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    review: Review
    artifact: str


@dataclass(frozen=True, slots=True)
class ArtifactWritten:
    path: str


Event = (
    RunStarted
    | Noted
    | StepStarted
    | TextArrived
    | Replied
    | CandidateJudged
    | VersionRecorded
    | Reviewed
    | ArtifactWritten
)

Listener = Callable[[Event], None]

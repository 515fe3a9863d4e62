"""What happens in a cycle, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from seenred.domain.event import Noted, Replied, TextArrived
from seenred.domain.plan import PlanItem
from seenred.domain.proof import Proof


class Phase(StrEnum):
    """The parts of a cycle, as people see them."""

    LOCATE = "locate"
    TIDY = "tidy"
    RED = "red"
    GREEN = "green"
    MINIMAL = "minimal"
    REFACTOR = "refactor"
    COMMIT = "commit"


@dataclass(frozen=True, slots=True)
class CycleStarted:
    """The next item was taken; `done` of `total` items of the plan are marked."""

    item: PlanItem
    plan: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BaselineSeen:
    """What the suite says before anything is changed.

    Attributes:
        recalled: test files whose results an earlier run has given, of `files`.
    """

    passed: int
    seconds: float
    recalled: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class PhaseStarted:
    phase: Phase


@dataclass(frozen=True, slots=True)
class ProposalRefused:
    """A proposal of the phase did not stand; `why` is the decisive line.

    Attributes:
        number: of the proposal within its phase, from 1.
    """

    phase: Phase
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class PhaseProven:
    """A phase is over: its proposal stands.

    Attributes:
        where: the test's id, or the path of the file that changed.
        code: what was written: the test's source, or a unified diff, whose headers tell the lines.
        told: for a person, in order: where the values are from, what no test needs …
    """

    phase: Phase
    proof: Proof | None
    where: str = ""
    code: str = ""
    told: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Discovered:
    """Texts of items that were offered to the plan."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Committed:
    commit: str
    subject: str


@dataclass(frozen=True, slots=True)
class Rebased:
    """The user's branch had moved on: the cycle's commits stand upon it, and have other names.

    Attributes:
        commits: as they are now, oldest first.
    """

    commits: tuple[Committed, ...]


class Ending(StrEnum):
    """How a cycle ended."""

    COMMITTED = "committed"
    COVERED = "covered"
    ABANDONED = "abandoned"
    NOTHING = "nothing to do"
    LEFT = "left on its branch"


@dataclass(frozen=True, slots=True)
class CycleEnded:
    """The cycle is over.

    Attributes:
        reason: why it was abandoned or left; else "".
        undo: the command that takes it back; "" when nothing was committed.
        tokens: of prompts and replies together.
        cost: US dollars.
    """

    ending: Ending
    reason: str = ""
    undo: str = ""
    seconds: float = 0.0
    tokens: int = 0
    cost: float = 0.0


CycleEvent = (
    CycleStarted
    | BaselineSeen
    | PhaseStarted
    | ProposalRefused
    | PhaseProven
    | Discovered
    | Committed
    | Rebased
    | CycleEnded
    | Noted
    | Replied
    | TextArrived
)

CycleListener = Callable[[CycleEvent], None]

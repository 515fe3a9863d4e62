"""What came of cycles, when they are over."""

from __future__ import annotations

from dataclasses import dataclass

from seenred.domain.cycle_event import Ending
from seenred.domain.proof import Proof
from seenred.errors import ExitCode


@dataclass(frozen=True, slots=True)
class CycleResult:
    """One item of the plan, and what became of it.

    Attributes:
        item: its text.
        line: of its box in the plan, counted from 1; 0 where it has none.
        commits: full hashes, oldest first.
        reason: why it was abandoned or left; else "".
        undo: the command that takes it back; "" when nothing was committed.
        tokens: of prompts and replies together.
        cost: US dollars.
        proofs: all that stood, in order.
    """

    item: str
    ending: Ending
    line: int = 0
    commits: tuple[str, ...] = ()
    reason: str = ""
    undo: str = ""
    seconds: float = 0.0
    tokens: int = 0
    cost: float = 0.0
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class GoResult:
    """What a command that runs cycles leaves.

    Attributes:
        plan: path of the list in the repository; "" where there is none.
        done, total: items of the list that are marked, and all of them, at the end.
        stopped: why it went no further, for a person; "" when it did all that was asked.
    """

    cycles: tuple[CycleResult, ...]
    exit_code: ExitCode
    plan: str = ""
    done: int = 0
    total: int = 0
    stopped: str = ""

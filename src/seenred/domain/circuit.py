"""When a provider that keeps failing is left alone, and when it is trusted again.

closed ── FAILURES in a row ──▶ open ── REST_SECONDS ──▶ half-open ── SUCCESSES ──▶ closed
                                  ▲─────── one failure ──────┘
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

FAILURES = 5  # in a row, until it is left alone
REST_SECONDS = 60.0  # that it is left alone
SUCCESSES = 3  # in a row, one call at a time, until all calls go to it again


class State(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


@dataclass(frozen=True, slots=True)
class Circuit:
    """The state of one provider; every `now` is in seconds of one clock that never goes back.

    Attributes:
        failures: in a row, while closed.
        successes: in a row, while half-open.
        opened: when it was opened last.
        trying: a call is under way that decides what becomes of a half-open circuit.
    """

    state: State = State.CLOSED
    failures: int = 0
    successes: int = 0
    opened: float = 0.0
    trying: bool = False

    def admits(self, now: float) -> bool:
        """Whether a call may go to the provider."""
        if self.state is State.OPEN:
            return self.rest(now) == 0.0
        return not (self.state is State.HALF_OPEN and self.trying)

    def rest(self, now: float) -> float:
        """Seconds until the provider is tried again; 0 unless it is left alone."""
        if self.state is not State.OPEN:
            return 0.0
        return max(0.0, self.opened + REST_SECONDS - now)

    def entered(self, now: float) -> Circuit:
        """A call that was admitted goes to the provider."""
        if self.state is State.CLOSED:
            return self
        if self.state is State.OPEN and self.rest(now) == 0.0:
            return Circuit(State.HALF_OPEN, trying=True)
        return replace(self, trying=True)

    def succeeded(self) -> Circuit:
        """A call was answered; what had begun before the circuit opened proves nothing new."""
        match self.state:
            case State.CLOSED:
                return replace(self, failures=0)
            case State.OPEN:
                return self
        if self.successes + 1 >= SUCCESSES:
            return Circuit()
        return replace(self, successes=self.successes + 1, trying=False)

    def failed(self, now: float) -> Circuit:
        """A call failed by the provider's fault."""
        match self.state:
            case State.OPEN:
                return self
            case State.CLOSED if self.failures + 1 < FAILURES:
                return replace(self, failures=self.failures + 1)
        return Circuit(State.OPEN, opened=now)

    def left(self) -> Circuit:
        """A call ended that tells nothing of the provider: it was cancelled, or refused."""
        return replace(self, trying=False)

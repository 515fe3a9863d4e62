"""How often, and after what waits, a call is tried again; each kind of failure has its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_WAIT = 120.0  # seconds; a provider that wants more is not waited for
MOST_TRIES = 8  # of one call, whatever kinds its failures are


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How one kind of failure is met.

    Attributes:
        tries: calls in all, the first one included.
        first: seconds before the second; each wait is twice the one before.
        most: seconds of the longest wait.
    """

    tries: int
    first: float
    most: float


# By the code of the failure. Chosen, not measured: the waits for a busy provider add up to more
# than the minute for which rates are counted; a time-out has cost minutes already.
POLICIES: Mapping[str, RetryPolicy] = {
    "model-busy": RetryPolicy(tries=6, first=2.0, most=32.0),
    "model-unavailable": RetryPolicy(tries=4, first=1.0, most=8.0),
    "model-unreachable": RetryPolicy(tries=4, first=0.5, most=4.0),
    "model-timeout": RetryPolicy(tries=2, first=1.0, most=1.0),
    "model-broken-off": RetryPolicy(tries=3, first=0.5, most=2.0),
    "model-resting": RetryPolicy(tries=2, first=5.0, most=5.0),
}


@dataclass(frozen=True, slots=True)
class Retries:
    """The failures of one call so far, by code."""

    failures: Mapping[str, int] = field(default_factory=dict)

    def after(self, code: str) -> Retries:
        """One more failure of that kind."""
        return Retries({**self.failures, code: self.failures.get(code, 0) + 1})

    def wait(self, code: str, asked: float | None = None) -> float | None:
        """Seconds before the next try after the failures so far, the last one of kind `code`.

        Args:
            asked: seconds that the provider asked for, if it did.

        Returns:
            None: it is not tried again.
        """
        policy = POLICIES.get(code)
        count = self.failures.get(code, 0)
        if policy is None or count >= policy.tries or sum(self.failures.values()) >= MOST_TRIES:
            return None
        if asked is not None and asked > LONGEST_WAIT:
            return None
        return max(asked or 0.0, min(policy.first * 2.0 ** (count - 1), policy.most))

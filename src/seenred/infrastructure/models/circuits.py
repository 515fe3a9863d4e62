"""The circuits of all providers that this process asks."""

from __future__ import annotations

import time
from collections.abc import Callable

from seenred.domain.circuit import Circuit

# What tells that a provider is ill. A busy one is well: it says itself when to come back.
ILLNESSES = frozenset(
    {"model-unavailable", "model-unreachable", "model-timeout", "model-broken-off"}
)


class Circuits:
    """One circuit for each provider; models of one provider share it.

    Args:
        clock: seconds, never going back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._circuits: dict[str, Circuit] = {}

    def __getitem__(self, provider: str) -> Circuit:
        return self._circuits.get(provider, Circuit())

    def enter(self, provider: str) -> float | None:
        """Let a call through; or the seconds until another may be: 0 when that is not known."""
        now, circuit = self._clock(), self[provider]
        if not circuit.admits(now):
            return circuit.rest(now)
        self._circuits[provider] = circuit.entered(now)
        return None

    def answered(self, provider: str) -> None:
        """A call that was let through was answered."""
        self._circuits[provider] = self[provider].succeeded()

    def ended(self, provider: str, code: str) -> None:
        """A call that was let through ended without an answer; `code` says how."""
        circuit = self[provider]
        ill = code in ILLNESSES
        self._circuits[provider] = circuit.failed(self._clock()) if ill else circuit.left()

"""What is spent, what is held back for calls under way, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seenred.domain.budget import Budget


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of each thing that a budget limits.

    Attributes:
        tokens: of prompts and replies together.
        cost: US dollars.
        seconds: wall-clock time.
        iterations: cycles, or reviews with their fixes.
    """

    tokens: int = 0
    cost: float = 0.0
    seconds: float = 0.0
    iterations: int = 0

    def plus(self, other: Amount) -> Amount:
        return Amount(
            self.tokens + other.tokens,
            self.cost + other.cost,
            self.seconds + other.seconds,
            self.iterations + other.iterations,
        )


@dataclass(frozen=True, slots=True)
class Hold:
    """An amount that is set aside until it is known what was spent.

    Attributes:
        until: seconds of the clock; whoever holds it is taken for dead afterwards.
    """

    name: str
    amount: Amount
    until: float


@dataclass(frozen=True, slots=True)
class Account:
    """What one run, or one owner on one day, has spent and holds back.

    Attributes:
        holds: each settled or released once, by its name.
    """

    spent: Amount = Amount()
    holds: tuple[Hold, ...] = ()

    @property
    def taken(self) -> Amount:
        """What is spent, and what may be before long."""
        total = self.spent
        for hold in self.holds:
            total = total.plus(hold.amount)
        return total

    def held(self, hold: Hold) -> Account:
        """With an amount set aside; one of the same name takes its place."""
        return replace(self.released(hold.name), holds=(*self.released(hold.name).holds, hold))

    def released(self, name: str) -> Account:
        """Nothing was spent of what was set aside; harmless when it was not."""
        return replace(self, holds=tuple(hold for hold in self.holds if hold.name != name))

    def settled(self, name: str, spent: Amount) -> Account:
        """What was set aside is given up for what was spent, which may be more."""
        return replace(self.released(name), spent=self.spent.plus(spent))

    def at(self, now: float) -> Account:
        """Without what is held by those who are taken for dead."""
        return replace(self, holds=tuple(hold for hold in self.holds if hold.until > now))

    def refusal(self, wanted: Amount, limits: Budget) -> str | None:
        """Which limit the account has reached or would pass with `wanted`, as a phrase; or None."""
        taken = self.taken
        rows = (
            (limits.max_tokens, taken.tokens, wanted.tokens, _tokens),
            (limits.max_seconds, taken.seconds, wanted.seconds, _seconds),
            (limits.max_cost, taken.cost, wanted.cost, _dollars),
            (limits.max_iterations, taken.iterations, wanted.iterations, _iterations),
        )
        for limit, used, more, told in rows:
            if limit is None:
                continue
            if used >= limit:
                return told(used, limit, 0)
            if used + more > limit:
                return told(used, limit, more)
        return None


def _tokens(used: float, limit: float, more: float) -> str:
    needs = f", and the next call needs about {more:.0f}" if more else ""
    return f"{used:.0f} of {limit:.0f} tokens{needs}"


def _seconds(used: float, limit: float, _: float) -> str:
    return f"{used:.0f} of {limit:g} seconds"


def _dollars(used: float, limit: float, more: float) -> str:
    needs = f", and the next call may cost ${more:.4f}" if more else ""
    return f"${used:.2f} of ${limit:.2f}{needs}"


def _iterations(used: float, limit: float, _: float) -> str:
    return f"{used:.0f} of {limit:.0f} iterations"

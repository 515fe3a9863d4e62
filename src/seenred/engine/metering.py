"""What an owner may spend on one day, over all runs: held before a call, settled after it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from seenred.domain.account import Account, Amount, Hold
from seenred.domain.budget import Budget
from seenred.engine.ports import Accounts
from seenred.errors import BudgetSpent

HOLD_SECONDS = 3600.0  # longer than any call takes; whoever holds longer was killed


@dataclass(slots=True)
class Bill:
    """What came of a call; the meter charges it, or nothing where it stays empty."""

    spent: Amount = field(default_factory=Amount)


class Meter(Protocol):
    """Counts what is spent against a limit that outlives the run."""

    async def charge(self, spent: Amount) -> None:
        """Count what is spent by now.

        Raises:
            BudgetSpent: there is not that much left, and nothing was counted.
        """

    def holding(self, wanted: Amount) -> AbstractAsyncContextManager[Bill]:
        """Hold an amount while a call is under way, then charge its bill.

        Raises:
            BudgetSpent: there is not that much left.
        """


class NoMeter:
    """Where there is no limit, nothing is counted."""

    async def charge(self, spent: Amount) -> None:
        """Nothing."""

    @asynccontextmanager
    async def holding(self, wanted: Amount) -> AsyncIterator[Bill]:  # noqa: ARG002
        yield Bill()


class DayMeter:
    """Implements `Meter` for one owner's day.

    Args:
        today: names the day, such as 2026-11-25.
        clock: seconds that all who share the accounts count alike.
    """

    def __init__(
        self,
        accounts: Accounts,
        owner: str,
        limits: Budget,
        today: Callable[[], str],
        clock: Callable[[], float],
    ) -> None:
        self._accounts = accounts
        self._owner = owner
        self._limits = limits
        self._today = today
        self._clock = clock

    async def charge(self, spent: Amount) -> None:
        def charged(account: Account) -> Account:
            now = account.at(self._clock())
            self._refuse(now, spent)
            return now.settled("", spent)

        await self._accounts.change(self._key, charged)

    @asynccontextmanager
    async def holding(self, wanted: Amount) -> AsyncIterator[Bill]:
        key, bill = self._key, Bill()  # a call belongs to the day on which it began
        hold = Hold(uuid.uuid4().hex, wanted, self._clock() + HOLD_SECONDS)

        def held(account: Account) -> Account:
            now = account.at(self._clock())
            self._refuse(now, wanted)
            return now.held(hold)

        await self._accounts.change(key, held)
        try:
            yield bill
        finally:
            await self._accounts.change(key, lambda a: a.settled(hold.name, bill.spent))

    @property
    def _key(self) -> str:
        return f"{self._owner}/{self._today()}"

    def _refuse(self, account: Account, wanted: Amount) -> None:
        if told := account.refusal(wanted, self._limits):
            raise BudgetSpent(
                "day-spent",
                f"The budget of the day is spent: {told}; go on tomorrow, or raise the daily limit "
                "in the settings.",
            )

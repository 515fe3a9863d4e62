"""What an owner may spend on one day."""

import asyncio

import pytest

from seenred.domain.account import Amount, Hold
from seenred.domain.budget import Budget
from seenred.engine.metering import HOLD_SECONDS, DayMeter
from seenred.errors import BudgetSpent
from seenred.infrastructure.accounts.memory import MemoryAccounts
from seenred.infrastructure.accounts.sqlite import SqliteAccounts


class Days:
    """An owner's meters over accounts that outlive them."""

    def __init__(self, **limits):
        self.accounts = MemoryAccounts()
        self.limits = Budget(**limits)
        self.today, self.now = "2026-11-25", 0.0

    def meter(self, owner="ada"):
        return DayMeter(self.accounts, owner, self.limits, lambda: self.today, lambda: self.now)

    def call(self, wanted, spent, owner="ada"):
        async def main():
            async with self.meter(owner).holding(Amount(tokens=wanted)) as bill:
                bill.spent = Amount(tokens=spent)

        asyncio.run(main())

    def spent(self, owner="ada"):
        key = f"{owner}/{self.today}"
        return asyncio.run(self.accounts.change(key, lambda account: account)).taken.tokens


def test_calls_of_one_day_are_counted_over_all_runs():
    days = Days(max_tokens=100)
    days.call(wanted=60, spent=50)
    days.call(wanted=50, spent=45)
    with pytest.raises(BudgetSpent) as caught:
        days.call(wanted=10, spent=10)
    assert caught.value.code == "day-spent"
    assert caught.value.message == (
        "The budget of the day is spent: 95 of 100 tokens, and the next call needs about 10; "
        "go on tomorrow, or raise the daily limit in the settings."
    )
    assert days.spent() == 95


def test_the_next_day_and_another_owner_begin_anew():
    days = Days(max_tokens=100)
    days.call(wanted=100, spent=100)
    days.call(wanted=100, spent=100, owner="bob")
    days.today = "2026-11-26"
    days.call(wanted=100, spent=7)
    assert days.spent() == 7


def test_a_call_over_midnight_belongs_to_the_day_it_began_on():
    days = Days(max_tokens=100)

    async def main():
        async with days.meter().holding(Amount(tokens=10)) as bill:
            days.today = "2026-11-26"
            bill.spent = Amount(tokens=9)

    asyncio.run(main())
    assert days.spent() == 0
    days.today = "2026-11-25"
    assert days.spent() == 9


def test_what_others_hold_is_not_given_twice():
    days = Days(max_tokens=100)

    async def main():
        async with days.meter().holding(Amount(tokens=60)):
            with pytest.raises(BudgetSpent):
                async with days.meter().holding(Amount(tokens=60)):
                    pass

    asyncio.run(main())


def test_a_call_that_failed_holds_and_costs_nothing():
    days = Days(max_tokens=100)

    async def main():
        async with days.meter().holding(Amount(tokens=60)):
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        asyncio.run(main())
    assert days.spent() == 0


def test_a_call_that_is_cancelled_gives_back_what_it_held(tmp_path):
    accounts = SqliteAccounts(tmp_path / "accounts.sqlite")
    meter = DayMeter(accounts, "ada", Budget(max_tokens=100), lambda: "today", lambda: 0.0)

    async def main():
        begun = asyncio.Event()

        async def call():
            async with meter.holding(Amount(tokens=60)):
                begun.set()
                await asyncio.Event().wait()

        calling = asyncio.create_task(call())
        await begun.wait()
        held = (await accounts.change("ada/today", lambda account: account)).taken.tokens
        calling.cancel()
        await asyncio.gather(calling, return_exceptions=True)
        return held, await accounts.change("ada/today", lambda account: account)

    held, left = asyncio.run(main())
    assert (held, left.taken) == (60, Amount())


def test_what_a_killed_process_held_is_free_after_an_hour():
    days = Days(max_tokens=100)
    left = Hold("killed", Amount(tokens=60), HOLD_SECONDS)
    asyncio.run(days.accounts.change("ada/2026-11-25", lambda account: account.held(left)))
    with pytest.raises(BudgetSpent):
        days.call(wanted=60, spent=1)
    days.now = HOLD_SECONDS
    days.call(wanted=60, spent=1)
    assert days.spent() == 1


def test_what_is_charged_at_once_is_counted_too():
    days = Days(max_iterations=2)
    for _ in range(2):
        asyncio.run(days.meter().charge(Amount(iterations=1)))
    with pytest.raises(BudgetSpent, match="2 of 2 iterations"):
        asyncio.run(days.meter().charge(Amount(iterations=1)))

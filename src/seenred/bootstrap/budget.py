"""The budgets that the settings give, and where it is kept what they were spent on."""

from __future__ import annotations

import os
import time
from pathlib import Path

from seenred.config.settings import Settings
from seenred.domain.budget import Budget
from seenred.engine.asking import Ledger
from seenred.engine.metering import DayMeter
from seenred.infrastructure.accounts.sqlite import SqliteAccounts
from seenred.infrastructure.models.price import price_of

# On a machine of one's own there is nobody else.
OWNER = "local"


def run_budget(settings: Settings) -> Budget:
    """What one run may spend."""
    budget = settings.budget
    return Budget(budget.max_tokens, budget.max_seconds, budget.max_cost)


def day_budget(settings: Settings) -> Budget:
    """What an owner may spend on one day, over all runs."""
    budget = settings.budget
    return Budget(
        budget.daily_tokens, budget.daily_seconds, budget.daily_cost, budget.daily_iterations
    )


def opened_ledger(settings: Settings) -> Ledger:
    """The ledger of a new run; nothing is written where no day is limited."""
    limits = day_budget(settings)
    if limits == Budget():
        return Ledger(priced=price_of)
    accounts = SqliteAccounts(user_state() / "accounts.sqlite")
    meter = DayMeter(accounts, OWNER, limits, lambda: time.strftime("%Y-%m-%d"), time.time)
    return Ledger(priced=price_of, meter=meter)


def user_state() -> Path:
    """Seenred's folder for what is to last (XDG base directories)."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "seenred"

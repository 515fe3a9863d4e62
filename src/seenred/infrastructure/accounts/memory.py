"""Accounts that live as long as this process."""

from __future__ import annotations

from collections.abc import Callable

from seenred.domain.account import Account


class MemoryAccounts:
    """Implements `seenred.engine.ports.Accounts`."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}

    async def change(self, key: str, change: Callable[[Account], Account]) -> Account:
        self._accounts[key] = change(self._accounts.get(key, Account()))
        return self._accounts[key]

"""Accounts in one SQLite file; any number of processes may use it at once."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from seenred.domain.account import Account, Amount, Hold
from seenred.errors import EnvironmentLacks

_PATIENCE = 10.0  # seconds for another process that is writing
_TABLE = "CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, state TEXT NOT NULL)"
_READ = "SELECT state FROM account WHERE name = ?"
_WRITE = "INSERT OR REPLACE INTO account (name, state) VALUES (?, ?)"


class SqliteAccounts:
    """Implements `seenred.engine.ports.Accounts`.

    Args:
        file: made with its folder when it is not there.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    async def change(self, key: str, change: Callable[[Account], Account]) -> Account:
        """As of the port.

        Raises:
            EnvironmentLacks: `accounts-unusable`, the file cannot be read or written.
        """
        return await asyncio.to_thread(self._changed, key, change)

    def _changed(self, key: str, change: Callable[[Account], Account]) -> Account:
        with self._transaction() as connection:
            row = connection.execute(_READ, (key,)).fetchone()
            changed = change(_read(row[0]) if row else Account())
            connection.execute(_WRITE, (key, json.dumps(asdict(changed))))
        return changed

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """From reading to writing nobody else writes; an error takes all of it back."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            opened = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
            with closing(opened) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(_TABLE)
                yield connection
                connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise EnvironmentLacks(
                "accounts-unusable",
                f"What was spent today cannot be kept in {self._file}: {error}; make the file "
                "writable, remove it, or set no daily limit.",
            ) from error


def _read(text: str) -> Account:
    try:
        state: dict[str, Any] = json.loads(text)
        holds = (Hold(one["name"], Amount(**one["amount"]), one["until"]) for one in state["holds"])
        return Account(Amount(**state["spent"]), tuple(holds))
    except (ValueError, KeyError, TypeError) as error:
        raise sqlite3.DataError("it holds what is no account") from error

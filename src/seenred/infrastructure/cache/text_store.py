"""Texts by their keys, in one file in the user's cache."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

MOST_BYTES = 64 * 1024 * 1024
_MOST_AT_ONCE = 500  # SQLite takes no more than 999 values in one statement
_PATIENCE = 1.0  # seconds that another process may hold the file


class TextStore:
    """Knows texts by their keys; whatever goes wrong, it only knows less.

    Args:
        file: in the user's cache.
        table: what the texts are.
        scope: what every text depends on besides its key.
        most_bytes: the longest unused go beyond that.
        now: seconds, whatever they are counted from.
    """

    def __init__(
        self,
        file: Path,
        table: str,
        scope: str,
        *,
        most_bytes: int = MOST_BYTES,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._file = file
        self._table = table
        self._scope = scope
        self._most_bytes = most_bytes
        self._now = now

    def recall(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Those that are known, which are now the last used."""
        named = {self._hashed(key): key for key in keys}
        found: dict[str, str] = {}
        with self._forgiving(), self.connected() as connection:
            for hashed, content in self._rows(connection, list(named)):
                found[named[hashed]] = content
        return found

    def keep(self, texts: Mapping[str, str]) -> None:
        """Know these from now on."""
        now = self._now()
        rows = [(self._hashed(key), now, text) for key, text in texts.items()]
        with self._forgiving(), self.connected() as connection:
            connection.executemany(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?)", rows)
            connection.execute(self._too_many, (self._most_bytes,))

    @contextlib.contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """The file, its changes kept together or not at all."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        opened = sqlite3.connect(self._file, timeout=_PATIENCE)
        with contextlib.closing(opened) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")  # lost, it is only found out again
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS {self._table} (key BLOB PRIMARY KEY,"
                " used REAL NOT NULL, content TEXT NOT NULL) WITHOUT ROWID"
            )
            yield connection

    @property
    def _too_many(self) -> str:
        return (
            f"DELETE FROM {self._table} WHERE key IN (SELECT key FROM (SELECT key,"
            " SUM(LENGTH(content)) OVER (ORDER BY used DESC, key) AS size"
            f" FROM {self._table}) WHERE size > ?)"
        )

    def _rows(
        self, connection: sqlite3.Connection, hashed: Sequence[bytes]
    ) -> Iterator[tuple[bytes, str]]:
        now = self._now()
        for start in range(0, len(hashed), _MOST_AT_ONCE):
            part = hashed[start : start + _MOST_AT_ONCE]
            where = f"WHERE key IN ({', '.join('?' * len(part))})"
            yield from connection.execute(f"SELECT key, content FROM {self._table} {where}", part)
            connection.execute(f"UPDATE {self._table} SET used = ? {where}", (now, *part))

    @contextlib.contextmanager
    def _forgiving(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError:  # held by another process, or not to be written
            return
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                self._file.unlink()
        except OSError:
            return

    def _hashed(self, key: str) -> bytes:
        return hashlib.sha256(f"{self._scope}\0{key}".encode()).digest()

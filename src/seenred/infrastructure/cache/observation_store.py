"""Observations of test files that passed, in one file in the user's cache."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from seenred.domain.observation import Observation, Outcome, Phase, SeenTest

# raised whenever what is written means something else
_FORMAT = 1
_MOST_BYTES = 64 * 1024 * 1024
_MOST_AT_ONCE = 500  # SQLite takes no more than 999 values in one statement
_PATIENCE = 1.0  # seconds that another process may hold the file
_TABLE = (
    "CREATE TABLE IF NOT EXISTS observation"
    " (key BLOB PRIMARY KEY, used REAL NOT NULL, content TEXT NOT NULL) WITHOUT ROWID"
)
_TOO_MANY = (
    "DELETE FROM observation WHERE key IN (SELECT key FROM (SELECT key, SUM(LENGTH(content))"
    " OVER (ORDER BY used DESC, key) AS size FROM observation) WHERE size > ?)"
)


class ObservationStore:
    """Knows observations by their keys; whatever goes wrong, it only knows less.

    Args:
        folder: in the user's cache.
        scope: what every observation depends on besides its key: project, interpreter, packages.
        most_bytes: the longest unused go beyond that.
        now: seconds, whatever they are counted from.
    """

    def __init__(
        self,
        folder: Path,
        scope: str,
        *,
        most_bytes: int = _MOST_BYTES,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._file = folder / f"observations-{_FORMAT}.sqlite"
        self._scope = scope
        self._most_bytes = most_bytes
        self._now = now

    def recall(self, keys: Sequence[str]) -> Mapping[str, Observation]:
        """Those that are known, which are now the last used."""
        named = {self._hashed(key): key for key in keys}
        found: dict[str, Observation] = {}
        with self._forgiving(), self.connected() as connection:
            for hashed, content in self._rows(connection, list(named)):
                observation = _read(content)
                if observation is not None:
                    found[named[hashed]] = observation
        return found

    def keep(self, seen: Mapping[str, Observation]) -> None:
        """Know these from now on."""
        now = self._now()
        rows = [(self._hashed(key), now, _written(each)) for key, each in seen.items()]
        with self._forgiving(), self.connected() as connection:
            connection.executemany("INSERT OR REPLACE INTO observation VALUES (?, ?, ?)", rows)
            connection.execute(_TOO_MANY, (self._most_bytes,))

    @contextlib.contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """The file, its changes kept together or not at all."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        opened = sqlite3.connect(self._file, timeout=_PATIENCE)
        with contextlib.closing(opened) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")  # lost, it is only found out again
            connection.execute(_TABLE)
            yield connection

    def _rows(
        self, connection: sqlite3.Connection, hashed: Sequence[bytes]
    ) -> Iterator[tuple[bytes, str]]:
        now = self._now()
        for start in range(0, len(hashed), _MOST_AT_ONCE):
            part = hashed[start : start + _MOST_AT_ONCE]
            places = ", ".join("?" * len(part))
            where = f"WHERE key IN ({places})"
            yield from connection.execute(f"SELECT key, content FROM observation {where}", part)
            connection.execute(f"UPDATE observation SET used = ? {where}", (now, *part))

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


def _written(seen: Observation) -> str:
    tests = [[t.test_id, t.outcome, t.phase, t.reason, t.seconds] for t in seen.tests]
    return json.dumps({"selected": seen.selected, "tests": tests, "seconds": seen.seconds})


def _read(content: str) -> Observation | None:
    try:
        data: dict[str, Any] = json.loads(content)
        tests = tuple(
            SeenTest(test_id, Outcome(outcome), Phase(phase), None, reason, seconds)
            for test_id, outcome, phase, reason, seconds in data["tests"]
        )
        return Observation(tuple(data["selected"]), tests, seconds=data["seconds"])
    except (ValueError, TypeError, KeyError):
        return None

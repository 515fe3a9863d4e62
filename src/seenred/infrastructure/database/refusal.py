"""What a file or a server refuses, in one sentence; and how long one waits for a server."""

from __future__ import annotations

import contextlib
import functools
import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from seenred.errors import EnvironmentLacks

P = ParamSpec("P")
T = TypeVar("T")

# Seconds that a transaction waits for a server that was there and is away; and between two tries.
PATIENCE, LONGEST = 30.0, 2.0
UNREACHABLE = "database-unreachable"


class Server:
    """A database server.

    Attributes:
        shown: where it is, without user and password.
        listener: gets a sentence when it is away, and one when it is back.
    """

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.listener: Callable[[str], object] = lambda _: None
        self._away = False
        self._given_up = False

    def __str__(self) -> str:
        return self.shown

    def waits(self) -> Iterator[float]:
        """Seconds until the next try, each time; ends when there is no more patience."""
        end = time.monotonic() + (0.0 if self._given_up else PATIENCE)
        for number in itertools.count():
            if time.monotonic() >= end:
                self._given_up = True
                return
            yield min(0.1 * 2**number, LONGEST)

    def failed(self, why: str) -> None:
        """It could not be reached."""
        if not self._away:
            self._away = True
            self.listener(f"{why} Waiting for it.")

    def answered(self) -> None:
        """It did what it was asked."""
        if self._away:
            self.listener(f"{self.shown} is back.")
        self._away = self._given_up = False


Place = Path | Server

_FILE_CAUSES = (
    ("readonly", "database-read-only", "cannot be written"),
    ("unable to open", "database-not-opened", "cannot be opened"),
    ("disk is full", "database-full", "cannot grow: the disk is full"),
    ("disk I/O", "database-full", "cannot be written to the disk, which is full or broken"),
    ("locked", "database-busy", "is held by another process for half a minute"),
    ("not a database", "database-broken", "is no database; move it away"),
    ("malformed", "database-broken", "is damaged; move it away"),
)
# By the first letters of SQLSTATE, else by what the driver says of a connection.
_STATES = (
    ("25006", "database-read-only", "cannot be written"),
    ("53100", "database-full", "cannot grow: its disk is full"),
    ("42501", "database-refused", "does not let this user do that"),
    ("28", "database-refused", "refuses this user or password"),
    ("3D000", "database-missing", "is not there; create it: createdb"),
    *((state, UNREACHABLE, "cannot be reached") for state in ("08", "53", "57P", "25P03")),
)
_CONNECTING = (
    ("password authentication failed", "database-refused", "refuses this user or password"),
    ("no password supplied", "database-refused", "asks for a password"),
    ("no pg_hba.conf entry", "database-refused", "refuses connections from here"),
    ("role ", "database-refused", "knows no such user"),
    ("database ", "database-missing", "is not there; create it: createdb"),
)


@contextlib.contextmanager
def told(place: Place) -> Iterator[None]:
    """What a file, its disk or a server refuses, in one sentence.

    Raises:
        EnvironmentLacks: with the code of its kind.
    """
    try:
        yield
    except (sa.exc.DBAPIError, sa.exc.TimeoutError, sqlite3.Error) as error:
        lacks = _of_server(place, error) if isinstance(place, Server) else _of_file(place, error)
        if lacks is None:
            raise
        if lacks.code == UNREACHABLE and isinstance(place, Server):
            place.failed(lacks.message)
        raise lacks from error
    except OSError as error:
        raise _of_path(place, "database-not-opened", f"cannot be made: {error.strerror}") from error
    if isinstance(place, Server):
        place.answered()


def steadily(
    transaction: Callable[Concatenate[Any, P], T],
) -> Callable[Concatenate[Any, P], T]:
    """One transaction of a store, tried again while its server is away for a moment.

    It must be the same whether it happens once or twice, for the answer may be what was lost.
    """

    @functools.wraps(transaction)
    def again(self: Any, /, *args: P.args, **named: P.kwargs) -> T:
        place: Place = self._file
        for seconds in place.waits() if isinstance(place, Server) else ():
            try:
                return transaction(self, *args, **named)
            except EnvironmentLacks as lacks:
                if lacks.code != UNREACHABLE:
                    raise
            time.sleep(seconds)
        return transaction(self, *args, **named)

    return again


def away(place: Place, error: BaseException) -> bool:
    """Whether that came of a server that cannot be reached for now."""
    if isinstance(error, EnvironmentLacks):
        return error.code == UNREACHABLE
    if not isinstance(place, Server) or not isinstance(error, sa.exc.SQLAlchemyError):
        return False
    lacks = _of_server(place, error)
    return lacks is not None and lacks.code == UNREACHABLE


def _of_file(file: Path, error: Exception) -> EnvironmentLacks | None:
    cause = str(getattr(error, "orig", error))
    for mark, code, told_as in _FILE_CAUSES:
        if mark in cause:
            return _of_path(file, code, told_as)
    return None


def _of_path(file: Place, code: str, what: str) -> EnvironmentLacks:
    return EnvironmentLacks(
        code,
        f"The record of runs {file} {what}; mend that, or set SEENRED_DATA to another folder.",
    )


def _of_server(server: Server, error: Exception) -> EnvironmentLacks | None:
    cause = getattr(error, "orig", None) or error
    state, text = getattr(cause, "sqlstate", None) or "", str(cause)
    for first, code, what in _STATES:
        if state.startswith(first):
            return _lacks(server, code, what)
    if state or not isinstance(error, sa.exc.OperationalError | sa.exc.TimeoutError):
        lost = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
        return _lacks(server, UNREACHABLE, "cannot be reached") if lost else None
    # psycopg says only in words why a connection could not be made
    why = text.splitlines()[0].rpartition("failed: ")[2].removeprefix("FATAL:").strip().rstrip(".")
    for mark, code, what in _CONNECTING:
        if why.startswith(mark):
            return _lacks(server, code, what)
    return _lacks(server, UNREACHABLE, f"cannot be reached ({why})")


def _lacks(server: Server, code: str, what: str) -> EnvironmentLacks:
    return EnvironmentLacks(
        code, f"The record of runs {server} {what}; mend that, or SEENRED_DATABASE__URL."
    )

"""Which processes are at work, on whatever machine, by the beats of their hearts."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from seenred.infrastructure.database.refusal import Place, steadily, told
from seenred.infrastructure.database.schema import EXECUTORS

# Names the lock of the worker that takes over; "leading" in ASCII.
_LEADING = int.from_bytes(b"leading")
# Seconds after which the row of a process is litter.
_LITTER = 7 * 24 * 3600.0


class ExecutorStore:
    """A row for each process, gone when it has ended or was declared dead; no name comes back."""

    def __init__(self, database: sa.Engine, file: Place) -> None:
        self._database = database
        self._file = file
        subsecond = sa.func.unixepoch("subsec")
        postgres = sa.func.extract("epoch", sa.func.clock_timestamp())
        server = database.dialect.name != "sqlite"
        # the database's own clock, for those of the machines differ
        self._now = sa.cast(postgres if server else subsecond, sa.Float)

    @steadily
    def add(self, name: str, *, worker: bool) -> None:
        """A process begins."""
        row = {"name": name, "host": socket.gethostname(), "worker": worker, "beats": 0}
        there = sa.select(EXECUTORS.c.name).where(EXECUTORS.c.name == name)
        with told(self._file), self._database.begin() as connection:
            connection.execute(sa.delete(EXECUTORS).where(EXECUTORS.c.seen < self._now - _LITTER))
            if connection.scalar(there) is None:
                connection.execute(sa.insert(EXECUTORS).values(**row, seen=self._now))

    def beat(self, name: str) -> bool:
        """Its heart beats; False when it was declared dead meanwhile."""
        beaten = sa.update(EXECUTORS).where(EXECUTORS.c.name == name)
        beaten = beaten.values(beats=EXECUTORS.c.beats + 1, seen=self._now)
        with told(self._file), self._database.begin() as connection:
            return connection.execute(beaten).rowcount == 1

    def remove(self, *names: str) -> None:
        """They have ended."""
        with told(self._file), self._database.begin() as connection:
            connection.execute(sa.delete(EXECUTORS).where(EXECUTORS.c.name.in_(names)))

    def bury(self, name: str, beats: int) -> bool:
        """Declare it dead if it has not beaten since; whether it is."""
        which = (EXECUTORS.c.name == name, EXECUTORS.c.beats == beats)
        with told(self._file), self._database.begin() as connection:
            return connection.execute(sa.delete(EXECUTORS).where(*which)).rowcount == 1

    @steadily
    def age(self, name: str) -> float | None:
        """Seconds since its last beat; None when it is not there."""
        query = sa.select(self._now - EXECUTORS.c.seen).where(EXECUTORS.c.name == name)
        with told(self._file), self._database.connect() as connection:
            return connection.scalar(query)

    def workers(self) -> Mapping[str, int]:
        """The beats of all workers."""
        query = sa.select(EXECUTORS.c.name, EXECUTORS.c.beats).where(EXECUTORS.c.worker)
        with told(self._file), self._database.connect() as connection:
            return {row.name: row.beats for row in connection.execute(query)}

    @contextlib.contextmanager
    def leading(self) -> Iterator[bool]:
        """Whether this process leads meanwhile; of a file all do, one after the other.

        A leader that is frozen leads no longer than the server lets a transaction idle.
        """
        if self._database.dialect.name == "sqlite":
            yield True
            return
        with told(self._file):
            connection = self._database.connect()
            lock = f"SELECT pg_try_advisory_xact_lock({_LEADING})"
            leads = bool(connection.exec_driver_sql(lock).scalar())
        try:
            yield leads
        finally:
            with contextlib.suppress(sa.exc.DBAPIError):  # its lock went with its connection
                connection.rollback()
            connection.close()

"""Opens the record of runs; imports what is slow to import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from seenred.bootstrap.data import Records
from seenred.infrastructure.database.call_store import CallStore
from seenred.infrastructure.database.event_store import EventStore
from seenred.infrastructure.database.migration import (
    refuse_newer,
    refuse_other,
    standing,
    upgrade,
)
from seenred.infrastructure.database.run_store import RunStore
from seenred.infrastructure.database.sqlite import open_sqlite, told
from seenred.infrastructure.durable.executor import Executors
from seenred.infrastructure.storage.folder_objects import FolderObjects


@contextmanager
def opened_records(folder: Path, file: Path, *, check: bool) -> Iterator[Records]:
    """As `open_records`."""
    database = open_sqlite(file)
    try:
        with told(file):
            if standing(database).empty:
                renew(database, file)
            elif check:
                refuse_other(database)
        yield Records(
            database,
            RunStore(database, file),
            EventStore(database, file),
            CallStore(database, file),
            FolderObjects(folder / "objects"),
            Executors(folder / "executors"),
        )
    finally:
        database.dispose()


def renew(database: sa.Engine, file: Path) -> None:
    """Bring all tables to this version; ours last, so that one revision tells of all.

    Raises:
        EnvironmentLacks: they are of a newer version, or the file cannot be written.
    """
    from seenred.infrastructure.durable.dbos_engine import migrate

    with told(file):
        refuse_newer(database)
        migrate(database)
        upgrade(database)

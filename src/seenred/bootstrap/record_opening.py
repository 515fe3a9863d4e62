"""Opens the record of runs; imports what is slow to import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from seenred.bootstrap.data import Records
from seenred.infrastructure.database.call_store import CallStore
from seenred.infrastructure.database.event_store import EventStore
from seenred.infrastructure.database.executor_store import ExecutorStore
from seenred.infrastructure.database.migration import (
    refuse_newer,
    refuse_other,
    standing,
    upgrade,
)
from seenred.infrastructure.database.object_store import ObjectStore
from seenred.infrastructure.database.postgres import open_postgres
from seenred.infrastructure.database.refusal import Place, Server, told
from seenred.infrastructure.database.run_store import RunStore
from seenred.infrastructure.database.sqlite import open_sqlite
from seenred.infrastructure.durable.crew import Crew
from seenred.infrastructure.durable.executor import Executors
from seenred.infrastructure.storage.folder_objects import FolderObjects


@contextmanager
def opened_records(folder: Path, where: Path | str, *, check: bool) -> Iterator[Records]:
    """As `open_records`.

    Args:
        where: a file, or the URL of a server.
    """
    database, place = _opened(where)
    try:
        with told(place):
            if standing(database).empty:
                renew(database, place)
            elif check:
                refuse_other(database)
        shared = isinstance(place, Server)
        objects = ObjectStore(database, place) if shared else FolderObjects(folder / "objects")
        yield Records(
            database,
            RunStore(database, place),
            EventStore(database, place),
            CallStore(database, place),
            objects,
            Crew(Executors(folder / "executors"), ExecutorStore(database, place)),
            place,
        )
    finally:
        database.dispose()


def _opened(where: Path | str) -> tuple[sa.Engine, Place]:
    return (open_sqlite(where), where) if isinstance(where, Path) else open_postgres(where)


def renew(database: sa.Engine, place: Place) -> None:
    """Bring all tables to this version; ours last, so that one revision tells of all.

    Raises:
        EnvironmentLacks: they are of a newer version, or it cannot be written.
    """
    from seenred.infrastructure.durable.dbos_engine import migrate

    with told(place):
        refuse_newer(database)
        migrate(database)
        upgrade(database)

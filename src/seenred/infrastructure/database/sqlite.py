"""A SQLite file as runs need it: one writer waits for another, and a kill loses nothing."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from seenred.infrastructure.database.refusal import told

# Milliseconds that a writer waits for another process.
PATIENCE = 30_000
# The first version whose `unixepoch` knows 'subsec'.
WITH_SUBSECONDS = (3, 42, 0)


def open_sqlite(file: Path) -> sa.Engine:
    """The engine for a file, which is made when it is not there, with its folder.

    Raises:
        EnvironmentLacks: the folder cannot be made.
    """
    with told(file):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _own(file)
    engine = sa.create_engine(f"sqlite:///{file}", pool_size=5, max_overflow=5)
    sa.event.listen(engine, "connect", _prepare)
    return engine


def _own(file: Path) -> None:
    """Make the file, or keep it, for its owner alone; SQLite gives its logs the same mode."""
    with contextlib.suppress(OSError):  # what cannot be opened is told when it is
        os.close(os.open(file, os.O_CREAT | os.O_RDONLY, 0o600))
        mode = file.stat().st_mode
        if mode & 0o077:
            file.chmod(mode & 0o700)


def _prepare(connection: Any, _: object) -> None:
    """BEGIN IMMEDIATE for each transaction that writes, so that none fails half-way.

    `synchronous=NORMAL` loses nothing to a kill; the newest steps may be lost when the power goes.
    """
    connection.isolation_level = "IMMEDIATE"
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if sqlite3.sqlite_version_info < WITH_SUBSECONDS:
        connection.create_function("unixepoch", -1, _unixepoch)


def _unixepoch(*asked: str) -> float | int:
    now = time.time()
    return now if "subsec" in asked else int(now)

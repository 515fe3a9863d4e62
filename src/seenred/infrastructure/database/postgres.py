"""A PostgreSQL as runs need it, and how people are told of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from seenred.errors import UsageError
from seenred.infrastructure.database.refusal import Server

# Milliseconds after which the server drops a transaction whose client is frozen, and its locks.
IDLE = 5_000
# Seconds: so long a connection may take, and so long a silent server is believed to be there.
CONNECT, SILENT = 5, 8
_CONNECTION = {
    "connect_timeout": CONNECT,
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": SILENT * 1000,
    "application_name": "seenred",
}


def open_postgres(url: str) -> tuple[sa.Engine, Server]:
    """The engine for a database, which connects when it is used, and what to call it.

    Raises:
        UsageError: `database-url`, it names no PostgreSQL. It is not shown, for the password in it.
    """
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() not in ("postgresql", "postgres"):
            raise sa.exc.ArgumentError
        port = parsed.port
    except (sa.exc.ArgumentError, ValueError):
        raise UsageError(
            "database-url",
            "SEENRED_DATABASE__URL names no PostgreSQL; write it as "
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE.",
        ) from None
    engine = sa.create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=_CONNECTION,
    )
    sa.event.listen(engine, "connect", _prepare)
    host = parsed.host or str(parsed.query.get("host", "")) or "localhost"
    shown = f"postgresql://{host}{f':{port}' if port else ''}/{parsed.database or ''}"
    return engine, Server(shown)


def _prepare(connection: Any, _: object) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = {IDLE}")
    connection.commit()  # the pool rolls back what is open when it is given back

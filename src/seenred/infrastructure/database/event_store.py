"""Events of runs in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from seenred.engine.records import StoredEvent
from seenred.infrastructure.database.fence import hold
from seenred.infrastructure.database.refusal import Place, steadily, told
from seenred.infrastructure.database.schema import EVENTS


class EventStore:
    """What happened in runs, in order."""

    def __init__(self, database: sa.Engine, file: Place) -> None:
        self._database = database
        self._file = file

    @steadily
    def append(
        self,
        run: str,
        place: str,
        at: float,
        kind: str,
        data: Mapping[str, Any],
        generation: int | None = None,
    ) -> None:
        """Add one; nothing is added when the run has one of that place already.

        Raises:
            RunTaken: the run is of another generation by now.
        """
        there = sa.select(EVENTS.c.number).where(EVENTS.c.run == run)
        number = sa.select(sa.func.coalesce(sa.func.max(EVENTS.c.number), 0) + 1).where(
            EVENTS.c.run == run
        )
        text = json.dumps(data)  # ASCII: what is told may hold what UTF-8 does not
        row = sa.select(
            sa.literal(run), number.scalar_subquery(), *map(sa.literal, (place, at, kind, text))
        ).where(~there.where(EVENTS.c.place == place).exists())
        columns = ["run", "number", "place", "at", "kind", "data"]
        with told(self._file), self._database.begin() as connection:
            # one after the other: two would give their events the same number
            hold(connection, run, generation)
            connection.execute(sa.insert(EVENTS).from_select(columns, row))

    @steadily
    def after(self, run: str, number: int = 0, most: int = 1000) -> list[StoredEvent]:
        """Those after the one of that number."""
        query = (
            sa.select(EVENTS.c.number, EVENTS.c.at, EVENTS.c.kind, EVENTS.c.data)
            .where(EVENTS.c.run == run, EVENTS.c.number > number)
            .order_by(EVENTS.c.number)
            .limit(most)
        )
        with told(self._file), self._database.connect() as connection:
            rows = connection.execute(query).all()
        return [StoredEvent(row.number, row.at, row.kind, json.loads(row.data)) for row in rows]

"""Nobody writes for a run that another process has by now."""

from __future__ import annotations

import sqlalchemy as sa

from seenred.engine.records import RunTaken
from seenred.infrastructure.database.schema import RUNS


def hold(connection: sa.Connection, run: str, generation: int | None) -> None:
    """Keep the run as it is until the transaction ends; of a file the whole transaction does.

    Raises:
        RunTaken: it is of another generation.
    """
    if connection.dialect.name == "sqlite":  # which begins with the first write only
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    held = sa.select(RUNS.c.generation).where(RUNS.c.id == run).with_for_update(key_share=True)
    found = connection.scalar(held)
    if generation is not None and found != generation:
        raise RunTaken(f"the run {run} is performed by another process")

"""Calls of models in the database."""

from __future__ import annotations

import time
from dataclasses import asdict, fields

import sqlalchemy as sa

from seenred.domain.run import ModelCall
from seenred.infrastructure.database.fence import hold
from seenred.infrastructure.database.refusal import Place, steadily, told
from seenred.infrastructure.database.schema import MODEL_CALLS

_FIELDS = [MODEL_CALLS.c[field.name] for field in fields(ModelCall)]


class CallStore:
    """Every call of a model."""

    def __init__(self, database: sa.Engine, file: Place) -> None:
        self._database = database
        self._file = file

    @steadily
    def keep(self, run: str, call: ModelCall, generation: int | None = None) -> None:
        """Put one on record; of a step that has one nothing is changed.

        Raises:
            RunTaken: the run is of another generation by now.
        """
        ours = MODEL_CALLS.c.run == run
        with told(self._file), self._database.begin() as connection:
            hold(connection, run, generation)
            known = sa.select(MODEL_CALLS.c.step).where(ours, MODEL_CALLS.c.step == call.step)
            if connection.scalar(known) is not None:
                return
            count = sa.select(sa.func.count()).select_from(MODEL_CALLS).where(ours)
            # half a surrogate pair and NUL, as a model may write them, cannot be kept everywhere
            reply = call.reply.encode(errors="backslashreplace").decode().replace("\0", r"\x00")
            row = {
                **asdict(call),
                "reply": reply,
                "run": run,
                "at": time.time(),
                "number": count.scalar_subquery(),
            }
            connection.execute(sa.insert(MODEL_CALLS).values(row))

    @steadily
    def of(self, run: str) -> list[ModelCall]:
        """The calls of a run, in order."""
        query = sa.select(*_FIELDS).where(MODEL_CALLS.c.run == run).order_by(MODEL_CALLS.c.number)
        with told(self._file), self._database.connect() as connection:
            return [ModelCall(**row) for row in connection.execute(query).mappings()]

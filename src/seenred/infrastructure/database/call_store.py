"""Calls of models in the database."""

from __future__ import annotations

import time
from dataclasses import asdict, fields
from pathlib import Path

import sqlalchemy as sa

from seenred.domain.run import ModelCall
from seenred.infrastructure.database.schema import MODEL_CALLS
from seenred.infrastructure.database.sqlite import told

_FIELDS = [MODEL_CALLS.c[field.name] for field in fields(ModelCall)]


class CallStore:
    """Every call of a model."""

    def __init__(self, database: sa.Engine, file: Path) -> None:
        self._database = database
        self._file = file

    def keep(self, run: str, call: ModelCall) -> None:
        """Put one on record; of a step that has one nothing is changed."""
        ours = MODEL_CALLS.c.run == run
        with told(self._file), self._database.begin() as connection:
            known = sa.select(MODEL_CALLS.c.step).where(ours, MODEL_CALLS.c.step == call.step)
            if connection.scalar(known) is not None:
                return
            count = sa.select(sa.func.count()).select_from(MODEL_CALLS).where(ours)
            # half a surrogate pair, as a model may write one, is nothing that can be kept
            reply = call.reply.encode(errors="backslashreplace").decode()
            row = {
                **asdict(call),
                "reply": reply,
                "run": run,
                "at": time.time(),
                "number": count.scalar_subquery(),
            }
            connection.execute(sa.insert(MODEL_CALLS).values(row))

    def of(self, run: str) -> list[ModelCall]:
        """The calls of a run, in order."""
        query = sa.select(*_FIELDS).where(MODEL_CALLS.c.run == run).order_by(MODEL_CALLS.c.number)
        with told(self._file), self._database.connect() as connection:
            return [ModelCall(**row) for row in connection.execute(query).mappings()]

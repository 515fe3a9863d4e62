"""Runs in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import sqlalchemy as sa

from seenred.domain.run import Run, RunState, the_run
from seenred.infrastructure.database.refusal import Place, steadily, told
from seenred.infrastructure.database.schema import EXECUTORS, RUNS

_FIELDS = [RUNS.c[field.name] for field in fields(Run)]
# Ids among which the nearest to an unknown one is looked for.
_RECENT = 200


class RunStore:
    """Every run that there is."""

    def __init__(self, database: sa.Engine, file: Place) -> None:
        self._database = database
        self._file = file

    def add(self, run: Run, given: Mapping[str, Any]) -> None:
        """Put a new run on record, with what it was asked as plain data."""
        row = {**_readable(asdict(run)), "given": json.dumps(given)}
        self._insert(row)

    def change(self, run: str, **values: Any) -> None:
        """Give these fields of a run other values."""
        self._write(sa.update(RUNS).where(RUNS.c.id == run).values(_readable(values)))

    @steadily
    def swap(self, run: str, was: str, /, **values: Any) -> bool:
        """Take a run from its executor `was`, if that has it still; whether it had."""
        theirs = (RUNS.c.id == run, RUNS.c.executor == was)
        taken = sa.update(RUNS).where(*theirs).values(generation=RUNS.c.generation + 1, **values)
        with told(self._file), self._database.begin() as connection:
            return connection.execute(taken).rowcount == 1

    @steadily
    def claim(self, run: str, executor: str, /, **values: Any) -> int | None:
        """Give a run to a process that is not declared dead; returns its generation, else None."""
        alive = sa.exists().where(EXECUTORS.c.name == executor)
        claimed = sa.update(RUNS).where(RUNS.c.id == run, alive).returning(RUNS.c.generation)
        changed = {"executor": executor, "generation": RUNS.c.generation + 1, **values}
        with told(self._file), self._database.begin() as connection:
            generation: int | None = connection.scalar(claimed.values(changed))
            return generation

    @steadily
    def settle(self, run: str, generation: int, /, **values: Any) -> bool:
        """As `change`, if the run is of that generation still; whether it was."""
        ours = (RUNS.c.id == run, RUNS.c.generation == generation)
        settled = sa.update(RUNS).where(*ours).values(_readable(values))
        with told(self._file), self._database.begin() as connection:
            return connection.execute(settled).rowcount == 1

    @steadily
    def find(self, asked: str) -> Run:
        """The run of that id, or whose id alone begins or ends so.

        Raises:
            UsageError: there is none, or there are several.
        """
        like = RUNS.c.id.startswith(asked, autoescape=True) | RUNS.c.id.endswith(
            asked, autoescape=True
        )
        by_age = RUNS.c.created.desc()
        with told(self._file), self._database.connect() as connection:
            known = list(connection.scalars(sa.select(RUNS.c.id).where(like).order_by(by_age)))
            if not known:
                recent = sa.select(RUNS.c.id).order_by(by_age).limit(_RECENT)
                known = list(connection.scalars(recent))
            found = sa.select(*_FIELDS).where(RUNS.c.id == the_run(asked, known))
            return _run(connection.execute(found).mappings().one())

    @steadily
    def given(self, run: str) -> Mapping[str, Any]:
        """What a run was asked."""
        with told(self._file), self._database.connect() as connection:
            text = connection.scalar(sa.select(RUNS.c.given).where(RUNS.c.id == run))
        asked: Mapping[str, Any] = json.loads(text or "{}")
        return asked

    @steadily
    def newest(self, states: Sequence[RunState] = (), most: int = 20) -> list[Run]:
        """The newest runs in these states, or in any."""
        query = _in(sa.select(*_FIELDS), states).order_by(RUNS.c.created.desc()).limit(most)
        with told(self._file), self._database.connect() as connection:
            return [_run(row) for row in connection.execute(query).mappings()]

    @steadily
    def count(self, states: Sequence[RunState] = ()) -> int:
        """How many there are."""
        query = _in(sa.select(sa.func.count()).select_from(RUNS), states)
        with told(self._file), self._database.connect() as connection:
            return connection.scalar(query) or 0

    @steadily
    def _insert(self, row: Mapping[str, Any]) -> None:
        """It may be there, when the answer of the first try was lost."""
        known = sa.select(RUNS.c.created, RUNS.c.given).where(RUNS.c.id == row["id"])
        with told(self._file), self._database.begin() as connection:
            if connection.execute(known).one_or_none() != (row["created"], row["given"]):
                connection.execute(sa.insert(RUNS).values(row))

    @steadily
    def _write(self, statement: sa.Executable) -> None:
        with told(self._file), self._database.begin() as connection:
            connection.execute(statement)


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """Without what a name on a disk may hold and UTF-8 does not, and without NUL."""
    return {
        name: value.encode(errors="replace").decode().replace("\0", "?")
        if type(value) is str
        else value
        for name, value in row.items()
    }


def _in(query: sa.Select[Any], states: Sequence[RunState]) -> sa.Select[Any]:
    return query.where(RUNS.c.state.in_(states)) if states else query


def _run(row: sa.RowMapping) -> Run:
    return Run(**{**dict(row), "state": RunState(row["state"])})

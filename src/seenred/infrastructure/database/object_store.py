"""Long texts in the database, for machines that share no folder."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from seenred.infrastructure.database.refusal import Place, steadily, told
from seenred.infrastructure.database.schema import OBJECTS


class ObjectStore:
    """Keeps texts by the sha256 of their UTF-8 bytes; what is kept is never changed."""

    def __init__(self, database: sa.Engine, file: Place) -> None:
        self._database = database
        self._file = file

    @steadily
    def keep(self, text: str) -> str:
        """Keep it; returns its sha256."""
        content = text.encode()
        sha256 = hashlib.sha256(content).hexdigest()
        there = sa.select(OBJECTS.c.sha256).where(OBJECTS.c.sha256 == sha256)
        with told(self._file), self._database.connect() as connection:
            if connection.scalar(there) is None:
                self._add(connection, sha256, content)
        return sha256

    @steadily
    def recall(self, sha256: str) -> str | None:
        """The text, or None when it is not there."""
        query = sa.select(OBJECTS.c.content).where(OBJECTS.c.sha256 == sha256)
        with told(self._file), self._database.connect() as connection:
            content = connection.scalar(query)
        return None if content is None else bytes(content).decode()

    def _add(self, connection: sa.Connection, sha256: str, content: bytes) -> None:
        try:
            connection.execute(sa.insert(OBJECTS).values(sha256=sha256, content=content))
            connection.commit()
        except sa.exc.IntegrityError:  # another process keeps the same
            connection.rollback()

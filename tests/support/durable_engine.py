"""Engines over one record, opened one after the other as processes would."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seenred.engine.ports import Engine, Performer


class MemoryEngines:
    """In memory."""

    def __init__(self, _: Path) -> None:
        from seenred.infrastructure.durable.memory import MemoryRecord

        self._record = MemoryRecord()

    def open(self, performers: Mapping[str, Performer]) -> Engine:
        from seenred.infrastructure.durable.memory import MemoryEngine

        return MemoryEngine(self._record, performers)


class DbosEngines:
    """Over a database in a folder, or over another one."""

    def __init__(self, folder: Path, database: Any = None) -> None:
        from seenred.infrastructure.database.sqlite import open_sqlite
        from seenred.infrastructure.durable.dbos_engine import migrate

        self.database: Any = database or open_sqlite(folder / "runs.db")
        migrate(self.database)
        self._objects = folder / "objects"
        self._numbers = itertools.count(1)

    def open(self, performers: Mapping[str, Performer]) -> Engine:
        from seenred.infrastructure.durable.dbos_engine import DbosEngine
        from seenred.infrastructure.storage.folder_objects import FolderObjects

        executor = f"process-{next(self._numbers)}"
        return DbosEngine(self.database, FolderObjects(self._objects), executor, performers)

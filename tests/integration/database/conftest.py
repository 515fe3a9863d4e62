from __future__ import annotations

import pytest

from seenred.infrastructure.database.migration import upgrade
from seenred.infrastructure.database.postgres import open_postgres
from seenred.infrastructure.database.sqlite import open_sqlite


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "runs.db"


@pytest.fixture
def database(file):
    engine = open_sqlite(file)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def stored(request, file):
    """Either kind of database, and what the stores call it."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database"), file
        return
    engine, server = open_postgres(request.getfixturevalue("postgres_url"))
    upgrade(engine)
    yield engine, server
    engine.dispose()

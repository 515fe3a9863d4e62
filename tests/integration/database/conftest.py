from __future__ import annotations

import pytest

from seenred.infrastructure.database.migration import upgrade
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

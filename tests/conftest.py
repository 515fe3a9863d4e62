from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # what is slow to import is imported when it is needed
    from postgres_server import PostgresServer


@pytest.fixture(scope="session", autouse=True)
def _record_of_its_own(tmp_path_factory) -> Iterator[None]:
    """No test writes into the record of runs of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEENRED_DATA", str(tmp_path_factory.mktemp("data")))
        patch.delenv("SEENRED_DATABASE__URL", raising=False)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test process; a test that stops it starts it again."""
    from postgres_server import PostgresServer

    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database of the test's own."""
    with postgres_server.database() as url:
        yield url

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _record_of_its_own(tmp_path_factory) -> Iterator[None]:
    """No test writes into the record of runs of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEENRED_DATA", str(tmp_path_factory.mktemp("data")))
        yield

from __future__ import annotations

import pytest

from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap, find_bwrap
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.infrastructure.sandbox.landlock import LandlockSandbox
from seenred.infrastructure.sandbox.none import Unconfined
from seenred.referee.ports import Sandbox


@pytest.fixture(params=["bubblewrap", "landlock"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """Every sandbox that promises to hold hostile code."""
    if request.param == "landlock":
        return LandlockSandbox(running_interpreter())
    bwrap = find_bwrap()
    if bwrap is None:
        pytest.skip("this machine has no bubblewrap")
    return Bubblewrap(bwrap, running_interpreter())


@pytest.fixture
def unconfined() -> Sandbox:
    return Unconfined(running_interpreter())

from __future__ import annotations

import pytest

from seenred.infrastructure.runners.python import PythonRunner
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap, find_bwrap
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.infrastructure.sandbox.landlock import LandlockSandbox


@pytest.fixture(params=["bubblewrap", pytest.param("landlock", marks=pytest.mark.thorough)])
def runner(request: pytest.FixtureRequest) -> PythonRunner:
    """A runner in every sandbox that holds hostile code."""
    if request.param == "landlock":
        return PythonRunner(LandlockSandbox(running_interpreter()))
    bwrap = find_bwrap()
    if bwrap is None:
        pytest.skip("this machine has no bubblewrap")
    return PythonRunner(Bubblewrap(bwrap, running_interpreter()))

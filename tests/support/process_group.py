"""Whether anything is left of a command that ran in a session of its own."""

import os
import signal
import time

import pytest


def wait_until_gone(group: int, seconds: float = 20) -> None:
    """No process of the group is left after a moment; those that are left are ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("a process of the run was left")

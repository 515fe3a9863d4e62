"""The limit of one test, kept by who stands outside of its process."""

from __future__ import annotations

from typing import Any

import pytest

from seenred.domain.observation import Ending

pytestmark = pytest.mark.thorough

UNDONE = """
import faulthandler, signal, time
def test_one():
    faulthandler.cancel_dump_traceback_later()
    signal.alarm(0)
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    time.sleep(20)
"""


def test_a_test_that_undoes_its_limit_is_ended_all_the_same(
    project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seenred.infrastructure.runners.suite.cold._PAUSE", 0.5, raising=False)
    others = {f"test_{number}.py": "def test_two(): pass\n" for number in range(1, 30)}

    seen = project.observe({"test_0.py": UNDONE, **others}, seconds=1.0)

    assert (Ending.TIMED_OUT, "test_0.py::test_one") == (seen.ending, seen.running)


def test_a_file_that_undoes_it_at_import_is_ended_too(
    project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seenred.infrastructure.runners.suite.cold._PAUSE", 0.5, raising=False)
    at_import = UNDONE.replace("def test_one():\n", "if True:\n")

    seen = project.observe({"test_0.py": at_import}, seconds=1.0)

    assert seen.ending is Ending.TIMED_OUT


def test_slow_tests_within_their_limits_are_let_be(
    project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seenred.infrastructure.runners.suite.cold._PAUSE", 0.5, raising=False)
    slow = "import time\n" + "".join(
        f"def test_{number}(): time.sleep(0.7)\n" for number in range(5)
    )

    seen = project.observe({"test_a.py": slow}, seconds=1.0)

    assert (Ending.COMPLETED, 5) == (seen.ending, len(seen.tests))

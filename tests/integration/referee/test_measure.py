import asyncio
from pathlib import Path

import pytest

from seenred.domain.execution import Limits
from seenred.domain.statement.statement import parse_statement
from seenred.infrastructure.runners.python import PythonRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.referee.measure import Measurement, measure, slow_finding
from seenred.referee.suite import ProblemSuite

STATEMENT = """Write a function `pairs(nums: list[int]) -> int` that counts the equal pairs in
O(n log n).

pairs([1, 1, 2]) -> 1
pairs([3]) -> 0
pairs([5, 5, 5]) -> 3

1 <= len(nums) <= 100000
"""
FAST = (
    "from collections import Counter\n"
    "def pairs(nums):\n    return sum(k * (k - 1) // 2 for k in Counter(nums).values())\n"
)
WAITING = "import time\ndef pairs(nums):\n    time.sleep(len(nums) ** 2 / 5e9)\n    return 0\n"
SLOW = (
    "def pairs(nums):\n    return sum(nums[i] == nums[j]"
    " for i in range(len(nums)) for j in range(i))\n"
)


def _measured(source):
    async def run():
        runner = PythonRunner(await open_sandbox(cache=Path.home() / ".cache" / "seenred"))
        suite = ProblemSuite(runner, parse_statement(STATEMENT), Limits(seconds=5))
        return await measure(suite, source)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("source", "meets"), [(FAST, True), pytest.param(SLOW, False, marks=pytest.mark.thorough)]
)
def test_the_demanded_growth_is_measured(source, meets):
    measurement = _measured(source)

    # too fast to see any growth is no proof of it, and no fault
    assert measurement.meets is meets or (meets and measurement.meets is None)
    assert measurement.requirement == "O(n log n)"


def test_waiting_for_the_processor_is_no_growth():
    assert _measured(WAITING).meets is not False


def test_only_a_missed_requirement_is_a_finding():
    assert slow_finding(Measurement(requirement="1 s", meets=True), "v1") is None
    assert slow_finding(Measurement(requirement="1 s", meets=None), "v1") is None
    assert "1 s" in slow_finding(Measurement(requirement="1 s", meets=False), "v1").issue

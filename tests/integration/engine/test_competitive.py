"""The time limit of a contest statement is a test like any other."""

import asyncio
import json

import pytest

from seenred.domain.workflow import COMPETITIVE
from seenred.engine.workflow.workflow_run import WorkflowRun
from seenred.infrastructure.models.scripted import Line, Script, ScriptedModel

pytestmark = pytest.mark.slow

STATEMENT = """Different numbers

time limit per test: 1 second

The first line holds n (1 <= n <= 200000), the second n integers a_1, ..., a_n (1 <= a_i <= 10^9).
Print how many different numbers there are.

Input:
3
5 7 5
Output:
2

Input:
1
4
Output:
1
"""
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})
SLOW = "seen = []\nfor a in map(int, input().split()):\n    seen += [a] if a not in seen else []"
SLOW_TOO = SLOW.replace("seen", "found")
FAST = "seen = set(input().split())"


def program(body):
    name = "found" if "found" in body else "seen"
    return Line(f"```python\ninput()\n{body}\nprint(len({name}))\n```")


def run(desk, *bodies):
    review = Line(NO_FINDINGS, match="Reply with JSON", repeat=True)
    model = ScriptedModel(Script([review, *map(program, bodies)]).answer)
    made = desk("problem.txt", STATEMENT, model)
    outcome = asyncio.run(WorkflowRun(COMPETITIVE, made, 5).run())
    return outcome, made.artifacts.read("validation_report.md")


def test_a_program_that_takes_too_long_is_not_solved(desk):
    outcome, report = run(desk, SLOW, SLOW_TOO, *[SLOW] * 4)
    assert not outcome.solved
    assert "too slow: the statement demands 1 s" in report


def test_a_faster_program_is_found_and_validated(desk):
    outcome, report = run(desk, SLOW, SLOW_TOO, FAST)
    assert outcome.solved
    assert "set(" in outcome.best.source
    assert "too slow" not in report

"""What a report says of a run, for programs and for people."""

import asyncio
import json

from seenred.domain.workflow import DEBUGGING
from seenred.engine.report import Surroundings, report_data
from seenred.engine.workflow_run import WorkflowRun
from seenred.infrastructure.models.scripted import ScriptedModel

MODULE = (
    'def half(x):\n    """\n    >>> half(4)\n    2.0\n    >>> half(0)\n    0.0\n    """\n'
    "    return x / 3\n"
)
FIXED = "```python\ndef half(x):\n    return x / 2\n```"
INVENTED = {"severity": "major", "issue": "half is slow", "input": "half(7)", "expected": "3"}
REVIEW = json.dumps({"findings": [INVENTED], "recommendations": [], "coverage_gaps": []})


def reported(desk, *replies):
    made = desk("module.py", MODULE, ScriptedModel.of(replies))
    outcome = asyncio.run(WorkflowRun(DEBUGGING, made, 5).run())
    return report_data(made, outcome, Surroundings("debugging", "scripted", "none", 1.0))


def test_a_failing_test_counts_as_a_critical_issue(desk):
    versions = reported(desk, REVIEW, FIXED, REVIEW)["versions"]
    assert [1, 0] == [version["critical"] for version in versions]

"""What a report says of a run, for programs and for people."""

import asyncio
import json

from seenred.domain.workflow import DEBUGGING
from seenred.engine.workflow.report import Surroundings, render_report, report_data
from seenred.engine.workflow.workflow_run import WorkflowRun
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


def test_a_finding_names_the_version_that_it_was_made_on(desk):
    findings = reported(desk, REVIEW, FIXED, REVIEW)["findings"]
    assert {"module.py", "module_fixed.py"} == {each["version"] for each in findings}


def test_people_read_what_was_confirmed_apart_from_hints_and_nothing_twice(desk):
    text = render_report(reported(desk, REVIEW, FIXED, REVIEW))
    confirmed, hints = text.split("## Hints")
    assert "## Confirmed" in confirmed
    assert 1 == confirmed.count("- critical on module.py")
    assert 1 == hints.count("half is slow")
    assert "| module.py | user | 1/2 (50%) | 1 | 0 |" in confirmed

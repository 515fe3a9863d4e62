import pytest

from seenred.domain.workflow import (
    BUILT_IN,
    Role,
    find_role,
    find_workflow,
    refuse_missing_inputs,
)
from seenred.errors import UsageError

OWN = {
    "quick": {
        "steps": [{"agent": "problem-solver", "inputs": ["problem"], "output": "answer.py"}],
        "final": "best.py",
    }
}


def test_the_three_workflows_are_built_in():
    assert {"development", "debugging", "competitive"} == set(BUILT_IN)


def test_a_workflow_of_ones_own_is_read_from_the_settings():
    flow = find_workflow("quick", OWN)
    assert (Role.SOLVER, "answer.py", "best.py") == (
        flow.steps[0].role,
        flow.steps[0].output,
        flow.final,
    )


def test_the_nearest_workflow_is_suggested():
    with pytest.raises(UsageError, match="Did you mean debugging"):
        find_workflow("debuging", {})


def test_the_nearest_agent_is_suggested():
    with pytest.raises(UsageError, match="Did you mean solution-fixer"):
        find_role("solution-fixr")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ([], "must be a table"),
        ({}, "has no steps"),
        ({"stepps": []}, "unknown key 'stepps'"),
        ({"intake": "x"}, "intake must be"),
        ({"steps": [{"agent": "problem-solver"}]}, "needs 'output'"),
        ({"steps": [{"agent": "solver", "output": "x"}]}, "no agent"),
        (
            {"steps": [{"agent": "problem-solver", "output": "x", "inputs": ["problm"]}]},
            "Did you mean problem",
        ),
        (
            {"repeat": [{"agent": "problem-solver", "output": "x"}]},
            "repeat must be",
        ),
    ],
)
def test_a_broken_workflow_is_named(table, says):
    with pytest.raises(UsageError, match=says):
        find_workflow("mine", {"mine": table})


SOLVE = {"agent": "problem-solver", "inputs": ["problem"], "output": "v{n}.py"}
REVIEW = {"agent": "bug-report-reviewer", "inputs": ["version"], "output": "plan_{k}.md"}
FIX = {"agent": "solution-fixer", "inputs": ["version", "fix_plan"], "output": "v{n}.py"}


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"steps": [{**SOLVE, "inputs": []}]}, "problem-solver must have 'problem'"),
        ({"steps": [{**SOLVE, "inputs": "problem"}]}, "inputs must be a list of texts"),
        ({"steps": [{**SOLVE, "focus": 3}]}, "focus must be a text"),
        ({"steps": [SOLVE], "final": 3}, "final must be a text"),
        ({"steps": [{**SOLVE, "output": "../x.py"}]}, "plain file name"),
        ({"steps": [{**SOLVE, "output": "{foo}.py"}]}, "placeholders are"),
        ({"steps": [{**SOLVE, "output": "{0}.py"}]}, "placeholders are"),
        ({"steps": [{**SOLVE, "output": "x{.py"}]}, "placeholders are"),
        ({"steps": [{**SOLVE, "output": "report.md"}]}, "a report's own name"),
        ({"steps": [{**SOLVE, "output": "x.py"}], "final": "x.py"}, "twice"),
        ({"steps": [SOLVE], "repeat": [{**REVIEW, "output": "p.md"}, FIX]}, "a number in each"),
    ],
)
def test_a_workflow_that_would_fail_under_way_is_refused_at_once(table, says):
    with pytest.raises(UsageError, match=says):
        find_workflow("mine", {"mine": table})


@pytest.mark.parametrize(
    ("table", "step", "missing"),
    [
        ({"steps": [FIX]}, "solution-fixer", "'version'"),
        ({"steps": [SOLVE, FIX]}, "solution-fixer", "'fix_plan'"),
        ({"steps": [REVIEW, SOLVE]}, "bug-report-reviewer", "'version'"),
        ({"intake": "source", "steps": [SOLVE]}, "problem-solver", "'problem'"),
        (
            {"steps": [SOLVE, {**REVIEW, "inputs": ["version", "report"]}]},
            "bug-report-reviewer",
            "'report', which only you can give; add --report",
        ),
        ({"steps": [SOLVE, {**REVIEW, "optional": True}, FIX]}, "solution-fixer", "'fix_plan'"),
    ],
)
def test_a_step_whose_input_is_missing_is_refused_by_name(table, step, missing):
    with pytest.raises(UsageError, match=f"The step {step} of mine needs {missing}"):
        refuse_missing_inputs(find_workflow("mine", {"mine": table}), report=False)


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_nothing_is_missing_in_a_built_in_workflow(name):
    refuse_missing_inputs(BUILT_IN[name], report=False)


def test_a_report_that_is_given_is_not_missing():
    table = {"steps": [SOLVE, {**REVIEW, "inputs": ["version", "report"]}]}
    refuse_missing_inputs(find_workflow("mine", {"mine": table}), report=True)

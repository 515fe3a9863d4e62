import pytest

from seenred.domain.workflow import BUILT_IN, Role, find_role, find_workflow
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

"""When a solution of a statement is called solved."""

import asyncio
import json

import pytest

from seenred.domain.event import Noted
from seenred.domain.iteration import StopReason
from seenred.domain.workflow import COMPETITIVE, DEVELOPMENT
from seenred.engine.workflow.workflow_run import WorkflowRun
from seenred.infrastructure.models.scripted import Line, Script, ScriptedModel

STATEMENT = """Write a function `largest(nums: list[int]) -> int` that returns the largest item.

largest([3, 1]) -> 3
largest([5, 2, 4]) -> 5

Constraints:
1 <= len(nums) <= 10
-100 <= nums[i] <= 100
"""
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})
RIGHT = "return max(nums)"
ALSO_RIGHT = "return sorted(nums)[-1]"
FIRST = "return nums[0]"  # passes both examples
FIRST_OR_ZERO = "return nums[0] if len(nums) > 1 else 0"
FAILING = "return 7"


def written(*bodies):
    return [f"```python\ndef largest(nums):\n    {body}\n```" for body in bodies]


def run(desk, workflow, solutions, others=(), listener=None):
    """Solutions in turn for who asks for code; a review finds nothing."""
    code = [Line(text) for text in written(*solutions, *others)]
    review = Line(NO_FINDINGS, match="Reply with JSON", repeat=True)
    model = ScriptedModel(Script([review, *code]).answer)
    made = desk("problem.txt", STATEMENT, model)
    if listener is not None:
        made.listener = listener
    return made, asyncio.run(WorkflowRun(workflow, made, 5).run())


def test_two_that_agree_on_generated_inputs_are_believed(desk):
    _, outcome = run(desk, DEVELOPMENT, [FIRST, RIGHT, ALSO_RIGHT], [ALSO_RIGHT] * 4)
    assert outcome.solved
    assert "max" in outcome.best.source
    assert 2 == outcome.best.evidence.agreeing


@pytest.mark.parametrize("workflow", [DEVELOPMENT, COMPETITIVE], ids=lambda each: each.name)
@pytest.mark.parametrize(
    "solutions",
    [
        pytest.param([FIRST, FAILING, FAILING, FAILING], id="only one passes"),
        pytest.param([FIRST, RIGHT, FIRST_OR_ZERO, FAILING], id="no two agree"),
    ],
)
def test_one_that_no_other_agrees_with_is_not_called_solved(desk, workflow, solutions):
    _, outcome = run(desk, workflow, solutions, [FIRST] * 4)
    assert outcome.stopped is StopReason.UNCONFIRMED
    assert not outcome.solved


@pytest.mark.parametrize(
    ("fixes", "solved"),
    [
        pytest.param([FIRST, FAILING, FAILING, FAILING], False, id="alone"),
        pytest.param([FIRST, RIGHT, ALSO_RIGHT], True, id="agreed"),
    ],
)
def test_a_fix_too_must_be_agreed_on(desk, fixes, solved):
    _, outcome = run(desk, DEVELOPMENT, [FAILING] * 4, fixes)
    assert solved == outcome.solved
    assert ("max" if solved else "nums[0]") in outcome.best.source


@pytest.mark.thorough
def test_a_fast_version_that_was_written_without_seeing_the_first_agrees_with_it(desk):
    demanding = STATEMENT.replace("Constraints", "A solution in O(n) is wanted.\n\nConstraints")
    demanding = demanding.replace("len(nums) <= 10\n", "len(nums) <= 100000\n")
    slow = "return max(x for x in nums for _ in nums)"
    code = [Line(text) for text in written(slow, FAILING, FAILING, FAILING, RIGHT)]
    review = Line(NO_FINDINGS, match="Reply with JSON", repeat=True)
    made = desk("p.txt", demanding, ScriptedModel(Script([review, *code]).answer))
    outcome = asyncio.run(WorkflowRun(DEVELOPMENT, made, 5).run())
    assert 1 == made.versions[0].evidence.agreeing
    assert outcome.solved


def test_where_nothing_can_be_compared_the_first_that_passes_is_taken(desk):
    words = (
        "Read a line from standard input, print what stands before its `=`.\n\n"
        "Input:\nx=1;\nOutput:\nx\n\nInput:\nlong=2;\nOutput:\nlong\n"
    )
    code = Line("```python\nprint(input().split('=')[0])\n```")
    review = Line(NO_FINDINGS, match="Reply with JSON", repeat=True)
    model = ScriptedModel(Script([review, code, Line(code.text.replace("0]", "-2]"))]).answer)
    made = desk("p.txt", words, model)
    outcome = asyncio.run(WorkflowRun(DEVELOPMENT, made, 5).run())
    assert [] == list(made.generated)
    assert outcome.solved
    assert made.versions[0].evidence.agreeing is None


def test_an_improver_that_breaks_a_test_is_told_by_that_test(desk):
    said = []
    made, _ = run(desk, DEVELOPMENT, [RIGHT, ALSO_RIGHT], [FAILING] * 4, said.append)
    notes = [each.text for each in said if isinstance(each, Noted)]
    assert "Candidate 1 is not taken: 0 of 2 tests pass; example 1: expected 3, got 7." in notes
    assert all("behaves as before" not in note for note in notes)
    assert 2 == sum("is not taken" in note for note in notes)
    assert "solution_v1.py" == made.best.name


KEEPING = """Write `ordered(nums: list[int]) -> list[int]`: the numbers in rising order.
The list that is passed in stays as it is.

ordered([2, 1]) -> [1, 2]
ordered([]) -> []
"""


@pytest.mark.parametrize(
    "sorting",
    [
        "def ordered(nums):\n    nums.sort()\n    return nums",
        "class Solution:\n    def ordered(self, nums):\n        nums.sort()\n        return nums",
    ],
)
def test_an_argument_that_must_stay_as_it_is_is_looked_at(desk, sorting):
    keeping = "def ordered(nums):\n    return sorted(nums)"
    code = [Line(f"```python\n{body}\n```") for body in (sorting, keeping, keeping, keeping)]
    review = Line(NO_FINDINGS, match="Reply with JSON", repeat=True)
    made = desk("p.txt", KEEPING, ScriptedModel(Script([review, *code, *[code[1]] * 6]).answer))
    outcome = asyncio.run(WorkflowRun(COMPETITIVE, made, 5).run())
    assert outcome.solved
    # which of the two that leave it alone is the best one, is a matter of their times
    given = [2, 1]
    assert [1, 2] == called(outcome.best.source, given)
    assert [2, 1] == given


def called(source, given):
    """What the one function of a solution, or of its class, makes of an argument."""
    defined = {}
    exec(source, defined)
    holder = defined.get("Solution")
    return (holder().ordered if holder else defined["ordered"])(given)


def test_a_solution_that_only_changes_its_argument_works_on_a_copy(desk):
    statement = STATEMENT + "\nThe argument must not be changed.\n"
    sorting = "nums.sort()\n    return nums[-1]"
    code = [Line(text) for text in written(sorting, RIGHT, RIGHT)]
    review = Line(NO_FINDINGS, match="Reply with JSON", repeat=True)
    made = desk("problem.txt", statement, ScriptedModel(Script([review, *code]).answer))

    outcome = asyncio.run(WorkflowRun(DEVELOPMENT, made, 5).run())

    assert outcome.solved
    assert "copy.deepcopy(nums)" in made.versions[0].source


def test_what_is_only_repeated_is_asked_for_hotter_and_then_anew(desk):
    prompts = []
    review = Line(NO_FINDINGS, match="Reply with JSON", repeat=True)
    failing = Line(written(FAILING)[0], match="", repeat=True)
    script = Script([review, failing])

    def answer(prompt):
        prompts.append(prompt)
        return script.answer(prompt)

    made = desk("problem.txt", STATEMENT, ScriptedModel(answer))
    outcome = asyncio.run(WorkflowRun(DEVELOPMENT, made, 5).run())

    code = [p for p in prompts if "Reply with JSON" not in p.messages[-1].text]
    heat = [p.temperature for p in code[: made.candidates]]
    assert not outcome.solved
    assert heat == sorted(heat)
    assert heat[-1] > 0.8
    assert not any("return 7" in m.text for m in code[-1].messages)


def prompts_of(desk, *bodies):
    code = [Line(text) for text in written(*bodies)]
    review = Line(NO_FINDINGS, match="Reply with JSON", repeat=True)
    model = ScriptedModel(Script([review, *code]).answer)
    made = desk("problem.txt", STATEMENT, model)
    outcome = asyncio.run(WorkflowRun(DEVELOPMENT, made, 5).run())
    return outcome, [prompt.messages[-1].text for prompt in model.prompts]


def test_a_solver_that_failed_hears_how_and_does_not_see_the_code(desk):
    outcome, prompts = prompts_of(desk, FAILING, FAILING, RIGHT, ALSO_RIGHT, RIGHT, RIGHT)
    assert outcome.solved
    assert "An earlier attempt failed: [3, 1]: expected 3, got 7" in prompts[2]
    assert not any("return 7" in prompt for prompt in prompts)


def test_a_fixer_that_copies_what_it_is_shown_is_not_shown_it_again(desk):
    outcome, prompts = prompts_of(desk, *[FAILING] * 4, FAILING, RIGHT, ALSO_RIGHT)
    assert outcome.solved
    shown, *unseen = prompts[5:8]
    assert "return 7" in shown
    for prompt in unseen:
        assert "return 7" not in prompt
        assert "An earlier attempt failed: [3, 1]: expected 3, got 7" in prompt

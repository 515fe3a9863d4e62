"""What the agents are shown and what comes of it when a module is debugged."""

import asyncio
import hashlib
import json
import re

from seenred.domain.iteration import StopReason
from seenred.domain.workflow import DEBUGGING
from seenred.engine.workflow.workflow_run import WorkflowRun
from seenred.infrastructure.models.scripted import ScriptedModel

OTHERS = "".join(
    f'def other{n}(x):\n    """Adds {n}."""\n    y = x + {n}\n    return y\n\n\n' for n in range(20)
)
MODULE = OTHERS + (
    "def half(x):\n    return x / 3\n\n\n"
    "def halves(*numbers):\n"
    '    """Half of each.\n\n'
    "    >>> halves(2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, "
    "42, 44, 46, 48, 50, 52, 54, 56, 58, 60)[:2]\n"
    "    [1.0, 2.0]\n"
    '    """\n'
    "    return [half(x) for x in numbers]\n"
)
FIXED = "```python\ndef half(x):\n    return x / 2\n```"
STILL_WRONG = "```python\ndef half(x):\n    return x / 5\n```"


def review(*findings: dict[str, str]) -> str:
    return json.dumps({"findings": findings, "recommendations": [], "coverage_gaps": []})


def debugged(desk, module, *replies):
    made, outcome, prompts = prompted(desk, module, *replies)
    return made, outcome, [prompt.messages[-1].text for prompt in prompts]


def prompted(desk, module, *replies):
    model = ScriptedModel.of(replies)
    made = desk("module.py", module, model)
    outcome = asyncio.run(WorkflowRun(DEBUGGING, made, 5).run())
    return made, outcome, model.prompts


def test_of_a_long_module_agents_are_shown_what_a_failing_test_runs(desk):
    _, outcome, prompts = debugged(desk, MODULE, review(), FIXED, review())
    assert outcome.solved
    reviewing, fixing = prompts[:2]
    for prompt in (reviewing, fixing):
        assert "return x / 3" in prompt
        assert "return [half(x) for x in numbers]" in prompt
        assert "def other7(x):\n    ..." in prompt


SHORT = 'def half(x):\n    """\n    >>> half(4)\n    2.0\n    """\n    return x / 3\n'
SAME = {
    "severity": "critical",
    "issue": "x must be rounded",
    "fix": "round it",
    "input": "half(4)",
    "expected": "2.0",
}


def test_a_reply_cannot_change_what_it_was_not_shown(desk):
    meddling = FIXED.replace("```python\n", "```python\ndef other7(x):\n    return 0\n\n\n")
    _, outcome, _ = debugged(desk, MODULE, review(), meddling, review())
    assert outcome.solved
    assert MODULE.replace("x / 3", "x / 2") == outcome.best.source


def test_a_finding_on_a_test_that_fails_already_is_no_second_one(desk):
    made, outcome, prompts = debugged(desk, SHORT, review(SAME), FIXED, review())
    assert outcome.solved
    assert made.results[outcome.best.name].total == 1
    assert "rounded" not in prompts[1]
    assert "a test fails on it already" in made.reviews[0].content


def test_a_finding_on_the_input_of_a_test_that_passes_is_refuted(desk):
    module = SHORT.replace("half(4)\n    2.0", "half(4)\n    2.0\n    >>> half(0)\n    0.0")
    invented = {**SAME, "input": "half( 0 )", "expected": "1"}
    made, _, _ = debugged(desk, module, review(invented), FIXED, review())
    assert "### [refuted] x must be rounded" in made.reviews[0].content


def test_a_fix_that_is_no_better_is_not_reviewed(desk):
    replies = [STILL_WRONG.replace("5", str(n)) for n in (5, 6, 7, 8)]
    _, outcome, prompts = debugged(desk, SHORT, review(), *replies)
    assert outcome.stopped is StopReason.NO_PROGRESS
    assert len(prompts) == 5


def test_of_the_tests_an_agent_is_shown_those_that_fail(desk):
    module = SHORT.replace("    2.0\n", "    2.0\n    >>> half(0)\n    0.0\n")
    made, _, prompts = debugged(desk, module, review(), FIXED, review())
    assert "1 of 2 tests pass" in prompts[1]
    assert "FAIL       doctest: half(4)" in prompts[1]
    assert "pass       doctest" not in prompts[1]
    assert "pass       doctest: half(0)" in made.artifacts.read("test_results.txt")


def test_a_documented_function_is_also_written_anew_without_showing_its_body(desk):
    copied = "```python\ndef half(x):\n    return x / 3\n```"
    module = (
        SHORT.replace('"""\n', '"""Half of x.\n\n', 1) + "\n\ndef other(x):\n    return x + 1\n"
    )
    _, outcome, prompts = debugged(desk, module, review(), copied, FIXED, review())
    assert outcome.solved
    assert "return x / 3" in prompts[1]
    assert "return x / 3" not in prompts[2]
    assert "return x + 1" not in prompts[2]
    assert "Half of x." in prompts[2]
    assert "Complete the last function" in prompts[2]
    assert "# Findings" not in prompts[2]


def test_of_several_functions_only_those_that_the_test_names_are_written_anew(desk):
    inner = 'def third(x):\n    """A third of x."""\n    return x / 3\n\n\n'
    module = inner + SHORT.replace('"""\n', '"""Half of x.\n\n', 1).replace("x / 3", "third(x)")
    same = "```python\ndef half(x):\n    return third(x)\n```"
    _, _, prompts = debugged(desk, module, review(), same, same, same, FIXED, review())
    asked = [re.search(r"complete function `(\w+)", prompt) for prompt in prompts]
    assert ["half", "half"] == [found[1] for found in asked if found]


def test_a_function_without_words_of_its_own_is_not_written_anew(desk):
    module = "def half(x):\n    return x / 3\n\n\n" + (
        'def halves(*xs):\n    """\n    >>> halves(4)\n    [2.0]\n    """\n'
        "    return [half(x) for x in xs]\n"
    )
    copied = "```python\ndef half(x):\n    return x / 3\n```"
    _, outcome, prompts = debugged(desk, module, review(), copied, copied, FIXED, review())
    assert outcome.solved
    assert not any("Complete the last function" in prompt for prompt in prompts)


def test_the_context_names_the_very_artifact_that_a_step_was_given(desk):
    module = SHORT.replace("x / 3", "x / 3 if x else {}[x]")
    found = {**SAME, "input": "half(0)"}  # a crash: it becomes a test of all versions
    made, _, _ = debugged(desk, module, review(found), STILL_WRONG, STILL_WRONG, FIXED, review())
    for step in made.context.steps:
        for given in step["inputs"]:
            artifact = made.artifacts.read(given["path"])
            assert given["sha256"] == hashlib.sha256(artifact.encode()).hexdigest()


def test_each_new_way_of_asking_begins_with_the_likeliest_reply(desk):
    copied = "```python\ndef half(x):\n    return x / 3\n```"
    module = SHORT.replace('"""\n', '"""Half of x.\n\n', 1)
    _, _, prompts = prompted(desk, module, review(), copied, copied, copied, FIXED, review())
    shown, anew, shown_again, anew_again = (prompt.temperature for prompt in prompts[1:5])
    assert shown == anew == 0
    assert 0 < shown_again < anew_again  # what is only repeated is sampled hotter


def test_a_fix_that_is_no_better_is_not_repaired_but_another_drawn(desk):
    replies = [STILL_WRONG.replace("5", str(n)) for n in (5, 6, 7, 8)]
    _, _, prompts = prompted(desk, SHORT, review(), *replies)
    assert all("return x / 3" in prompt.messages[-1].text for prompt in prompts[1:])


def test_a_fix_that_is_better_is_repaired_with_its_counterexample(desk):
    module = SHORT.replace("2.0\n", "2.0\n    >>> half(0)\n    0\n    >>> half(-4)\n    -2.0\n")
    partly = "```python\ndef half(x):\n    return abs(x) / 2\n```"
    _, outcome, prompts = prompted(desk, module, review(), partly, FIXED, review())
    asked = prompts[2].messages[-1].text
    assert "# Findings to fix\nhalf(-4): expected -2.0, got 2.0" in asked
    assert "return abs(x) / 2" in asked
    assert "return x / 3" not in asked
    assert outcome.solved


REFUSING = '''def half(x):
    """Half of x.

    >>> half(4)
    2.0
    >>> half(0)
    0.0
    """
    if x < 0:
        raise ValueError("negative")
    return x / 3
'''


def test_what_a_module_refuses_it_must_go_on_refusing(desk):
    keeping = FIXED.replace("    return", "    if x < 0:\n        raise ValueError\n    return")
    _, outcome, _ = debugged(desk, REFUSING, review(), FIXED, FIXED, keeping, review())
    assert outcome.solved
    assert "raise ValueError" in outcome.best.source


def test_a_refusal_that_is_the_defect_may_go(desk):
    module = REFUSING.replace("x < 0", "x < 5").replace("x / 3", "x / 2")
    _, outcome, _ = debugged(desk, module, review(), FIXED, review())
    assert outcome.solved

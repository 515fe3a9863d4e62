"""Steps are performed once; what they gave is data, the same whether made or recalled."""

import asyncio

import pytest

from seenred.domain.check import CheckResult, SuiteResult
from seenred.domain.conversation import Reply
from seenred.domain.execution import Answer, Outcome
from seenred.domain.finding import Finding, Severity, Trial
from seenred.domain.problem import Authority
from seenred.errors import EnvironmentLacks, ModelFailed
from seenred.infrastructure.durable.memory import MemoryLedger, MemoryObjects
from seenred.infrastructure.durable.steps import LONG, RecordedSteps
from seenred.referee.checking import Ruling
from seenred.referee.measure import Measurement
from seenred.referee.trust import Tried

FINDING = Finding(
    Severity.MAJOR, location="f", issue="wrong", trial=Trial(arguments=("1",), expected="2")
).confirmed(Authority.STATEMENT, "expected 2, got 1")
GIVEN = [
    (Reply("text", "m", prompt_tokens=3, seconds=0.5, truncated=True), Reply),
    (SuiteResult((CheckResult("a", None), CheckResult("b", False, "no")), "error"), SuiteResult),
    ([Answer(Outcome.RAISED, error="E", line=3, deliberate=True)], list[Answer]),
    (Measurement(((1, 0.5), (4, float("inf"))), slope=1.5, meets=False), Measurement),
    (FINDING, Finding),
    (Tried("no", (True, None)), Tried),
    ([Ruling(None, "why")], list[Ruling]),
    ((3, 4), tuple[int, ...]),
]


class Run:
    """A run that is performed several times over one record."""

    def __init__(self) -> None:
        self.ledger = MemoryLedger()
        self.objects = MemoryObjects()
        self.performed: list[str] = []

    def steps(self) -> RecordedSteps:
        return RecordedSteps(self.ledger, self.objects)

    def perform(self, steps: RecordedSteps, name: str, value, shape):
        async def step():
            self.performed.append(name)
            if isinstance(value, Exception):
                raise value
            return value

        return asyncio.run(steps.run(name, step, shape))


@pytest.mark.parametrize(("value", "shape"), GIVEN, ids=lambda each: type(each).__name__)
def test_what_a_step_gave_is_the_same_made_or_recalled(value, shape):
    run = Run()
    made, recalled = (run.perform(run.steps(), "1", value, shape) for _ in range(2))
    assert (value, value) == (made, recalled)
    assert ["1"] == run.performed


def test_two_steps_of_one_name_are_told_apart():
    run = Run()
    for _ in range(2):
        steps = run.steps()
        assert [1, 2] == [run.perform(steps, "1/test", value, int) for value in (1, 2)]
    assert ["1/test", "1/test#2"] == steps.names
    assert 2 == len(run.performed)


def test_what_a_step_raises_is_not_recorded():
    run = Run()
    with pytest.raises(ModelFailed):
        run.perform(run.steps(), "1", ModelFailed("model-failed", "gone"), Reply)
    assert Reply("now", "m") == run.perform(run.steps(), "1", Reply("now", "m"), Reply)


def test_a_result_without_a_shape_is_made_again():
    run = Run()
    for _ in range(2):
        run.perform(run.steps(), "1", object(), None)
    assert 2 == len(run.performed)


def test_a_long_result_lies_with_the_objects():
    run, text = Run(), "é" * LONG
    assert text == run.perform(run.steps(), "1", text, str)
    assert len(run.ledger.records["1"]) < 200
    assert text == run.perform(run.steps(), "1", text, str)


@pytest.mark.parametrize("there", [{}, "other"])
def test_a_long_result_that_is_gone_or_was_changed_is_refused(there):
    run = Run()
    run.perform(run.steps(), "1", "x" * 2 * LONG, str)
    run.objects.texts = dict.fromkeys(run.objects.texts, there) if there else {}
    with pytest.raises(EnvironmentLacks, match="gone or was changed"):
        run.perform(run.steps(), "1", "", str)


def test_a_record_of_another_shape_is_refused_with_its_place():
    run = Run()
    run.perform(run.steps(), "1", {"text": 5}, dict[str, int])
    with pytest.raises(EnvironmentLacks, match=r"not Reply .text: Input should be"):
        run.perform(run.steps(), "1", None, Reply)


def test_a_recalled_step_counts_the_time_that_it_took():
    run = Run()
    run.perform(run.steps(), "1", 1, int)
    run.ledger.records["1"] = '{"value": 1, "seconds": 40.0, "elapsed": 50.0}'
    steps = run.steps()
    assert steps.elapsed < 40
    run.perform(steps, "1", 1, int)
    assert (40.0, 1) == (steps.seconds, steps.recalled)
    assert 50 <= steps.elapsed < 90

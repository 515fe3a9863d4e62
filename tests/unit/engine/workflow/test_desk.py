"""What a desk asks of a suite."""

import asyncio
from collections.abc import Sequence

import pytest

from seenred.domain.budget import Budget
from seenred.domain.execution import Answer, Outcome
from seenred.domain.finding import Trial
from seenred.engine.asking import Asker
from seenred.engine.workflow.desk import Desk, Subject
from seenred.infrastructure.durable.memory import MemorySteps
from seenred.infrastructure.models.scripted import ScriptedModel
from seenred.infrastructure.workspace.artifacts import FolderArtifacts

TRIALS = [Trial(arguments=(str(n),)) for n in range(9)]


class Timed:
    """A suite in which the numbers in `slow` time out."""

    def __init__(self, slow: set[int]) -> None:
        self.slow = slow
        self.tried: list[int] = []

    async def answer(self, _: str, trials: Sequence[Trial]) -> list[Answer]:
        numbers = [int(trial.arguments[0]) for trial in trials]
        self.tried += numbers
        return [
            Answer(Outcome.TIMED_OUT) if n in self.slow else Answer(Outcome.RETURNED, str(n))
            for n in numbers
        ]


def answers(suite: Timed, tmp_path) -> list[Answer]:
    steps, listener = MemorySteps(), [].append
    asker = Asker(ScriptedModel.of([]), steps, Budget(), lambda: 0.0, listener)
    subject = Subject("p", "p.txt", "")
    desk = Desk(subject, suite, asker, steps, FolderArtifacts(tmp_path), listener, 1)
    return asyncio.run(desk.answers("1", "", TRIALS))


@pytest.mark.parametrize("slow", [set(), {0}, {1, 2, 3}])
def test_every_trial_is_answered_in_its_order(tmp_path, slow):
    suite = Timed(slow)
    got = [a.value or "timed out" for a in answers(suite, tmp_path)]
    assert ["timed out" if n in slow else str(n) for n in range(9)] == got
    assert list(range(9)) == suite.tried


def test_a_version_that_hangs_on_the_first_trials_is_not_given_the_rest(tmp_path):
    suite = Timed(set(range(9)))
    assert [Answer(Outcome.TIMED_OUT)] * 9 == answers(suite, tmp_path)
    assert [0, 1] == suite.tried

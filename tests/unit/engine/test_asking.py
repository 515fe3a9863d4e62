"""What a step's prompt becomes before it reaches the model."""

import asyncio

import pytest

from seenred.domain.budget import Budget
from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.engine.asking import Asker
from seenred.infrastructure.durable.memory import MemorySteps
from seenred.infrastructure.models.scripted import ScriptedModel

PROMPT = Prompt((Message(Speaker.USER, "One?"),))


def asked(effort: str) -> Prompt:
    model = ScriptedModel.of(["1"])
    asker = Asker(model, MemorySteps(), Budget(), lambda: 0.0, lambda _: None, effort)
    asyncio.run(asker.ask("1", PROMPT))
    return model.prompts[0]


@pytest.mark.parametrize("effort", ["off", "low", "max"])
def test_every_request_carries_the_effort_of_the_run(effort):
    assert effort == asked(effort).reasoning

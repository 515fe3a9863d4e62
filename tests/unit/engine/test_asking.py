"""What a step's prompt becomes before it reaches the model."""

import asyncio

import pytest

from seenred.domain.budget import Budget
from seenred.domain.conversation import Message, Prompt, Reply, Speaker
from seenred.engine.asking import Asker
from seenred.errors import BudgetSpent
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


def test_another_model_is_asked_with_the_same_effort_and_within_the_same_budget():
    first = ScriptedModel(lambda _: Reply("1", "", prompt_tokens=40, reply_tokens=10))
    second = ScriptedModel(lambda _: Reply("2", "", prompt_tokens=40, reply_tokens=10))
    budget = Budget(max_tokens=100)
    asker = Asker(first, MemorySteps(), budget, lambda: 0.0, lambda _: None, "low")
    beside = asker.beside(second)
    asyncio.run(asker.ask("1", PROMPT))
    asyncio.run(beside.ask("2", PROMPT))
    assert second.prompts[0].reasoning == "low"
    assert (asker.usage.tokens, beside.usage.tokens) == (100, 100)
    assert asker.spent() is not None
    with pytest.raises(BudgetSpent):
        asyncio.run(beside.ask("3", PROMPT))

"""What a step's prompt becomes before it reaches the model."""

import asyncio
from dataclasses import replace

import pytest

from seenred.domain.budget import Budget
from seenred.domain.conversation import Message, Prompt, Reply, Speaker, request_hash
from seenred.domain.run import ModelCall
from seenred.engine.asking import Asker, Ledger
from seenred.errors import BudgetSpent, UsageError
from seenred.infrastructure.durable.memory import MemoryLedger, MemoryObjects, MemorySteps
from seenred.infrastructure.durable.steps import RecordedSteps
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


def test_a_recalled_reply_to_another_request_is_refused():
    ledger = MemoryLedger()
    model = ScriptedModel(lambda _: "reply")

    def ask(prompt: Prompt) -> Reply:
        steps = RecordedSteps(MemoryLedger(ledger.records), MemoryObjects())
        asker = Asker(model, steps, Budget(), lambda: 0.0, lambda _: None)
        return asyncio.run(asker.ask("1", prompt))

    steps = RecordedSteps(ledger, MemoryObjects())
    asyncio.run(Asker(model, steps, Budget(), lambda: 0.0, lambda _: None).ask("1", PROMPT))
    assert ask(PROMPT).text == "reply"
    with pytest.raises(UsageError, match="The step 1 would ask scripted something else"):
        ask(replace(PROMPT, max_tokens=7))
    assert 1 == len(model.prompts)


def test_each_call_is_kept_with_its_step_and_the_hash_of_its_request():
    kept: list[ModelCall] = []
    model = ScriptedModel(lambda _: Reply("said", "", prompt_tokens=4, reply_tokens=2, cost=0.5))
    asker = Asker(
        model, MemorySteps(), Budget(), lambda: 0.0, lambda _: None, ledger=Ledger(keep=kept.append)
    )
    asyncio.run(asker.ask("1-solver", PROMPT))
    (call,) = kept
    assert ("1-solver", "scripted", "said", 6) == (
        call.step,
        call.model,
        call.reply,
        call.prompt_tokens + call.reply_tokens,
    )
    assert request_hash(replace(PROMPT, reasoning="high"), "scripted") == call.request

"""What a step's prompt becomes before it reaches the model."""

import asyncio
import hashlib
from dataclasses import replace

import pytest

from seenred.domain.account import Amount
from seenred.domain.budget import Budget
from seenred.domain.conversation import Message, Prompt, Reply, Speaker, request_hash
from seenred.domain.run import ModelCall
from seenred.engine.asking import Asker, Ledger
from seenred.engine.metering import DayMeter
from seenred.engine.recording import Recording
from seenred.errors import BudgetSpent, ModelFailed, UsageError
from seenred.infrastructure.accounts.memory import MemoryAccounts
from seenred.infrastructure.durable.memory import MemoryLedger, MemoryObjects, MemorySteps
from seenred.infrastructure.durable.steps import RecordedSteps
from seenred.infrastructure.models.scripted import Line, Script, ScriptedModel

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
    kept: list[tuple[ModelCall, str]] = []
    model = ScriptedModel(lambda _: Reply("said", "", prompt_tokens=4, reply_tokens=2, cost=0.5))

    def keep(call: ModelCall, request: str) -> None:
        kept.append((call, request))

    asker = Asker(
        model, MemorySteps(), Budget(), lambda: 0.0, lambda _: None, ledger=Ledger(keep=keep)
    )
    asyncio.run(asker.ask("1-solver", PROMPT))
    ((call, request),) = kept
    assert ("1-solver", "scripted", "said", 6) == (
        call.step,
        call.model,
        call.reply,
        call.prompt_tokens + call.reply_tokens,
    )
    assert request_hash(replace(PROMPT, reasoning="high"), "scripted") == call.request
    assert call.request == hashlib.sha256(request.encode()).hexdigest()
    assert "One?" in request


LONG = Prompt((Message(Speaker.USER, "x" * 350),), max_tokens=50)


def asker_over(model: ScriptedModel, budget: Budget, ledger: Ledger | None = None) -> Asker:
    return Asker(model, MemorySteps(), budget, lambda: 0.0, lambda _: None, ledger=ledger)


def test_a_call_that_might_pass_a_limit_is_not_made():
    model = ScriptedModel.of(["1"])
    with pytest.raises(BudgetSpent) as caught:
        asyncio.run(asker_over(model, Budget(max_tokens=100)).ask("1", LONG))
    told = "The budget is spent: 0 of 100 tokens, and the next call needs about 101."
    assert (caught.value.message, model.prompts) == (told, [])


def test_a_reply_has_the_room_that_the_prompt_leaves():
    model = ScriptedModel.of(["1"])
    asyncio.run(asker_over(model, Budget(max_tokens=120)).ask("1", LONG))
    assert (model.prompts[0].max_tokens, model.prompts[0].most_tokens) == (20, 20)


def test_a_call_that_might_cost_more_than_is_left_is_not_made():
    model = ScriptedModel.of(["1"])
    ledger = Ledger(priced=lambda _, prompt, reply: 0.001 * prompt + 0.01 * reply)
    with pytest.raises(
        BudgetSpent, match=r"\$0\.00 of \$0\.50, and the next call may cost \$0\.60"
    ):
        asyncio.run(asker_over(model, Budget(max_cost=0.5), ledger).ask("1", LONG))
    asyncio.run(asker_over(model, Budget(max_cost=0.7), ledger).ask("1", LONG))


def day_of(**limits: float) -> tuple[Ledger, MemoryAccounts]:
    accounts = MemoryAccounts()
    meter = DayMeter(accounts, "ada", Budget(**limits), lambda: "today", lambda: 0.0)
    return Ledger(meter=meter), accounts


def taken(accounts: MemoryAccounts) -> Amount:
    return asyncio.run(accounts.change("ada/today", lambda account: account)).taken


def test_a_call_is_counted_for_the_day_of_its_owner():
    ledger, accounts = day_of(max_tokens=200)
    reply = Reply("1", "", prompt_tokens=90, reply_tokens=10, seconds=2.0, cost=0.5)
    asker = asker_over(ScriptedModel(lambda _: reply), Budget(), ledger)
    asyncio.run(asker.ask("1", LONG))
    assert taken(accounts) == Amount(100, 0.5, 2.0)
    with pytest.raises(BudgetSpent, match="of the day is spent: 100 of 200 tokens, and the next"):
        asyncio.run(asker.ask("2", LONG))


def test_a_call_that_failed_is_not_counted_and_an_iteration_is():
    ledger, accounts = day_of(max_iterations=1)
    failing = ScriptedModel(Script([Line(fail="no")]).answer)
    asker = asker_over(failing, Budget(), ledger)
    with pytest.raises(ModelFailed):
        asyncio.run(asker.ask("1", LONG))
    asyncio.run(asker.begin_iteration("a cycle"))
    assert taken(accounts) == Amount(iterations=1)
    with pytest.raises(BudgetSpent, match="1 of 1 iterations"):
        asyncio.run(asker.begin_iteration("another"))


def test_a_call_that_is_recalled_is_not_counted_twice():
    ledger, accounts = day_of(max_tokens=1000)
    steps, objects = MemoryLedger(), MemoryObjects()
    model = ScriptedModel(lambda _: Reply("1", "", prompt_tokens=90, reply_tokens=10))
    for recalled in (0, 1):
        run = RecordedSteps(steps, objects)
        asker = Asker(model, run, Budget(), lambda: 0.0, lambda _: None, ledger=ledger)
        asyncio.run(asker.ask("1", LONG))
        assert (run.recalled, taken(accounts).tokens) == (recalled, 100)


def test_a_reply_that_is_not_kept_is_used_and_never_recalled():
    ledger = MemoryLedger()
    model = ScriptedModel(lambda _: "secret words")

    def ask() -> Reply:
        steps = RecordedSteps(ledger, MemoryObjects())
        account = Ledger(kept=Recording(texts=False).answered)
        asker = Asker(model, steps, Budget(), lambda: 0.0, lambda _: None, ledger=account)
        return asyncio.run(asker.ask("1", PROMPT))

    assert ask().text == "secret words"
    assert "secret words" not in ledger.records["1"]
    assert hashlib.sha256(b"secret words").hexdigest() in ledger.records["1"]
    with pytest.raises(UsageError, match="in the step 1 cannot be recalled") as refused:
        ask()
    assert (refused.value.code, len(model.prompts)) == ("reply-not-kept", 1)


def test_a_secret_is_neither_in_the_request_on_record_nor_recalled_in_a_reply():
    ledger, kept = MemoryLedger(), []
    model = ScriptedModel(lambda _: "it is my-own-key")
    recording = Recording(secrets=("my-own-key",))
    prompt = Prompt((Message(Speaker.USER, "Is it\nsk-0123456789abcdefghij or my-own-key?"),))

    def ask() -> Reply:
        account = Ledger(
            keep=lambda call, request: kept.append((recording.call(call).reply, request)),
            kept=recording.answered,
            secrets=recording.secrets,
        )
        steps = RecordedSteps(ledger, MemoryObjects())
        asker = Asker(model, steps, Budget(), lambda: 0.0, lambda _: None, ledger=account)
        return asyncio.run(asker.ask("1", prompt))

    assert ask().text == "it is my-own-key"
    assert prompt.messages == model.prompts[0].messages
    ((reply, request),) = kept
    assert reply == "it is [redacted]"
    assert "Is it\\n[redacted] or [redacted]?" in request
    assert "my-own-key" not in ledger.records["1"]
    with pytest.raises(UsageError, match="held what looks like a secret"):
        ask()


def test_a_prompt_that_is_no_unicode_can_be_asked_with():
    model = ScriptedModel.of(["1"])
    asked = Prompt((Message(Speaker.USER, "half a pair: \ud800"),))
    reply = asyncio.run(asker_over(model, Budget()).ask("1", asked))
    assert reply.text == "1"

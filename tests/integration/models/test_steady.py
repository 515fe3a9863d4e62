"""A provider that misbehaves on this machine, asked until it answers or is given up."""

import asyncio

import pytest
from provider_server import misbehaving

from seenred.domain.budget import Budget
from seenred.domain.circuit import State
from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.engine.asking import Asker
from seenred.errors import BudgetSpent, ModelFailed, ModelFaltered
from seenred.infrastructure.durable.memory import MemorySteps
from seenred.infrastructure.models.circuits import Circuits
from seenred.infrastructure.models.provider import ProviderModel
from seenred.infrastructure.models.scripted import ScriptedModel
from seenred.infrastructure.models.steady import SteadyModel, jittered

pytest.importorskip("pydantic_ai", reason="the extra `agents` is not installed")

PROMPT = Prompt((Message(Speaker.USER, "One?"),), max_tokens=7)
PROVIDER = "openai"


class Clock:
    """Time that goes by only when somebody waits."""

    def __init__(self):
        self.now = 0.0
        self.waits = []

    def __call__(self):
        return self.now

    def waited(self, seconds):
        self.waits.append(seconds)
        self.now += seconds
        return 0.0


class Bench:
    """One provider, asked as often as a test wants to."""

    def __init__(self, server, timeout=20.0):
        self.clock = Clock()
        self.circuits = Circuits(self.clock)
        self.told = []
        self._server, self._timeout = server, timeout

    def ask(self, times=1, streamed=False):
        """The replies' texts, or the code of a failure; all in one loop, as a run does."""
        return asyncio.run(self._asked(times, streamed))

    async def _asked(self, times, streamed):
        provider = ProviderModel(f"openai:tiny@{self._server.url}", {}, self._timeout)
        parts = (self.circuits, self.told.append, self.clock.waited)
        model = SteadyModel(provider, PROVIDER, *parts)
        try:
            return [await self._once(model, streamed) for _ in range(times)]
        finally:
            await model.close()

    async def _once(self, model, streamed):
        try:
            return (await model.complete(PROMPT, (lambda _: None) if streamed else None)).text
        except ModelFailed as failed:
            return failed.code

    @property
    def state(self):
        return self.circuits[PROVIDER].state


BUSY = (429, {"Retry-After": "20"}, None)


@pytest.mark.parametrize(
    ("plan", "streamed", "waits"),
    [
        ([429, 429], False, [2, 4]),
        ([BUSY], False, [20]),
        ([(429, {"Retry-After": "Fri, 13 Nov 2015 13:13:13 GMT"}, None)], False, [2]),
        ([500, 503, 529], False, [1, 2, 4]),
        (["hang_up"], False, [0.5]),
        (["half_body"], False, [0.5]),
        (["half_stream"], True, [0.5]),
        (["half_reply", 503, "half_stream"], True, [0.5, 1, 1]),
    ],
)
def test_a_failure_that_passes_costs_a_wait_and_nothing_else(plan, streamed, waits):
    with misbehaving(*plan) as server:
        bench = Bench(server)
        assert bench.ask(streamed=streamed) == ["redgreen" if streamed else "red green"]
    assert bench.clock.waits == waits
    assert len(bench.told) == len(waits)


def test_a_mute_provider_is_asked_a_second_time():
    with misbehaving("mute") as server:
        bench = Bench(server, timeout=1.0)
        assert bench.ask() == ["red green"]
    assert bench.clock.waits == [1]


def test_each_new_try_is_told_with_its_reason():
    with misbehaving(BUSY) as server:
        bench = Bench(server)
        bench.ask()
    (told,) = bench.told
    assert told.warning
    assert told.text == (
        f"openai:tiny@{server.url} answered 429: Not now and asks to wait 20 s; "
        "asking again in 0 s (1 of 6)."
    )


@pytest.mark.parametrize(
    ("plan", "code", "asked"),
    [
        ([429] * 9, "model-busy", 6),
        ([503] * 9, "model-unavailable", 4),
        (["hang_up"] * 9, "model-broken-off", 3),
        ([401] * 9, "model-refused", 1),
        ([404] * 9, "model-not-found", 1),
        ([(429, {"Retry-After": "3600"}, None)] * 9, "model-busy", 1),
    ],
)
def test_a_failure_that_does_not_pass_is_given_up(plan, code, asked):
    with misbehaving(*plan) as server:
        assert Bench(server).ask() == [code]
        assert len(plan) - len(server.plan) == asked


def test_an_ill_provider_is_left_alone_then_tried_then_trusted():
    with misbehaving(*[503] * 5) as server:
        bench = Bench(server)
        assert bench.ask(2) == ["model-unavailable", "red green"]
    assert bench.clock.waits == [1, 2, 4, 1, 59]  # the fifth failure opened it
    assert bench.state is State.HALF_OPEN
    with misbehaving() as server:
        bench._server = server
        assert bench.ask(1) == ["red green"]
        assert bench.state is State.HALF_OPEN
        assert bench.ask(1) == ["red green"]
    assert bench.state is State.CLOSED


def test_a_provider_that_stays_ill_is_not_asked_while_it_is_left_alone():
    with misbehaving(*[503] * 9) as server:
        bench = Bench(server)
        assert bench.ask(2) == ["model-unavailable", "model-resting"]
        assert len(server.plan) == 3  # five opened the circuit, one tried it
    assert bench.state is State.OPEN


def test_a_busy_provider_is_not_ill():
    with misbehaving(*[429] * 6) as server:
        bench = Bench(server)
        assert bench.ask(2) == ["model-busy", "red green"]
    assert bench.state is State.CLOSED


def test_models_of_one_provider_share_its_circuit_and_no_other():
    circuits = Circuits(lambda: 0.0)
    for _ in range(5):
        assert circuits.enter("openai") is None
        circuits.ended("openai", "model-timeout")
    assert circuits.enter("openai") == 60
    assert circuits.enter("anthropic") is None


def test_a_call_that_is_cancelled_makes_room_for_the_next():
    with misbehaving("mute") as server:
        bench = Bench(server)
        for _ in range(5):
            bench.circuits.ended(PROVIDER, "model-timeout")
        bench.clock.now = 60.0

        async def main():
            provider = ProviderModel(f"openai:tiny@{server.url}", {})
            model = SteadyModel(provider, PROVIDER, bench.circuits, bench.told.append)
            asking = asyncio.create_task(model.complete(PROMPT))
            while not server.asked:
                await asyncio.sleep(0.01)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await model.close()
            return asking.cancelled()

        assert asyncio.run(main())
        assert bench.circuits[PROVIDER].admits(60.0)


def test_the_time_of_the_run_goes_on_while_it_waits():
    class Down(ScriptedModel):
        async def complete(self, *_):
            raise ModelFaltered("model-unavailable", "It is down", retry_after=100.0)

    model = SteadyModel(Down(str), PROVIDER, Circuits(), lambda _: None)
    asker = Asker(model, MemorySteps(), Budget(max_seconds=0.1), lambda: 0.0, lambda _: None)
    with pytest.raises(BudgetSpent, match=r"0\.1 seconds are over"):
        asyncio.run(asker.ask("1", PROMPT))


def test_another_model_that_answers_is_told_once():
    with misbehaving() as server:
        server.model = "tiny-mini"
        bench = Bench(server)
        assert bench.ask(2) == ["red green"] * 2
    assert [told.text for told in bench.told] == [
        f"openai:tiny@{server.url} was asked, and tiny-mini has answered."
    ]


def test_a_wait_is_never_shorter_than_what_was_asked_for():
    waits = [jittered(10.0) for _ in range(200)]
    assert min(waits) >= 10
    assert max(waits) <= 15
    assert len(set(waits)) > 100

"""What each way of failing is called, seen from a real server on this machine."""

import asyncio
import email.utils
import time

import pytest
from provider_server import misbehaving, served

from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.errors import ModelFailed, ModelFaltered
from seenred.infrastructure.models.provider import ProviderModel

pytest.importorskip("pydantic_ai", reason="the extra `agents` is not installed")

PROMPT = Prompt((Message(Speaker.USER, "One?"),), max_tokens=7)


def failure_of(server, *, streamed=False, timeout=20.0):
    """The failure of one request; the server must not be asked twice."""

    async def main():
        model = ProviderModel(f"openai:tiny@{server.url}", {}, timeout)
        try:
            await model.complete(PROMPT, (lambda _: None) if streamed else None)
        finally:
            await model.close()

    with pytest.raises(ModelFailed) as caught:
        asyncio.run(main())
    assert len(server.asked) <= 1
    return caught.value


@pytest.mark.parametrize(
    ("plan", "streamed", "code"),
    [
        (429, False, "model-busy"),
        (500, False, "model-unavailable"),
        (502, True, "model-unavailable"),
        (503, False, "model-unavailable"),
        (529, False, "model-unavailable"),
        ("hang_up", False, "model-broken-off"),
        ("half_body", False, "model-broken-off"),
        ("half_stream", True, "model-broken-off"),
        ("half_reply", True, "model-broken-off"),
    ],
)
def test_what_may_pass_can_be_told_from_what_cannot(plan, streamed, code):
    with misbehaving(plan) as server:
        failure = failure_of(server, streamed=streamed)
    assert isinstance(failure, ModelFaltered)
    assert failure.code == code
    assert failure.retry_after is None


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (401, "model-refused"),
        (404, "model-not-found"),
        ((429, {}, {"error": {"message": "No.", "code": "insufficient_quota"}}), "quota-spent"),
        (418, "model-failed"),
    ],
)
def test_what_the_provider_refuses_is_refused_again(plan, code):
    with misbehaving(plan) as server:
        failure = failure_of(server)
    assert not isinstance(failure, ModelFaltered)
    assert failure.code == code


def test_a_provider_that_is_mute_or_away_may_come_back():
    with misbehaving("mute") as server:
        assert failure_of(server, timeout=0.2).code == "model-timeout"
    with served() as server:
        pass
    failure = failure_of(server)
    assert isinstance(failure, ModelFaltered)
    assert failure.code == "model-unreachable"


def test_the_wait_that_a_provider_asks_for_is_read_as_seconds():
    with misbehaving((429, {"Retry-After": "17"}, None)) as server:
        failure = failure_of(server)
    assert failure.retry_after == 17
    assert "answered 429: Not now and asks to wait 17 s; wait" in failure.message


def test_the_wait_that_a_provider_asks_for_is_read_as_a_date():
    date = email.utils.formatdate(time.time() + 3600, usegmt=True)
    with misbehaving((503, {"Retry-After": date}, None)) as server:
        failure = failure_of(server)
    assert failure.code == "model-unavailable"
    assert 0 < failure.retry_after <= 3600


def test_a_wait_that_cannot_be_read_is_none():
    with misbehaving((429, {"Retry-After": "soon"}, None)) as server:
        assert failure_of(server).retry_after is None

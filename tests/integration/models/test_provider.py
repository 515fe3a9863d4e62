"""pydantic-ai against a small server of the OpenAI kind that runs here."""

import asyncio
import json

import pytest
from provider_server import OpenAiLike, served

from seenred.bootstrap.application import Application
from seenred.config.settings import load_settings
from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.domain.workflow import DEVELOPMENT
from seenred.engine.commands import RunWorkflow
from seenred.errors import ModelFailed
from seenred.infrastructure.models.provider import ProviderModel, cost_of

pytest.importorskip("pydantic_ai", reason="the extra `agents` is not installed")

PROMPT = Prompt(
    (
        Message(Speaker.SYSTEM, "Be terse."),
        Message(Speaker.USER, "One?"),
        Message(Speaker.ASSISTANT, "1"),
        Message(Speaker.USER, "Two?"),
    ),
    max_tokens=7,
    temperature=0.5,
    seed=3,
)


def ask(server, prompt=PROMPT, on_text=None, provider="openai", environment=None, **options):
    async def main():
        name = f"{provider}:tiny@{server.url}"
        model = ProviderModel(name, environment or {}, **options)
        try:
            return await model.complete(prompt, on_text)
        finally:
            await model.close()
            await model.close()

    return asyncio.run(main())


@pytest.mark.parametrize("provider", ["openai", "ollama"])
def test_a_prompt_is_answered_and_counted(provider):
    with served() as server:
        reply = ask(server, provider=provider)
    assert reply.text == "red green"
    assert reply.model == f"{provider}:tiny@{server.url}"
    assert (reply.prompt_tokens, reply.cached_tokens, reply.reply_tokens) == (20, 16, 3)
    assert (reply.cost, reply.truncated) == (0, False)
    assert reply.seconds > 0


def test_the_conversation_and_its_limits_are_sent():
    with served() as server:
        ask(server)
    ((path, headers, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer none"
    assert [(message["role"], message["content"]) for message in body["messages"]] == [
        ("system", "Be terse."),
        ("user", "One?"),
        ("assistant", "1"),
        ("user", "Two?"),
    ]
    assert body["max_completion_tokens"] == 7
    assert (body["temperature"], body["seed"]) == (0.5, 3)


def test_a_listener_gets_the_text_in_pieces():
    pieces = []
    with served() as server:
        reply = ask(server, on_text=pieces.append)
    assert pieces == ["red", "green"]
    assert reply.text == "redgreen"
    assert (reply.prompt_tokens, reply.reply_tokens) == (20, 3)


def test_a_schema_is_enforced_by_the_provider_and_told_in_the_prompt():
    schema = {
        "type": "object",
        "properties": {"n": {"type": "integer"}},
        "required": ["n"],
        "additionalProperties": False,
    }
    with served('{"n": 1}') as server:
        reply = ask(server, Prompt(PROMPT.messages, schema=schema))
    assert json.loads(reply.text) == {"n": 1}
    sent = server.asked[0][2]
    assert sent["response_format"]["type"] == "json_schema"
    assert sent["response_format"]["json_schema"]["schema"] == schema
    assert json.dumps(schema) in sent["messages"][-1]["content"]


def test_a_reply_cut_by_its_limit_says_so():
    with served(finish="length") as server:
        assert ask(server).truncated


@pytest.mark.parametrize(
    ("status", "code", "remedy"),
    [
        (401, "model-refused", "check the key"),
        (404, "model-not-found", "check the model's name"),
        (429, "model-busy", "wait, or choose another model"),
        (500, "model-unavailable", "try again or another model"),
    ],
)
def test_an_error_of_the_provider_is_one_sentence(status, code, remedy):
    with served("It is\n so.", status) as server, pytest.raises(ModelFailed) as caught:
        ask(server)
    assert caught.value.code == code
    assert caught.value.message.startswith(
        f"openai:tiny@{server.url} answered {status}: It is so; {remedy}"
    )
    assert len(server.asked) == 1


def test_a_key_in_an_error_is_not_shown():
    with served("Wrong key sk-secret.", 401) as server:
        environment = {"OPENAI_API_KEY": "sk-secret", "OPENAI_BASE_URL": server.url}
        with pytest.raises(ModelFailed) as caught:
            ask(server, environment=environment)
    assert server.asked[0][1]["Authorization"] == "Bearer sk-secret"
    assert "Wrong key …" in caught.value.message
    assert "sk-secret" not in caught.value.message


def test_a_provider_that_does_not_answer_in_time_is_said():
    with served(mute=True) as server, pytest.raises(ModelFailed, match=r"no reply within 0\.2 s"):
        ask(server, timeout=0.2)


def test_a_provider_that_is_not_there_is_said():
    with served() as server:
        pass
    with pytest.raises(ModelFailed, match="cannot be reached") as caught:
        ask(server)
    assert caught.value.code == "model-unreachable"


def test_a_long_reply_is_streamed_even_to_nobody():
    with served() as server:
        reply = ask(server, Prompt(PROMPT.messages, max_tokens=30_000))
    assert server.asked[0][2]["stream"]
    assert reply.text == "redgreen"


def test_what_is_no_completion_is_said():
    with served() as server:
        server.RequestHandlerClass = type(
            "Liar", (OpenAiLike,), {"completion": lambda _: {"hello": "world"}}
        )
        with pytest.raises(ModelFailed, match="failed"):
            ask(server)


class AnthropicLike(OpenAiLike):
    def completion(self):
        return {
            "id": "1",
            "type": "message",
            "role": "assistant",
            "model": "claude-haiku-4-5",
            "content": [
                {"type": "thinking", "thinking": "hm", "signature": "s"},
                {"type": "text", "text": self.server.text},
            ],
            "stop_reason": "max_tokens",
            "usage": {"input_tokens": 4, "cache_read_input_tokens": 16, "output_tokens": 3},
        }

    def stream(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        whole = self.completion()
        self.named_event("message_start", message={**whole, "content": []})
        text = {"type": "text", "text": self.server.text}
        self.named_event("content_block_start", index=0, content_block=text)
        self.named_event("content_block_stop", index=0)
        delta = {"stop_reason": "end_turn", "stop_sequence": None}
        self.named_event("message_delta", delta=delta, usage=whole["usage"])
        self.named_event("message_stop")

    def named_event(self, name, **content):
        data = json.dumps({"type": name, **content})
        self.wfile.write(f"event: {name}\ndata: {data}\n\n".encode())


def ask_anthropic(server, prompt):
    server.RequestHandlerClass = AnthropicLike
    environment = {
        "ANTHROPIC_API_KEY": "k",
        "ANTHROPIC_BASE_URL": server.url.removesuffix("/v1"),
    }

    async def main():
        model = ProviderModel("anthropic:claude-haiku-4-5", environment)
        try:
            return await model.complete(prompt)
        finally:
            await model.close()

    return asyncio.run(main())


def test_anthropic_thinks_beside_the_reply_and_both_have_room():
    with served() as server:
        reply = ask_anthropic(server, Prompt(PROMPT.messages, max_tokens=7, reasoning="high"))
    ((path, headers, body),) = server.asked
    assert (path, headers["Authorization"]) == ("/v1/messages", "Bearer k")
    assert body["thinking"]["type"] == "enabled"
    assert body["max_tokens"] == body["thinking"]["budget_tokens"] + 7
    assert "temperature" not in body
    assert (reply.text, reply.truncated) == ("red green", True)
    assert (reply.prompt_tokens, reply.cached_tokens, reply.reply_tokens) == (20, 16, 3)


def test_anthropic_does_not_think_when_told_so():
    with served() as server:
        ask_anthropic(server, Prompt(PROMPT.messages, max_tokens=7, reasoning="off"))
    body = server.asked[0][2]
    assert body.get("thinking", {}).get("type", "disabled") == "disabled"
    assert body["max_tokens"] == 7


@pytest.mark.parametrize(
    ("most", "thoughts"), [(None, 16384), (16391, 16384), (16390, 10000), (2055, 2048), (2054, 0)]
)
def test_thoughts_take_no_more_than_the_budget_has_left(most, thoughts):
    with served() as server:
        asked = Prompt(PROMPT.messages, max_tokens=7, most_tokens=most, reasoning="high")
        ask_anthropic(server, asked)
    assert server.asked[0][2]["max_tokens"] == 7 + thoughts


def test_anthropic_is_told_the_keyword_for_the_greatest_effort_only():
    def said(reasoning):
        with served() as server:
            ask_anthropic(server, Prompt(PROMPT.messages, max_tokens=7, reasoning=reasoning))
        body = server.asked[0][2]
        return json.dumps(body["messages"]), body["thinking"]

    text, thinking = said("max")
    assert text.index("Two?") < text.index("ultrathink")
    assert thinking["type"] in ("enabled", "adaptive")
    assert "ultrathink" not in said("high")[0]


@pytest.mark.parametrize(("effort", "sent"), [("low", "low"), ("high", "high"), ("max", "xhigh")])
def test_a_model_of_the_openai_kind_is_asked_for_the_effort(effort, sent):
    with served() as server:
        name = f"openai:gpt-5.2@{server.url}"
        model = ProviderModel(name, {})
        asyncio.run(model.complete(Prompt(PROMPT.messages, max_tokens=7, reasoning=effort)))
    body = server.asked[0][2]
    assert body["reasoning_effort"] == sent
    assert "ultrathink" not in json.dumps(body)


def test_the_setting_reaches_every_request_of_a_workflow(tmp_path):
    statement = tmp_path / "p.txt"
    statement.write_text("Write a function `double(x)`.\n\ndouble(2) -> 4\n")
    # the server sends word by word and leaves the spaces out
    with served("```python\ndef\tdouble(x):\n\treturn\t2*x\n```") as server:
        given = {"model": {"name": f"openai:gpt-5.2@{server.url}", "reasoning": "low"}}
        application = Application(load_settings(given, tmp_path, {}), lambda _: None)
        command = RunWorkflow(DEVELOPMENT, statement, tmp_path / "output", candidates=1)
        asyncio.run(application.run(command))
    efforts = [body["reasoning_effort"] for _, _, body in server.asked]
    assert len(efforts) > 2
    assert {"low"} == set(efforts)


@pytest.mark.parametrize(("trusted", "sent"), [(True, "Bearer mine"), (False, "Bearer none")])
def test_the_key_of_the_settings_goes_where_the_variables_would(
    tmp_path, monkeypatch, trusted, sent
):
    with served() as server:
        monkeypatch.setenv("OPENAI_API_KEY", "another")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url if trusted else "https://api.example")
        given = {"model": {"name": f"openai:tiny@{server.url}", "api_key": "mine"}}
        model = Application(load_settings(given, tmp_path, {}), lambda _: None).model()
        asyncio.run(model.complete(PROMPT))
    assert sent == server.asked[0][1]["Authorization"]


def test_a_known_model_has_its_price_and_an_unknown_one_none():
    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.usage import RequestUsage

    usage = RequestUsage(input_tokens=1_000_000, output_tokens=0)
    known = ModelResponse([], usage=usage, model_name="gpt-4o", provider_name="openai")
    unknown = ModelResponse([], usage=usage, model_name="tiny", provider_name="openai")
    assert cost_of(known) > 0
    assert cost_of(unknown) == 0

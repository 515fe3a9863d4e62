"""One request in pydantic-ai's terms; imports it, so only `provider` imports this, lazily."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic_ai.direct import model_request, model_request_stream
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    SystemPromptPart,
    TextPart,
    TextPartDelta,
    UserPromptPart,
)
from pydantic_ai.models import Model as Remote
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings

from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.infrastructure.models.provider import Address
from seenred.infrastructure.models.provider_failure import BrokenOffError
from seenred.infrastructure.models.structured import messages_of

Effort = Literal["low", "medium", "high", "max"]
# Providers count thinking as reply tokens; without this room a reply would end in its thoughts.
THINKING_ROOM: Mapping[Effort, int] = {"low": 2048, "medium": 10000, "high": 16384, "max": 32768}
# The word that asks for the greatest effort in the text itself, beside the request's own field.
KEYWORDS: Mapping[str, str] = {"anthropic": "ultrathink"}
WHOLE_TOKENS = 20_000  # Anthropic's client refuses more than 21,333 in one piece


def connect(address: Address) -> Remote:
    """The provider's model; nothing is sent yet."""
    key = address.key or None
    match address.provider:
        case "anthropic":
            from pydantic_ai.models.anthropic import AnthropicModel
            from pydantic_ai.providers.anthropic import AnthropicProvider

            anthropic = AnthropicProvider(base_url=address.url or None, api_key=key or "none")
            return AnthropicModel(address.model, provider=anthropic)
        case "google":
            from pydantic_ai.models.google import GoogleModel
            from pydantic_ai.providers.google import GoogleProvider

            google = GoogleProvider(base_url=address.url or None, api_key=key or "none")
            return GoogleModel(address.model, provider=google)
        case "ollama":
            from pydantic_ai.models.ollama import OllamaModel
            from pydantic_ai.providers.ollama import OllamaProvider

            return OllamaModel(address.model, provider=OllamaProvider(address.url, key or "none"))
    return _openai(address)


def _openai(address: Address) -> Remote:
    """OpenAI itself speaks its Responses API; those compatible with it speak chat completions."""
    from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
    from pydantic_ai.providers.openai import OpenAIProvider

    if not address.url:
        return OpenAIResponsesModel(address.model, provider=OpenAIProvider(api_key=address.key))
    # the client insists on some key, and would else take the one of OPENAI_API_KEY
    provider = OpenAIProvider(address.url, api_key=address.key or "none")
    return OpenAIChatModel(address.model, provider=provider)


def messages(prompt: Prompt, provider: str) -> list[ModelMessage]:
    """The conversation; the schema, if any, and the provider's keyword are told at its end."""
    told = [_message(message) for message in messages_of(prompt)]
    keyword = KEYWORDS.get(provider)
    if keyword and prompt.reasoning == "max":
        told.append(_message(Message(Speaker.USER, keyword)))
    return told


def _message(message: Message) -> ModelMessage:
    match message.speaker:
        case Speaker.SYSTEM:
            return ModelRequest([SystemPromptPart(message.text)])
        case Speaker.USER:
            return ModelRequest([UserPromptPart(message.text)])
        case Speaker.ASSISTANT:
            return ModelResponse([TextPart(message.text)])


def settings(prompt: Prompt, profile: Mapping[str, Any], timeout: float) -> ModelSettings:
    """Limits and sampling; thinking where the model's profile knows of it."""
    chosen = ModelSettings(
        max_tokens=prompt.max_tokens,
        temperature=prompt.temperature,
        request_timeout=timeout,
        max_retries=0,  # the clients would retry by themselves, each in its way
    )
    if prompt.seed is not None:
        chosen["seed"] = prompt.seed
    if profile.get("supports_thinking"):
        _think(chosen, prompt)
    return chosen


def _think(chosen: ModelSettings, prompt: Prompt) -> None:
    effort = _effort(prompt)
    if effort is None:
        chosen["thinking"] = False
        return
    chosen["thinking"] = effort
    chosen["max_tokens"] = prompt.max_tokens + THINKING_ROOM[effort]
    del chosen["temperature"]  # models that think refuse any but their own


def _effort(prompt: Prompt) -> Effort | None:
    """The effort that is asked for, or the greatest below it whose thoughts have room."""
    efforts = list(THINKING_ROOM)
    allowed = [each for each in efforts if each == prompt.reasoning]
    allowed = efforts[: efforts.index(allowed[0]) + 1] if allowed else []
    room = None if prompt.most_tokens is None else prompt.most_tokens - prompt.max_tokens
    fitting = [each for each in allowed if room is None or THINKING_ROOM[each] <= room]
    return fitting[-1] if fitting else None


def parameters(prompt: Prompt, profile: Mapping[str, Any]) -> ModelRequestParameters:
    """The provider enforces a schema where it can; elsewhere the prompt alone tells it."""
    if prompt.schema is None or not profile.get("supports_json_schema_output"):
        return ModelRequestParameters()
    wanted = OutputObjectDefinition(json_schema=dict(prompt.schema), name="reply")
    return ModelRequestParameters(output_mode="native", output_object=wanted)


async def send(
    remote: Remote, asked: dict[str, Any], on_text: Callable[[str], None] | None
) -> ModelResponse:
    """Stream for somebody who listens, and where a client would not wait for the whole."""
    if on_text is None and asked["model_settings"]["max_tokens"] <= WHOLE_TOKENS:
        return await model_request(remote, **asked)
    async with model_request_stream(remote, **asked) as stream:
        async for event in stream:
            if (text := _text_of(event)) and on_text:
                on_text(text)
        return _whole(stream.get())


def _whole(response: ModelResponse) -> ModelResponse:
    """What was streamed, if it was streamed to its end.

    Raises:
        BrokenOffError: no word of the provider says why it ends here. pydantic-ai then says
            `stop`, but does not name it as the provider's own.
    """
    said = (response.provider_details or {}).get("finish_reason")
    if said or response.finish_reason == "content_filter":
        return response
    raise BrokenOffError


def _text_of(event: object) -> str:
    match event:
        case PartStartEvent(part=TextPart(content=text)):
            return text
        case PartDeltaEvent(delta=TextPartDelta(content_delta=text)):
            return text
    return ""

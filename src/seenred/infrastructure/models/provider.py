"""Models of others, through pydantic-ai: `anthropic:…`, `openai:…`, `google:…`, `ollama:…`."""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from seenred.domain.conversation import Prompt, Reply
from seenred.errors import EnvironmentLacks, UsageError

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.models import Model as Remote

KEYS = {
    "anthropic": ("ANTHROPIC_API_KEY",),
    "openai": ("OPENAI_API_KEY",),
    "google": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    "ollama": ("OLLAMA_API_KEY",),
}
"""The environment variables that hold each provider's key, first the usual one."""

DEFAULT_URLS = {"ollama": "http://localhost:11434/v1"}
COMPATIBLE = ("openai", "ollama")  # take a URL of one's own
TIMEOUT = 600.0  # seconds for one reply


@dataclass(frozen=True, slots=True)
class Address:
    """A provider's model and where it is served; `url` is empty for the provider's own."""

    provider: str
    model: str
    url: str = ""
    key: str = ""


def address_of(name: str, environment: Mapping[str, str]) -> Address:
    """Where `provider:model` or `openai:model@URL` is served, and the key for it.

    A key goes only where its owner sent it: to the provider, or to the URL of
    `OPENAI_BASE_URL`. A name may come from a settings file of somebody else's repository.

    Raises:
        UsageError: the model has no name, or a URL that its provider doesn't take.
        EnvironmentLacks: the provider needs a key and no variable holds it.
    """
    provider, _, rest = name.partition(":")
    model, at, place = rest.partition("@http")
    if not model or (at and provider not in COMPATIBLE):
        form = f"`{provider}:MODEL`" if not model else "`openai:MODEL@URL`"
        raise UsageError("model-unknown", f"{name!r} names no model; write it as {form}.")
    base = environment.get(f"{provider.upper()}_BASE_URL", "") or DEFAULT_URLS.get(provider, "")
    url = f"http{place}" if at else base
    key = next((environment[name] for name in KEYS[provider] if environment.get(name)), "")
    if url:
        return Address(provider, model, url, key if url.rstrip("/") == base.rstrip("/") else "")
    if not key:
        variable = KEYS[provider][0]
        raise EnvironmentLacks(
            "key-missing", f"{name} needs a key; set the environment variable {variable}."
        )
    return Address(provider, model, key=key)


def require_extra() -> None:
    """Check that the extra is there.

    Raises:
        EnvironmentLacks: pydantic-ai is not installed.
    """
    if importlib.util.find_spec("pydantic_ai") is None:
        raise EnvironmentLacks(
            "extra-missing",
            "Models of other providers need an extra; run `pip install 'seenred[agents]'`.",
        )


class ProviderModel:
    """Implements `seenred.engine.ports.Model` over one provider's API."""

    def __init__(
        self,
        name: str,
        environment: Mapping[str, str] | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """`timeout` is in seconds for one reply; nothing is asked twice.

        Raises:
            EnvironmentLacks: the extra or the provider's key is missing.
        """
        require_extra()
        given = os.environ if environment is None else environment
        self._name = name
        self._address = address_of(name, given)
        self._timeout = timeout
        self._remote: Remote | None = None
        self._open = AsyncExitStack()

    @property
    def name(self) -> str:
        return self._name

    @property
    def fills_gaps(self) -> bool:
        return False

    @property
    def provider(self) -> str:
        """Who serves it: a provider's name, with the URL where that is not its own."""
        address = self._address
        return f"{address.provider}@{address.url}" if address.url else address.provider

    async def complete(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Reply:
        from seenred.infrastructure.models import provider_request as request
        from seenred.infrastructure.models.provider_failure import failures

        started = time.monotonic()
        with failures(self._name, self._timeout, self._address.key):
            remote = await self._connected()
            asked: dict[str, Any] = {
                "messages": request.messages(prompt, self._address.provider),
                "model_settings": request.settings(prompt, remote.profile, self._timeout),
                "model_request_parameters": request.parameters(prompt, remote.profile),
            }
            response = await request.send(remote, asked, on_text)
        return self._reply(response, time.monotonic() - started)

    async def close(self) -> None:
        self._remote = None
        await self._open.aclose()

    async def _connected(self) -> Remote:
        if self._remote is None:
            from seenred.infrastructure.models.provider_request import connect

            self._remote = await self._open.enter_async_context(connect(self._address))
        return self._remote

    def _reply(self, response: ModelResponse, seconds: float) -> Reply:
        usage = response.usage
        return Reply(
            text=response.text or "",
            model=self._name,
            prompt_tokens=usage.input_tokens,
            reply_tokens=usage.output_tokens,
            cached_tokens=usage.cache_read_tokens,
            seconds=seconds,
            cost=cost_of(response) if not self._address.url else 0.0,
            truncated=response.finish_reason == "length",
            answered_by=response.model_name or "",
        )


def cost_of(response: ModelResponse) -> float:
    """US dollars by the price list of genai-prices; 0 where it has no price."""
    try:
        return float(response.cost().total_price)
    except (LookupError, ValueError, AssertionError):
        return 0.0

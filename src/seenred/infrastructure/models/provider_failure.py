"""What a provider's failure is to a person: one sentence, and never a secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelTimeoutError,
    UserError,
)

from seenred.errors import ModelFailed

SAID = 200  # characters of the provider's own words that are passed on

REMEDIES = (
    (ModelAuthenticationError, "model-refused", "check the key"),
    (ModelNotFoundError, "model-not-found", "check the model's name"),
    (ModelContextWindowExceededError, "prompt-too-long", "shorten the input"),
    (ModelRateLimitError, "model-busy", "wait, or choose another model with --model"),
)


@contextmanager
def failures(name: str, timeout: float, key: str) -> Iterator[None]:
    """Turn what pydantic-ai raises into `ModelFailed`; `timeout` is in seconds.

    Raises:
        ModelFailed: instead of any error of the provider or its client.
    """
    try:
        yield
    except (AgentRunError, UserError, TimeoutError) as error:
        raise _failure(name, timeout, error, key) from error


def _failure(name: str, timeout: float, error: Exception, key: str) -> ModelFailed:
    if isinstance(error, (ModelTimeoutError, ModelRequestTimeout, TimeoutError)):
        return ModelFailed(
            "model-timeout",
            f"{name} gave no reply within {timeout:g} s; try again, or raise the limit.",
        )
    if isinstance(error, ModelConnectionError):
        return ModelFailed(
            "model-unreachable", f"{name} cannot be reached; check the network and the address."
        )
    for kind, code, remedy in REMEDIES:
        if isinstance(error, kind):
            return ModelFailed(code, f"{name} {_how(error, key)}; {remedy}.")
    return ModelFailed("model-failed", f"{name} {_how(error, key)}; try again or another model.")


def _how(error: Exception, key: str) -> str:
    words = _words(error, key)
    said = f": {words}" if words else ""
    if isinstance(error, ModelHTTPError):
        return f"answered {error.status_code}{said}"
    return f"failed{said}"


def _words(error: Exception, key: str) -> str:
    """The provider's own message, on one line, without the key."""
    body = error.body if isinstance(error, ModelAPIError) else str(error)
    if isinstance(body, dict):
        inner = body.get("error", body)
        body = inner.get("message", "") if isinstance(inner, dict) else inner
    words = " ".join(body.split()) if isinstance(body, str) else ""
    return (words.replace(key, "…") if key else words)[:SAID].rstrip(".")

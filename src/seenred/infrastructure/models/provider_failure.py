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
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    UserError,
)

from seenred.errors import ModelFailed, ModelFaltered

SAID = 200  # characters of the provider's own words that are passed on

# asking again gives the same answer
REFUSALS = (
    (ModelAuthenticationError, "model-refused", "check the key"),
    (ModelNotFoundError, "model-not-found", "check the model's name"),
    (ModelContextWindowExceededError, "prompt-too-long", "shorten the input"),
    (ModelQuotaExceededError, "quota-spent", "see to the account, or choose another model"),
)
# asking again may help
PASSING = (
    (ModelRateLimitError, "model-busy", "wait, or choose another model with --model"),
    (ModelUnavailableError, "model-unavailable", "try again or another model"),
    (ModelServerError, "model-unavailable", "try again or another model"),
)


class BrokenOffError(Exception):
    """A reply ended before its end."""


@contextmanager
def failures(name: str, timeout: float, key: str) -> Iterator[None]:
    """Turn what pydantic-ai raises into `ModelFailed`; `timeout` is in seconds.

    Raises:
        ModelFailed: instead of any error of the provider or its client.
    """
    try:
        yield
    except (AgentRunError, UserError, TimeoutError, BrokenOffError) as error:
        raise _failure(name, timeout, error, key) from error


def _failure(name: str, timeout: float, error: Exception, key: str) -> ModelFailed:
    if isinstance(error, (ModelTimeoutError, ModelRequestTimeout, TimeoutError)):
        what = f"{name} gave no reply within {timeout:g} s"
        return ModelFaltered("model-timeout", what, "try again, or raise the limit")
    if isinstance(error, BrokenOffError) or _was_reading(error):
        what = f"{name} broke off in the middle of a reply"
        return ModelFaltered("model-broken-off", what, "try again or another model")
    if isinstance(error, ModelConnectionError):
        what = f"{name} cannot be reached"
        return ModelFaltered("model-unreachable", what, "check the network and the address")
    return _answered(name, error, key)


def _answered(name: str, error: Exception, key: str) -> ModelFailed:
    """A failure that the provider itself told."""
    how = f"{name} {_how(error, key)}"
    for kind, code, remedy in REFUSALS:
        if isinstance(error, kind):
            return ModelFailed(code, f"{how}; {remedy}.")
    for passing, code, remedy in PASSING:
        if isinstance(error, passing):
            return ModelFaltered(code, f"{how}{_asks(error)}", remedy, error.retry_after)
    return ModelFailed("model-failed", f"{how}; try again or another model.")


def _was_reading(error: Exception) -> bool:
    return isinstance(error, ModelConnectionError) and error.phase == "read"


def _asks(error: ModelAPIError) -> str:
    return "" if error.retry_after is None else f" and asks to wait {error.retry_after:.0f} s"


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

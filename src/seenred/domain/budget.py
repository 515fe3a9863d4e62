"""What a run may spend and what it has spent."""

from __future__ import annotations

from dataclasses import dataclass

from seenred.domain.conversation import Reply


@dataclass(frozen=True, slots=True)
class Usage:
    """What was spent so far.

    Attributes:
        model_seconds: wall-clock time inside model calls.
        cost: US dollars.
        models: those that answered, in the order of their first replies.
    """

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    reply_tokens: int = 0
    model_seconds: float = 0.0
    cost: float = 0.0
    models: tuple[str, ...] = ()

    @property
    def tokens(self) -> int:
        """Prompt and reply tokens together."""
        return self.prompt_tokens + self.reply_tokens

    def plus(self, reply: Reply) -> Usage:
        """This usage and one more call."""
        return Usage(
            calls=self.calls + 1,
            prompt_tokens=self.prompt_tokens + reply.prompt_tokens,
            cached_tokens=self.cached_tokens + reply.cached_tokens,
            reply_tokens=self.reply_tokens + reply.reply_tokens,
            model_seconds=self.model_seconds + reply.seconds,
            cost=self.cost + reply.cost,
            models=tuple(dict.fromkeys((*self.models, reply.model))),
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one run, or of one owner's day; None is unlimited.

    Attributes:
        max_tokens: prompt and reply tokens of all calls together.
        max_seconds: wall-clock time.
        max_cost: US dollars.
        max_iterations: cycles, or reviews with their fixes.
    """

    max_tokens: int | None = None
    max_seconds: float | None = None
    max_cost: float | None = None
    max_iterations: int | None = None

    def spent(self, usage: Usage, elapsed: float) -> str | None:
        """What ran out, as a phrase for the report, or None while there is some left."""
        if self.max_tokens is not None and usage.tokens >= self.max_tokens:
            return f"{usage.tokens} of {self.max_tokens} tokens"
        if self.max_seconds is not None and elapsed >= self.max_seconds:
            return f"{elapsed:.0f} of {self.max_seconds:g} seconds"
        if self.max_cost is not None and usage.cost >= self.max_cost:
            return f"${usage.cost:.2f} of ${self.max_cost:.2f}"
        return None

    def tokens_left(self, usage: Usage) -> int | None:
        """Tokens that may still be used, or None when unlimited."""
        return None if self.max_tokens is None else max(0, self.max_tokens - usage.tokens)

"""A model whose replies are written beforehand, for tests of everything around models."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seenred.domain.conversation import Prompt, Reply
from seenred.errors import ModelFailed, UsageError

Answer = Callable[[Prompt], Reply | str]


class ScriptedModel:
    """Answers each prompt by calling `reply`, and remembers the prompts."""

    def __init__(self, reply: Answer, name: str = "scripted", *, fills_gaps: bool = False) -> None:
        self._reply = reply
        self._name = name
        self._fills_gaps = fills_gaps
        self.prompts: list[Prompt] = []

    @classmethod
    def of(cls, texts: Iterable[str]) -> ScriptedModel:
        """Answers with each text once, in order."""
        return cls(Script([Line(text) for text in texts]).answer)

    @classmethod
    def load(cls, path: Path) -> ScriptedModel:
        """Reads a JSON or TOML file: `replies`, or in JSON the bare list of them.

        Each is a text, or an object with the fields of `Line`.

        Raises:
            UsageError: there is no such file, or it holds something else.
        """
        lines = _lines(path)
        fills_gaps = any(line.fills for line in lines)
        return cls(Script(lines).answer, name=f"scripted:{path.name}", fills_gaps=fills_gaps)

    @property
    def name(self) -> str:
        return self._name

    @property
    def fills_gaps(self) -> bool:
        return self._fills_gaps

    async def complete(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Reply:
        self.prompts.append(prompt)
        given = self._reply(prompt)
        reply = given if isinstance(given, Reply) else Reply(given, self._name)
        if on_text is not None:
            for line in reply.text.splitlines(keepends=True):
                on_text(line)
        return replace(reply, model=self._name)

    async def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True, slots=True)
class Line:
    """One scripted reply.

    Attributes:
        match: text that the prompt must contain; empty for any prompt.
        repeat: may be given again and again.
        fail: instead of a reply, the model fails with this message.
        fills: the reply fills a gap; `match` looks at what stands before the gap.
        seconds, cost, prompt_tokens, reply_tokens, truncated: as in `Reply`.
    """

    text: str = ""
    match: str = ""
    repeat: bool = False
    fail: str = ""
    fills: bool = False
    prompt_tokens: int = 0
    reply_tokens: int = 0
    seconds: float = 0.0
    cost: float = 0.0
    truncated: bool = False


class Script:
    """Gives to each prompt the first line left that matches it."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._left = list(lines)

    def answer(self, prompt: Prompt) -> Reply:
        said = "\n".join(message.text for message in prompt.messages)
        if prompt.gap is not None:
            said = prompt.gap.before
        fills = prompt.gap is not None
        fitting = (line for line in self._left if line.fills is fills and line.match in said)
        line = next(fitting, None)
        if line is None and fills:
            return Reply("", "scripted")
        if line is None:
            raise ModelFailed(
                "script-exhausted",
                f"The script has no reply left for the prompt that ends {said[-80:]!r}; add one.",
            )
        if not line.repeat:
            self._left.remove(line)
        if line.fail:
            raise ModelFailed("model-failed", line.fail)
        return Reply(
            line.text,
            "scripted",
            prompt_tokens=line.prompt_tokens,
            reply_tokens=line.reply_tokens,
            seconds=line.seconds,
            cost=line.cost,
            truncated=line.truncated,
        )


def _lines(path: Path) -> list[Line]:
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
        replies = given["replies"] if isinstance(given, dict) else given
        return [_line(reply) for reply in replies]
    except OSError as error:
        raise UsageError(
            "script-unreadable", f"The script {path} cannot be read: {error.strerror}; check it."
        ) from error
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(
            "script-invalid",
            f"The script {path} is not a list of replies ({error}); give texts, or objects with "
            "`text` and perhaps `match`.",
        ) from error


def _line(reply: Any) -> Line:
    return Line(text=reply) if isinstance(reply, str) else Line(**reply)

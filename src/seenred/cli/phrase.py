"""The sentences that people type: `Use solution-fixer agent on a.py with plan.md`."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from seenred.errors import UsageError

_USE = re.compile(
    r"^\s*use\s+(?:the\s+)?(?P<agent>[\w-]+)(?:\s+agent)?\s+on\s+(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_FOCUS = re.compile(r"[,;]?\s+with\s+(?:a\s+)?focus\s+on\s*:?\s+", re.IGNORECASE)
_WITH = re.compile(r"\s+with\s*:?\s+|\s+with:\s*", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, understood."""

    agent: str
    subject: str
    inputs: tuple[str, ...] = ()
    focus: str = ""


def is_phrase(words: list[str]) -> bool:
    """Whether a command line is one sentence rather than a command with its arguments."""
    return len(words) == 1 and bool(re.match(r"\s*\S+\s+\S", words[0]))


def read_phrase(text: str) -> Phrase:
    """Understand `Use AGENT agent on FILE [with FILE…] [with focus on …]`.

    Raises:
        UsageError: it is not such a sentence.
    """
    found = _USE.match(text)
    if found is None:
        raise UsageError(
            "phrase-unknown",
            f'"{text.strip()[:80]}" is not understood; write '
            '"Use AGENT agent on FILE with FILE with focus on …", or see `seenred --help`.',
        )
    rest, *focus = _FOCUS.split(found["rest"], maxsplit=1)
    subject, *inputs = _WITH.split(rest, maxsplit=1)
    return Phrase(
        agent=found["agent"].lower(),
        subject=_unquoted(subject),
        inputs=tuple(_files(inputs[0])) if inputs else (),
        focus=focus[0].strip().rstrip(".") if focus else "",
    )


def _files(text: str) -> list[str]:
    """One per line or bullet, or separated by commas and `and`."""
    lines = [_BULLET.sub("", line) for line in text.splitlines() if line.strip()]
    parts = [part for line in lines for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", line)]
    return [_unquoted(part) for part in parts if part.strip()]


def _unquoted(text: str) -> str:
    stripped = text.strip().rstrip(".,;:").strip()
    if stripped[:1] in {'"', "'"}:
        try:
            return " ".join(shlex.split(stripped))
        except ValueError:
            return stripped
    return stripped.strip("`")

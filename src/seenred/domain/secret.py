"""Secrets in a text: the keys that are known, and what has the shape of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

MARK = "[redacted]"
# Characters of a known key; a shorter one is a word, as the `ollama` that stands for a key.
SHORTEST = 8

_BLOCK = r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
# A space and what follows it may belong to the token; a digit tells a key from words with hyphens.
_SHAPES = re.compile(
    rf"{_BLOCK}.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|(?<![A-Za-z0-9])(?:"
    r"sk-(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{16,}"
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])"
    r"|gh[pousr]_[A-Za-z0-9]{20,}"
    r"|github_pat_[A-Za-z0-9_]{20,}"
    r")"
    r"|(?<![A-Za-z0-9])(?P<scheme>[Bb]earer\s+)[A-Za-z0-9._~+/-]{16,}=*",
    re.DOTALL,
)
_NAMED = re.compile(r"(?:^|_)(?:API_?KEY|TOKEN|SECRET|PASSWORD|ACCESS_KEY)$")
_GAP = re.compile(r"(?<!\s)(?<![Bb]earer)\s+")


def redacted(text: str, known: Iterable[str] = ()) -> str:
    """The text without secrets; twice is as once.

    Args:
        known: keys that are secret whatever they look like.
    """
    for key in sorted((k for k in known if len(k) >= SHORTEST), key=len, reverse=True):
        text = text.replace(key, MARK)
    return _SHAPES.sub(lambda found: (found["scheme"] or "") + MARK, text)


def redacted_data(data: Any, known: Iterable[str] = ()) -> Any:
    """Plain data with each of its texts redacted."""
    if isinstance(data, str):
        return redacted(data, known)
    if isinstance(data, Mapping):
        return {name: redacted_data(value, known) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [redacted_data(value, known) for value in data]
    return data


def known_secrets(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The values of the variables that are named as secrets are."""
    return tuple(value for name, value in environ.items() if _NAMED.search(name.upper()))


def settled(text: str) -> int:
    """How many characters of a growing text no secret can begin in and go on after them."""
    block = text.rfind("-----BEGIN ")
    if block >= 0 and "-----END " not in text[block:]:
        text = text[:block]
    gaps = [found.end() for found in _GAP.finditer(text)]
    return gaps[-1] if gaps else 0

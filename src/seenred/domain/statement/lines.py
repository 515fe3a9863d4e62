"""A statement as numbered lines, its Markdown seen through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FENCE = re.compile(r"^\s*(?:```+|~~~+)\s*([\w+-]*)")
_SPACES = str.maketrans(
    {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": None, "\ufeff": None}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement.

    Attributes:
        number: counted from 1.
        block: number of the fenced block it stands in, or None.
        fence: the line is itself a fence.
    """

    number: int
    text: str
    block: int | None = None
    fence: bool = False

    @property
    def plain(self) -> str:
        """The text without Markdown's marks around it; backticks stay."""
        if self.block is not None:
            return self.text.strip()
        text = re.sub(
            r"^\s*(?:>(?!>)\s*)*(?:#{1,6}\s+|[-*+•]\s+|(?:\d+|[a-z])[.)]\s+)?", "", self.text
        )
        text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
        return re.sub(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])", r"\1", text).strip()

    @property
    def is_heading(self) -> bool:
        """A Markdown heading, or a short bold line of its own."""
        return self.block is None and bool(
            re.match(r"\s*#{1,6}\s+\S|\s*\*\*[^*]{1,60}\*\*:?\s*$", self.text)
        )


def read_lines(text: str) -> tuple[Line, ...]:
    """Number the lines and say which stand inside of a fence."""
    lines: list[Line] = []
    inside = False
    block = 0
    for number, raw in enumerate(re.split(r"\r\n|\r|\n|\f", text.translate(_SPACES)), start=1):
        if _FENCE.match(raw):
            block += not inside
            inside = not inside
            lines.append(Line(number, raw, None, fence=True))
        else:
            lines.append(Line(number, raw.rstrip(), block if inside else None))
    return tuple(lines)


def prose(lines: Sequence[Line]) -> str:
    """What stands outside of fences, backticks and bold removed, one line a line."""
    return "\n".join(
        line.plain.replace("`", "") for line in lines if line.block is None and not line.fence
    )


def dedent(texts: Sequence[str]) -> list[str]:
    """Remove the common indent, and the empty lines before and after."""
    kept = list(texts)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    indents = [len(text) - len(text.lstrip()) for text in kept if text.strip()]
    cut = min(indents, default=0)
    return [text[cut:].rstrip() for text in kept]


def looks_like_prose(text: str) -> bool:
    """Whether a line is a sentence and not data: four words, or three that end in a full stop."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if re.match(r"""\s*[\["'({]""", text) or re.match(r"\s*\w+\s*=", text):
        return False
    return len(words) >= 4 or (len(words) >= 2 and bool(re.search(r"[.:!]\s*$", text)))

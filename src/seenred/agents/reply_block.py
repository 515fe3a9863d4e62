"""The fenced blocks of a reply and the files that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^[ \t]*(?:```+|~~~+)[ \t]*([^\n]*?)[ \t\r]*$", re.MULTILINE)
_PYTHON = {"", "python", "py", "python3", "pycon"}
_FILE = r"(?:\./)?[\w./-]*\w\.py"
_LANGUAGE = re.compile(r"[\w+-]*(?![\w.+/-])")
_NAMED = re.compile(rf"(?<![\w./-])({_FILE})(?![\w/])")
# a comment that is nothing but a file's name begins that file
_TITLE = re.compile(
    rf"^(?:#|\"\"\")[ \t]*(?:[Ff]ile(?:name)?|[Pp]ath)?[ \t]*:?[ \t]*`?({_FILE})`?[ \t:]*"
    r"(?:\([^)\n]*\))?[ \t]*(?:\"\"\")?[ \t\r]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Code of a reply.

    Attributes:
        path: of the file that it is said to be, "" when the reply doesn't say.
        closed: the fence after it stands there too.
    """

    code: str
    path: str = ""
    closed: bool = True


def reply_blocks(text: str) -> tuple[Block, ...]:
    """The Python blocks of a reply in their order, one for each file that it names."""
    return tuple(part for block in fenced_blocks(text) for part in _by_file(block))


def fenced_blocks(text: str) -> Iterator[Block]:
    """The Python blocks of a reply in their order, each as it is fenced."""
    start: int | None = None
    path, is_python = "", False
    for fence in _FENCE.finditer(text):
        if start is None:
            start = fence.end() + 1
            is_python, path = _told(fence[1], _line_before(text, fence.start()))
            continue
        if is_python:
            yield Block(text[start : fence.start()], path)
        start = None
    if start is not None and is_python:
        yield Block(text[start:], path, closed=False)


def _told(info: str, above: str) -> tuple[bool, str]:
    """Whether a fence begins Python, and the file that it or the line above names."""
    named = _NAMED.search(info)
    if named:
        return True, named[1]
    language = _LANGUAGE.match(info)
    if (language[0].lower() if language else info) not in _PYTHON:
        return False, ""
    title = _NAMED.findall(above)
    is_title = len(title) == 1 and len(above.split()) <= 3
    return True, title[0] if is_title else ""


def _line_before(text: str, at: int) -> str:
    lines = text[:at].rstrip().rsplit("\n", 1)
    return lines[-1].strip()


def _by_file(block: Block) -> Iterator[Block]:
    titles = list(_TITLE.finditer(block.code))
    starts = [0, *(title.end() + 1 for title in titles)]
    ends = [*(title.start() for title in titles), len(block.code)]
    paths = [block.path, *(title[1] for title in titles)]
    for path, start, end in zip(paths, starts, ends, strict=True):
        if block.code[start:end].strip() or not titles:
            yield Block(block.code[start:end], path, block.closed or end < len(block.code))

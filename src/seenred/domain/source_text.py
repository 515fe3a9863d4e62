"""Python source that is edited in place, by the spans of its syntax nodes."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

_BREAK = re.compile(rb"\r\n|\r|\n")


class Positioned(Protocol):
    """A node that knows where it stands; columns are bytes of UTF-8, as `ast` counts them."""

    lineno: int
    col_offset: int
    end_lineno: int | None
    end_col_offset: int | None


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for the bytes from `start` up to `end`."""

    start: int
    end: int
    text: bytes


@dataclass(frozen=True, slots=True)
class SourceText:
    """A module's text, its syntax tree and where its lines begin.

    Attributes:
        content: UTF-8, whatever the file's own encoding is.
        encoding: the file's own.
        starts: offset of each line in `content`.
    """

    content: bytes
    encoding: str
    module: ast.Module
    starts: tuple[int, ...]

    @classmethod
    def of(cls, source: bytes) -> SourceText:
        """Read a module.

        Raises:
            SyntaxError: it isn't Python, as this interpreter understands it.
        """
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
            text = source.decode(encoding)
            module = parsed(text)
        except (ValueError, LookupError, RecursionError) as error:
            raise SyntaxError(str(error)) from error
        return cls._of(text, encoding, module)

    @classmethod
    def of_text(cls, text: str) -> SourceText:
        """Read a module that was decoded already; what it says of its encoding doesn't count.

        Raises:
            SyntaxError: it isn't Python, as this interpreter understands it.
        """
        try:
            module = parsed(text)
        except (ValueError, RecursionError) as error:
            raise SyntaxError(str(error)) from error
        return cls._of(text, "utf-8", module)

    @classmethod
    def _of(cls, text: str, encoding: str, module: ast.Module) -> SourceText:
        content = text.encode()
        starts = (0, *(found.end() for found in _BREAK.finditer(content)))
        return cls(content, encoding, module, starts)

    @property
    def line_end(self) -> str:
        """What ends its lines, as its first line tells."""
        found = _BREAK.search(self.content)
        return found[0].decode() if found else "\n"

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends; the first one is number 1 in `ast`."""
        return tuple(line.decode() for line in _BREAK.split(self.content))

    def start(self, node: Positioned) -> int:
        """Where a node begins."""
        return self.starts[node.lineno - 1] + node.col_offset

    def end(self, node: Positioned) -> int:
        """Where a node ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.starts[node.end_lineno - 1] + node.end_col_offset

    def line_at(self, offset: int) -> int:
        """The number of the line that holds a byte."""
        return bisect_right(self.starts, offset)

    def text(self, node: Positioned) -> str:
        """A node as it is written."""
        return self.content[self.start(node) : self.end(node)].decode()

    def replacing(self, node: Positioned, text: str) -> Edit:
        """The edit that writes something else in the place of a node."""
        return Edit(self.start(node), self.end(node), text.encode())

    def removing(self, node: Positioned) -> Edit:
        """The edit that takes a node out, with its lines where it has them for itself."""
        start, end = self.start(node), self.end(node)
        begin = self.starts[node.lineno - 1]
        rest = _BREAK.search(self.content, end)
        finish = rest.end() if rest else len(self.content)
        alone = not self.content[begin:start].strip()
        behind = self.content[end:finish].strip()
        if alone and (not behind or behind.startswith(b"#")):
            return Edit(begin, finish, b"")
        return Edit(start, end, b"pass")

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The file's bytes after edits that don't overlap, in its own encoding."""
        content = self.content
        for edit in sorted(edits, key=lambda each: each.start, reverse=True):
            content = content[: edit.start] + edit.text + content[edit.end :]
        return content.decode().encode(self.encoding, "backslashreplace")


def breaks_in(text: bytes) -> int:
    """How many lines a text ends."""
    return len(_BREAK.findall(text))


def parsed(text: str | bytes) -> ast.Module:
    """The syntax tree; what the compiler warns of is the project's own affair.

    Raises:
        SyntaxError: it isn't Python.
        ValueError: it has null bytes.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def is_python(source: bytes) -> bool:
    """Whether a source can be compiled, not only parsed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "<mutant>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError):
            return False
    return True

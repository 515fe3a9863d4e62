"""The check boxes of a Markdown text: where each stands, under which headings and entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENTRY = re.compile(r"(?P<bullet>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+|$)(?P<rest>.*)")
_BOX = re.compile(r"\[(?P<char>[ xX-]?)\](?:[ \t]+(?P<text>.*))?$")
_FENCE = re.compile(r"(?P<run>`{3,}|~{3,})(?P<info>.*)")
_HEADING = re.compile(r"(?P<level>#{1,6})(?: (?P<text>.*)|$)")
_UNDERLINE = re.compile(r"=+$|-+$")
# Markdown's own numbers: a tab goes to the next of these columns, as many spaces make code
_TAB = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1 to 6.
        line: its first, counted from 0.
    """

    level: int
    text: str
    line: int

    def is_called(self, name: str) -> bool:
        """Whether these are its words, but for case, emphasis and a colon."""
        return self.text.strip("*_: ").casefold() == name.casefold()


@dataclass(frozen=True, slots=True)
class Box:
    """A list entry that begins with a box.

    Attributes:
        line: counted from 0.
        bullet: `-`, `*`, `+` or a number with its point.
        char: what stands in the box, "" where not even a space does.
        at: where in its line that stands.
        column: where its words begin, a tab being up to four columns.
        headings: the headings above it, outermost first.
        parents: words of the list entries that it is nested under, outermost first.
        details: the lines indented under it that belong to no box of their own, dedented.
    """

    line: int
    bullet: str
    char: str
    at: int
    column: int
    text: str
    headings: tuple[Heading, ...] = ()
    parents: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """All boxes of a text.

    Attributes:
        headings: all of them, those without a box too.
        prose: the paragraphs above the first box, without headings, comments and code.
        open_since: line, counted from 0, of a code block or comment that nothing would end.
    """

    boxes: tuple[Box, ...]
    headings: tuple[Heading, ...]
    prose: tuple[str, ...] = ()
    open_since: int | None = None


def lines_of(text: str) -> list[str]:
    """The lines, each with its own end."""
    return _LINE.findall(text)


def read_checklist(text: str) -> Checklist:
    """The boxes of a text; what stands in code blocks and comments is none."""
    reader = _Reader()
    for number, line in enumerate(lines_of(text.removeprefix("\ufeff"))):
        reader.read(_Row(number, line.rstrip("\r\n")))
    return reader.result(moved=1 if text.startswith("\ufeff") else 0)


class _Row:
    """A line as it is looked at.

    Attributes:
        wide: with spaces for tabs.
        words: without what is around them.
    """

    __slots__ = ("indent", "line", "number", "wide", "words")

    def __init__(self, number: int, line: str) -> None:
        self.number = number
        self.line = line
        self.wide = line.expandtabs(_TAB).rstrip()
        self.words = self.wide.lstrip()
        self.indent = len(self.wide) - len(self.words)


@dataclass(slots=True)
class _Entry:
    """A list entry that what follows may be nested under.

    Attributes:
        inside: the column from which a line belongs to it.
        box: its number, None for one without a box.
    """

    inside: int
    text: str
    box: int | None


@dataclass(slots=True)
class _Opaque:
    """A code block or comment that is open; `fence` is "" for a comment."""

    fence: str
    inside: int
    line: int

    def is_left_by(self, row: _Row) -> bool:
        """A code block ends with the entry that it is in."""
        return bool(self.fence and row.words and row.indent < self.inside)

    def is_closed_by(self, row: _Row) -> bool:
        if not self.fence:
            return "-->" in row.words
        found = _FENCE.match(row.words)
        return found is not None and found["run"].startswith(self.fence) and not found["info"]


@dataclass(slots=True)
class _Reader:
    """Reads line by line; knows what is open."""

    boxes: list[Box] = field(default_factory=list)
    details: list[list[str]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    above: list[Heading] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    opaque: _Opaque | None = None
    paragraph: tuple[str, ...] = ()

    def read(self, row: _Row) -> None:
        """Take in the next line."""
        paragraph, self.paragraph = self.paragraph, ()
        if self.opaque is not None and self.opaque.is_left_by(row):
            self.opaque = None
        if self.opaque is not None:
            self._hidden(row, self.opaque)
        elif not row.words:
            self._detail(row)
        else:
            self.entries = [entry for entry in self.entries if row.indent >= entry.inside]
            self._said(row, paragraph)

    def result(self, moved: int) -> Checklist:
        """All that was read; `moved` characters before the first line were not shown."""
        boxes = [
            replace(
                box,
                at=box.at + moved if box.line == 0 else box.at,
                details=_dedented(lines),
            )
            for box, lines in zip(self.boxes, self.details, strict=True)
        ]
        since = self.opaque.line if self.opaque and not self.opaque.inside else None
        return Checklist(tuple(boxes), tuple(self.headings), tuple(self.prose), since)

    def _hidden(self, row: _Row, opaque: _Opaque) -> None:
        """A line of a code block, which may be a detail, or of a comment, which is none."""
        if opaque.fence:
            self._detail(row)
        if opaque.is_closed_by(row):
            self.opaque = None

    def _said(self, row: _Row, paragraph: tuple[str, ...]) -> None:
        """A line with words in it, outside of code and comments."""
        fence = _FENCE.match(row.words)
        entry = _ENTRY.match(row.words)
        if row.words.startswith("<!--"):
            self.opaque = None if "-->" in row.words else _Opaque("", 0, row.number)
        elif fence and "`" not in fence["info"]:
            self._detail(row)
            inside = self.entries[-1].inside if self.entries else 0
            self.opaque = _Opaque(fence["run"], inside, row.number)
        elif not self.entries and (row.indent >= _TAB or self._heading(row, paragraph)):
            return
        elif entry:
            self._entry(row, entry)
        elif self.entries:
            self._detail(row)
            self._above_all(row)
        else:
            self.paragraph = (*paragraph, row.words)
            self._above_all(row)

    def _heading(self, row: _Row, paragraph: tuple[str, ...]) -> bool:
        marked = _HEADING.match(row.words)
        if marked:
            heading = Heading(len(marked["level"]), _unclosed(marked["text"] or ""), row.number)
        elif paragraph and _UNDERLINE.match(row.words):
            level, begin = 1 if row.words[0] == "=" else 2, row.number - len(paragraph)
            heading = Heading(level, " ".join(paragraph), begin)
        else:
            return False
        if not marked:  # what was read as a paragraph was the heading
            del self.prose[-len(paragraph) :]
        self.above = [*(one for one in self.above if one.level < heading.level), heading]
        self.headings.append(heading)
        return True

    def _entry(self, row: _Row, entry: re.Match[str]) -> None:
        """A list entry; with a box it is one of those that are looked for."""
        column = row.indent + len(entry["bullet"]) + (len(entry["gap"]) or 1)
        box = _BOX.match(entry["rest"])
        if box is None:
            self._detail(row)
            self._above_all(row)
            text, number = entry["rest"], None
        else:
            text, number = (box["text"] or "").strip(), len(self.boxes)
            self._box(row, entry["bullet"], box["char"], column, text)
        # two spaces nest under a number too, though Markdown wants three
        self.entries.append(_Entry(min(column, row.indent + 2), text, number))

    def _box(self, row: _Row, bullet: str, char: str, column: int, text: str) -> None:
        at = row.line.index("[") + 1
        parents = tuple(entry.text for entry in self.entries)
        above = tuple(self.above)
        self.boxes.append(Box(row.number, bullet, char, at, column, text, above, parents))
        self.details.append([])

    def _above_all(self, row: _Row) -> None:
        """Add a line to what is said before the list begins."""
        if not self.boxes:
            self.prose.append(row.words)

    def _detail(self, row: _Row) -> None:
        """Add a line to the innermost box that is open."""
        for entry in reversed(self.entries):
            if entry.box is not None:
                self.details[entry.box].append(row.wide)
                return


def _unclosed(words: str) -> str:
    """A heading's words without the signs that may close it."""
    words = words.strip()
    bare = words.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] == " " else words


def _dedented(lines: list[str]) -> tuple[str, ...]:
    """The lines without their common indent, and without blank ones around."""
    indent = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    text = "\n".join(line[indent:] for line in lines).strip("\n")
    return tuple(text.split("\n")) if text else ()

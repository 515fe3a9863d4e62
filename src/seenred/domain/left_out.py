"""What a description says with values of its own and no test of a list takes up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seenred.domain.described_value import untaken

_FENCED = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# a line that is a unit by itself: a heading or a row of a table says nothing to be tested
_UNTOLD = re.compile(r"\s*(?:#|\||---|===|>>>)")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX-]\]\s+)?")
_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z`\"'(])")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One sentence of a description.

    Attributes:
        values: those that no test has.
    """

    sentence: str
    values: tuple[str, ...]


def left_out(description: str, texts: Iterable[str]) -> tuple[LeftOut, ...]:
    """The sentences with values that the tests lack, in their order."""
    known = "\n".join(texts)
    told = ((each, untaken(each, known)) for each in sentences(description))
    return tuple(LeftOut(sentence, values) for sentence, values in told if values)


def sentences(description: str) -> Iterator[str]:
    """What a description says in prose and in lists; code, tables and headings left out."""
    for block in re.split(r"\n\s*\n", _COMMENT.sub("", _FENCED.sub("\n\n", description))):
        for unit in _units(block.splitlines()):
            yield from (each.strip() for each in _END.split(unit) if each.strip())


def _units(lines: list[str]) -> Iterator[str]:
    """The entries of a list each for itself, and lines of a paragraph as one."""
    unit: list[str] = []
    for line in lines:
        if _UNTOLD.match(line) or _BULLET.match(line):
            yield " ".join(unit)
            unit = []
        if not _UNTOLD.match(line):
            unit.append(_BULLET.sub("", line, count=1).strip())
    yield " ".join(unit)

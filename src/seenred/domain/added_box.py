"""Boxes and lines added to a Markdown text; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seenred.domain.checkbox import Checklist, Heading, lines_of
from seenred.errors import UsageError

_IN_A_LIST = re.compile(r"[ \t]+\S|[-*+][ \t]|\d+[.)][ \t]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where boxes go.

    Attributes:
        heading: there is one already; they come last below it.
        before: else the line, counted from 0, before which one is made; None for the end.
        level: of the heading to be made.
    """

    title: str
    heading: Heading | None
    before: int | None
    level: int


def with_boxes(
    text: str,
    found: Checklist,
    texts: Sequence[str],
    place: Place,
    remarks: Mapping[str, str] | None = None,
) -> str:
    """The text with an open box for each of `texts` that it has not yet.

    Args:
        remarks: of the texts that have one, what a person should know; it becomes a comment.

    Raises:
        UsageError: `plan-block-open`, a code block or comment swallows what would be added.
    """
    known = {_key(box.text) for box in found.boxes} | {""}
    fresh: dict[str, str] = {}
    for one in texts:
        if _key(one) not in known:
            fresh.setdefault(_key(one), one_line(one))
    if not fresh:
        return text
    if found.open_since is not None:
        raise UsageError(
            "plan-block-open",
            f"The code block or comment in line {found.open_since + 1} of the plan is never closed "
            "and would swallow new items; close it.",
        )
    bullet = next((box.bullet for box in found.boxes if not box.bullet[0].isdigit()), "-")
    boxes: list[str] = []
    for words in fresh.values():
        boxes.append(f"{bullet} [ ] {words}")
        if remark := (remarks or {}).get(words, ""):
            boxes.append(f"  <!-- {one_line(remark).replace('--', '- -')} -->")
    return _below(lines_of(text), found, boxes, place)


def end_of(found: Checklist, heading: Heading) -> int | None:
    """The line, counted from 0, with which what is below a heading is over; None for the end."""
    later = (one for one in found.headings if one.line > heading.line)
    return next((one.line for one in later if one.level <= heading.level), None)


def inserted(lines: Sequence[str], at: int, block: Sequence[str]) -> str:
    """The lines with a block before line `at`; a text without a final line end keeps that."""
    end = _line_end(lines)
    new = end.join(block)
    if at == len(lines) and lines and not lines[-1].endswith(("\n", "\r")):
        return "".join([*lines, end, new])
    return "".join([*lines[:at], new, end, *lines[at:]])


def one_line(text: str) -> str:
    """The text with a space for each gap."""
    return " ".join(text.split())


def _below(lines: list[str], found: Checklist, boxes: list[str], place: Place) -> str:
    """The boxes below their heading, which is made where there is none."""
    heading = place.heading
    if heading is not None:
        after = next((one.line for one in found.headings if one.line > heading.line), len(lines))
        block = boxes
    else:
        after = len(lines) if place.before is None else place.before
        block = [f"{'#' * place.level} {place.title}", "", *boxes]
    while after and not lines[after - 1].strip():
        after -= 1
    if after and (heading is None or not _IN_A_LIST.match(lines[after - 1])):
        block = ["", *block]
    return inserted(lines, after, block)


def _line_end(lines: Sequence[str]) -> str:
    """How the first line ends."""
    first = lines[0] if lines else ""
    return first[len(first.rstrip("\r\n")) :] or "\n"


def _key(text: str) -> str:
    """By what two boxes are the same."""
    return one_line(text).casefold()

"""Examples under labels: `Input:` and `Output:`, sample sections, columns and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from seenred.domain import nesting
from seenred.domain.statement.lines import Line, dedent, looks_like_prose


class Label(StrEnum):
    INPUT = "input"
    OUTPUT = "output"
    NOTE = "note"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """An input and its output as they stand under their labels.

    Attributes:
        line: where the input's label stands.
        sample: the label says that it is an example and no description.
    """

    line: int
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    note: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    label: Label
    line: Line
    rest: str
    body: tuple[Line, ...] = ()
    sample: bool = False


_LABEL = re.compile(
    r"^(?P<lead>(?:sample|examples?|test(?:\s*case)?)\s*(?:#?\d+)?\s*[:.–-]?\s*|\d+[.)]\s*|#+\s*)?"
    r"(?P<kind>(?:standard\s+)?input|stdin|(?:expected\s+|standard\s+)?output|stdout|expected(?:\s+result)?|result"
    r"|returns?|answer|explanation|notes?|reason|why|comment)s?(?:\s*copy)?"
    r"(?:\s*#?\s*(?:\d+|[A-Z])(?=\s*(?::|$))|\s*\([^)]*\)|\s+for\s+(?:the\s+)?sample\s+(?:in|out)put)?"
    r"\s*(?P<colon>:|=(?!=)|—|–|$)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = re.compile(
    r"^(?:(?:sample|examples?|test\s*cases?)\s*(?:#?\d+)?\s*:?$|constraints?\b.{0,12}$|(?:in|out)put\s+(?:format|specification)s?\b"
    r"|follow[- ]?up\b|hints?\s*:?$|limits?\s*:?$|requirements?\s*:?$|notes?\s*:?$"
    r"|scoring\s*:?$|time limit\b|example\s+\d+\b)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"^\s*[-=~*#]{2,}\s*([A-Za-z][^-=~]*?)\s*[-=~*#]{2,}\s*$")
_SIDE_BY_SIDE = re.compile(
    r"^\s*((?:sample\s+|example\s+)?input\s*#?\d*)(\s{2,}|\s*\t\s*)((?:sample\s+|example\s+)?output\s*#?\d*)\s*$",
    re.IGNORECASE,
)


def find_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Every input that is followed by its output; descriptions in prose are left out."""
    sections = _sections(_one_label_a_line(lines))
    found: list[Block] = []
    for index, section in enumerate(sections[:-1]):
        follower = sections[index + 1]
        if section.label is not Label.INPUT or follower.label is not Label.OUTPUT:
            continue
        inputs, outputs = _data(section), _data(follower)
        if inputs is None or not outputs:
            continue
        found.append(
            Block(section.line.number, inputs, outputs, _note(sections, index + 2), section.sample)
        )
    return (*found, *_side_by_side(lines))


def describes_streams(lines: Sequence[Line]) -> bool:
    """Whether sections called Input and Output describe in prose what is read and printed."""
    described = {
        section.label
        for section in _sections(_one_label_a_line(lines))
        if not section.rest and section.body and _data(section) is None
    }
    return {Label.INPUT, Label.OUTPUT} <= described


def unpaired_samples(lines: Sequence[Line]) -> tuple[int, ...]:
    """Lines of sample inputs that no output follows."""
    sections = _sections(_one_label_a_line(lines))
    following = [*sections[1:], None][: len(sections)]
    return tuple(
        section.line.number
        for section, after in zip(sections, following, strict=True)
        if section.label is Label.INPUT
        and (section.sample or re.search(r"[\d\[\"'=]", section.rest))
        and _data(section)
        and (after is None or after.label is not Label.OUTPUT or not _data(after))
    )


def _one_label_a_line(lines: Sequence[Line]) -> list[Line]:
    """`Input: 1, Output: 2` on one line as two lines."""
    found: list[Line] = []
    for line in lines:
        match = re.search(
            r"(?i)\binput\b[`*\s]*:.*?\S(\s*[,;.|]?\s*(?:=>|->|→)?\s*[`*]*)\b(?:expected\s+)?output\b[`*\s]*:",
            line.text,
        )
        if match and not line.fence and "|" not in line.text[:2]:
            text = line.text
            found.append(replace(line, text=text[: match.start(1)]))
            found.append(replace(line, text=text[match.end(1) :]))
        else:
            found.append(line)
    return found


def _sections(lines: Sequence[Line]) -> list[_Section]:
    sections: list[_Section] = []
    heading = ""
    for line in lines:
        text = re.sub(
            r"^[`*_\s]+(?=[A-Za-z])|(?<=\w)[`*_]+(?=\s*:)|^\s*-\s+(?=\w)",
            "",
            _DASHED.sub(r"\1", line.plain),
        )
        started = None if line.fence else _start(line, text.strip(), heading)
        if started:
            sections.append(started)
            heading = text if started.label is Label.OTHER else heading
        elif sections:
            last = sections[-1]
            sections[-1] = replace(last, body=(*last.body, line))
    return sections


def _start(line: Line, text: str, heading: str) -> _Section | None:
    if _OTHER.match(text) and not re.match(r"(?i)(?:example|sample|test).*\b(?:in|out)put\b", text):
        return _Section(Label.OTHER, line, "")
    match = _LABEL.match(text)
    if not match:
        return _Section(Label.OTHER, line, "") if line.is_heading else None
    if match["rest"] and not match["colon"]:
        return None
    kind = match["kind"].lower()
    label = Label.NOTE
    if kind.endswith(("input", "stdin")):
        label = Label.INPUT
    elif re.match(
        r"(?:expected|standard)?\s*(?:output|stdout|result|return|answer|expected)", kind
    ):
        label = Label.OUTPUT
    under_examples = bool(re.match(r"(?i)\W*(?:sample|example|test)", heading))
    sample = (
        bool(match["lead"] and re.match(r"(?i)sample|example|test", match["lead"]))
        or under_examples
    )
    return _Section(label, line, match["rest"], sample=sample)


def _data(section: _Section) -> tuple[str, ...] | None:
    """The lines of data under a label; None for a description."""
    body = list(section.body)
    first = next((i for i, line in enumerate(body) if line.text.strip()), None)
    if section.rest:
        return _inline(section, body)
    if first is None:
        return ()
    if section.line.block is not None:
        inside = [line.text for line in body if line.block == section.line.block]
        return _until_gap(inside) if section.label is Label.OUTPUT else tuple(dedent(inside))
    if body[first].fence:
        return tuple(line.text for line in _fenced(body, first))
    if looks_like_prose(body[first].plain):
        fence = next((i for i, line in enumerate(body) if line.fence), None)
        return (
            tuple(line.text for line in _fenced(body, fence))
            if section.sample and fence is not None
            else None
        )
    plain = [re.sub(r"^\s*>\s?", "", line.text) for line in body if not line.fence]
    if section.label is Label.OUTPUT:
        return _until_gap(plain)
    return tuple(dedent(plain))


def _fenced(body: Sequence[Line], start: int) -> list[Line]:
    found: list[Line] = []
    for line in body[start + 1 :]:
        if line.fence:
            break
        found.append(line)
    return found


def _inline(section: _Section, body: Sequence[Line]) -> tuple[str, ...] | None:
    if looks_like_prose(section.rest) and not re.match(r"\s*[-`\d\[\"'(]", section.rest):
        if section.label is Label.OUTPUT:
            return (section.rest,) if section.sample and len(section.rest.split()) < 6 else None
        return None
    kept = [section.rest]
    for line in body:
        text = line.plain
        if line.fence or line.block != section.line.block or not text:
            break
        if not nesting.is_open("\n".join(kept)) and (
            section.label is Label.OUTPUT or looks_like_prose(text)
        ):
            break
        kept.append(text)
    return tuple(kept)


def _until_gap(texts: Sequence[str]) -> tuple[str, ...] | None:
    """An output up to its first empty line; None when more data follows the gap."""
    kept = dedent(texts)
    gap = next((i for i, text in enumerate(kept) if not text.strip()), None)
    if gap is None:
        return tuple(kept)
    after = next((text for text in kept[gap:] if text.strip()), "")
    more_data = bool(re.fullmatch(r"[-+\d.\s]+", after))
    return None if more_data else tuple(kept[:gap])


def _note(sections: Sequence[_Section], index: int) -> str:
    if index >= len(sections) or sections[index].label is not Label.NOTE:
        return ""
    section = sections[index]
    texts = [section.rest, *(line.plain for line in section.body if not line.fence)]
    kept = " ".join(texts).strip() if section.rest else " ".join(text for text in texts if text)
    return kept[:300]


def _side_by_side(lines: Sequence[Line]) -> list[Block]:
    """Kattis's two columns, as a PDF's text has them."""
    found: list[Block] = []
    for index, line in enumerate(lines):
        match = _SIDE_BY_SIDE.match(line.text.expandtabs())
        if not match:
            continue
        cut = match.start(3)
        left: list[str] = []
        right: list[str] = []
        for row in lines[index + 1 :]:
            text = row.text.expandtabs()
            if (
                row.fence
                or (not text.strip() and left)
                or row.is_heading
                or _SIDE_BY_SIDE.match(text)
            ):
                break
            left.append(text[:cut].rstrip())
            right.append(text[cut:].rstrip())
        found.append(Block(line.number, tuple(dedent(left)), tuple(dedent(right)), sample=True))
    return [block for block in found if block.inputs and block.outputs]

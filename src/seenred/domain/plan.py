"""A test list in Markdown: what is to be tested next, what is done, what was abandoned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from seenred.domain.added_box import Place, end_of, inserted, one_line, with_boxes
from seenred.domain.checkbox import Box, Checklist, Heading, lines_of, read_checklist
from seenred.errors import UsageError

# where a file has the first heading, only what is below it is a test
TEST_LIST, DISCOVERED = "Test list", "Discovered"
# where a test goes that a defect has brought, and that has no neighbours
DEFECTS = "Defects"
# titles that say nothing of what is planned
_NAMELESS = ("Plan", "The plan", "Tests", "Todo", "To do", TEST_LIST)

_TEST_ID = re.compile(r"`([^`\s]+\.\w+::[^`]+)`")
_REASON = "abandoned:"
_BOM = "\ufeff"


class Mark(StrEnum):
    """What stands in an item's box: nothing, an `x`, a `-`."""

    OPEN = "open"
    DONE = "done"
    ABANDONED = "abandoned"


_MARKS = {"x": Mark.DONE, "X": Mark.DONE, "-": Mark.ABANDONED}


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One test of the list.

    Attributes:
        text: the item's own words in one line, inline code as it stands.
        section: the headings above it, joined by ` / `, without the title and `Test list`.
        line: of its box, counted from 1.
        details: what is indented under it and no box itself, dedented.
        test_id: the test that the item names, e.g. `tests/test_calc.py::test_adds`; else "".
        reason: why it was abandoned.
        parents: words of the list entries that it is nested under, outermost first; a plain entry
            that groups some boxes is one of them.
    """

    text: str
    section: str = ""
    line: int = 0
    mark: Mark = Mark.OPEN
    details: str = ""
    test_id: str = ""
    reason: str = ""
    parents: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has marked or given it up."""
        return self.mark is Mark.OPEN

    @property
    def place(self) -> tuple[str, tuple[str, ...], str]:
        """What tells it from other items, wherever its line is."""
        return (self.section, self.parents, self.text)

    def is_under(self, other: PlanItem) -> bool:
        """Whether it is nested under the other one."""
        above = (*other.parents, other.text)
        return self.section == other.section and self.parents[: len(above)] == above


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole list.

    Attributes:
        items: the tests, in the order of their lines.
        discovered: what cycles have offered; tests once a person has moved them.
        name: of the file, for what is said about it.
        title: the first heading, where it is one of the first level and names more than a list.
        prose: what is said above the first box, in one line; no heading, comment or code.
    """

    items: tuple[PlanItem, ...] = ()
    discovered: tuple[PlanItem, ...] = ()
    name: str = "PLAN.md"
    title: str = ""
    prose: str = ""

    @property
    def about(self) -> str:
        """What the list is for, as its title and the words above it say."""
        return "\n".join(each for each in (self.title, self.prose) if each)

    @property
    def total(self) -> int:
        """How many tests there are, abandoned ones included."""
        return len(self.items)

    @property
    def done(self) -> int:
        """How many of them are marked."""
        return sum(item.mark is Mark.DONE for item in self.items)

    @property
    def abandoned(self) -> int:
        """How many of them were given up."""
        return sum(item.mark is Mark.ABANDONED for item in self.items)

    @property
    def next_item(self) -> PlanItem | None:
        """The first open item; what is nested under one comes before it."""
        return next((item for item in _in_turn(self.items) if item.is_open), None)

    def take(self) -> PlanItem | None:
        """The item to work on now; None when nothing is open.

        Raises:
            UsageError: `plan-without-tests`, or it is the turn of an item that cannot be worked on:
                `plan-item-empty`, `plan-item-ambiguous`.
        """
        if not self.items:
            raise UsageError("plan-without-tests", self._without_tests())
        item = self.next_item
        if item is None:
            return None
        if not item.text:
            raise UsageError(
                "plan-item-empty",
                f"{self.name}:{item.line} is a box without words; write what the test shows, or "
                "delete the line.",
            )
        lines = [one.line for one in self.items if one.is_open and one.place == item.place]
        if len(lines) > 1:
            raise UsageError(
                "plan-item-ambiguous",
                f"{self.name} has {item.text!r} open in the lines {_listed(lines)}; "
                "tell them apart, or delete all but one.",
            )
        return item

    def _without_tests(self) -> str:
        if self.discovered:
            return (
                f"{self.name} has tests only under `{DISCOVERED}`; move those that you want to "
                "another heading."
            )
        return (
            f"{self.name} has no test yet; write one in a line of its own, such as "
            "`- [ ] an empty cart costs 0`."
        )


def parse_plan(text: str, name: str = "PLAN.md") -> Plan:
    """The tests of a list, and what was discovered."""
    found = read_checklist(text)
    heads = _Headings.of(found)
    boxes = [(box, heads.item(box)) for box in found.boxes]
    return Plan(
        tuple(item for box, item in boxes if heads.is_test(box)),
        tuple(item for box, item in boxes if heads.is_discovered(box)),
        name,
        _title(found),
        one_line(" ".join(found.prose)),
    )


def _title(found: Checklist) -> str:
    first = next((one for one in found.headings[:1] if one.level == 1), None)
    if first is None or any(first.is_called(name) for name in _NAMELESS):
        return ""
    return first.text


def lists(text: str, item: PlanItem) -> bool:
    """Whether the list has the item, open or marked already."""
    plan = parse_plan(text)
    return _nearest(plan, item) is not None or _is_marked(plan, item)


def _is_marked(plan: Plan, item: PlanItem) -> bool:
    return any(one.mark is Mark.DONE and one.place == item.place for one in plan.items)


def mark_done(text: str, item: PlanItem) -> str:
    """The list with the item marked; as it is when a person has marked it meanwhile.

    Raises:
        UsageError: `plan-item-gone`.
    """
    plan = parse_plan(text)
    found = _nearest(plan, item)
    if found is None:
        if _is_marked(plan, item):
            return text
        raise _gone(item)
    lines, _ = _with_char(text, found, "x")
    return "".join(lines)


def abandon(text: str, item: PlanItem, reason: str) -> str:
    """The list with the item given up, the reason in a line under it.

    Raises:
        UsageError: `plan-item-gone`.
    """
    found = _nearest(parse_plan(text), item)
    if found is None:
        raise _gone(item)
    lines, box = _with_char(text, found, "-")
    before = lines[box.line].removeprefix("\ufeff")
    lead = before[: len(before) - len(before.lstrip())]
    hang = " " * (box.column - len(lead.expandtabs(4)))
    told = f"{lead}{hang}{_REASON} {one_line(reason)}"
    return inserted(lines, box.line + 1, [told])


def add_discovered(text: str, texts: Sequence[str]) -> str:
    """The list with these items under `Discovered`; what it has already, anywhere, is left out.

    Raises:
        UsageError: `plan-block-open`, a code block or comment swallows what would be added.
    """
    found = read_checklist(text)
    heading = next((one for one in found.headings if one.is_called(DISCOVERED)), None)
    return with_boxes(text, found, texts, Place(DISCOVERED, heading, None, 2))


def put_next(text: str, words: str) -> str:
    """The list with this test before all that are open; what it has already stays as it is.

    Where nothing is open, or a list entry without a box groups the next one, it gets a section of
    its own.

    Raises:
        UsageError: `plan-block-open`, a code block or comment swallows what would be added.
    """
    if text.startswith(_BOM):
        return f"{_BOM}{put_next(text.removeprefix(_BOM), words)}"
    plan = parse_plan(text)
    if any(one_line(words) == one.text for one in (*plan.items, *plan.discovered)):
        return text
    item = _outermost(plan, plan.next_item)
    if item is None:
        return add_section(text, DEFECTS, [words])
    lines = lines_of(text)
    box = next(box for box in read_checklist(text).boxes if box.line + 1 == item.line)
    return inserted(lines, box.line, [f"{lines[box.line][: box.at]} ] {one_line(words)}"])


def _outermost(plan: Plan, item: PlanItem | None) -> PlanItem | None:
    """The item that holds all that this one is nested under; None where that has no box."""
    if item is None or not item.parents:
        return item
    place = (item.section, (), item.parents[0])
    return next((one for one in plan.items if one.place == place), None)


def add_section(
    text: str, title: str, texts: Sequence[str], remarks: Mapping[str, str] | None = None
) -> str:
    """The list with these tests under a heading of that title, made where there is none.

    Where the title is that of the whole list they need no heading of their own.

    Args:
        remarks: of the texts that have one, what a person should know; it becomes a comment.

    Raises:
        UsageError: `plan-block-open`, a code block or comment swallows what would be added.
    """
    found = read_checklist(text)
    lists = next((one for one in found.headings if one.is_called(TEST_LIST)), None)
    apart = next((one for one in found.headings if one.is_called(DISCOVERED)), None)
    heading = next((one for one in found.headings if one.is_called(title)), None)
    if lists is not None and found.headings[0] == heading != lists:
        place = Place(title, lists, None, lists.level)  # the whole list is about that
    elif lists is not None:
        end = end_of(found, lists)
        inside = heading is not None and lists.line < heading.line < (end or heading.line + 1)
        place = Place(title, heading if inside else None, end, min(lists.level + 1, 6))
    else:
        place = Place(title, heading, apart.line if apart else None, 2)
    return with_boxes(text, found, texts, place, remarks)


@dataclass(frozen=True, slots=True)
class _Headings:
    """What the headings of a text mean for its boxes.

    Attributes:
        title: the only heading of the first level, which names the whole.
        lists: whether there is a heading below which alone the tests are.
    """

    title: Heading | None
    lists: bool

    @classmethod
    def of(cls, found: Checklist) -> _Headings:
        tops = [heading for heading in found.headings if heading.level == 1]
        lists = any(heading.is_called(TEST_LIST) for heading in found.headings)
        return cls(tops[0] if len(tops) == 1 else None, lists)

    def is_discovered(self, box: Box) -> bool:
        return any(heading.is_called(DISCOVERED) for heading in box.headings)

    def is_test(self, box: Box) -> bool:
        listed = any(heading.is_called(TEST_LIST) for heading in box.headings)
        return not self.is_discovered(box) and (listed or not self.lists)

    def item(self, box: Box) -> PlanItem:
        """The box as an item."""
        mark = _MARKS.get(box.char, Mark.OPEN)
        reason, details = _reason(box.details) if mark is Mark.ABANDONED else ("", box.details)
        named = _TEST_ID.search(box.text)
        return PlanItem(
            text=box.text,
            section=self._section(box),
            line=box.line + 1,
            mark=mark,
            details="\n".join(details),
            test_id=named[1] if named else "",
            reason=reason,
            parents=box.parents,
        )

    def _section(self, box: Box) -> str:
        shown = [
            heading.text
            for heading in box.headings
            if heading != self.title and not heading.is_called(TEST_LIST)
        ]
        return " / ".join(shown)


def _reason(details: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Why an item was abandoned, and what else stands under it."""
    for index, line in enumerate(details):
        words = line.strip()
        if words.lower().startswith(_REASON):
            rest = (*details[:index], *details[index + 1 :])
            return words[len(_REASON) :].strip(), rest
    return "", details


def _in_turn(items: Iterable[PlanItem]) -> Iterator[PlanItem]:
    """Items as they are taken: what is nested under one comes before it."""
    waiting: list[PlanItem] = []
    for item in items:
        while waiting and not item.is_under(waiting[-1]):
            yield waiting.pop()
        waiting.append(item)
    yield from reversed(waiting)


def _listed(numbers: list[int]) -> str:
    """`3 and 7`; `3, 7 and 9`."""
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}"


def _nearest(plan: Plan, item: PlanItem) -> PlanItem | None:
    """The open item that is meant, in a list that may have changed since it was read."""
    alike = [one for one in plan.items if one.is_open and one.text == item.text]
    same = [one for one in alike if one.place == item.place]
    there = same or [one for one in alike if one.section == item.section]
    if not there and len(alike) == 1:
        return alike[0]
    return min(there, key=lambda one: abs(one.line - item.line), default=None)


def _gone(item: PlanItem) -> UsageError:
    return UsageError(
        "plan-item-gone",
        f"{item.text!r} is no longer an open item of the plan, so it cannot be marked; "
        "put it back or go on with the next one.",
    )


def _with_char(text: str, item: PlanItem, char: str) -> tuple[list[str], Box]:
    """The lines with that in the item's box."""
    lines = lines_of(text)
    box = next(box for box in read_checklist(text).boxes if box.line + 1 == item.line)
    line = lines[box.line]
    lines[box.line] = f"{line[: box.at]}{char}{line[box.at + len(box.char) :]}"
    return lines, box

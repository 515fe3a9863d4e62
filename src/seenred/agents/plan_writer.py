"""A description becomes a test list, for a person to edit."""

from __future__ import annotations

import re

from seenred.agents.code_reply import NoCode
from seenred.domain.conversation import Message, Prompt, Reply, Speaker
from seenred.domain.described_value import NUMBER, invented
from seenred.domain.drafted_item import DraftedItem

# Tokens of a list; twenty items of the embedded model take about 500.
MAX_TOKENS = 768
# more than a person reads through; a model that repeats itself goes on for ever
MOST = 40

_SYSTEM = (
    "You write the test list for a description of software: one line for each behaviour that it "
    "asks for, in the form `- [ ] behaviour`, simplest first, in the order in which a programmer "
    "would build them. A line tells in words what happens in one case, with the values that the "
    "description gives for it. You copy values and never invent any. You write no code, no "
    "headings and no explanation."
)
# Told without an example, the embedded model writes calls of functions that nobody asked for, with
# results of its own; told with one that has a story, it tells that story again.
_EXAMPLE = """\
# Degrees

`fahrenheit(celsius)` converts temperatures: 0 becomes 32 and 100 becomes 212. A text like "20.5" is
taken too. Below -273.15 there is nothing: `ValueError`.
"""
_ITS_LIST = """\
- [ ] 0 degrees Celsius are 32 Fahrenheit
- [ ] 100 degrees Celsius are 212 Fahrenheit
- [ ] the text "20.5" is taken as a number
- [ ] a text that is no number is refused
- [ ] exactly -273.15 is still converted
- [ ] anything below -273.15 is refused with `ValueError`
"""

_LINE = re.compile(
    r"(?P<indent> *)(?:[-*+]|\d{1,3}[.)]) +(?!\[[ xX-]?\]$)(?P<box>\[[ xX-]?\] +)?(?P<text>\S.*)$"
)
_OPENING = re.compile(
    r"(?:tests?|verify|check|ensure|assert)(?:[ \t]+that)?[:,]?[ \t]+(?=\S)", re.IGNORECASE
)


def plan_prompt(description: str) -> Prompt:
    """Ask for the list."""
    messages = (
        Message(Speaker.SYSTEM, _SYSTEM),
        Message(Speaker.USER, _asked(_EXAMPLE)),
        Message(Speaker.ASSISTANT, _ITS_LIST),
        Message(Speaker.USER, _asked(description)),
    )
    return Prompt(messages, max_tokens=MAX_TOKENS)


def _asked(description: str) -> str:
    return f"The description:\n\n{description.strip()}\n\nWrite its test list."


def read_items(reply: Reply, description: str) -> tuple[DraftedItem, ...] | NoCode:
    """The list of a reply, or why there is none.

    An item that says what another says, of a value that the description lacks, is left out: a small
    model goes on in this way without end, and its values are wrong.
    """
    texts = list(dict.fromkeys(filter(None, map(_cleaned, _list_lines(reply)))))
    if not texts:
        return NoCode("holds no list of tests: begin each with `- [ ] `")
    kept: list[DraftedItem] = []
    said: set[str] = set()
    for text in texts:
        item, pattern = DraftedItem(text, invented(text, description)), _pattern(text)
        if not (item.invented and pattern in said):
            kept.append(item)
        said.add(pattern)
    return tuple(kept[:MOST])


def _list_lines(reply: Reply) -> list[str]:
    """What each entry of the list says; one that ends in a colon only leads to those under it."""
    lines = reply.text.splitlines()
    if reply.truncated:
        lines = lines[:-1]
    found = [match for line in lines if (match := _LINE.match(line.expandtabs(4).rstrip()))]
    outer = min((len(match["indent"]) for match in found), default=0)
    texts: list[str] = []
    for match in found:
        belongs = len(match["indent"]) > outer and not match["box"] and texts
        if belongs and not texts[-1].endswith(":"):
            texts[-1] = f"{texts[-1].rstrip('.')}: {match['text']}"
        else:
            texts.append(match["text"])
    return [text for text in texts if not text.rstrip("*").endswith(":")]


def _cleaned(text: str) -> str:
    """The words of an item, without emphasis and without saying that it is a test."""
    text = " ".join(re.sub(r"\*\*|__", "", text).split())
    return _OPENING.sub("", text, count=1).rstrip(".") if _OPENING.match(text) else text.rstrip(".")


def _pattern(text: str) -> str:
    """What an item says, of whatever value."""
    return NUMBER.sub("_", re.sub(r"\"[^\"]*\"", "_", text)).casefold()

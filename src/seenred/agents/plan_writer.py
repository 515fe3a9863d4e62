"""A description becomes a test list, for a person to edit."""

from __future__ import annotations

import re

from seenred.agents.code_reply import NoCode
from seenred.domain.conversation import Message, Prompt, Reply, Speaker
from seenred.domain.drafted_item import DraftedItem

# Tokens of a list; twenty items of the embedded model take about 500.
MAX_TOKENS = 768
# more than a person reads through; a model that repeats itself goes on for ever
MOST = 40

_SYSTEM = "You are an experienced programmer who works test-first. You write test lists, no code."
_TASK = (
    "Write the test list for this description: each behaviour that it asks for, simplest first, in "
    "the order in which you would build it. One line for each, in the form `- [ ] behaviour`. A "
    "line says what happens in one case and gives one concrete example, input and result, copied "
    "from the description where it has one. Invent no numbers. No headings, no code, no "
    "explanation."
)

_LINE = re.compile(
    r"(?P<indent> *)(?:[-*+]|\d{1,3}[.)]) +(?!\[[ xX-]?\]$)(?P<box>\[[ xX-]?\] +)?(?P<text>\S.*)$"
)
_OPENING = re.compile(
    r"(?:tests?|verify|check|ensure|assert)(?:[ \t]+that)?[:,]?[ \t]+(?=\S)", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'(?!\w)")
# numbers that a description may have in words
_WORDS = (
    ("0", ("zero", "no", "empty", "nothing", "none", "without", "free")),
    ("1", ("one", "a", "an", "once", "single")),
    ("2", ("two", "twice", "both", "pair", "double")),
    ("3", ("three", "thrice")),
    ("4", ("four",)),
    ("5", ("five",)),
    ("6", ("six",)),
    ("7", ("seven",)),
    ("8", ("eight",)),
    ("9", ("nine",)),
    ("10", ("ten",)),
    ("12", ("twelve", "dozen")),
)


def plan_prompt(description: str) -> Prompt:
    """Ask for the list."""
    asked = f"# Description\n{description.strip()}\n\n# Task\n{_TASK}"
    messages = (Message(Speaker.SYSTEM, _SYSTEM), Message(Speaker.USER, asked))
    return Prompt(messages, max_tokens=MAX_TOKENS)


def read_items(reply: Reply, description: str) -> tuple[DraftedItem, ...] | NoCode:
    """The list of a reply, or why there is none."""
    texts = list(dict.fromkeys(filter(None, map(_cleaned, _list_lines(reply)))))
    if not texts:
        return NoCode("holds no list of tests: begin each with `- [ ] `")
    return tuple(DraftedItem(text, invented(text, description)) for text in texts[:MOST])


def invented(text: str, description: str) -> tuple[str, ...]:
    """The numbers and quoted words of an item that stand nowhere in the description."""
    numbers = {_plain(number) for number in _NUMBER.findall(description)}
    words = set(re.findall(r"[a-z]+", description.lower()))
    numbers |= {number for number, names in _WORDS if words & set(names)}
    quoted = [double or single for double, single in _QUOTED.findall(text)]
    outside = _QUOTED.sub(" ", text)
    strange = [one for one in quoted if one not in description]
    strange += [one for one in _NUMBER.findall(outside) if _plain(one) not in numbers]
    return tuple(dict.fromkeys(strange))


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


def _plain(number: str) -> str:
    """`0.50` and `0,5` are one value, and so are `1,000` and `1000`."""
    number = re.sub(r",(?=\d{3}(?!\d))", "", number)
    whole, _, part = number.replace(",", ".").partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")

"""The values that the words of a plan's item state, and what each is there for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from seenred.domain import nesting
from seenred.domain.expectation import leaves, literal_of
from seenred.domain.literal import parse_literal


class Role(StrEnum):
    """What a value is there for, as far as the words around it tell."""

    INPUT = "input"
    OUTPUT = "output"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value in a text.

    Attributes:
        meanings: the values that it may stand for: `"5"` in code is a text, or a number.
        quoted: it stands in quotes, in code or within a call.
        loose: a test about it need not use it: it is a bound, or a word such as "one".
    """

    meanings: tuple[object, ...]
    role: Role
    start: int
    end: int
    quoted: bool = False
    loose: bool = False


_LONGEST = 4000  # characters; reading takes a second for four times as many
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS: dict[str, tuple[object, ...]] = {
    **{word: (number,) for number, word in enumerate(_NUMBERS)},
    **{"eleven": (11,), "twelve": (12,), "thirteen": (13,), "fourteen": (14,), "fifteen": (15,)},
    **{"sixteen": (16,), "seventeen": (17,), "eighteen": (18,), "nineteen": (19,)},
    **{"twenty-one": (21,), "twenty": (20,), "hundred": (100,), "thousand": (1000,)},
    **{"true": (True,), "false": (False,), "none": (None,), "null": (None,), "nil": (None,)},
    "empty": ("", (), 0),
    "nothing": (None, "", (), 0),
    "no": (0,),
    "once": (1,),
    "twice": (2,),
    "infinity": (float("inf"),),
}

_NUMBER = re.compile(
    r"(?<![\w.])[-−+]?(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:(?P<unit>\s?(?:%|per ?cent\b))|(?!\w))"
)
_WORD = re.compile(
    r"(?<![\w.])(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")(?!\w)", re.I
)
_CALL = re.compile(r"(?<![\w])[A-Za-z_][\w.]*\(")
_OPENS = re.compile(r"\b(?:when|if|whose|while|where|once|unless|until|that|which)\b", re.I)
_OUTPUT = re.compile(
    r"→|->|=>|⇒|==?|\b(?:is|are|be|becomes?|returns?|returned|returning|gives?|giving|equals?|yields?"
    r"|yielding|makes?|making|scores?|scoring|costs?|costing|results? in|leaves|leaving|stays?"
    r"|remains?|reads?|prints?|shows?|says|produces?|outputs?|evaluates to|comes to|amounts to"
    r"|counts as|raises|raising|throws|with (?:the )?message|saying|into|has|have|totals?|answers?"
    r"|displays?|contains?|turns into|called)\b",
    re.I,
)
_INPUT = re.compile(
    r"\b(?:for|of|with|given|when|from|by|at|on|after|input|above|below|over|under|than|between"
    r"|before|until|in|adding|exceeds?|if|whose|where|while|once|up to|at least|at most)\b",
    re.I,
)
_JOINED = re.compile(r"[\s,;/`\"'()\[\]$€£]*(?:\b(?:and|or|then)\b)?[\s`\"'(\[$€£]*", re.I)
_BEHIND = re.compile(r"[`\"')\]]*\s+(for|of|with|when|if|at|on|after|from)\b", re.I)
# what is written as a literal when it is empty; an empty stack is made
_EMPTY_VALUE = re.compile(
    r"\s*(?:$|[,.;:)]|(?:string|text|list|dict|dictionary|tuple|set|array|input|word|line|name"
    r"|message|value|sequence|title|one|is|are|gives|returns)s?\b)",
    re.I,
)
_TELLING = {"empty", "true", "false", "none", "null", "nil", "infinity", "zero"}
_BOUND = re.compile(
    r"\b(?:more|less|fewer|greater|larger|smaller|higher|lower|longer|shorter|bigger|older|younger"
    r"|later|earlier|above|below|over|under|beyond|exceed(?:s|ing)?|outside|at least|at most|up to"
    r"|between|divisible by|divide[sd]?|multiples? of|not|within|in the range|before|after"
    r"|(?!rather)[a-z]{2,}er(?=\s+than))\b"
    r"\s*(?:than|of|from|by|a|an|the|absolute|\s)*[`\"'(]?$",
    re.I,
)
# "more than the limit, 100", "above the maximum of 1000"
_NAMED_BOUND = re.compile(
    r"\b(?:than|above|below|over|under|beyond|exceed(?:s|ing)?)\s+(?P<name>[a-z][a-z -]*?)"
    r"(?:\s*[,(]\s*|(?<=limit|bound)\s+of\s+|(?<=maximum|minimum)\s+of\s+)[`\"'(]?$",
    re.I,
)
_CLAUSE = re.compile(r"[,;:.!?—–]\s|\bthen\b|\bbut\b", re.I)


@lru_cache(256)
def stated_values(text: str) -> tuple[StatedValue, ...]:
    """The values of a text in their order; a call's arguments are inputs.

    Of a very long text only the beginning is read.
    """
    text = text[:_LONGEST]
    found: list[StatedValue] = []
    for start, end, meanings, quoted, is_argument in _spans(text):
        role = Role.INPUT if is_argument else role_at(text, start, found)
        if role is Role.INPUT and not is_argument and _is_parallel(text, start, end, found):
            role = Role.OUTPUT
        loose = not is_argument and _is_loose(text, start, end, found)
        found.append(StatedValue(meanings, role, start, end, quoted, loose))
    return tuple(found)


def _is_loose(text: str, start: int, end: int, before: list[StatedValue]) -> bool:
    bracket = start + (text[start] == "(")
    gap = text[before[-1].end : bracket] if before else text[:bracket]
    if before and before[-1].loose and re.fullmatch(r"\s*(?:[,(]|to|and|or|-|–)\s*", gap):
        return True
    word = text[start:end].lower()
    if word == "empty" and not _EMPTY_VALUE.match(text, end):
        return True
    return is_bound(gap) or (word in _WORDS and word not in _TELLING)


def is_bound(gap: str) -> bool:
    """Whether the words before a value compare something with it, or with what it is called."""
    if _BOUND.search(gap):
        return True
    named = _NAMED_BOUND.search(gap)
    return named is not None and not (_OUTPUT.search(named["name"]) or _INPUT.search(named["name"]))


def role_at(text: str, start: int, before: list[StatedValue]) -> Role:
    """The role of what begins at `start`, after the values `before` it."""
    last = before[-1] if before else None
    gap = text[last.end : start] if last else text[:start]
    if last is not None and _JOINED.fullmatch(gap):
        return last.role
    clause = _CLAUSE.split(gap)[-1]
    outputs = [each.start() for each in _OUTPUT.finditer(clause)]
    inputs = [each.start() for each in _INPUT.finditer(clause)]
    if not outputs and not inputs:
        arrow = re.fullmatch(r"[`\"')\]]*\s*:\s*[`\"'(\[]*", gap)
        return Role.OUTPUT if arrow and last is not None and last.role is Role.INPUT else Role.OPEN
    # "gives a balance of 150" is one phrase, "gives 0 for" begins another
    of = outputs and re.fullmatch(
        r"\S+\s+(?:\S+\s+){0,5}?of\s+[`\"'(\[$€£]*", clause[outputs[-1] :]
    )
    if not outputs or (inputs and inputs[-1] > outputs[-1] and not of):
        return Role.INPUT
    opened = _OPENS.search(clause)
    return Role.INPUT if opened and opened.start() < outputs[0] else Role.OUTPUT


def _is_parallel(text: str, start: int, end: int, before: list[StatedValue]) -> bool:
    """Whether it is the 5 of "2 for one and 5 for three"."""
    if not before or not _JOINED.fullmatch(text[before[-1].end : start]):
        return False
    behind = _BEHIND.match(text, end)
    outputs = [each for each in before if each.role is Role.OUTPUT]
    same = _BEHIND.match(text, outputs[-1].end) if outputs else None
    return behind is not None and same is not None and behind[1] == same[1]


def is_same(value: object, meaning: object) -> bool:
    """Whether two values are equal, whatever they are spelt like: 1000, 1_000.0, "1,000"."""
    if isinstance(value, bool) or isinstance(meaning, bool):
        return value is meaning
    if value is None or meaning is None:
        return value is meaning
    one, other = _number(value), _number(meaning)
    if one is not None and other is not None:
        return one == other
    if not value and not meaning and not isinstance(value, int | float):
        # an empty list, text or mapping are all "empty"
        return isinstance(meaning, int) is False
    return value == meaning


def _number(value: object) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return _read_number(value.strip())
    return None


def _read_number(text: str) -> float:
    return float(re.sub(r"[,%\sa-z]", "", text.lower()).replace("−", "-"))


_Span = tuple[int, int, tuple[object, ...], bool, bool]


def _spans(text: str) -> Iterator[_Span]:
    """Start, end, meanings, whether quoted and whether a call's argument, without overlaps."""
    position = 0
    while position < len(text):
        found = _span_at(text, position)
        if found is None:
            position += 1
            continue
        spans, position = found
        yield from spans


def _span_at(text: str, position: int) -> tuple[list[_Span], int] | None:
    if (call := _CALL.match(text, position)) and _is_start(text, position):
        end = nesting.closing(text, call.end() - 1)
        if end is not None:
            return list(_arguments(text, call.end() - 1, end)), end + 1
    if nesting.is_quote(text, position):
        return _quoted(text, position)
    if text[position] in "[({" and (bracketed := _bracketed(text, position)):
        return bracketed
    if number := _NUMBER.match(text, position):
        value = _read_number(number[0])
        percent = (value / 100,) if number["unit"] else ()
        return [(position, number.end(), (value, *percent), False, False)], number.end()
    if word := _WORD.match(text, position):
        return [(position, word.end(), _WORDS[word[0].lower()], False, False)], word.end()
    return None


def _is_start(text: str, position: int) -> bool:
    return position == 0 or not (text[position - 1].isalnum() or text[position - 1] in "_.")


def _arguments(text: str, start: int, end: int) -> Iterator[_Span]:
    inner = text[start + 1 : end]
    for piece in nesting.split(inner):
        literal = parse_literal(piece.rpartition("=")[2])
        if literal is not None:
            for leaf in leaves(_value(literal)):
                yield start, end, (leaf,), True, True


def _quoted(text: str, position: int) -> tuple[list[_Span], int] | None:
    end = nesting.end_of_quote(text, position)
    if end is None:
        return None
    inner = text[position + 1 : end]
    if text[position] == "`":
        return _code(text, position, end)
    return [(position, end + 1, _meanings(inner), True, False)], end + 1


def _code(text: str, position: int, end: int) -> tuple[list[_Span], int]:
    inner = text[position + 1 : end]
    literal = parse_literal(inner)
    if literal is not None:
        meanings = (*leaves(_value(literal)), _value(literal), inner)
        return [(position, end + 1, meanings, True, False)], end + 1
    within = [
        (position + 1 + start, position + 1 + stop, meanings, True, argument)
        for start, stop, meanings, _, argument in _spans(inner)
    ]
    is_name = re.fullmatch(r"[A-Za-z_][\w.]*(?:\(.*\))?", inner, re.DOTALL)
    whole = [] if within or is_name else [(position, end + 1, _meanings(inner), True, False)]
    return [*whole, *within], end + 1


def _bracketed(text: str, position: int) -> tuple[list[_Span], int] | None:
    end = nesting.closing(text, position)
    literal = parse_literal(text[position : end + 1]) if end is not None else None
    if end is None or literal is None:
        return None
    value = _value(literal)
    return [(position, end + 1, (*leaves(value), value), False, False)], end + 1


def _meanings(inner: str) -> tuple[object, ...]:
    """A text as it stands and with its escapes read."""
    try:
        read = ast.literal_eval('"' + inner.replace('"', '\\"') + '"')
    except (SyntaxError, ValueError):
        return (inner,)
    return (inner,) if read == inner else (inner, read)


def _value(literal: str) -> object:
    return literal_of(ast.parse(literal, mode="eval").body)[1]

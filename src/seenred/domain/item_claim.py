"""What a plan's item claims of calls that it writes out: what must come of them."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence

from seenred.domain import nesting
from seenred.domain.report import Claim, leading_value
from seenred.domain.stated_value import Role, StatedValue, stated_values

_LONGEST = 4000  # characters of a text that are read
_CALL = re.compile(r"(?<![\w.])[A-Za-z_]\w*\(")
_NEXT = re.compile(r"\.\w+(?P<open>\()?")
_RAISES = re.compile(
    r"\b(?:rais(?:es?|ing)|throws?|fails with|(?:is )?re(?:fused|jected) with)\s+(?:an?\s+)?[`*]*"
    r"((?:\w+\.)*[A-Z]\w*)"
)
# "raises a ValueError for `add(-1)`"
_RAISED_FOR = re.compile(
    rf"{_RAISES.pattern}`?(?:\s*:|\s+(?:for|on|by|in|at|when calling|when you call))\s+`?$"
)
# "`mean` of the list [1, 2] is 1.5", "`to_words` turns 5 into \"five\""
_NAMED = re.compile(
    r"`(?P<name>[a-z_]\w*)(?:\(\))?`\s+(?:of|for|turns|converts|maps|makes|takes)\s+"
    r"(?:(?:the|a|an|list|text|string|number|year|word|empty)\s+)*[`]?$"
)
# "a new account has a `balance` of 0"
_NEW = re.compile(
    r"\b(?:a|an|the)\s+(?:new|fresh|newly \w+)\s+`?(?P<thing>[A-Za-z_]\w*)`?\s+"
    r"(?:has|starts with)\s+(?:a|an|the)\s+`(?P<part>[a-z_]\w*(?:\(\))?)`\s+of\s+(?P<value>\S.*)",
    re.I | re.DOTALL,
)
_DENIED = re.compile(r"\b(?:not|never|no longer|unless|isn['’]t|doesn['’]t|or)\b", re.I)
_FIRST = re.compile(
    r"\b(?:after|when|if|once|given|while|until|following|before|then|again|twice|still)\b", re.I
)
_BEFORE = re.compile(r"^[`\"'\s]*(?:for|from|of|when calling|by)\s+[`]*$", re.I)


def item_claims(text: str, classes: Sequence[str] = ()) -> tuple[Claim, ...]:
    """The claims of an item's words, in their order; an ambiguous one is left out.

    Args:
        classes: names of classes that the words may mean: `account` is `Account`.

    None where the words tell of something that comes first: a call alone doesn't show it.
    """
    text = text[:_LONGEST]
    if _FIRST.search(_outside_code(text)):
        return ()
    if new := tuple(_of_new(text, classes)):
        return new
    stated = stated_values(text)
    calls = list(_calls(text))
    found: list[Claim] = []
    for number, (start, end) in enumerate(calls):
        begin = calls[number - 1][1] if number else 0
        following = calls[number + 1][0] if number + 1 < len(calls) else len(text)
        claim = _claim(text, stated, (begin, start, end, following))
        if claim is not None:
            found.append(claim)
    if not calls:
        found += _of_named(text, stated)
    return tuple(found)


def _of_named(text: str, stated: tuple[StatedValue, ...]) -> Iterator[Claim]:
    """What is said of a function that is named, with one value that it gets and one it gives."""
    if len(stated) != 2 or stated[0].role is Role.OUTPUT or stated[1].role is not Role.OUTPUT:
        return
    named = _NAMED.search(text[: stated[0].start].rstrip() + " ")
    given, got = (_literal(text, each) for each in stated)
    between = text[stated[0].end : stated[1].start]
    if named and given and got and not _DENIED.search(between):
        yield Claim(f"{named['name']}({given})", got, quote=text)


def _literal(text: str, value: StatedValue) -> str | None:
    start = value.start
    if leading := re.search(r"\b(?:an|the)?\s*$", text[:start]):
        start = leading.start() if text[value.start : value.end].lower() == "empty" else start
    return leading_value(text[start:] if value.end == len(text) else text[start : value.end])


def _of_new(text: str, classes: Sequence[str]) -> Iterator[Claim]:
    """What is said of a part of a new object."""
    found = _NEW.search(text)
    if found is None:
        return
    thing, value = found["thing"], leading_value(found["value"])
    known = [name for name in classes if name.lower() == thing.lower()]
    name = known[0] if known else thing
    if value is not None and name[:1].isupper():
        yield Claim(f"{name}().{found['part']}", value, quote=text)


def _outside_code(text: str) -> str:
    return re.sub(r"`[^`]*`|\"[^\"]*\"", "", text)


def _calls(text: str) -> Iterator[tuple[int, int]]:
    """Where each outermost call begins and ends, with what is called or read upon its result."""
    position = 0
    for match in _CALL.finditer(text):
        if match.start() < position:
            continue
        end = nesting.closing(text, match.end() - 1)
        while end is not None and (more := _NEXT.match(text, end + 1)):
            end = nesting.closing(text, more.end() - 1) if more["open"] else more.end() - 1
        if end is not None and _is_closed(text[match.start() : end + 1]):
            position = end + 1
            yield match.start(), position


def _is_closed(expression: str) -> bool:
    """Whether it is Python, its names are all called, and the first is none of Python's own."""
    try:
        tree = ast.parse(expression, mode="eval")
    except (SyntaxError, ValueError, RecursionError):
        return False
    nodes = list(ast.walk(tree))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    names = [node for node in nodes if isinstance(node, ast.Name)]
    own = [name.id for name in names if not hasattr(builtins, name.id)]
    return bool(own) and all(id(name) in called for name in names) and "..." not in expression


def _claim(
    text: str, stated: tuple[StatedValue, ...], place: tuple[int, int, int, int]
) -> Claim | None:
    begin, start, end, following = place
    expression = " ".join(text[start:end].split("\n"))
    after = re.split(r"[.;](?:\s|$)", text[end:following])[0]
    if raised := _RAISES.search(after):
        return Claim(expression, raises=raised[1].rpartition(".")[2], quote=text)
    if raised := _RAISED_FOR.search(text[begin:start]):
        return Claim(expression, raises=raised[1].rpartition(".")[2], quote=text)
    behind = [v for v in stated if end <= v.start < end + len(after) and v.role is Role.OUTPUT]
    for value in behind[:1]:
        literal = leading_value(text[value.start :].rstrip())
        between = text[end : value.start]
        if literal is not None and not _DENIED.search(between) and _is_all(behind):
            return Claim(expression, literal, quote=text)
    before = [v for v in stated if begin <= v.start and v.end <= start]
    if before and before[-1].role is Role.OUTPUT and _BEFORE.match(text[before[-1].end : start]):
        literal = leading_value(text[before[-1].start : before[-1].end])
        return Claim(expression, literal, quote=text) if literal is not None else None
    return None


def _is_all(outputs: list[StatedValue]) -> bool:
    """Whether there is one value only: of two, who knows which is meant."""
    return len({(value.start, value.end) for value in outputs}) == 1

"""Answers that are probably wrong: a right one, changed a little."""

from __future__ import annotations

import re
from collections.abc import Iterator

# As many as tell a checker that looks from one that does not, at a few milliseconds each.
MOST = 10


def perturbed(value: object) -> tuple[object, ...]:
    """Distinct values of the same type that differ from `value`, nearest first."""
    found: list[object] = []
    for other in _changes(value):
        if repr(other) != repr(value) and repr(other) not in map(repr, found):
            found.append(other)
        if len(found) == MOST:
            break
    return tuple(found)


def perturbed_output(text: str) -> tuple[str, ...]:
    """The same for what a program printed: tokens and lines changed."""
    lines = text.rstrip("\n").split("\n")
    turned = [" ".join(reversed(line.split(" "))) for line in lines]
    changed = [turned, lines[:-1], [*lines, lines[-1]], lines[::-1], *_changed_lines(lines)]
    found = dict.fromkeys("\n".join(each) + "\n" for each in changed if each)
    return tuple(each for each in found if each.split() != text.split())[:MOST]


def empty_like(value: object) -> object:
    """The empty value of the same type, None where the type has none."""
    return type(value)() if isinstance(value, str | list | tuple | dict | set) else None


def _changes(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from (value + 1, value - 1, value + 1000, -value - 1)
    elif isinstance(value, str):
        yield from _changed_texts(value)
    elif isinstance(value, list | tuple):
        yield from (type(value)(items) for items in _changed_items(list(value)))
    elif isinstance(value, set | frozenset):
        yield from (set(items) for items in _changed_items(sorted(value, key=repr)))
    elif isinstance(value, dict):
        yield from (dict(list(value.items())[:-1]), *_changed_values(value))
    else:
        yield from (0, [], "")


def _changed_texts(text: str) -> Iterator[str]:
    yield from (text[:-1], text + (text[-1:] or "x"), text[::-1], text[1:])
    for index in range(min(3, len(text))):
        other = _other_character(text[index])
        yield text[:index] + other + text[index + 1 :]


def _other_character(character: str) -> str:
    following = {"z": "a", "Z": "A", "9": "0", ")": "(", "(": ")"}
    return following.get(character) or (chr(ord(character) + 1) if character.isalnum() else "x")


def _changed_items(items: list[object]) -> Iterator[list[object]]:
    yield items[::-1]
    yield items[:-1]
    yield [*items, items[-1] if items else 0]
    for index in range(min(3, len(items))):
        for other in [*_changes(items[index])][:2]:
            yield [*items[:index], other, *items[index + 1 :]]
    yield items[1:]
    yield [*items, *items]


def _changed_values(mapping: dict[object, object]) -> Iterator[dict[object, object]]:
    for key, value in list(mapping.items())[:3]:
        for other in [*_changes(value)][:2]:
            yield {**mapping, key: other}


def _changed_lines(lines: list[str]) -> Iterator[list[str]]:
    """Each of the first lines with its first or its last token changed."""
    for index, line in enumerate(lines[:3]):
        tokens = line.split(" ")
        for place in dict.fromkeys((0, len(tokens) - 1)):
            for token in _changed_tokens(tokens[place]):
                changed = " ".join([*tokens[:place], token, *tokens[place + 1 :]])
                yield [*lines[:index], changed, *lines[index + 1 :]]


def _changed_tokens(token: str) -> Iterator[str]:
    if re.fullmatch(r"-?\d+", token):
        yield from (str(int(token) + 1), str(int(token) - 1))
    elif token:
        yield token[:-1] + _other_character(token[-1])

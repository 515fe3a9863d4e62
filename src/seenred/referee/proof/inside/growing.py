"""Inputs like those of the tests, as large as one likes; deterministic from the size."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from .recipe import Recipe, is_sized
from .recorder import Call


def growable(calls: Sequence[Call]) -> Call | None:
    """The recorded call whose grown form tells most: with the longest sized values."""
    found = [call for call in calls if _sized_names(call) or _number_names(call)]
    return max(found, key=_length, default=None)


def grown(call: Call, size: int) -> Call:
    """The call with every sized value, or else every whole number, of about that size."""
    chance = random.Random(size)
    names = _sized_names(call)
    if names:
        values = {name: _grown(call.arguments[name], size, chance) for name in names}
    else:
        values = {name: Recipe("plain", size) for name in _number_names(call)}
    return Call({**call.arguments, **values}, call.more, call.named)


def _sized_names(call: Call) -> list[str]:
    return [name for name, value in call.arguments.items() if is_sized(value)]


def _number_names(call: Call) -> list[str]:
    return [
        name
        for name, value in call.arguments.items()
        if value.kind == "plain" and type(value.value) is int
    ]


def _length(call: Call) -> int:
    sizes = [call.arguments[name] for name in _sized_names(call)]
    return sum(len(each.items or each.value or ()) for each in sizes)


def _grown(recipe: Recipe, size: int, chance: random.Random) -> Recipe:
    if recipe.kind == "plain":
        return Recipe("plain", _repeated(recipe.value, size))
    if recipe.kind == "dict":
        keys = [key for key, _ in recipe.items]
        values = [value for _, value in recipe.items]
        pairs = zip(_items(keys, size, chance), _items(values, size, chance))  # noqa: B905
        return recipe.with_items(pairs)
    items = _items(recipe.items, size, chance)
    if _is_ordered(recipe):
        items.sort(key=lambda each: each.value)
    return recipe.with_items(items)


def _repeated(text: Any, size: int) -> Any:
    filled = text or type(text)(b"ab" if isinstance(text, bytes) else "ab")
    return (filled * (size // len(filled) + 1))[:size]


def _items(seen: Sequence[Recipe], size: int, chance: random.Random) -> list[Recipe]:
    """As many items as asked for, of the kind that was seen; whole numbers where none was."""
    kinds = {type(each.value) if each.kind == "plain" else None for each in seen}
    if kinds <= {int}:
        return [Recipe("plain", chance.randrange(10 * size)) for _ in range(size)]
    if kinds == {float}:
        return [Recipe("plain", chance.random() * size) for _ in range(size)]
    if kinds == {str}:
        return [Recipe("plain", f"{chance.choice(seen).value}{index}") for index in range(size)]
    return [seen[index % len(seen)] for index in range(size)]


def _is_ordered(recipe: Recipe) -> bool:
    """Whether the tests' own list is in order: then the code may rely on it."""
    values = [each.value for each in recipe.items if each.kind == "plain"]
    if len(values) < 3 or len(values) < len(recipe.items):
        return False
    try:
        return bool(values == sorted(values))
    except TypeError:
        return False

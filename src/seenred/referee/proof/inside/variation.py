"""Inputs near those that the tests use: edges, constants of the code, mixtures; deterministic."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from .recipe import Recipe
from .recorder import Call


class Constants:
    """Numbers and texts that the code itself mentions: where it changes its mind."""

    def __init__(self, values: Sequence[Any] = ()) -> None:
        self.numbers = [v for v in values if isinstance(v, (int, float)) and v not in (True, False)]
        self.texts = [v for v in values if isinstance(v, str)]


def varied(recipe: Recipe, constants: Constants) -> Iterator[Recipe]:
    """Values of the same type, the most telling first."""
    if recipe.kind == "plain":
        for value in _plain(recipe.value, constants):
            yield Recipe("plain", value)
    elif recipe.kind in ("list", "tuple", "set", "frozenset"):
        yield from _containers(recipe, constants)
    elif recipe.kind == "dict":
        yield from _dicts(recipe, constants)
    elif recipe.kind == "made":
        yield from _made(recipe, constants)


def calls_near(
    calls: Sequence[Call], constants: Constants, optional: Sequence[str], seed: int = 0
) -> Iterator[Call]:
    """The calls themselves, then each with one value changed or left out, then mixtures; endless
    only where there is something to mix."""
    yield from calls
    singles = [_single_changes(call, constants, optional) for call in calls]
    while singles:  # in turn, so that each call's most telling changes come first
        for changes in list(singles):
            found = next(changes, None)
            if found is None:
                singles.remove(changes)
            else:
                yield found
    yield from _mixtures(calls, constants, random.Random(seed))


def _single_changes(call: Call, constants: Constants, optional: Sequence[str]) -> Iterator[Call]:
    left_out = [name for name in optional if name in call.arguments]
    for name in left_out:
        yield _without(call, name)
    changes = [(name, varied(value, constants)) for name, value in call.arguments.items()]
    while changes:
        for name, values in list(changes):
            value = next(values, None)
            if value is None:
                changes.remove((name, values))
            else:
                yield Call({**call.arguments, name: value}, call.more, call.named)
    if call.more:
        yield Call(call.arguments, call.more[:-1], call.named)


def _without(call: Call, name: str) -> Call:
    kept = {other: value for other, value in call.arguments.items() if other != name}
    return Call(kept, call.more, call.named)


def _mixtures(calls: Sequence[Call], constants: Constants, chance: random.Random) -> Iterator[Call]:
    names = list(dict.fromkeys(name for call in calls for name in call.arguments))
    pools: dict[str, list[Recipe]] = {}
    for name in names:
        seen = [call.arguments[name] for call in calls if name in call.arguments]
        near = [each for value in seen for each in varied(value, constants)]
        pools[name] = [*seen, *near[:60]]
    if not any(len(pool) > 1 for pool in pools.values()):
        return
    while True:
        call = chance.choice(list(calls))
        picked = {name: chance.choice(pools[name]) for name in call.arguments}
        yield Call(picked, call.more, call.named)


def _plain(value: Any, constants: Constants) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        whole = [n for n in constants.numbers if isinstance(n, int)]
        near = [n + step for n in whole for step in (0, -1, 1)]
        yield from (0, value + 1, value - 1, 1, -1, *near, -value, 2, value * 10 + 3, 1000)
    elif isinstance(value, float):
        near_floats = [float(n) + step for n in constants.numbers for step in (0, -0.5, 0.5)]
        yield from (0.0, value + 1, value - 1, value / 3, *near_floats, -value, value * 10, 0.1)
    elif isinstance(value, str):
        yield from _texts(value, constants)
    elif isinstance(value, bytes):
        yield from (b"", value[:-1], value + value[-1:], value[::-1])


def _texts(value: str, constants: Constants) -> Iterator[str]:
    yield from ("", value[:-1], value + value[-1:], *constants.texts)
    yield from (value.upper(), value.lower(), value[::-1], f" {value}", f"{value} ", value * 2)
    for text in constants.texts:
        yield from (value + text, text + value)
    yield from ("a", "0", "é", "\n")


def _containers(recipe: Recipe, constants: Constants) -> Iterator[Recipe]:
    items = list(recipe.items)
    yield recipe.with_items([])
    yield recipe.with_items(items[:1])
    yield recipe.with_items(items[:-1])
    yield recipe.with_items(items[::-1])
    yield recipe.with_items([*items, *items[-1:]])
    changes = [(index, varied(item, constants)) for index, item in enumerate(items[:6])]
    while changes:
        for index, values in list(changes):
            value = next(values, None)
            if value is None:
                changes.remove((index, values))
            else:
                yield recipe.with_items([*items[:index], value, *items[index + 1 :]])
    yield recipe.with_items(items * 2)
    yield recipe.with_items(items * 5)


def _dicts(recipe: Recipe, constants: Constants) -> Iterator[Recipe]:
    pairs = list(recipe.items)
    yield recipe.with_items([])
    yield recipe.with_items(pairs[::-1])
    for index in range(len(pairs[:6])):
        yield recipe.with_items([*pairs[:index], *pairs[index + 1 :]])
    for index, (key, value) in enumerate(pairs[:6]):
        for other in list(varied(value, constants))[:12]:
            yield recipe.with_items([*pairs[:index], (key, other), *pairs[index + 1 :]])
        for other in list(varied(key, constants))[:4]:
            yield recipe.with_items([*pairs, (other, value)])


def _made(recipe: Recipe, constants: Constants) -> Iterator[Recipe]:
    for index, item in enumerate(recipe.items):
        for other in varied(item, constants):
            yield recipe.with_items([*recipe.items[:index], other, *recipe.items[index + 1 :]])
    for name, item in recipe.named.items():
        for other in varied(item, constants):
            yield Recipe("made", recipe.value, recipe.items, {**recipe.named, name: other})

"""Inputs of the shape that the examples show, small ones first; deterministic from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from seenred.domain.literal import evaluate, render
from seenred.domain.problem import Authority, Case, Problem, ProblemKind
from seenred.domain.shape import MAX_LENGTH, Kind, Shape, Shapes, find_shapes, fits, related
from seenred.domain.stdio_shape import generate_stdins, stress_stdin

ATTEMPTS = 30  # for each wanted input, before fewer are given


def generate_inputs(problem: Problem, count: int, seed: int) -> list[Case]:
    """At most `count` distinct inputs without expected values; none when no shape is found."""
    chance = random.Random(seed)
    if problem.kind is ProblemKind.STDIO:
        stdins = generate_stdins(problem, count, chance)
        return [_case(number, stdin=stdin) for number, stdin in enumerate(stdins, start=1)]
    shapes = find_shapes(problem)
    found: dict[tuple[str, ...], None] = {}
    if shapes is None:
        return []
    for values in _candidates(shapes, count, chance):
        arguments = tuple(render(value) for value in values)
        if _fit(values, shapes):
            found.setdefault(arguments)
        if len(found) >= count:
            break
    return [_case(number, arguments) for number, arguments in enumerate(found, start=1)]


def stress_input(problem: Problem, size: int, seed: int = 0) -> Case | None:
    """One input of about `size`, capped by the bounds; None when nothing in it can grow."""
    chance = random.Random(seed)
    if problem.kind is ProblemKind.STDIO:
        stdin = stress_stdin(problem, size, chance)
        return _case(size, stdin=stdin) if stdin else None
    shapes = find_shapes(problem)
    if shapes is None or all(
        shape.kind in (Kind.SEEN, Kind.BOOL, Kind.FLOAT) for shape in shapes.of
    ):
        return None
    values = _large(shapes, size, chance)
    return _case(size, tuple(render(value) for value in values)) if _fit(values, shapes) else None


def is_valid_input(problem: Problem, arguments: tuple[str, ...]) -> bool:
    """Whether the arguments are of the examples' types, within the bounds and so related."""
    shapes = find_shapes(problem)
    if shapes is None or len(arguments) != len(shapes.of):
        return False
    try:
        values = [evaluate(literal) for literal in arguments]
    except ValueError:
        return False
    return _fit(values, shapes)


def _case(number: int, arguments: tuple[str, ...] = (), stdin: str = "") -> Case:
    return Case(f"generated {number}", arguments, stdin, authority=Authority.CRASH)


def _fit(values: list[object], shapes: Shapes) -> bool:
    each = all(fits(value, shape) for value, shape in zip(values, shapes.of, strict=True))
    return each and related(values, shapes)


def _candidates(shapes: Shapes, count: int, chance: random.Random) -> Iterator[list[object]]:
    """Every edge of one parameter beside small others, then random ones of growing length."""
    edges = [_edges(shape, chance) for shape in shapes.of]
    for index, variants in enumerate(edges):
        for variant in variants:
            values = [_random(shape, 2, chance) for shape in shapes.of]
            values[index] = variant
            yield _relate(values, shapes, chance, kept=index)
    for attempt in range(count * ATTEMPTS):
        length = 2 + attempt % (MAX_LENGTH - 1)
        yield _relate([_random(shape, length, chance) for shape in shapes.of], shapes, chance)


def _edges(shape: Shape, chance: random.Random) -> list[object]:
    if shape.kind is Kind.SEEN:
        return list(shape.seen[:1])
    if shape.kind is Kind.BOOL:
        return [False, True]
    if shape.kind in (Kind.INT, Kind.FLOAT):
        low, high = _range(shape)
        numbers = [low, low + 1, 0, 1, -1, 2, high]
        return [float(n) if shape.kind is Kind.FLOAT else n for n in numbers]
    if shape.kind is Kind.TEXT:
        first, last = shape.alphabet[0], shape.alphabet[-1]
        return ["", first, first * 2, first + last, first * 3, first + last + first]
    return _list_edges(shape, chance)


def _list_edges(shape: Shape, chance: random.Random) -> list[object]:
    element = shape.element
    if element is None:
        return []
    one, other = _random(element, 2, chance), _random(element, 3, chance)
    lists: list[list[object]] = [[], [one], [one, one], [one, other], [one] * 4, [one, other, one]]
    lists += [[edge] for edge in _edges(element, chance)[:6]]
    if shape.ordered:
        lists = [sorted(each, key=_number) for each in lists]
    return [tuple(each) for each in lists] if shape.is_tuple else list(lists)


def _random(shape: Shape, length: int, chance: random.Random, wide: bool = False) -> object:
    """One value, collections of about `length`; numbers from the whole range when `wide`."""
    if shape.kind is Kind.SEEN:
        return chance.choice(shape.seen)
    if shape.kind is Kind.BOOL:
        return chance.random() < 0.5
    if shape.kind in (Kind.INT, Kind.FLOAT):
        low, high = _range(shape, wide=wide)
        whole = chance.randint(low, high)
        return (
            whole
            if shape.kind is Kind.INT
            else min(max(whole + chance.randint(0, 3) / 4, low), high)
        )
    size = _size(shape, length, chance, exact=wide)
    if shape.kind is Kind.TEXT:
        return "".join(chance.choice(shape.alphabet) for _ in range(size))
    return _random_list(shape, size, chance, wide)


def _random_list(shape: Shape, size: int, chance: random.Random, wide: bool) -> object:
    element = shape.element
    assert element is not None, "a list's shape has an element"
    if shape.permutation:
        start = int(element.low or 0) and 1
        numbers: list[object] = list(range(start, size + start))
        chance.shuffle(numbers)
        return numbers
    inner = 3 if wide else chance.randint(1, 3)
    if shape.rectangular and element.longest is None:
        width = max(inner, element.shortest)
        element = replace(element, shortest=width, longest=width)
    if shape.distinct:
        items = _distinct_items(element, size, chance, wide)
    else:
        items = [
            _random(element, inner, chance, wide and element.kind is not Kind.LIST)
            for _ in range(size)
        ]
    if shape.ordered:
        items.sort(key=_number)
    return tuple(items) if shape.is_tuple else items


def _distinct_items(element: Shape, size: int, chance: random.Random, wide: bool) -> list[object]:
    if element.kind is Kind.INT:
        low, high = _range(element, wide=wide)
        if element.high is None:
            high = max(high, low + 2 * size)
        pool = range(low, high + 1)
        return list(chance.sample(pool, min(size, len(pool))))
    found: dict[str, object] = {}
    for attempt in range(size * ATTEMPTS):
        item = _random(element, 2 + attempt % 4, chance)
        found.setdefault(repr(item), item)
        if len(found) >= size:
            break
    return list(found.values())


def _range(shape: Shape, wide: bool = False) -> tuple[int, int]:
    """The numbers to draw from: small and near the examples, or all that the bounds allow."""
    shown = [abs(int(v)) for v in shape.seen if isinstance(v, int | float)]
    reach = 10**9 if wide else max(min(max(shown, default=10), 100), 5)
    low = -reach if shape.low is None else int(shape.low)
    high = max(reach, low + 2) if shape.high is None else int(shape.high)
    if not wide:
        low, high = max(low, min(-reach, high)), min(high, max(reach, low + 5))
    return low, max(low, high)


def _size(shape: Shape, length: int, chance: random.Random, exact: bool) -> int:
    longest = max(shape.shortest, length) if shape.longest is None else shape.longest
    most = max(shape.shortest, min(length, longest))
    return most if exact else chance.randint(shape.shortest, most)


def _number(item: object) -> float:
    return item if isinstance(item, int | float) else 0


def _relate(
    values: list[object], shapes: Shapes, chance: random.Random, kept: int = -1
) -> list[object]:
    """The values with lengths made equal and indices moved inside; `kept` is left as it is."""
    for a, b in shapes.same_length:
        source, target = (b, a) if kept == b else (a, b)
        length = _length(values[source])
        shape = shapes.of[target]
        if _length(values[target]) != length and shape.kind in (Kind.LIST, Kind.TEXT):
            fixed = replace(shape, shortest=length, longest=length)
            values[target] = _random(fixed, length, chance)
    for number, sized, start in shapes.indices:
        length = _length(values[sized])
        if length + start > start and number != kept:
            values[number] = chance.randint(start, length + start - 1)
    return values


def _length(value: object) -> int:
    return len(value) if isinstance(value, list | tuple | str) else 0


def _large(shapes: Shapes, size: int, chance: random.Random) -> list[object]:
    sized = any(shape.kind in (Kind.LIST, Kind.TEXT) for shape in shapes.of)
    values: list[object] = []
    for shape in shapes.of:
        if shape.kind is Kind.INT and not sized:
            low, high = _range(shape, wide=True)
            values.append(min(max(size, low), high))
        else:
            values.append(_random(shape, size, chance, wide=shape.kind is not Kind.SEEN))
    return _relate(values, shapes, chance)

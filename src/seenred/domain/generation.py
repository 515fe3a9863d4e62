"""Inputs made from the examples and bounds: of their types, within their ranges and shape."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from seenred.domain.problem import Bound, Case, Problem, ProblemKind

# Without a bound, values stay in the range of the examples widened by this.
WIDEN = 3
# Length of generated collections, when comparing versions.
LENGTH = 8


@dataclass(frozen=True, slots=True)
class _Shape:
    """What all examples of one parameter have in common."""

    kind: type
    low: int
    high: int
    shortest: int
    longest: int
    alphabet: str = ""
    ascending: bool = False
    distinct: bool = False
    item: _Shape | None = None


def generate_inputs(problem: Problem, count: int, seed: int) -> list[Case]:
    """`count` inputs without expected values, small ones first; none when no shape is known."""
    shapes = _shapes(problem)
    if shapes is None:
        return []
    rng = random.Random(seed)
    seen: set[tuple[str, ...]] = set()
    found: list[Case] = []
    for attempt in range(count * 4):
        if len(found) == count:
            break
        length = min(attempt // 3, LENGTH)
        arguments = tuple(repr(_make(s, length, rng)) for s in shapes)
        if arguments in seen or not is_valid_input(problem, arguments):
            continue
        seen.add(arguments)
        found.append(Case(f"generated {len(found) + 1}", arguments=arguments))
    return found


def stress_input(problem: Problem, size: int) -> Case | None:
    """One large input whose collections have `size` items, or as many as the bounds allow."""
    shapes = _shapes(problem)
    if shapes is None or not any(s.kind in (list, str) for s in shapes):
        return None
    rng = random.Random(size)
    arguments = tuple(
        repr(_make(_long(s, size) if s.kind in (list, str) else s, size, rng)) for s in shapes
    )
    return Case(f"n={size}", arguments=arguments)


def is_valid_input(problem: Problem, arguments: tuple[str, ...]) -> bool:
    """Of the examples' types, and within the bounds; what no example shows is not valid."""
    shapes = _shapes(problem)
    if shapes is None or len(shapes) != len(arguments):
        return False
    try:
        values = [ast.literal_eval(a) for a in arguments]
    except (ValueError, SyntaxError):
        return False
    return all(_fits(v, s) for v, s in zip(values, shapes, strict=True))


def _shapes(problem: Problem) -> list[_Shape] | None:
    """One shape a parameter, or None for a program and for types that are not understood."""
    if problem.kind is ProblemKind.STDIO or not problem.cases:
        return None
    cases = [c for c in problem.cases if c.name.startswith("example") and not c.raises]
    if not cases or len({len(c.arguments) for c in cases}) != 1:
        return None
    shapes: list[_Shape] = []
    names = [p.name for p in problem.signature.parameters] if problem.signature else []
    for i in range(len(cases[0].arguments)):
        values = [ast.literal_eval(c.arguments[i]) for c in cases]
        name = names[i] if i < len(names) else ""
        shape = _shape(values, name, problem.bounds)
        if shape is None:
            return None
        shapes.append(shape)
    return shapes


def _shape(values: Sequence[Any], name: str, bounds: Sequence[Bound]) -> _Shape | None:
    kinds = {type(v) for v in values}
    if kinds == {int, float}:
        kinds = {float}
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    if kind in (int, float):
        low, high = _range(values, _bound(bounds, name))
        return _Shape(kind, low, high, 0, 0)
    if kind is bool:
        return _Shape(bool, 0, 1, 0, 0)
    if kind is str:
        shortest, longest = _lengths(values, _bound(bounds, f"len({name})"))
        alphabet = "".join(sorted({c for v in values for c in v}))
        return _Shape(str, 0, 0, shortest, longest, alphabet)
    return _list_shape(values, name, bounds) if kind is list else None


def _list_shape(values: Sequence[Any], name: str, bounds: Sequence[Bound]) -> _Shape | None:
    items = [item for v in values for item in v]
    item = _shape(items, f"{name}[i]", bounds) if items else None
    if item is None:
        return None
    shortest, longest = _lengths(values, _bound(bounds, f"len({name})"))
    told = [v for v in values if len(v) > 1]
    plain = item.kind in (int, float, str)
    return _Shape(
        list,
        0,
        0,
        shortest,
        longest,
        ascending=bool(told) and all(v == sorted(v) for v in told),
        distinct=plain and len(told) > 1 and all(len(set(v)) == len(v) for v in told),
        item=item,
    )


def _bound(bounds: Sequence[Bound], subject: str) -> Bound | None:
    return next((b for b in bounds if b.subject == subject), None)


def _range(values: Sequence[Any], bound: Bound | None) -> tuple[int, int]:
    low, high = int(min(values)), int(max(values))
    spread = (high - low + 1) * WIDEN
    wide_low = 0 if low >= 0 else low - spread
    if low > 0:
        wide_low = min(low, 1)
    if bound is None:
        return wide_low, high + spread
    return (
        wide_low if bound.low is None else int(bound.low),
        high + spread if bound.high is None else int(bound.high),
    )


def _lengths(values: Sequence[Any], bound: Bound | None) -> tuple[int, int]:
    shortest, longest = min(map(len, values)), max(map(len, values))
    fixed = len(values) > 3 and shortest == longest
    if bound is None:
        return (shortest, longest) if fixed else (min(shortest, 1), 100_000)
    low = min(shortest, 1) if bound.low is None else int(bound.low)
    return low, 100_000 if bound.high is None else int(bound.high)


def _long(shape: _Shape, size: int) -> _Shape:
    return _Shape(
        shape.kind,
        shape.low,
        shape.high,
        min(size, shape.longest),
        shape.longest,
        shape.alphabet,
        shape.ascending,
        shape.distinct,
        shape.item,
    )


def _make(shape: _Shape, length: int, rng: random.Random) -> Any:
    makers: dict[type, Callable[[], Any]] = {
        int: lambda: _number(shape, length, rng),
        float: lambda: float(_number(shape, length, rng)),
        bool: lambda: rng.random() < 0.5,
        str: lambda: "".join(rng.choice(shape.alphabet or "a") for _ in range(_n(shape, length))),
        list: lambda: _items(shape, length, rng),
    }
    return makers[shape.kind]()


def _n(shape: _Shape, length: int) -> int:
    return max(shape.shortest, min(length, shape.longest))


def _number(shape: _Shape, length: int, rng: random.Random) -> int:
    """Small values most of the time: they collide, and collisions find defects."""
    middle = min(max(0, shape.low), shape.high)
    reach = max(3, length)
    if length > LENGTH or rng.random() < 0.1:
        return rng.randint(shape.low, shape.high)
    return rng.randint(max(shape.low, middle - reach), min(shape.high, middle + reach))


def _items(shape: _Shape, length: int, rng: random.Random) -> list[Any]:
    assert shape.item is not None  # every list shape has one
    # nested collections stay short, so that a long list of them stays small
    inner = length if shape.item.kind in (int, float) else min(length, LENGTH)
    made = [_make(shape.item, inner, rng) for _ in range(_n(shape, length))]
    if shape.distinct:
        made = list(dict.fromkeys(made))
    return sorted(made) if shape.ascending else made


def _fits(value: Any, shape: _Shape) -> bool:
    if isinstance(value, bool) or shape.kind is bool:
        return isinstance(value, bool) and shape.kind is bool
    if shape.kind in (int, float):
        right = isinstance(value, int) or (shape.kind is float and isinstance(value, float))
        return right and shape.low <= value <= shape.high
    if not isinstance(value, shape.kind):
        return False
    return _fits_collection(value, shape)


def _fits_collection(value: Any, shape: _Shape) -> bool:
    if not shape.shortest <= len(value) <= shape.longest:
        return False
    if shape.kind is str:
        return set(value) <= set(shape.alphabet) or not shape.alphabet
    assert shape.item is not None  # every list shape has one
    if shape.ascending and any(a > b for a, b in pairwise(value)):
        return False
    if shape.distinct and len({repr(v) for v in value}) != len(value):
        return False
    return all(_fits(item, shape.item) for item in value)

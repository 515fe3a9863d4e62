"""What the inputs of a problem look like, as its examples and bounds show it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from seenred.domain.literal import evaluate
from seenred.domain.problem import Bound, Problem

MAX_LENGTH = 8  # of a generated collection that no bound limits more tightly


class Kind(StrEnum):
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    TEXT = "str"
    LIST = "list"
    SEEN = "seen"  # too structured to invent: only what the examples show


@dataclass(frozen=True, slots=True)
class Shape:
    """What one value may be.

    Attributes:
        low, high: of a number.
        shortest, longest: length of a list or a text; `longest` is None when nothing limits it.
        alphabet: characters of a text.
        element: of a list; it is a tuple when `is_tuple`.
        ordered, distinct, permutation: of a list; a permutation is of 0..n-1 or of 1..n, by `low`
            of its element.
        rectangular: inner lists are of one length.
        seen: values that the examples show.
    """

    kind: Kind
    low: float | None = None
    high: float | None = None
    shortest: int = 0
    longest: int | None = None
    alphabet: str = ""
    element: Shape | None = None
    is_tuple: bool = False
    ordered: bool = False
    distinct: bool = False
    permutation: bool = False
    rectangular: bool = False
    optional: bool = False
    seen: tuple[object, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of all parameters and what holds between them.

    Attributes:
        same_length: pairs of parameters whose lengths are equal.
        indices: (parameter, list, from): `from <= parameter < len(list) + from`.
    """

    of: tuple[Shape, ...]
    same_length: tuple[tuple[int, int], ...] = ()
    indices: tuple[tuple[int, int, int], ...] = ()


def find_shapes(problem: Problem) -> Shapes | None:
    """The shapes of a function's parameters; None when one of them can't be told."""
    if problem.signature is None or not problem.signature.parameters:
        return None
    parameters = problem.signature.parameters
    rows = [
        [evaluate(literal) for literal in case.arguments]
        for case in problem.cases
        if len(case.arguments) == len(parameters) and not case.raises
    ]
    bounds = {bound.subject: bound for bound in problem.bounds}
    shapes: list[Shape] = []
    for index, parameter in enumerate(parameters):
        values = [row[index] for row in rows]
        shape = _of_values(values, problem.text) if values else of_annotation(parameter.annotation)
        if shape is None:
            return None
        shapes.append(_bounded(shape, parameter.name, bounds))
    return Shapes(tuple(shapes), *_relations(rows))


def fits(value: object, shape: Shape) -> bool:
    """Whether a value has a shape."""
    if value is None and shape.optional:
        return True
    if shape.kind is Kind.SEEN:
        return any(value == seen and type(value) is type(seen) for seen in shape.seen)
    if shape.kind is Kind.BOOL:
        return isinstance(value, bool)
    if shape.kind in (Kind.INT, Kind.FLOAT):
        return _number_fits(value, shape)
    if shape.kind is Kind.TEXT:
        return (
            isinstance(value, str)
            and _length_fits(value, shape)
            and set(value) <= set(shape.alphabet)
        )
    return _list_fits(value, shape)


def related(values: Sequence[object], shapes: Shapes) -> bool:
    """Whether what holds between the parameters holds here."""
    for a, b in shapes.same_length:
        if _length(values[a]) != _length(values[b]):
            return False
    for number, sized, start in shapes.indices:
        value, length = values[number], _length(values[sized])
        if not isinstance(value, int) or not start <= value < length + start:
            return False
    return True


def of_annotation(annotation: str) -> Shape | None:
    """The shape that an annotation alone tells; small and not negative, for lack of examples."""
    plain = annotation.replace("List[", "list[").replace("Tuple[", "tuple[").strip()
    simple = {
        "int": Shape(Kind.INT, 0, None),
        "float": Shape(Kind.FLOAT, 0, None),
        "bool": Shape(Kind.BOOL),
        "str": Shape(Kind.TEXT, shortest=1, alphabet="abc"),
    }
    if plain in simple:
        return simple[plain]
    inner = re.fullmatch(r"list\[(.+)\]|Sequence\[(.+)\]", plain)
    element = of_annotation(inner[1] or inner[2]) if inner else None
    if element is None:
        return None
    return Shape(Kind.LIST, shortest=1, element=element, rectangular=element.kind is Kind.LIST)


def _of_values(values: Sequence[object], text: str) -> Shape:
    present = [value for value in values if value is not None]
    optional = len(present) < len(values)
    kinds = {type(value) for value in present}
    seen = tuple(values)
    shape = Shape(Kind.SEEN, seen=seen)
    if kinds == {bool}:
        shape = Shape(Kind.BOOL, seen=seen)
    elif kinds and kinds <= {int, float}:
        shape = _of_numbers([v for v in present if isinstance(v, int | float)], seen)
    elif kinds == {str}:
        shape = _of_texts([v for v in present if isinstance(v, str)], seen)
    elif kinds in ({list}, {tuple}):
        shape = _of_lists([v for v in present if isinstance(v, list | tuple)], seen, text)
    if optional and shape.kind is not Kind.SEEN:
        shape = Shape(Kind.SEEN, seen=seen)
    return shape


def _of_numbers(values: Sequence[float], seen: tuple[object, ...]) -> Shape:
    finite = [value for value in values if math.isfinite(value)]
    if len(finite) < len(values):
        return Shape(Kind.SEEN, seen=seen)
    kind = Kind.INT if all(isinstance(value, int) for value in finite) else Kind.FLOAT
    smallest = min(finite)
    low = None if smallest < 0 else 0 if smallest < 1 else 1
    return Shape(kind, low, None, seen=seen)


def _of_texts(values: Sequence[str], seen: tuple[object, ...]) -> Shape:
    """Letters or brackets are drawn anew; digits and mixtures have a syntax of their own."""
    characters = set("".join(values))
    words = any(char.isalnum() for char in characters)
    marks = any(not char.isalnum() and char != " " for char in characters)
    numbers = any(char.isdigit() for char in characters)
    if not characters or (words and marks) or numbers:
        return Shape(Kind.SEEN, seen=seen)
    shortest = 0 if "" in values else 1
    alphabet = "".join(sorted(characters - {" "})) + (" " if " " in characters else "")
    if alphabet.strip() != alphabet and any(v != " ".join(v.split()) for v in values) is False:
        return Shape(Kind.SEEN, seen=seen)
    return Shape(Kind.TEXT, shortest=shortest, alphabet=alphabet, seen=seen)


def _of_lists(
    values: Sequence[list[object] | tuple[object, ...]], seen: tuple[object, ...], text: str
) -> Shape:
    items = [item for value in values for item in value]
    if not items:
        return Shape(Kind.SEEN, seen=seen)
    element = _of_values(items, text)
    is_tuple = isinstance(values[0], tuple)
    if is_tuple and element.kind is Kind.SEEN:
        return Shape(Kind.SEEN, seen=seen)
    lengths = {len(value) for value in values}
    fixed = len(lengths) == 1 and len(values) > 1
    shortest = min(lengths) if fixed or is_tuple else min(1, *lengths)
    longest = max(lengths) if fixed or is_tuple else None
    telling = [value for value in values if len(value) > 1]
    permutation = _is_permutation(telling, text)
    return Shape(
        Kind.LIST,
        shortest=shortest,
        longest=longest,
        element=element,
        is_tuple=is_tuple,
        ordered=not permutation and _is_ordered(telling, text),
        distinct=permutation or _is_distinct(telling, text),
        permutation=permutation,
        rectangular=element.kind is Kind.LIST and all(_is_rectangular(value) for value in values),
        seen=seen,
    )


def _is_ordered(values: Sequence[Sequence[object]], text: str) -> bool:
    keys = [[_order_key(item) for item in value] for value in values]
    if not keys or any(key is None for row in keys for key in row):
        return False
    said = re.search(r"(?i)\bsorted\b|ascending|increasing|decreasing", text)
    long = sum(len(row) > 2 for row in keys)
    same = all(row == sorted(row, key=lambda key: key or 0) for row in keys)
    return same and (bool(said) or long > 1 or len(keys) > 2)


def _is_distinct(values: Sequence[Sequence[object]], text: str) -> bool:
    if not values or not all(len({repr(item) for item in value}) == len(value) for value in values):
        return False
    said = re.search(r"(?i)\bdistinct\b|\bunique\b|no duplicates|all different|permutation", text)
    return bool(said) or (len(values) > 2 and sum(len(value) for value in values) > 9)


def _is_permutation(values: Sequence[Sequence[object]], text: str) -> bool:
    if not all(type(item) is int for value in values for item in value):
        return False
    numbers = [sorted(item for item in value if isinstance(item, int)) for value in values]
    same = any(all(row == list(range(s, len(row) + s)) for row in numbers) for s in (0, 1))
    shuffled = any(list(value) != sorted(row) for value, row in zip(values, numbers, strict=True))
    return (
        bool(numbers) and same and shuffled and (len(numbers) > 1 or "permutation" in text.lower())
    )


def _is_rectangular(value: Sequence[object]) -> bool:
    return len({_length(item) for item in value}) < 2


def _order_key(item: object) -> float | None:
    return item if isinstance(item, int | float) and not isinstance(item, bool) else None


def _bounded(shape: Shape, subject: str, bounds: Mapping[str, Bound]) -> Shape:
    """The shape narrowed by the bounds on `subject`, its length and its elements."""
    own, length = bounds.get(subject), bounds.get(f"len({subject})")
    if own and shape.kind in (Kind.INT, Kind.FLOAT):
        shape = replace(shape, low=shape.low if own.low is None else own.low, high=own.high)
    if length and shape.kind in (Kind.LIST, Kind.TEXT):
        shortest = shape.shortest if length.low is None else int(length.low)
        longest = shape.longest if length.high is None else int(length.high)
        shape = replace(shape, shortest=shortest, longest=longest)
    if shape.element:
        for index in ("[i]", "[j]"):
            if any(f"{subject}{index}" in each for each in bounds):
                return replace(shape, element=_bounded(shape.element, f"{subject}{index}", bounds))
    return shape


def _relations(
    rows: Sequence[Sequence[object]],
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int, int], ...]]:
    if not rows:
        return (), ()
    lists = [i for i in range(len(rows[0])) if all(isinstance(row[i], list | str) for row in rows)]
    numbers = [i for i in range(len(rows[0])) if all(type(row[i]) is int for row in rows)]
    same = [
        (a, b)
        for position, a in enumerate(lists)
        for b in lists[position + 1 :]
        if all(_length(row[a]) == _length(row[b]) for row in rows)
    ]
    indices = []
    for number in numbers:
        for sized in lists:
            start = next((s for s in (0, 1) if _stays_inside(rows, number, sized, s)), None)
            if start is not None:
                indices.append((number, sized, start))
    return tuple(same), tuple(indices)


def _stays_inside(rows: Sequence[Sequence[object]], number: int, sized: int, start: int) -> bool:
    return all(
        isinstance(value := row[number], int) and start <= value < _length(row[sized]) + start
        for row in rows
    )


def _length(value: object) -> int:
    return len(value) if isinstance(value, list | tuple | str | dict | set) else -1


def _number_fits(value: object, shape: Shape) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if shape.kind is Kind.INT and not isinstance(value, int):
        return False
    if not math.isfinite(value):
        return False
    return (shape.low is None or value >= shape.low) and (shape.high is None or value <= shape.high)


def _length_fits(value: Sequence[object], shape: Shape) -> bool:
    return shape.shortest <= len(value) and (shape.longest is None or len(value) <= shape.longest)


def _list_fits(value: object, shape: Shape) -> bool:
    if not isinstance(value, tuple if shape.is_tuple else list) or not _length_fits(value, shape):
        return False
    if shape.element and not all(fits(item, shape.element) for item in value):
        return False
    if shape.distinct and len({repr(item) for item in value}) < len(value):
        return False
    keys = [key for item in value if (key := _order_key(item)) is not None]
    if shape.ordered and keys != sorted(keys):
        return False
    if shape.permutation and sorted(keys) not in (
        list(range(len(value))),
        list(range(1, len(value) + 1)),
    ):
        return False
    return not shape.rectangular or _is_rectangular(value)

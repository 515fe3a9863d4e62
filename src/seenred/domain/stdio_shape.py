"""The shape of a program's input: a header whose numbers count what follows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seenred.domain.problem import Problem

SMALL = 6
ATTEMPTS = 30

Rows = list[list[str]]
Columns = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines that follow the header.

    Attributes:
        rows, width: a number, or the header's field `-1 - index` that holds it.
    """

    rows: int
    width: int


@dataclass(frozen=True, slots=True)
class StdioShape:
    """A header of integers, then segments of integers or of words that the samples show.

    Attributes:
        header: (low, high) of each field; high is None when nothing limits it.
        values: (low, high) of the integers in each segment.
        indices: segments whose integers are all from 1 to the header's first field.
        apart: segments of pairs whose two integers differ in every row.
        rising: segments of pairs whose first integer is never the greater one.
        words: for each segment the words that its samples show in each column; a column without
            any holds integers. Empty for a segment of integers alone.
    """

    header: tuple[tuple[int, int | None], ...]
    segments: tuple[Segment, ...]
    values: tuple[tuple[int, int], ...]
    indices: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    rising: frozenset[int] = frozenset()
    words: tuple[Columns, ...] = ()


def find_stdio_shape(problem: Problem) -> StdioShape | None:
    """The one shape that explains every sample; None when there is none or several do."""
    samples = [
        [line.split() for line in case.stdin.splitlines() if line.strip()] for case in problem.cases
    ]
    if not samples or not all(samples) or not all(map(_are_integers, (s[0] for s in samples))):
        return None
    width = len(samples[0][0])
    if any(len(sample[0]) != width for sample in samples):
        return None
    readings = list(_readings(samples, [1] * len(samples)))
    counted = [reading for reading in readings if _counts(reading)] or readings
    best = max((_counts(reading) for reading in counted), default=0)
    kept = {reading for reading in counted if _counts(reading) == best}
    if len(kept) != 1:
        return None
    return _described(problem, samples, kept.pop())


def generate_stdins(problem: Problem, count: int, chance: random.Random) -> list[str]:
    """Small inputs of the samples' shape, the smallest counts first."""
    shape = find_stdio_shape(problem)
    found: dict[str, None] = {}
    if shape is None:
        return []
    for attempt in range(count * ATTEMPTS):
        found.setdefault(_written(shape, 1 + attempt % SMALL, chance, exact=attempt < SMALL))
        if len(found) >= count:
            break
    return list(found)


def stress_stdin(problem: Problem, size: int, chance: random.Random) -> str | None:
    """One input whose counts are `size`, capped by the bounds."""
    shape = find_stdio_shape(problem)
    return _written(shape, size, chance, exact=True) if shape else None


def _are_integers(tokens: Sequence[str]) -> bool:
    return all(re.fullmatch(r"-?\d{1,18}", token) for token in tokens)


def _readings(samples: Sequence[Rows], at: list[int]) -> Iterator[tuple[Segment, ...]]:
    if all(position == len(rows) for rows, position in zip(samples, at, strict=True)):
        yield ()
        return
    for segment in _possible(samples, at):
        after = [
            position + _amount(segment.rows, rows)
            for rows, position in zip(samples, at, strict=True)
        ]
        for rest in _readings(samples, after):
            yield (segment, *rest)


def _possible(samples: Sequence[Rows], at: Sequence[int]) -> Iterator[Segment]:
    fields = [-1 - index for index in range(len(samples[0][0]))]
    left = (rows[position] for rows, position in zip(samples, at, strict=True) if rows[position:])
    widths = [*fields, len(next(left))]
    for rows in (1, *fields):
        for width in widths:
            segment = Segment(rows, width)
            if all(
                _matches(segment, sample, position)
                for sample, position in zip(samples, at, strict=True)
            ) and _is_shown(segment, samples):
                yield segment


def _is_shown(segment: Segment, samples: Sequence[Rows]) -> bool:
    """Some sample has rows of it; that it is as wide as it has rows is shown by two sizes."""
    amounts = {amount for rows in samples if (amount := _amount(segment.rows, rows))}
    square = segment.rows < 0 and segment.rows == segment.width
    return len(amounts) > int(square)


def _matches(segment: Segment, rows: Rows, position: int) -> bool:
    amount, width = _amount(segment.rows, rows), _amount(segment.width, rows)
    block = rows[position : position + amount]
    return 0 <= amount == len(block) and all(len(row) == width for row in block)


def _amount(number: int, rows: Rows) -> int:
    return number if number > 0 else int(rows[0][-1 - number])


def _counts(reading: Sequence[Segment]) -> int:
    """How much of a reading is explained by the header and not taken as fixed."""
    return sum((segment.rows < 0) + (segment.width < 0) for segment in reading)


def _described(
    problem: Problem, samples: Sequence[Rows], reading: tuple[Segment, ...]
) -> StdioShape | None:
    blocks = _blocks(samples, reading)
    words = tuple(
        _words(segment, shown.rows) for segment, shown in zip(reading, blocks, strict=True)
    )
    if any(
        _may_be_a_grid(each, segment.width)
        for segment, columns in zip(reading, words, strict=True)
        for each in columns
    ):
        return None
    pairs = [
        number
        for number, segment in enumerate(reading)
        if segment.width == 2 and not any(words[number])
    ]
    indices = frozenset(number for number in pairs if blocks[number].are_indices)
    apart = frozenset(number for number in pairs if blocks[number].differ)
    return StdioShape(
        _header(problem, samples, at_least=2 if indices & apart else None),
        reading,
        tuple(_value_range(problem, shown.integers) for shown in blocks),
        indices,
        apart,
        frozenset(number for number in pairs if blocks[number].rise),
        words,
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """The rows of one segment in every sample.

    Attributes:
        by_sample: the first field of the sample's header, and the rows.
    """

    by_sample: tuple[tuple[str, Rows], ...]

    @property
    def rows(self) -> Rows:
        return [row for _, block in self.by_sample for row in block]

    @property
    def integers(self) -> list[int]:
        return [int(token) for row in self.rows for token in row if _are_integers([token])]

    @property
    def are_indices(self) -> bool:
        return all(
            1 <= int(token) <= int(most)
            for most, block in self.by_sample
            for row in block
            for token in row
        )

    @property
    def differ(self) -> bool:
        return all(one != other for one, other in self.rows)

    @property
    def rise(self) -> bool:
        return all(int(one) <= int(other) for one, other in self.rows)


def _blocks(samples: Sequence[Rows], reading: Sequence[Segment]) -> list[_Shown]:
    """Each segment's rows, one segment after the other."""
    at = [1] * len(samples)
    found = []
    for segment in reading:
        after = [p + _amount(segment.rows, rows) for rows, p in zip(samples, at, strict=True)]
        parts = zip(samples, at, after, strict=True)
        found.append(_Shown(tuple((rows[0][0], rows[p:end]) for rows, p, end in parts)))
        at = after
    return found


def _header(
    problem: Problem, samples: Sequence[Rows], at_least: int | None
) -> tuple[tuple[int, int | None], ...]:
    """The range of each field; of the first one not less than is asked for."""
    fields = zip(*(sample[0] for sample in samples), strict=True)
    (low, high), *others = (
        _header_range(problem, index, [int(token) for token in shown])
        for index, shown in enumerate(fields)
    )
    return (low if at_least is None else max(at_least, low), high), *others


def _words(segment: Segment, rows: Rows) -> Columns:
    """The different words of each column; of a segment of any width, of all its columns."""
    columns = [[t for row in rows for t in row]]
    if segment.width > 0:
        columns = [[row[index] for row in rows] for index in range(segment.width)]
    return tuple(() if _are_integers(each) else tuple(dict.fromkeys(each)) for each in columns)


def _may_be_a_grid(words: Sequence[str], width: int) -> bool:
    """Punctuation, or one word of one length a row: others would not fit beside them."""
    plain = all(re.fullmatch(r"[A-Za-z]+", word) for word in words)
    alike = width == 1 and len(words) > 1 and len({len(word) for word in words}) == 1
    return bool(words) and (alike or not plain)


def _header_range(problem: Problem, index: int, shown: Sequence[int]) -> tuple[int, int | None]:
    names = _header_names(problem.text)
    bound = next(
        (b for b in problem.bounds if index < len(names) and b.subject == names[index]), None
    )
    low = int(bound.low) if bound and bound.low is not None else min(1, *shown)
    high = int(bound.high) if bound and bound.high is not None else None
    return low, high


def _header_names(text: str) -> list[str]:
    plain = re.sub(r"[$`*]", "", text)
    said = re.search(
        r"(?i)\bintegers?\s+(?:number\s+)?([a-z])\b(?:\s*(?:,|and)\s*([a-z])\b)?(?:\s*(?:,|and)+\s*([a-z])\b)?",
        plain,
    )
    return [name for name in said.groups() if name] if said else []


def _value_range(problem: Problem, shown: Sequence[int]) -> tuple[int, int]:
    indexed = [bound for bound in problem.bounds if "[i]" in bound.subject]
    low, high = min([1, *shown]), max([10, *shown])
    if len(indexed) == 1:
        low = int(indexed[0].low) if indexed[0].low is not None else low
        high = int(indexed[0].high) if indexed[0].high is not None else high
    return low, high


def _written(shape: StdioShape, size: int, chance: random.Random, exact: bool) -> str:
    counting = {-1 - n for s in shape.segments for n in (s.rows, s.width) if n < 0}
    header = [
        _field(low, high, size, chance, exact or index in counting)
        for index, (low, high) in enumerate(shape.header)
    ]
    rows: Rows = [[str(number) for number in header]]
    large = size > SMALL
    for number, segment in enumerate(shape.segments):
        low, high = shape.values[number]
        if number in shape.indices:
            low, high = 1, max(1, header[0])
        elif not large:
            low, high = max(low, -20), max(min(high, 20), low)
        amount, width = _amount(segment.rows, rows), _amount(segment.width, rows)
        for _ in range(amount):
            row = _row(low, high, width, chance, number in shape.apart and high > low)
            if number in shape.rising:
                row.sort(key=int)
            rows.append(_with_words(row, shape.words[number], chance))
    return "\n".join(" ".join(row) for row in rows) + "\n"


def _field(low: int, high: int | None, size: int, chance: random.Random, exact: bool) -> int:
    most = max(low, size if high is None else min(size, high))
    return most if exact else chance.randint(low, most)


def _row(low: int, high: int, width: int, chance: random.Random, apart: bool) -> list[str]:
    if apart:
        return [str(number) for number in chance.sample(range(low, high + 1), 2)]
    return [str(chance.randint(low, high)) for _ in range(width)]


def _with_words(row: list[str], columns: Columns, chance: random.Random) -> list[str]:
    if len(columns) != len(row):
        return [chance.choice(columns[0]) for _ in row] if columns[0] else row
    return [
        chance.choice(words) if words else number
        for number, words in zip(row, columns, strict=True)
    ]

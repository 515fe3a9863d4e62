"""Examples in Markdown tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from seenred.domain.statement.lines import Line

_INPUT = re.compile(
    r"inputs?|arg(?:ument)?s?|calls?|stdin|standard input|parameters?|given|expression"
    r"|sample input",
    re.I,
)
_OUTPUT = re.compile(
    r"(?:expected\s*)?(?:outputs?|results?|returns?|return values?|answers?|stdout|value)"
    r"|expected|standard output"
    r"|sample output|should (?:return|be)|[a-z_]\w*\([^)]*\)",
    re.I,
)
_NOTE = re.compile(
    r"notes?|why|explanation|comments?|reason|remarks?|#|no\.?|case|test|name|description|id|example",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of examples; `names` are the headers of its input columns, or empty."""

    line: int
    cells: tuple[str, ...]
    names: tuple[str, ...]
    output: str
    note: str = ""


def find_rows(lines: Sequence[Line], parameters: Sequence[str] = ()) -> tuple[Row, ...]:
    """Rows of every table that has an output column and at least one for inputs.

    Where the other columns are called as the `parameters` are, the last one is the output.
    """
    found: list[Row] = []
    for is_row, group in groupby(
        lines,
        key=lambda line: bool(re.match(r"\s*\|.*\|\s*$|[^|]+\|[^|]", line.text)) and not line.fence,
    ):
        table = list(group)
        if is_row and len(table) > 2 and re.fullmatch(r"[\s|:+-]*-[\s|:+-]*", table[1].text):
            found.extend(_rows(table, parameters))
    return tuple(found)


def _rows(table: Sequence[Line], parameters: Sequence[str]) -> Iterator[Row]:
    headers = [re.sub(r"[`*]", "", cell).strip() for cell in _cells(table[0].text)]
    output = next(
        (i for i, name in reversed(list(enumerate(headers))) if _OUTPUT.fullmatch(name)), None
    )
    if [name.lower() for name in headers[:-1]] == [name.lower() for name in parameters]:
        headers[:-1] = parameters
        output = len(headers) - 1 if output is None else output
    if output is None:
        return
    given = [i for i, name in enumerate(headers) if _INPUT.fullmatch(name) and i != output]
    named = [
        i
        for i, name in enumerate(headers)
        if i != output and re.fullmatch(r"[A-Za-z_]\w*", name) and not _NOTE.fullmatch(name)
    ]
    columns = given or named
    notes = [i for i, name in enumerate(headers) if _NOTE.fullmatch(name) and name not in ("#", "")]
    for line in table[2:]:
        cells = _cells(line.text)
        if columns and len(cells) >= len(headers):
            yield Row(
                line.number,
                tuple(cells[i] for i in columns),
                () if given else tuple(headers[i] for i in columns),
                cells[output],
                " ".join(cells[i] for i in notes if i > output and cells[i]),
            )


def _cells(text: str) -> list[str]:
    inner = re.sub(r"^\s*\||\|\s*$", "", text)
    cells = re.split(r"(?<!\\)\|", inner)
    return [_cell(cell) for cell in cells]


def _cell(text: str) -> str:
    text = re.sub(r"\s*<br\s*/?>\s*", "\n", text.replace("\\|", "|")).strip()
    ticks = re.fullmatch(r"(`+)\s?(.*?)\s?\1", text, re.DOTALL)
    return ticks[2] if ticks and "`" not in ticks[2] else text

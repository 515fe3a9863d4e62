"""What is shown of a test and of a change: the lines that decide, each where it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from seenred.domain.placed_statement import first_line

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line of a diff.

    Attributes:
        sign: `+` or `-`.
        path: of its file; "" where the diff doesn't say.
        number: of an added line in its file, from 1; 0 where it is not known.
    """

    sign: str
    text: str
    path: str = ""
    number: int = 0


def decisive_lines(source: str, most: int = 8) -> tuple[str, ...]:
    """A test without its name and docstring; of a long one what asserts."""
    lines = dedent(source).expandtabs(4).splitlines()
    try:
        test = next(
            node
            for node in ast.parse("\n".join(lines)).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )
    except (SyntaxError, ValueError, StopIteration):
        return _cut(lines, most)
    cases = [line for each in test.decorator_list for line in _text(lines, each)]
    body = test.body[1:] if ast.get_docstring(test) is not None else test.body
    if not body:
        return _cut(lines, most)
    whole = dedent("\n".join(lines[first_line(body[0]) - 1 : test.end_lineno])).splitlines()
    if len(cases) + len(whole) > most:
        whole = _asserting(lines, body)
    return _cut([*(f"@{cases[0]}", *cases[1:]), *whole] if cases else whole, most)


def _asserting(lines: Sequence[str], body: Sequence[ast.stmt]) -> list[str]:
    """The statements that assert; where others stand, that something is left out."""
    shown: list[str] = []
    for statement in body:
        asserts = any(isinstance(node, ast.Assert | ast.With) for node in ast.walk(statement))
        if asserts:
            own = lines[first_line(statement) - 1 : statement.end_lineno]
            shown += dedent("\n".join(own)).split("\n")
        elif shown[-1:] != [_LEFT_OUT]:
            shown.append(_LEFT_OUT)
    return shown


def _text(lines: Sequence[str], node: ast.expr) -> list[str]:
    first, *rest = lines[node.lineno - 1 : node.end_lineno]
    return [first.lstrip().removeprefix("@"), *rest]


def _cut(lines: Sequence[str], most: int) -> tuple[str, ...]:
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], f"… {len(lines) - most + 1} more lines")


def changed_lines(diff: str) -> tuple[ChangedLine, ...]:
    """The added and removed lines of a unified diff, or of such lines alone."""
    lines = diff.splitlines()
    if not any(_HUNK.match(line) for line in lines):
        return tuple(ChangedLine(line[0], line[1:]) for line in lines if line[:1] in ("+", "-"))
    return tuple(_walked(lines))


def _walked(lines: Sequence[str]) -> Iterator[ChangedLine]:
    path, number, old, new = "", 0, 0, 0
    for line in lines:
        if old > 0 or new > 0:  # inside a hunk a line is what its sign says, whatever it looks like
            sign = line[:1] or " "
            if sign in "+-":
                yield ChangedLine(sign, line[1:], path, number if sign == "+" else 0)
            number += sign in "+ "
            old -= sign in "- "
            new -= sign in "+ "
        elif line.startswith(("--- ", "+++ ")):
            path = _path(line) or path
        elif found := _HUNK.match(line):
            old, number, new = (int(part or 1) for part in found.groups())


def _path(line: str) -> str:
    named = line[4:].partition("\t")[0]
    return "" if named == "/dev/null" else re.sub("^[ab]/", "", named)

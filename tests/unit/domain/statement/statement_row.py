"""What must be read from a statement, for tables of statements as others write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from seenred.domain.problem import Comparison, Problem, ProblemKind
from seenred.domain.statement.statement import parse_statement


@dataclass(frozen=True)
class Row:
    """`cases` are (arguments or stdin, expected or exception[, alternatives])."""

    text: str
    signature: str | None
    cases: tuple[tuple[Any, ...], ...]
    bounds: tuple[tuple[float | None, str, float | None], ...] = ()
    comparison: Comparison = Comparison.EXACT
    time_limit: float | None = None
    complexity: str | None = None
    unparsed: tuple[int, ...] | list[int] = ()
    name: str = ""


def first_line(row: Row) -> str:
    return re.sub(r"\W+", "-", row.text.strip())[:40]


def cases_of(problem: Problem) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            case.arguments if problem.kind is ProblemKind.FUNCTION else case.stdin,
            case.raises or case.expected,
            *((case.alternatives,) if case.alternatives else ()),
        )
        for case in problem.cases
    )


def assert_reads(row: Row) -> None:
    """All that the row states is read, and nothing else."""
    problem = parse_statement(row.text, name=row.name)
    signature = problem.signature.render() if problem.signature else None
    bounds = tuple((bound.low, bound.subject, bound.high) for bound in problem.bounds)
    lines = [int(m[1]) for said in problem.unparsed if (m := re.match(r"line (\d+)", said))]

    assert signature == row.signature
    assert cases_of(problem) == row.cases
    assert bounds == row.bounds
    assert problem.comparison is row.comparison
    assert problem.time_limit == row.time_limit
    assert problem.complexity == row.complexity
    assert lines == list(row.unparsed)

"""What holds for every statement."""

from __future__ import annotations

import pytest
import test_statement_block
import test_statement_call
import test_statement_contest
import test_statement_doctest
import test_statement_stdio
import test_statement_style
import test_statement_wording
from statement_row import Row, cases_of, first_line

from seenred.domain.statement.statement import parse_statement

STATEMENTS = (
    *test_statement_block.STATEMENTS,
    *test_statement_call.STATEMENTS,
    *test_statement_contest.STATEMENTS,
    *test_statement_doctest.STATEMENTS,
    *test_statement_stdio.STATEMENTS,
    *test_statement_style.STATEMENTS,
    *test_statement_wording.STATEMENTS,
)


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_line_ends_and_a_byte_order_mark_change_nothing(row: Row) -> None:
    windows = parse_statement("\ufeff" + row.text.replace("\n", "\r\n"), name=row.name)
    assert cases_of(windows) == cases_of(parse_statement(row.text, name=row.name))


def test_an_input_stated_with_two_answers_is_said_and_not_judged() -> None:
    problem = parse_statement("f([1]) == 1\nf([1]) == 2\nf([2]) == 2\n")
    assert cases_of(problem) == ((("[2]",), "2"),)
    assert problem.unparsed == ("example 1 is stated with different answers: 1, 2",)


@pytest.mark.parametrize("text", ["", "\n\n", "Hello.", "```", "| a |", ">>> ", "Input:", "->"])
def test_reads_nothing_from_nothing(text: str) -> None:
    assert parse_statement(text).cases == ()

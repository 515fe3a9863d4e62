from __future__ import annotations

import ast
import dataclasses
import datetime
import enum
import pathlib
from collections import namedtuple
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unittest import mock

import pytest

from seenred.domain.source_text import SourceText
from seenred.referee.proof.control_value import OTHER, OTHER_SOURCE, is_plain, leaves, other_than


def written(value: str) -> tuple[SourceText, ast.expr]:
    text = SourceText.of(value.encode())
    statement = text.module.body[0]
    assert isinstance(statement, ast.Expr)
    return text, statement.value


@pytest.mark.parametrize(
    ("value", "other"),
    [
        ("5", "4"),
        ("1", "2"),
        ("0", "1"),
        ("-3", "-2"),
        ("2.5", "1.25"),
        ("0.5", "1.5"),
        ("1e400", "0"),
        ("2j", "(1+2j)"),
        ("True", "False"),
        ("'bob'", "'boa'"),
        ("'a'", "'b'"),
        ("'2024-02-29'", "'2024-02-28'"),
        ("'1.0'", "'1.1'"),
        ("''", "'~'"),
        ("'€'", "'€~'"),
        ("b'x'", "b'w'"),
        ("[]", "[0]"),
        ("()", "(0,)"),
        ("{}", "{0: 0}"),
        ("f'hi {1}'", "(f'hi {1}' '~')"),
        ("'''a\nb'''", "('a\\na'\n)"),
    ],
)
def test_another_value_of_the_same_type_is_written(value: str, other: str) -> None:
    text, node = written(value)
    edit = other_than(text, node)
    assert edit is not None
    assert other == text.edited([edit]).decode()


@pytest.mark.parametrize("value", ["None", "...", "name", "f(1)", "[1]", "-name"])
def test_what_is_no_leaf_is_left_alone(value: str) -> None:
    assert None is other_than(*written(value))


@pytest.mark.parametrize(("value", "tolerance"), [("10.0", 1e5), ("3", 1e6), ("-7", 1e5)])
def test_far_is_beyond_a_tolerance(value: str, tolerance: float) -> None:
    text, node = written(value)
    edit = other_than(text, node, far=True)
    assert edit is not None
    assert abs(float(value) - float(edit.text)) > tolerance


def test_leaves_are_what_the_value_is_made_of() -> None:
    _, node = written("[1, {'a': (2, x), 'b': -3}, f(4), {5}, None]")
    assert ["1", "2", "-3", "5"] == [ast.unparse(leaf) for leaf in leaves(node)]


@pytest.mark.parametrize(
    ("value", "plain"),
    [("[1, None]", True), ("{'a': -1}", True), ("[x]", False), ("{**a}", False), ("f(1)", False)],
)
def test_plain_is_what_is_written_down_completely(value: str, plain: bool) -> None:
    assert plain is is_plain(written(value)[1])


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


@dataclasses.dataclass(frozen=True)
class Point:
    x: int
    y: str


@dataclasses.dataclass
class Named:
    name: str = dataclasses.field(compare=False)
    size: int = 1


Pair = namedtuple("Pair", "a b")
VALUES: list[Any] = [
    *(5, 0.0, True, "a", "", b"", [1], [], (), (1, 1), {}, {"a": 1}, set(), frozenset({1})),
    *(Colour.RED, Point(1, "a"), Named("x"), Pair(1, 2), Decimal("1.5"), Fraction(1, 2)),
    *(datetime.date(2024, 3, 1), datetime.timedelta(1), pathlib.PurePosixPath("a")),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_at_run_time_another_value_of_the_same_type_is_made(value: Any) -> None:
    scope: dict[str, Any] = {}
    exec(OTHER_SOURCE, scope)
    made = scope[OTHER](value)
    assert type(made) is type(value)
    assert made != value


class AlwaysEqual:
    def __eq__(self, other: object) -> bool:
        return True

    def __add__(self, other: object) -> AlwaysEqual:
        return self


@pytest.mark.parametrize("value", [None, AlwaysEqual(), ValueError("x"), len, mock.Mock()])
def test_at_run_time_what_has_no_other_becomes_an_object(value: Any) -> None:
    scope: dict[str, Any] = {}
    exec(OTHER_SOURCE, scope)
    made = scope[OTHER](value)
    assert made is not value
    assert type(made) in (object, ValueError)

from __future__ import annotations

import math

import pytest

from seenred.domain.literal import evaluate, leading_literal, parse_literal, split_arguments


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("3", "3"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("+5", "5"),
        ("2.50", "2.5"),
        ("1e-3", "0.001"),
        ("1,234,567", "1234567"),
        ("1_000", "1000"),
        ("true", "True"),
        ("False", "False"),
        ("null", "None"),
        ("inf", "1e999"),
        ("-Infinity", "-1e999"),
        ("[2,7, 11]", "[2, 7, 11]"),
        ("[[1,2],[3]]", "[[1, 2], [3]]"),
        ("[1, null, true]", "[1, None, True]"),
        ('["a","b"]', "['a', 'b']"),
        ("“curly”", "'curly'"),
        ("‘c’", "'c'"),
        ('"it\'s"', '"it\'s"'),
        (r'"a\nb"', r"'a\nb'"),
        ("'say \"x\"'", "'say \"x\"'"),
        ("(1, 2)", "(1, 2)"),
        ("(1,)", "(1,)"),
        ("(7)", "7"),
        ("()", "()"),
        ("1, 2", "(1, 2)"),
        ("{1, 2}", "{1, 2}"),
        ("{}", "{}"),
        ("set()", "set()"),
        ('{"a": [1], "b": null}', "{'a': [1], 'b': None}"),
        ("`[1, 2]`", "[1, 2]"),
        ("[1, 2,]", "[1, 2]"),
        ("[\n  1,\n  2\n]", "[1, 2]"),
        ("b'xy'", "b'xy'"),
        ("'''tri'''", "'tri'"),
        ("[]", "[]"),
        ('""', "''"),
    ],
)
def test_reads_what_statements_write(text: str, literal: str) -> None:
    assert parse_literal(text) == literal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[1, 2",
        "1 2 3",
        "f(1)",
        "[a, b]",
        "3 apples",
        "007",
        "[1,000, 2]",
        "x = 3",
        "5 - 3",
        "{[1]: 2}",
        "10^5",
        "os.system('x')",
        "[1 2]",
        "[" * 500 + "]" * 500,
        "'open",
        "{1: 2, 3}",
    ],
)
def test_refuses_what_is_no_literal(text: str) -> None:
    assert parse_literal(text) is None


def test_a_bare_word_is_a_string_only_when_asked_for() -> None:
    assert parse_literal("[red, blue]", bare=True) == "['red', 'blue']"
    assert parse_literal("red") is None


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("nums = [2,7], target = 9", ((("nums", "[2, 7]")), ("target", "9"))),
        ("[1, 2], 3", ((None, "[1, 2]"), (None, "3"))),
        ('s = "a, b", k=2', (("s", "'a, b'"), ("k", "2"))),
        ("s: 'x=1'", (("s", "'x=1'"),)),
        ("", ()),
        ("a = b", None),
    ],
)
def test_splits_arguments_outside_of_quotes_and_brackets(
    text: str, pairs: tuple[tuple[str | None, str], ...] | None
) -> None:
    assert split_arguments(text) == pairs


def test_a_leading_literal_leaves_the_rest() -> None:
    assert leading_literal("[0, 1] or [1, 0]") == ("[0, 1]", " or [1, 0]")
    assert leading_literal("3.") == ("3", ".")


def test_infinities_survive_the_way_through_a_literal() -> None:
    assert evaluate(str(parse_literal("[inf, -inf]"))) == [math.inf, -math.inf]
    assert evaluate("[inf, 1]") == [math.inf, 1]
    assert math.isnan(evaluate("nan"))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a literal"):
        evaluate("<object>")

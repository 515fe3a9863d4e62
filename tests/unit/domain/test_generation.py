from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from seenred.domain.generation import generate_inputs, is_valid_input, stress_input
from seenred.domain.literal import evaluate
from seenred.domain.problem import Authority, Problem
from seenred.domain.statement.statement import parse_statement

PLAIN = "f([3, 1, 2]) == 6\nf([]) == 0\nf([-5, 4]) == -1\n"
BOUNDED = "def f(nums: list[int]): ...\nf([3, 1, 2]) == 6\n2 <= len(nums) <= 5\n1 <= nums[i] <= 9\n"
ORDERED = "Given a sorted list.\nfind([1, 3, 5], 3) == 1\nfind([2, 4, 6, 7], 5) == -1\n"
DISTINCT = "All numbers are distinct.\nf([3, 1, 2]) == 6\nf([9, 4]) == 1\n"
PERMUTATION = "f([3, 1, 2]) == 6\nf([2, 1, 4, 3]) == 1\n"
GRID = "f([[1, 0], [0, 1]]) == 6\nf([[1, 1, 1], [0, 0, 0]]) == 1\nf([[1]]) == 1\n"
PAIRS = "f([[1, 3], [2, 6]]) == 6\nf([[1, 4]]) == 1\nf([[0, 2], [5, 9]]) == 1\n"
EQUAL = "f([1, 2], [3, 4]) == 6\nf([1, 2, 5], [1, 9, 2]) == 1\nf([7], [8]) == 1\n"
INDEX = "f([5, 6, 7], 0) == 6\nf([1, 2], 1) == 1\nf([4, 4, 4, 4], 3) == 1\n"
TEXT = 'f("abca") == 6\nf("cab") == 1\n'
BRACKETS = 'f("([])") == True\nf("]") == False\n'
WORDS = 'f(["ab", "ba"]) == 6\nf(["b"]) == 1\n'
SYNTAX = 'f("1.2.3") == 6\nf("10.0") == 1\n'
GRAPH = 'f({"a": ["b"]}, 3) == 6\nf({}, 1) == 1\n'
NUMBER = "f(5) == 6\nf(1) == 1\n1 <= n <= 30\ndef f(n): ..."
UNSEEN = "Write `f(values: list[int], flag: bool) -> int`."

PROPERTIES: list[tuple[str, Callable[..., bool]]] = [
    (PLAIN, lambda xs: all(type(x) is int for x in xs)),
    (BOUNDED, lambda xs: 2 <= len(xs) <= 5 and all(1 <= x <= 9 for x in xs)),
    (ORDERED, lambda xs, _: xs == sorted(xs) and all(x >= 1 for x in xs)),
    (DISTINCT, lambda xs: len(set(xs)) == len(xs)),
    (PERMUTATION, lambda xs: sorted(xs) == list(range(1, len(xs) + 1))),
    (GRID, lambda rows: len({len(row) for row in rows}) <= 1 and len(rows) > 0),
    (PAIRS, lambda rows: all(len(row) == 2 and 0 <= row[0] <= row[1] for row in rows)),
    (EQUAL, lambda a, b: len(a) == len(b)),
    (INDEX, lambda xs, k: 0 <= k < len(xs)),
    (TEXT, lambda s: set(s) <= set("abc") and s != ""),
    (BRACKETS, lambda s: set(s) <= set("[()]")),
    (WORDS, lambda xs: all(set(x) <= set("ab") for x in xs)),
    (SYNTAX, lambda s: s in ("1.2.3", "10.0")),
    (GRAPH, lambda graph, n: graph in ({}, {"a": ["b"]}) and n >= 1),
    (NUMBER, lambda n: 1 <= n <= 30),
    (UNSEEN, lambda xs, flag: isinstance(flag, bool) and len(xs) > 0),
]
TEXTS = [text for text, _ in PROPERTIES]


def values_of(text: str, count: int = 40, seed: int = 1) -> list[list[Any]]:
    cases = generate_inputs(parse_statement(text), count, seed)
    return [[evaluate(literal) for literal in case.arguments] for case in cases]


@pytest.mark.parametrize(("text", "holds"), PROPERTIES)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_every_input_has_the_shape_of_the_examples(
    text: str, holds: Callable[..., bool], seed: int
) -> None:
    inputs = values_of(text, seed=seed)
    assert inputs
    assert [values for values in inputs if not holds(*values)] == []


@pytest.mark.parametrize("text", TEXTS)
def test_every_input_and_every_example_is_valid(text: str) -> None:
    problem = parse_statement(text)
    cases = [*generate_inputs(problem, 30, 3), *problem.cases]
    assert [case.arguments for case in cases if not is_valid_input(problem, case.arguments)] == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_seed_repeats_its_inputs_and_none_comes_twice(text: str) -> None:
    problem = parse_statement(text)
    cases = generate_inputs(problem, 30, 7)
    assert cases == generate_inputs(problem, 30, 7)
    assert len({case.arguments for case in cases}) == len(cases)
    assert all(case.expected is None and case.authority is Authority.CRASH for case in cases)


def test_edges_come_first() -> None:
    first = [values[0] for values in values_of(PLAIN, count=8)]
    assert [] in first
    assert any(len(xs) == 1 for xs in first)
    assert any(len(xs) > 1 and len(set(xs)) == 1 for xs in first)


def test_no_empty_list_where_the_bounds_forbid_it() -> None:
    assert all(values[0] for values in values_of("def f(xs): ...\nf([1]) == 1\n1 <= len(xs) <= 9"))


def test_another_seed_gives_other_inputs() -> None:
    assert values_of(PLAIN, 40, 1) != values_of(PLAIN, 40, 2)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (BOUNDED, ("[1]",)),
        (BOUNDED, ("[1, 10]",)),
        (BOUNDED, ("'ab'",)),
        (BOUNDED, ("[1, 2]", "3")),
        (BOUNDED, ("[1, 2.5]",)),
        (BOUNDED, ("None",)),
        (BOUNDED, ("[True, 1]",)),
        (ORDERED, ("[3, 1]", "1")),
        (PERMUTATION, ("[1, 3]",)),
        (GRID, ("[[1], [1, 2]]",)),
        (EQUAL, ("[1]", "[1, 2]")),
        (INDEX, ("[1, 2]", "2")),
        (TEXT, ("'xyz'",)),
        (SYNTAX, ("'..'",)),
        (PLAIN, ("open",)),
    ],
)
def test_an_input_of_another_shape_is_not_valid(text: str, arguments: tuple[str, ...]) -> None:
    assert not is_valid_input(parse_statement(text), arguments)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (PLAIN, 5000),
        (BOUNDED, 5),
        (ORDERED, 5000),
        (PERMUTATION, 5000),
        (EQUAL, 5000),
        (TEXT, 5000),
        (GRID, 5000),
        (DISTINCT, 5000),
    ],
)
def test_a_stress_input_is_as_long_as_asked_within_the_bounds(text: str, length: int) -> None:
    problem = parse_statement(text)
    case = stress_input(problem, 5000)
    assert case is not None
    first = evaluate(case.arguments[0])
    assert isinstance(first, list | str)
    assert len(first) == length
    assert is_valid_input(problem, case.arguments)


def test_a_stress_input_of_a_number_is_the_number() -> None:
    case = stress_input(parse_statement(NUMBER), 1000)
    assert case is not None
    assert case.arguments == ("30",)


def test_nothing_can_grow_in_a_syntax() -> None:
    assert stress_input(parse_statement(SYNTAX), 1000) is None


def test_no_shape_gives_no_inputs() -> None:
    assert generate_inputs(parse_statement("Write `f(x)`."), 5, 0) == []
    assert not is_valid_input(parse_statement("Write `f(x)`."), ("1",))


def program(head: str, *samples: str) -> Problem:
    shown = "".join(
        f"Sample Input {i}\n```\n{s}\n```\nSample Output {i}\n```\n1\n```\n"
        for i, s in enumerate(samples, start=1)
    )
    return parse_statement(f"Read from standard input.\n\n{head}\n\n{shown}")


def follows_count(rows: list[list[int]]) -> bool:
    return len(rows) == 2 and len(rows[1]) == rows[0][0]


def is_graph(rows: list[list[int]]) -> bool:
    (n, m), edges = rows[0], rows[1:]
    return len(edges) == m and all(
        len(e) == 2 and min(e) >= 1 and max(e) <= n and e[0] != e[1] for e in edges
    )


def is_grid(rows: list[list[int]]) -> bool:
    n, m = rows[0]
    return len(rows) == n + 1 and all(len(row) == m for row in rows[1:])


@pytest.mark.parametrize(
    ("problem", "holds"),
    [
        (
            program("The first line contains an integer n (1 <= n <= 5).", "3\n1 2 3", "1\n-4"),
            lambda rows: follows_count(rows) and rows[0][0] <= 5,
        ),
        (program("Two integers.", "3 4", "1 2"), lambda rows: len(rows) == 1 and len(rows[0]) == 2),
        (
            program("Numbers, one per line.", "3\n1\n2\n3", "1\n7"),
            lambda rows: len(rows) == rows[0][0] + 1,
        ),
        (program("Edges, or none.", "3 0", "5 2\n1 2\n5 3", "2 0"), is_graph),
        (
            program("A square.", "2\n1 2\n3 4", "1\n5"),
            lambda rows: len(rows) == rows[0][0] + 1 == len(rows[1]) + 1,
        ),
        (
            program("Ranges.", "5 2\n1 3\n2 5", "4 1\n2 2"),
            lambda rows: len(rows) == rows[0][1] + 1 and all(a <= b for a, b in rows[1:]),
        ),
        (program("A graph.", "3 2\n1 2\n2 3", "5 4\n1 2\n5 3\n2 4\n1 5"), is_graph),
        (program("A grid.", "2 3\n1 2 3\n4 5 6", "1 2\n7 8"), is_grid),
    ],
)
def test_stdins_follow_the_samples(
    problem: Problem, holds: Callable[[list[list[int]]], bool]
) -> None:
    cases = generate_inputs(problem, 20, 5)
    assert len(cases) > 3
    for case in [*cases, stress_input(problem, 50)]:
        assert case is not None
        rows = [[int(token) for token in line.split()] for line in case.stdin.splitlines()]
        assert holds(rows)


@pytest.mark.parametrize(
    "samples",
    [("hello world",), ("3 3\n1 2\n2 3\n3 1",), ("3\n1 2 3", "2 2\n1 2"), ("2\nab\ncd",)],
)
def test_stdins_without_one_clear_shape_are_not_invented(samples: tuple[str, ...]) -> None:
    assert generate_inputs(program("Some lines.", *samples), 5, 0) == []


@pytest.mark.parametrize(
    ("samples", "kinds"),
    [
        (("3\nmia 5\ntom -2\nmia 1", "1\nzoe 10"), ("word", "number")),
        (("2\n7 up\n3 down", "1\n1 up"), ("number", "word")),
        (("3\nanna\nbo\nanna", "1\ncy"), ("word",)),
    ],
)
def test_words_of_a_stdin_are_those_that_the_samples_show(
    samples: tuple[str, ...], kinds: tuple[str, ...]
) -> None:
    shown = {token for sample in samples for token in sample.split()}
    cases = generate_inputs(program("Some lines.", *samples), 20, 5)
    assert len(cases) > 10
    for case in cases:
        count, *rows = [line.split() for line in case.stdin.splitlines()]
        assert len(rows) == int(count[0])
        for row in rows:
            assert len(row) == len(kinds)
            for token, kind in zip(row, kinds, strict=True):
                assert token in shown if kind == "word" else int(token) is not None


def test_words_that_may_be_the_rows_of_a_grid_are_not_invented() -> None:
    assert generate_inputs(program("A grid.", "2\n#.\n.#", "1\n#"), 5, 0) == []


def test_a_large_stdin_has_the_size_that_was_asked_for() -> None:
    case = stress_input(program("A list.", "3\n1 2 3", "1\n4"), 1000)
    assert case is not None
    assert len(case.stdin.split()) == 1001

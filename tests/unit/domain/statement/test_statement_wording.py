"""Statements whose wording is a little off the beaten track, each with all that must be read."""

# ruff: noqa: E501 -- statements stand here as they were written

from __future__ import annotations

import pytest
from statement_row import Row, assert_reads, first_line

from seenred.domain.problem import Comparison

STATEMENTS = (
    Row(
        text="""\
**Problem 7: Water jugs**

*Difficulty: medium*

Two jugs hold `a` and `b` litres. Determine whether exactly `c` litres can be measured. Signature: `can_measure(a: int, b: int, c: int) -> bool`

Sample cases:

1. a=3, b=5, c=4 → True
2. a=2, b=6, c=5 → False
3. a = 1, b = 2, c = 3 → True

Limits: 1 ≤ a, b ≤ 10⁶, 0 ≤ c ≤ 10⁶.
""",
        signature="def can_measure(a: int, b: int, c: int) -> bool:",
        cases=((("3", "5", "4"), "True"), (("2", "6", "5"), "False"), (("1", "2", "3"), "True")),
        bounds=((1, "a", 1000000), (1, "b", 1000000), (0, "c", 1000000)),
    ),
    Row(
        text="""\
# Roman to integer

Write a function, `from_roman`, accepting a string and returning an int.

Examples:
"III" => 3
"LVIII" => 58
"MCMXCIV" => 1994
""",
        signature="def from_roman(text: str) -> int:",
        cases=((("'III'",), "3"), (("'LVIII'",), "58"), (("'MCMXCIV'",), "1994")),
    ),
    Row(
        text="""\
Function name: caesar
Parameters: text (str), shift (int)
Returns: str

Shift each letter by `shift` places, keeping the case; anything else stays.

Test 1: caesar("abc", 1) -> "bcd"
Test 2: caesar("Zz!", 1) -> "Aa!"
Test 3: caesar("", 5) -> ""
""",
        signature="def caesar(text: str, shift: int) -> str:",
        cases=((("'abc'", "1"), "'bcd'"), (("'Zz!'", "1"), "'Aa!'"), (("''", "5"), "''")),
    ),
    Row(
        text="""\
Given the root of nothing in particular, here is a matrix. Write `rotate(m)` which turns it in place by 90 degrees; nothing is returned.

Input: m = [[1,2],[3,4]]
Output: [[3,1],[4,2]]

Input: m = [[1]]
Output: [[1]]
""",
        signature="def rotate(m: list[list[int]]) -> list[list[int]]:",
        cases=((("[[1, 2], [3, 4]]",), "[[3, 1], [4, 2]]"), (("[[1]]",), "[[1]]")),
    ),
    Row(
        text="""\
A + B

Time limit: 1000 ms
Memory limit: 128 MB

Read two integers from the first line of the input and print their sum.

Constraints: -10^9 <= a, b <= 10^9

Example 1:
Input: 1 2
Output: 3

Example 2:
Input: -5 5
Output: 0
""",
        signature=None,
        cases=(("1 2\n", "3\n"), ("-5 5\n", "0\n")),
        bounds=((-1000000000, "a", 1000000000), (-1000000000, "b", 1000000000)),
        time_limit=1.0,
    ),
    Row(
        text="""\
Write a program. The first line contains n, the second n words. Print the longest word; if there are several of that length, any of them will be accepted.

--- Input 1 ---
3
a bcd efg
--- Output 1 ---
bcd
--- Input 2 ---
1
x
--- Output 2 ---
x
""",
        signature=None,
        cases=(("3\na bcd efg\n", "bcd\n"), ("1\nx\n", "x\n")),
        comparison=Comparison.ANY_VALID,
    ),
    Row(
        text="""\
Interval overlap

`overlap((1, 3), (2, 5))` returns `(2, 3)`; `overlap((1, 2), (3, 4))` returns `None`. Touching intervals, as in `overlap((1, 2), (2, 3))`, give `(2, 2)`.
""",
        signature="def overlap(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int] | None:",
        cases=(
            (("(1, 3)", "(2, 5)"), "(2, 3)"),
            (("(1, 2)", "(3, 4)"), "None"),
            (("(1, 2)", "(2, 3)"), "(2, 2)"),
        ),
    ),
    Row(
        text="""\
Implement:

    def histogram(words: list[str]) -> dict[str, int]:
        ...

Counts each word.

    >>> histogram(["a", "b", "a"])
    {'a': 2, 'b': 1}
    >>> histogram([])
    {}
    >>> sorted(histogram(["x", "y"]).items())
    [('x', 1), ('y', 1)]
""",
        signature="def histogram(words: list[str]) -> dict[str, int]:",
        cases=((("['a', 'b', 'a']",), "{'a': 2, 'b': 1}"), (("[]",), "{}")),
        unparsed=[12],
    ),
    Row(
        text="""\
TypeScript kata

function flattenDeep(arr: any[]): number[];

flattenDeep([1, [2, [3, [4]]]]); // [1, 2, 3, 4]
flattenDeep([]);                 // []
""",
        signature="def flattenDeep(arr: list) -> list[int]:",
        cases=((("[1, [2, [3, [4]]]]",), "[1, 2, 3, 4]"), (("[]",), "[]")),
    ),
    Row(
        text="""\
# Temperature

Write `to_fahrenheit(celsius: float) -> float`.

| Celsius | Fahrenheit |
|--------:|-----------:|
| 0       | 32         |
| 100     | 212        |
| -40     | -40        |
""",
        signature="def to_fahrenheit(celsius: float) -> float:",
        cases=((("0",), "32"), (("100",), "212"), (("-40",), "-40")),
    ),
    Row(
        text="""\
You receive a list of log lines. `parse_log(lines)` returns how often each level occurs.

Input
["INFO a", "WARN b", "INFO c"]

Expected output
{"INFO": 2, "WARN": 1}
""",
        signature="def parse_log(lines: list[str]) -> dict[str, int]:",
        cases=((("['INFO a', 'WARN b', 'INFO c']",), "{'INFO': 2, 'WARN': 1}"),),
    ),
    Row(
        text="""\
Is it a power of k?

is_power(n: int, k: int) -> bool

examples: is_power(8, 2) is True, is_power(9, 2) is False, is_power(1, 7) is True
""",
        signature="def is_power(n: int, k: int) -> bool:",
        cases=((("8", "2"), "True"), (("9", "2"), "False"), (("1", "7"), "True")),
    ),
    Row(
        text="""\
Write a function `sum_digits` that takes an integer n (0 <= n < 10**18) and returns the sum of its digits.
For example, sum_digits(1729) gives 19, and for 0 the result is 0.
""",
        signature="def sum_digits(n: int) -> int:",
        cases=((("1729",), "19"),),
        bounds=((0, "n", 999999999999999999),),
    ),
)


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_reads_a_statement(row: Row) -> None:
    assert_reads(row)

"""Statements with examples as calls and arrows, each with all that must be read from it."""

# ruff: noqa: E501, W291 -- statements stand here as they were written

from __future__ import annotations

import pytest
from statement_row import Row, assert_reads, first_line

from seenred.domain.problem import Comparison

STATEMENTS = (
    Row(
        text="""\
Write a function `median(values)` that returns the median of a non-empty list.

- `median([1, 2, 3]) == 2`
- `median([1, 2, 3, 4])` returns 2.5  (the mean of both)
- median([]) raises ValueError

It must run in O(n log n) time.
""",
        signature="def median(values: list[int]) -> float:",
        cases=((("[1, 2, 3]",), "2"), (("[1, 2, 3, 4]",), "2.5"), (("[]",), "ValueError")),
        bounds=((1, "len(values)", None),),
        complexity="O(n log n)",
    ),
    Row(
        text="""\
Implement reverse_words.

Examples:
  "hello world" -> "world hello"   # two words
  "" -> ""
  "  a  b " → "b a"  (spaces collapse)
""",
        signature="def reverse_words(text: str) -> str:",
        cases=((("'hello world'",), "'world hello'"), (("''",), "''"), (("'  a  b '",), "'b a'")),
        name="reverse_words.txt",
    ),
    Row(
        text="""\
Kata: Fizz
For example, `fizz(3)` is "Fizz" and fizz(4) is 4. `fizz("a")` should raise TypeError.
""",
        signature="def fizz(value):",
        cases=((("3",), "'Fizz'"), (("4",), "4"), (("'a'",), "TypeError")),
    ),
    Row(
        text="""\
Return indices of a peak. If there are several peaks, return any of them.

peak([1, 3, 2]) -> 1
peak([1, 3, 1, 3, 1]) -> 1 or 3
peak([1]) -> something
""",
        signature="def peak(values: list[int]) -> int:",
        cases=((("[1, 3, 2]",), "1"), (("[1, 3, 1, 3, 1]",), "1", ("3",))),
        comparison=Comparison.ANY_VALID,
        unparsed=[5],
    ),
    Row(
        text="""\
Homework 3

Write a function named count_vowels that takes a string and returns how many vowels it contains.

For example, count_vowels("hello") should return 2, and count_vowels("") should return 0.
""",
        signature="def count_vowels(text: str) -> int:",
        cases=((("'hello'",), "2"), (("''",), "0")),
    ),
    Row(
        text="""\
# Rotate

def rotate(items: list[int], k: int) -> list[int]

rotate([1, 2, 3], 1)  # [3, 1, 2]
rotate([], 5)         # []
rotate([1], -1) # => [1]

Time limit: 500 ms
""",
        signature="def rotate(items: list[int], k: int) -> list[int]:",
        cases=((("[1, 2, 3]", "1"), "[3, 1, 2]"), (("[]", "5"), "[]"), (("[1]", "-1"), "[1]")),
        time_limit=0.5,
    ),
    Row(
        text="""\
### assert style
```python
assert is_prime(2) == True
assert is_prime(1) is False, "one is not prime"
assert not is_prime(4)
assert is_prime(7)
assert len(primes(10)) == 4
```
""",
        signature="def is_prime(n: int) -> bool:",
        cases=((("2",), "True"), (("1",), "False")),
        unparsed=[5, 6],
    ),
    Row(
        text="""\
longest increasing subsequence: given a list of numbers return the length of the longest strictly increasing subsequence.

[10, 9, 2, 5, 3, 7, 101, 18] -> 4  (2, 3, 7, 101)
[0, 1, 0, 3, 2, 3] -> 4
[7, 7, 7] -> 1
[] -> 0

0 <= len(nums) <= 2500, needs O(n log n).
""",
        signature="def solve(values: list[int]) -> int:",
        cases=(
            (("[10, 9, 2, 5, 3, 7, 101, 18]",), "4"),
            (("[0, 1, 0, 3, 2, 3]",), "4"),
            (("[7, 7, 7]",), "1"),
            (("[]",), "0"),
        ),
        bounds=((0, "len(values)", 2500),),
        complexity="O(n log n)",
        name="problem",
    ),
    Row(
        text="""\
# Shortest path

`shortest(graph: dict[str, list[str]], a: str, b: str) -> list[str]`

```python
shortest({"a": ["b"],
          "b": []}, "a", "b")  # ["a", "b"]
```
Return any shortest path if there are several.
""",
        signature="def shortest(graph: dict[str, list[str]], a: str, b: str) -> list[str]:",
        cases=((("{'a': ['b'], 'b': []}", "'a'", "'b'"), "['a', 'b']"),),
        comparison=Comparison.ANY_VALID,
    ),
    Row(
        text="""\
Kata style

solution("abc")  =>  "cba"
solution('')     =>  ''
solution(None)   =>  error
solution(5)      =>  raises TypeError
""",
        signature="def solution(value) -> str:",
        cases=((("'abc'",), "'cba'"), (("''",), "''"), (("5",), "TypeError")),
        unparsed=[5],
    ),
    Row(
        text="""\
Divide

divide(1, 3) ≈ 0.333333
divide(1, 0) raises ZeroDivisionError("no")
divide(a=4, b=2) = 2.0
""",
        signature="def divide(a: int, b: int) -> float:",
        cases=((("1", "3"), "0.333333"), (("1", "0"), "ZeroDivisionError"), (("4", "2"), "2.0")),
        comparison=Comparison.TOLERANCE,
    ),
    Row(
        text="""\
Write `encode(text)`.

1. "aaab" → "a3b1"
2. "" → ""
3. "a→b" → "a1→1b1"
""",
        signature="def encode(text: str) -> str:",
        cases=((("'aaab'",), "'a3b1'"), (("''",), "''"), (("'a→b'",), "'a1→1b1'")),
    ),
    Row(
        text="""\
Function parity(n) 

f(3) = odd, f(4) = even

    parity(3) → "odd"
    parity(4) → "even"
""",
        signature="def parity(n: int) -> str:",
        cases=((("3",), "'odd'"), (("4",), "'even'")),
    ),
    Row(
        text="""\
Return true if n is a power of two.

n = 16 -> true
n = 3 -> false
-1e9 <= n <= 1e9
""",
        signature="def solve(n: int) -> bool:",
        cases=((("16",), "True"), (("3",), "False")),
        bounds=((-1000000000, "n", 1000000000),),
    ),
    Row(
        text="""\
# Balanced

Return whether the brackets are balanced.

1. balanced("([])") is True.
2. balanced("([)]") is False.
3. balanced("(((") is obviously wrong.
""",
        signature="def balanced(text: str) -> bool:",
        cases=((("'([])'",), "True"), (("'([)]'",), "False")),
        unparsed=[7],
    ),
    Row(
        text="""\
Sort colors: `sort_colors(colors)`

*Example:* sort_colors(["red", "blue"]) → ["blue", "red"] (alphabetical)

> sort_colors([]) → []
""",
        signature="def sort_colors(colors: list[str]) -> list[str]:",
        cases=((("['red', 'blue']",), "['blue', 'red']"), (("[]",), "[]")),
    ),
    Row(
        text="""\
# Pairs
Return all pairs that sum to k, in any order.

`pairs([1, 2, 3], 4)` → `[(1, 3)]`
`pairs([], 4)` → `[]`

The list has at most 1000 elements. Each x is between -50 and 50.
""",
        signature="def pairs(a: list[int], b: int) -> list[tuple[int, int]]:",
        cases=((("[1, 2, 3]", "4"), "[(1, 3)]"), (("[]", "4"), "[]")),
        bounds=((-50, "x", 50), (None, "len(a)", 1000)),
        comparison=Comparison.UNORDERED,
    ),
    Row(
        text="""\
Given the numbers in any order, return the sum.

total([3, 1]) == 4
""",
        signature="def total(values: list[int]) -> int:",
        cases=((("[3, 1]",), "4"),),
    ),
    Row(
        text="""\
Two answers

either([1, 1], 2) -> [0, 1] or [1, 0]
either([3], 3) -> [0]
either([9], 3) -> 4 or more
""",
        signature="def either(a: list[int], b: int) -> list[int]:",
        cases=((("[1, 1]", "2"), "[0, 1]", ("[1, 0]",)), (("[3]", "3"), "[0]")),
        unparsed=[5],
    ),
    Row(
        text="""\
Mean

def mean(xs): ...

mean([1, 2]) = 1.5
mean([1, 2]) = 2
mean([0.1, 0.2]) == 0.15
""",
        signature="def mean(xs: list[float]) -> float:",
        cases=((("[0.1, 0.2]",), "0.15"),),
        unparsed=[],
    ),
    Row(
        text="""\
The task: implement the function below.

    def most_common(words: list[str], k: int = 1) -> list[str]:
        \"\"\"Return the k most common words, most common first.\"\"\"

Examples

    most_common(["a", "b", "a"])            -> ["a"]
    most_common(["a", "b", "a"], 2)         -> ["a", "b"]
    most_common([], 3)                      -> []
    most_common(["x"], -1)                  -> raises ValueError
""",
        signature="def most_common(words: list[str], k: int) -> list[str]:",
        cases=(
            (("['a', 'b', 'a']",), "['a']"),
            (("['a', 'b', 'a']", "2"), "['a', 'b']"),
            (("[]", "3"), "[]"),
            (("['x']", "-1"), "ValueError"),
        ),
    ),
    Row(
        text="""\
is_palindrome

`is_palindrome("racecar")` should be true, `is_palindrome("ab")` should be false; an empty string is a palindrome: `is_palindrome("")` → `True`.
""",
        signature="def is_palindrome(text: str) -> bool:",
        cases=((("'racecar'",), "True"), (("'ab'",), "False"), (("''",), "True")),
    ),
    Row(
        text="""\
Return the k closest points. The answer is unique except for order.

kClosest(points = [[1,3],[-2,2]], k = 1) returns [[-2,2]].
kClosest([[3,3],[5,-1],[-2,4]], 2) returns [[3,3],[-2,4]] (the order doesn't matter).

Time: O(n log k). 1 <= k <= points.length <= 10^4. -10^4 < x_i, y_i < 10^4
""",
        signature="def kClosest(points: list[list[int]], k: int) -> list[list[int]]:",
        cases=(
            (("[[1, 3], [-2, 2]]", "1"), "[[-2, 2]]"),
            (("[[3, 3], [5, -1], [-2, 4]]", "2"), "[[3, 3], [-2, 4]]"),
        ),
        bounds=((1, "k", 10000), (1, "len(points)", 10000), (-9999, "points[i]", 9999)),
        comparison=Comparison.UNORDERED,
        complexity="O(n log k)",
    ),
    Row(
        text="""\
Convert celsius to fahrenheit: `to_f(c: float) -> float`. Answers within 0.01 are accepted.
to_f(0) = 32.0
to_f(36.6) ≈ 97.88
to_f(1/3) = 32.6
""",
        signature="def to_f(c: float) -> float:",
        cases=((("0",), "32.0"), (("36.6",), "97.88")),
        comparison=Comparison.TOLERANCE,
        unparsed=[4],
    ),
    Row(
        text="""\
Sort the words.
sort_words("b a") -> "a b"; sort_words("") -> ""
See also sort_words(x) which is used by foo(3).
""",
        signature="def sort_words(text: str) -> str:",
        cases=((("'b a'",), "'a b'"), (("''",), "''")),
    ),
    Row(
        text="""\
Write `first_word(s: str) -> str`.

"hello world" -> hello
"a-b c" -> a-b
"" -> empty string
"x" -> x or y
""",
        signature="def first_word(s: str) -> str:",
        cases=((("'hello world'",), "'hello'"), (("'a-b c'",), "'a-b'"), (("''",), "''")),
        unparsed=[6],
    ),
    Row(
        text="""\
Add up.  add(1, 2) -> 3, add(0.1, 0.2) -> 0.3.
add(1/3, 2) -> 2.333...
""",
        signature="def add(a: float, b: float) -> float:",
        cases=((("1", "2"), "3"), (("0.1", "0.2"), "0.3")),
        unparsed=[2],
    ),
    Row(
        text="""\
# Chunk
chunk([1,2,3,4,5], 2) → [[1,2],[3,4],[5]]

chunk([], 2)
→ []

`chunk([1], 0)` throws a `ValueError`
""",
        signature="def chunk(a: list[int], b: int) -> list[list[int]]:",
        cases=(
            (("[1, 2, 3, 4, 5]", "2"), "[[1, 2], [3, 4], [5]]"),
            (("[]", "2"), "[]"),
            (("[1]", "0"), "ValueError"),
        ),
    ),
    Row(
        text="""\
f(x) = x^2 + 1

f(2) = 5
f(-1) = 2
""",
        signature="def f(n: int) -> int:",
        cases=((("2",), "5"), (("-1",), "2")),
    ),
)


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_reads_a_statement(row: Row) -> None:
    assert_reads(row)

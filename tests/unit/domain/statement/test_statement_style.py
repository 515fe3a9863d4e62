"""Functions asked for in many styles, each with all that must be read from it."""

# ruff: noqa: E501 -- statements stand here as they were written

from __future__ import annotations

import pytest
from statement_row import Row, assert_reads, first_line

from seenred.domain.problem import Comparison

STATEMENTS = (
    Row(  # LeetCode, as copied from the page
        text="""\
1752. Check if Array Is Sorted and Rotated
Easy

Given an array nums, return true if the array was originally sorted in non-decreasing order, then rotated some number of positions (including zero). Otherwise, return false.

Example 1:

Input: nums = [3,4,5,1,2]
Output: true
Explanation: [1,2,3,4,5] is the original sorted array.
You can rotate the array by x = 3 positions.

Example 2:

Input: nums = [2,1,3,4]
Output: false

Constraints:

1 <= nums.length <= 100
1 <= nums[i] <= 100
""",
        signature="def check_if_array_is_sorted_and_rotated(nums: list[int]) -> bool:",
        cases=((("[3, 4, 5, 1, 2]",), "True"), (("[2, 1, 3, 4]",), "False")),
        bounds=((1, "len(nums)", 100), (1, "nums[i]", 100)),
    ),
    Row(  # LeetCode with null in a list and a class stub
        text="""\
## 1448. Count Good Nodes

Given the level order of a binary tree, count its good nodes.

```python
class Solution:
    def goodNodes(self, root: List[Optional[int]]) -> int:
```

**Example 1:**
> **Input:** root = [3,1,4,3,null,1,5]
> **Output:** 4

**Example 2:**
> **Input:** root = [3,3,null,4,2]
> **Output:** 3

**Constraints:**
* The number of nodes is in the range [1, 10^5].
* -10^4 <= root[i] <= 10^4
""",
        signature="def goodNodes(root: List[Optional[int]]) -> int:",
        cases=((("[3, 1, 4, 3, None, 1, 5]",), "4"), (("[3, 3, None, 4, 2]",), "3")),
        bounds=((-10000, "root[i]", 10000),),
    ),
    Row(  # no signature at all
        text="""\
digital root

Add up the digits of a number until one digit is left.

droot(16) -> 7
droot(942) -> 6
droot(0) -> 0
""",
        signature="def droot(n: int) -> int:",
        cases=((("16",), "7"), (("942",), "6"), (("0",), "0")),
    ),
    Row(  # exercism
        text="""\
# Instructions

Your task is to determine whether a word is an isogram: a word without a repeating letter. Spaces and hyphens may appear several times.

Implement `is_isogram`, which takes a `text` and returns whether it is one.

Examples of isograms:

- `is_isogram("lumberjacks")` is `True`
- `is_isogram("six-year-old")` is `True`

The word _isograms_, however, is not an isogram, because the s repeats: `is_isogram("isograms")` is `False`.
""",
        signature="def is_isogram(text: str) -> bool:",
        cases=(
            (("'lumberjacks'",), "True"),
            (("'six-year-old'",), "True"),
            (("'isograms'",), "False"),
        ),
    ),
    Row(  # HumanEval
        text='''\
from typing import List


def below_zero(operations: List[int]) -> bool:
    """ You're given a list of deposit and withdrawal operations on a bank account that starts with
    zero balance. Detect if at any point the balance falls below zero.
    >>> below_zero([1, 2, 3])
    False
    >>> below_zero([1, 2, -4, 5])
    True
    """
''',
        signature="def below_zero(operations: List[int]) -> bool:",
        cases=((("[1, 2, 3]",), "False"), (("[1, 2, -4, 5]",), "True")),
    ),
    Row(  # MBPP
        text="""\
Write a python function to find the first repeated character in a given string.

Your code should pass these tests:

assert first_repeated_char("abcabc") == "a"
assert first_repeated_char("abc") == None
assert first_repeated_char("123123") == "1"
""",
        signature="def first_repeated_char(text: str) -> str | None:",
        cases=((("'abcabc'",), "'a'"), (("'abc'",), "None"), (("'123123'",), "'1'")),
    ),
    Row(  # a kata, in JavaScript's words
        text="""\
# Sum of positive

You get an array of numbers, return the sum of all of the positive ones.

```javascript
positiveSum([1, -4, 7, 12]) // => 20
positiveSum([]) // => 0
```

Note: if there is nothing to sum, the sum is 0.
""",
        signature="def positiveSum(values: list[int]) -> int:",
        cases=((("[1, -4, 7, 12]",), "20"), (("[]",), "0")),
    ),
    Row(  # unicode signs, scientific numbers
        text="""\
Zeros

Define `trailing_zeros(n: int) -> int`: the number of zeros at the end of n!.

Constraints: 0 ≤ n ≤ 1e5

Examples
  trailing_zeros(5) → 1
  trailing_zeros(25) → 6
  trailing_zeros(0) → 0
""",
        signature="def trailing_zeros(n: int) -> int:",
        cases=((("5",), "1"), (("25",), "6"), (("0",), "0")),
        bounds=((0, "n", 100000),),
    ),
    Row(  # any order
        text="""\
Write `subsets(items: list[int]) -> list[list[int]]`. It returns all subsets; their order is irrelevant, and so is the order within one.

| items | result |
|-------|--------|
| [1, 2] | [[], [1], [2], [1, 2]] |
| [] | [[]] |
""",
        signature="def subsets(items: list[int]) -> list[list[int]]:",
        cases=((("[1, 2]",), "[[], [1], [2], [1, 2]]"), (("[]",), "[[]]")),
        comparison=Comparison.UNORDERED,
    ),
    Row(  # any order, said of the result in the passive
        text="""\
def common(a: list, b: list) -> list

The elements that both lists have are returned, each once. The result need not be sorted.

common([1, 2, 2], [2, 3]) == [2]
common([1], [4]) == []
""",
        signature="def common(a: list, b: list) -> list:",
        cases=((("[1, 2, 2]", "[2, 3]"), "[2]"), (("[1]", "[4]"), "[]")),
        comparison=Comparison.UNORDERED,
    ),
    Row(  # a tolerance in words
        text="""\
Square root by hand

Write a function my_sqrt(x: float) -> float without the math module. Answers that are off by at most 1e-6 are fine.

my_sqrt(4) -> 2.0
my_sqrt(2) -> 1.41421356
""",
        signature="def my_sqrt(x: float) -> float:",
        cases=((("4",), "2.0"), (("2",), "1.41421356")),
        comparison=Comparison.TOLERANCE,
    ),
    Row(  # multi-line strings
        text='''\
Implement `count_lines(text: str) -> int`, the number of lines that are not blank.

Example 1

Input:
```
text = """a

b"""
```
Output: `2`

Example 2

Input: text = "\\n\\n"
Output: 0
''',
        signature="def count_lines(text: str) -> int:",
        cases=((("'a\\n\\nb'",), "2"), (("'\\n\\n'",), "0")),
    ),
    Row(  # JSON objects
        text="""\
# Merge settings

Write `merge(base: dict, over: dict) -> dict`; values of `over` win, null removes a key.

Input: base = {"a": 1, "b": {"c": true}}, over = {"b": null, "d": [1.5, "x"]}
Output: {"a": 1, "d": [1.5, "x"]}

Input: base = {}, over = {}
Output: {}
""",
        signature="def merge(base: dict, over: dict) -> dict:",
        cases=(
            (
                ("{'a': 1, 'b': {'c': True}}", "{'b': None, 'd': [1.5, 'x']}"),
                "{'a': 1, 'd': [1.5, 'x']}",
            ),
            (("{}", "{}"), "{}"),
        ),
    ),
    Row(  # nested lists over several lines
        text="""\
Write a function `transpose(matrix)` that swaps rows and columns.

```python
transpose([
    [1, 2, 3],
    [4, 5, 6],
])
# returns [[1, 4], [2, 5], [3, 6]]
```

```python
transpose([[7]])
# returns [[7]]
```
""",
        signature="def transpose(matrix: list[list[int]]) -> list[list[int]]:",
        cases=((("[[1, 2, 3], [4, 5, 6]]",), "[[1, 4], [2, 5], [3, 6]]"), (("[[7]]",), "[[7]]")),
    ),
    Row(  # constraints in prose, several valid answers
        text="""\
Peak

A peak is an item greater than its neighbours. Write `find_peak(nums: list[int]) -> int`, the index of a peak. If the list has several peaks, return whichever you like. The list has between 1 and 1000 elements, no two neighbours are equal.

find_peak([1, 2, 3, 1]) -> 2
find_peak([1, 2, 1, 3, 5, 6, 4]) -> 5
""",
        signature="def find_peak(nums: list[int]) -> int:",
        cases=((("[1, 2, 3, 1]",), "2"), (("[1, 2, 1, 3, 5, 6, 4]",), "5")),
        bounds=((1, "len(nums)", 1000),),
        comparison=Comparison.ANY_VALID,
    ),
    Row(  # several valid answers, singular
        text="""\
Given a string s, return any palindrome that can be made of its letters, or "" if there is none.

make_palindrome("aab") -> "aba"
make_palindrome("ab") -> ""
""",
        signature="def make_palindrome(text: str) -> str:",
        cases=((("'aab'",), "'aba'"), (("'ab'",), "''")),
        comparison=Comparison.ANY_VALID,
    ),
    Row(  # exceptions and keyword arguments
        text="""\
### `chunk(items, size=2)`

Splits a list into lists of `size` items; the last may be shorter.

>>> chunk([1, 2, 3])
[[1, 2], [3]]
>>> chunk([1, 2, 3], size=1)
[[1], [2], [3]]
>>> chunk([], 0)
Traceback (most recent call last):
    ...
ValueError: size must be positive
""",
        signature="def chunk(items: list[int], size: int) -> list[list[int]]:",
        cases=(
            (("[1, 2, 3]",), "[[1, 2], [3]]"),
            (("[1, 2, 3]", "1"), "[[1], [2], [3]]"),
            (("[]", "0"), "ValueError"),
        ),
    ),
    Row(  # a class with methods: said, not judged
        text="""\
Design a stack that knows its minimum.

class MinStack:
    def push(self, val: int) -> None: ...
    def pop(self) -> None: ...
    def get_min(self) -> int: ...

Input: ["MinStack","push","push","get_min"], [[],[-2],[0],[]]
Output: [null,null,null,-2]
""",
        signature="def push(val: int) -> None:",
        cases=(),
        unparsed=[1, 8],
    ),
    Row(  # Given / When, and a result in a sentence
        text="""\
As a baker I want `loaves(flour: int, per_loaf: int) -> int` to tell how many loaves my flour makes.

* loaves(1000, 300) should return 3
* loaves(200, 300) should return 0
* loaves(100, 0) should raise ZeroDivisionError
""",
        signature="def loaves(flour: int, per_loaf: int) -> int:",
        cases=((("1000", "300"), "3"), (("200", "300"), "0"), (("100", "0"), "ZeroDivisionError")),
    ),
)


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_reads_a_statement(row: Row) -> None:
    assert_reads(row)

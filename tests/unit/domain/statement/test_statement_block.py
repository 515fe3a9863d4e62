"""Statements with examples under labels and in tables, each with all that must be read from it."""

# ruff: noqa: E501 -- statements stand here as they were written

from __future__ import annotations

import pytest
from statement_row import Row, assert_reads, first_line

from seenred.domain.problem import Comparison

STATEMENTS = (
    Row(
        text="""\
# Two Sum

Given an array of integers `nums` and an integer `target`, return indices of the two numbers such that they add up to `target`.

You may assume that each input would have exactly one solution. You can return the answer in any order.

**Example 1:**

**Input:** nums = [2,7,11,15], target = 9
**Output:** [0,1]
**Explanation:** Because nums[0] + nums[1] == 9, we return [0, 1].

**Example 2:**

```
Input: nums = [3,2,4],
       target = 6
Output: [1,2]
```

**Constraints:**

- `2 <= nums.length <= 10^4`
- `-10^9 <= nums[i] <= 10^9`
- `-10⁹ ≤ target ≤ 10⁹`
- **Only one valid answer exists.**

**Follow-up:** Can you come up with an algorithm that is less than `O(n^2)` time complexity?
""",
        signature="def two_sum(nums: list[int], target: int) -> list[int]:",
        cases=((("[2, 7, 11, 15]", "9"), "[0, 1]"), (("[3, 2, 4]", "6"), "[1, 2]")),
        bounds=(
            (2, "len(nums)", 10000),
            (-1000000000, "nums[i]", 1000000000),
            (-1000000000, "target", 1000000000),
        ),
        comparison=Comparison.UNORDERED,
    ),
    Row(
        text="""\
Longest Palindromic Substring

Given a string s, return the longest palindromic substring in s.

Example 1:

Input: s = "babad"
Output: "bab"
Explanation: "aba" is also a valid answer.

Example 2:

Input: s = "cbbd"
Output: "bb"

Constraints:

1 <= s.length <= 1000
s consist of only digits and English letters.
""",
        signature="def longest_palindromic_substring(s: str) -> str:",
        cases=((("'babad'",), "'bab'", ("'aba'",)), (("'cbbd'",), "'bb'")),
        bounds=((1, "len(s)", 1000),),
    ),
    Row(
        text="""\
## Clamp
| x | low | high | expected | note |
|---|---|---|---|---|
| 5 | 0 | 10 | 5 | inside |
| -1 | 0 | 10 | 0 | |
| 11 | 0 | 10 | ten | bad |

Write a function clamp(x, low, high).
""",
        signature="def clamp(x: int, low: int, high: int) -> int:",
        cases=((("5", "0", "10"), "5"), (("-1", "0", "10"), "0")),
        unparsed=[6],
    ),
    Row(
        text="""\
Write a function add_all that takes a list of numbers `xs`.\r
\r
Input: [1, 2]\r
Output: 3\r
\r
Input: []\r
Output: 0\r
""",
        signature="def add_all(xs: list[int]) -> int:",
        cases=((("[1, 2]",), "3"), (("[]",), "0")),
    ),
    Row(
        text="""\
merge_intervals

Input: [[1,3],[2,6],[8,10]]
Output: [[1,6],[8,10]]
Explanation: 1-3 and 2-6 overlap

Input: [[1,4],[4,5]]
Output: [[1,5]]
""",
        signature="def merge_intervals(values: list[list[int]]) -> list[list[int]]:",
        cases=(
            (("[[1, 3], [2, 6], [8, 10]]",), "[[1, 6], [8, 10]]"),
            (("[[1, 4], [4, 5]]",), "[[1, 5]]"),
        ),
    ),
    Row(
        text="""\
# Group anagrams
Given an array of strings strs, group the anagrams together. You can return the answer in any order.

Example 1:
    Input: strs = ["eat","tea","tan"]
    Output: [["tan"],["eat","tea"]]
""",
        signature="def group_anagrams(strs: list[str]) -> list[list[str]]:",
        cases=((("['eat', 'tea', 'tan']",), "[['tan'], ['eat', 'tea']]"),),
        comparison=Comparison.UNORDERED,
    ),
    Row(
        text="""\
Example 1: Input: "abc", 2 Output: "ca"
Example 2: Input: "x", 9; Output: "x"

Write a function `shift(s, k)`.
""",
        signature="def shift(s: str, k: int) -> str:",
        cases=((("'abc'", "2"), "'ca'"), (("'x'", "9"), "'x'")),
    ),
    Row(
        text="""\
Tabs

Input:	nums = [1, 2]	k = 3
Output:	5
""",
        signature="def tabs(nums: list[int], k: int) -> int:",
        cases=((("[1, 2]", "3"), "5"),),
    ),
    Row(
        text="""\
Write a function that parses a version.

Examples (input → output):

    "1.2.3"  →  (1, 2, 3)
    "10.0"   →  (10, 0)
    "x"      →  ValueError
""",
        signature="def parse_version(text: str) -> tuple:",
        cases=((("'1.2.3'",), "(1, 2, 3)"), (("'10.0'",), "(10, 0)"), (("'x'",), "ValueError")),
        name="parse_version.md",
    ),
    Row(
        text="""\
# JSON
`flatten(data)`:

```json
Input: {"a": {"b": 1}, "c": null}
Output: {"a.b": 1, "c": null}
```
""",
        signature="def flatten(data: dict[str, dict[str, int] | None]) -> dict[str, int | None]:",
        cases=((("{'a': {'b': 1}, 'c': None}",), "{'a.b': 1, 'c': None}"),),
    ),
    Row(
        text="""\
Java style
```java
public int maxProfit(int[] prices, int fee) {
```
Input: prices = [1,3,2], fee = 2
Output: 0
""",
        signature="def maxProfit(prices: list[int], fee: int) -> int:",
        cases=((("[1, 3, 2]", "2"), "0"),),
    ),
    Row(
        text="""\
# Coin change

You are given an integer array `coins` and an integer `amount`. Return the fewest number of coins. If not possible return -1.

| Input | Output |
|---|---|
| `coins = [1,2,5], amount = 11` | `3` |
| `coins = [2], amount = 3` | `-1` |

Constraints:
 * 1 <= coins.length <= 12
 * 1 <= coins[i] <= 2^31 - 1
 * 0 <= amount <= 10^4
""",
        signature="def coin_change(coins: list[int], amount: int) -> int:",
        cases=((("[1, 2, 5]", "11"), "3"), (("[2]", "3"), "-1")),
        bounds=((1, "len(coins)", 12), (1, "coins[i]", 2147483647), (0, "amount", 10000)),
    ),
    Row(
        text="""\
Exercise 4. Write a Python function `gcd_list(numbers)`.

Test cases:

Test case 1:
Input: [12, 18, 24]
Expected output: 6

Test case 2:
Input: [7]
Expected: 7

Test case 3:
Input: []
Expected output: raises ValueError
""",
        signature="def gcd_list(numbers: list[int]) -> int:",
        cases=((("[12, 18, 24]",), "6"), (("[7]",), "7"), (("[]",), "ValueError")),
    ),
    Row(
        text="""\
Given a string s and an integer numRows, write the code that will take a string and make this conversion:

string convert(string s, int numRows);

Example 1:
Input: s = "PAYPALISHIRING", numRows = 3
Output: "PAHNAPLSIIGYIR"
""",
        signature="def convert(s: str, numRows: int) -> str:",
        cases=((("'PAYPALISHIRING'", "3"), "'PAHNAPLSIIGYIR'"),),
    ),
    Row(
        text="""\
**Input**: a list of integers
**Output**: the largest product of two

e.g.

[1, 2, 3] → 6
[-5, -4, 1] → 20
[1] → None
""",
        signature="def largest_product(values: list[int]) -> int | None:",
        cases=((("[1, 2, 3]",), "6"), (("[-5, -4, 1]",), "20"), (("[1]",), "None")),
        name="largest-product.md",
    ),
    Row(
        text="""\
Find top k

- **Input:** `nums = [1,1,1,2,2,3]`, `k = 2`
- **Output:** `[1,2]`

Any order is fine for the output.
""",
        signature="def find_top_k(nums: list[int], k: int) -> list[int]:",
        cases=((("[1, 1, 1, 2, 2, 3]", "2"), "[1, 2]"),),
        comparison=Comparison.UNORDERED,
    ),
    Row(
        text="""\
Matrix spiral

Input:
```
[[1,2,3],
 [4,5,6]]
```
Output:
```
[1,2,3,
 6,5,4]
```
""",
        signature="def matrix_spiral(values: list[list[int]]) -> list[int]:",
        cases=((("[[1, 2, 3], [4, 5, 6]]",), "[1, 2, 3, 6, 5, 4]"),),
    ),
    Row(
        text="""\
## Interval
Input: 5 (five elements)
Output: 3 (because of x)
Write a function `cut(n)`.
""",
        signature="def cut(n: int) -> int:",
        cases=((("5",), "3"),),
    ),
)


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_reads_a_statement(row: Row) -> None:
    assert_reads(row)

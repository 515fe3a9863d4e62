"""Statements as others write them, each with all that must be read from it."""

# ruff: noqa: E501, W291 -- statements stand here as they were written

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

from seenred.domain.problem import Comparison, Problem, ProblemKind
from seenred.domain.statement import parse_statement


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
A. Watermelon
time limit per test
1 second
memory limit per test
64 megabytes

One hot summer day Pete and his friend Billy decided to buy a watermelon.

Input
The first (and the only) input line contains integer number w (1 ≤ w ≤ 100) — the weight of the watermelon bought by the boys.

Output
Print YES, if the boys can divide the watermelon into two parts; and NO in the opposite case.

Examples
Input
8
Output
YES

Note
For example, the boys can divide the watermelon into two parts of 2 and 6 kilos.
""",
        signature=None,
        cases=(("8\n", "YES\n"),),
        bounds=((1, "w", 100),),
        time_limit=1.0,
    ),
    Row(
        text="""\
# Problem Statement
You are given N integers. Print the sum.

## Constraints
* $1 \\leq N \\leq 2 \\times 10^5$
* $1 \\le A_i \\le 10^9$

## Input
Input is given from Standard Input in the following format:
```
N
A_1 A_2 ... A_N
```
## Output
Print the answer.

## Sample Input 1
```
3
1 2 3
```
## Sample Output 1
```
6
```
The sum is 6.

## Sample Input 2
```
1
5
```
## Sample Output 2
```
5
```
""",
        signature=None,
        cases=(("3\n1 2 3\n", "6\n"), ("1\n5\n", "5\n")),
        bounds=((1, "N", 200000), (1, "A[i]", 1000000000)),
    ),
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
```python
def roman(n: int) -> str:
    \"\"\"Convert.

    >>> roman(4)
    'IV'
    >>> roman(0)
    Traceback (most recent call last):
        ...
    ValueError: out of range
    \"\"\"
```
1 <= n <= 3999
""",
        signature="def roman(n: int) -> str:",
        cases=((("4",), "'IV'"), (("0",), "ValueError")),
        bounds=((1, "n", 3999),),
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
Sum Kind of Problem
Kattis

Sample Input 1        Sample Output 1
3                     1 6 9
1 1
2 10                  x

The first line of input contains a single integer.
""",
        signature=None,
        cases=(("3\n1 1\n2 10\n", "1 6 9\n\nx\n"),),
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
Compute the square root of a program. Read a number from standard input, print its root; answers within 1e-6 absolute or relative error are accepted.
Input: 4
Output: 2.0
""",
        signature=None,
        cases=(("4\n", "2.0\n"),),
        comparison=Comparison.TOLERANCE,
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
Read N numbers from stdin and print the largest.

| stdin | stdout | why |
|-------|--------|-----|
| 3<br>1 5 2 | 5 | middle |
| 1<br>-4 | -4 | |
""",
        signature=None,
        cases=(("3\n1 5 2\n", "5\n"), ("1\n-4\n", "-4\n")),
    ),
    Row(
        text="""\
Write a program that reads two integers from standard input, one per line, and prints their sum.

Input:
```
3
4
```

Output:
```
7
```
""",
        signature=None,
        cases=(("3\n4\n", "7\n"),),
    ),
    Row(
        text="""\
B. Graph
The first line contains two integers n and m (1 ≤ n, m ≤ 2·10⁵).
Print any valid ordering.

Input
The first line contains...

Output
If there are multiple answers, print any.

Example
input
3 2
1 2
2 3
output
1 2 3
input
1 0
output
1
""",
        signature=None,
        cases=(("3 2\n1 2\n2 3\n", "1 2 3\n"), ("1 0\n", "1\n")),
        bounds=((1, "n", 200000), (1, "m", 200000)),
        comparison=Comparison.ANY_VALID,
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
Two numbers

Input: 3 4
Output: 7

Input: 10 20
Output: 30

Read from stdin.
""",
        signature=None,
        cases=(("3 4\n", "7\n"), ("10 20\n", "30\n")),
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
Compute 1,000 things

Examples:
* `[1,000]` -> 3
* 1,000 -> 1
* 1 -> 2 -> 3
* [1, 2 -> 4
""",
        signature=None,
        cases=(),
        unparsed=[4, 5, 6],
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
Problem: Water

You are given n cups. Write a program.

### Input Format
A single line with n and then n integers.

### Output Format
One number.

### Sample Input 0
```
4 1 2 3 4
```
### Sample Output 0
```
10
```
### Explanation 0
1+2+3+4 = 10
""",
        signature=None,
        cases=(("4 1 2 3 4\n", "10\n"),),
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
Given the numbers in any order, return the sum.

total([3, 1]) == 4
""",
        signature="def total(values: list[int]) -> int:",
        cases=((("[3, 1]",), "4"),),
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
Sum (AtCoder)
Time Limit: 2 sec / Memory Limit: 1024 MB

Given an integer N from Standard Input, print N!.

Sample Input 1

5

Sample Output 1

120

5! = 120.

Sample Input 2

0

Sample Output 2

1
""",
        signature=None,
        cases=(("5\n", "120\n"), ("0\n", "1\n")),
        time_limit=2.0,
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
Ants
Input
The first line contains t (1 ≤ t ≤ 10^4) — number of test cases. Each test case consists of one line with two integers l and n.

Output
For each test case print two integers.

Example
InputCopy
3
10 3
214 7
1 1
OutputCopy
4 8
38 207
0 1
""",
        signature=None,
        cases=(("3\n10 3\n214 7\n1 1\n", "4 8\n38 207\n0 1\n"),),
        bounds=((1, "t", 10000),),
    ),
    Row(
        text="""\
Write a program `sum.py` that reads integers from stdin until EOF.

Example run:

Input: "1 2 3\\n4\\n"
Output: "10\\n"
""",
        signature=None,
        cases=(("1 2 3\n4\n", "10\n"),),
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
is_palindrome

`is_palindrome("racecar")` should be true, `is_palindrome("ab")` should be false; an empty string is a palindrome: `is_palindrome("")` → `True`.
""",
        signature="def is_palindrome(text: str) -> bool:",
        cases=((("'racecar'",), "True"), (("'ab'",), "False"), (("''",), "True")),
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
Minimum window

>>> min_window("ADOBECODEBANC", "ABC")
'BANC'
>>> min_window("a", "aa")
''
>>> x = min_window("a", "b")
>>> x
''
>>> print(min_window("a", "a"))
a
""",
        signature="def min_window(a: str, b: str) -> str:",
        cases=((("'ADOBECODEBANC'", "'ABC'"), "'BANC'"), (("'a'", "'aa'"), "''")),
        unparsed=[8, 10],
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
Input: n = 5 Output: 5 8 13
""",
        signature=None,
        cases=(),
        unparsed=[1],
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
Given n (1 <= n <= 20) print n stars using stdin.

Input: 3
Output: ***

Input: 0
Output:
""",
        signature=None,
        cases=(("3\n", "***\n"),),
        bounds=((1, "n", 20),),
        unparsed=[6],
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


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_reads_a_statement(row: Row) -> None:
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

"""Statements of programs that read and print, each with all that must be read from it."""

# ruff: noqa: E501 -- statements stand here as they were written

from __future__ import annotations

import pytest
from statement_row import Row, assert_reads, first_line

from seenred.domain.problem import Comparison

STATEMENTS = (
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
Input: n = 5 Output: 5 8 13
""",
        signature=None,
        cases=(),
        unparsed=[1],
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
)


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_reads_a_statement(row: Row) -> None:
    assert_reads(row)

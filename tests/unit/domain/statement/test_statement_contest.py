"""Programs asked for as contests do, each with all that must be read from it."""

# ruff: noqa: E501 -- statements stand here as they were written

from __future__ import annotations

import pytest
from statement_row import Row, assert_reads, first_line

from seenred.domain.problem import Comparison

STATEMENTS = (
    Row(  # Codeforces, pasted
        text="""\
B. Even Split
time limit per test
1.5 seconds
memory limit per test
256 megabytes
input
standard input
output
standard output

You are given a string s of even length. Say whether its halves are equal.

Input
The first line contains a single integer t (1 ≤ t ≤ 1000) — the number of test cases.

Each of the next t lines holds one string s (1 ≤ |s| ≤ 2·10^5).

Output
For each test case, print "YES" or "NO".

Example
input
3
abab
aabb
aa
output
YES
NO
YES
Note
In the first test case both halves are ab.
""",
        signature=None,
        cases=(("3\nabab\naabb\naa\n", "YES\nNO\nYES\n"),),
        bounds=((1, "t", 1000), (1, "len(s)", 200000)),
        time_limit=1.5,
    ),
    Row(  # AtCoder in Markdown
        text="""\
# C - Cards

Time Limit: 2 sec / Memory Limit: 1024 MB

### Problem Statement
There are $N$ cards; card $i$ shows $A_i$. Find the sum of the $K$ largest.

### Constraints
- $1 \\leq K \\leq N \\leq 10^5$
- $1 \\leq A_i \\leq 10^9$

### Input
The input is given from Standard Input in the following format:

```
N K
A_1 A_2 ... A_N
```

### Output
Print the answer.

### Sample Input 1
```
4 2
1 9 3 7
```

### Sample Output 1
```
16
```

The two largest are 9 and 7.

### Sample Input 2
```
1 1
5
```

### Sample Output 2
```
5
```
""",
        signature=None,
        cases=(("4 2\n1 9 3 7\n", "16\n"), ("1 1\n5\n", "5\n")),
        bounds=((1, "K", 100000), (1, "N", 100000), (1, "A[i]", 1000000000)),
        time_limit=2.0,
    ),
    Row(  # any valid answer
        text="""\
Two piles

Input

One line with an integer n (2 <= n <= 10^9).

Output

Print two positive integers whose sum is n. If there are multiple answers, you may print any.

Sample Input

7

Sample Output

3 4
""",
        signature=None,
        cases=(("7\n", "3 4\n"),),
        bounds=((2, "n", 1000000000),),
        comparison=Comparison.ANY_VALID,
    ),
    Row(  # absolute or relative error
        text="""\
Mean

Read n and then n numbers from standard input; print their mean. Your answer is considered correct if its absolute or relative error does not exceed $10^{-9}$.

Input:
2
1 2
Output:
1.5
""",
        signature=None,
        cases=(("2\n1 2\n", "1.5\n"),),
        comparison=Comparison.TOLERANCE,
    ),
    Row(  # Kattis
        text="""\
Oddities

Some numbers are just odd.

Input
Input begins with an integer 1 <= n <= 20 on a line by itself, indicating the number of test cases that follow. Each of the following n lines contains a test case consisting of a single integer -10 <= x <= 10.

Output
For each x, print either "x is odd" or "x is even".

Sample Input 1    Sample Output 1
3                 10 is even
10                9 is odd
9                 -5 is odd
-5
""",
        signature=None,
        cases=(("3\n10\n9\n-5\n", "10 is even\n9 is odd\n-5 is odd\n"),),
        bounds=((1, "n", 20), (-10, "x", 10)),
    ),
    Row(  # a table of sessions
        text="""\
Write a program that reads a word from stdin and prints it reversed to stdout.

| stdin | stdout |
|---|---|
| `abc` | `cba` |
| `a` | `a` |
""",
        signature=None,
        cases=(("abc\n", "cba\n"), ("a\n", "a\n")),
    ),
    Row(  # Advent of Code, HackerRank's formats
        text="""\
**Input Format**

The first line contains an integer, N, the number of names. The N lines after it contain one name each.

**Constraints**

1 <= N <= 100

**Output Format**

Print the names in alphabetical order, one a line.

**Sample Input**

    3
    mia
    bob
    zoe

**Sample Output**

    bob
    mia
    zoe

**Explanation**

b comes first.
""",
        signature=None,
        cases=(("3\nmia\nbob\nzoe\n", "bob\nmia\nzoe\n"),),
        bounds=((1, "N", 100),),
    ),
    Row(  # order left open
        text="""\
Print every divisor of n, one a line, in any order. The only line of the input contains n (1 <= n <= 1e6).

Input
6

Output
1
2
3
6
""",
        signature=None,
        cases=(("6\n", "1\n2\n3\n6\n"),),
        bounds=((1, "n", 1000000),),
        comparison=Comparison.UNORDERED,
    ),
)


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_reads_a_statement(row: Row) -> None:
    assert_reads(row)

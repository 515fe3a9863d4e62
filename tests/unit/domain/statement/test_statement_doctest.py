"""Statements with doctests, each with all that must be read from it."""

from __future__ import annotations

import pytest
from statement_row import Row, assert_reads, first_line

STATEMENTS = (
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
)


@pytest.mark.parametrize("row", STATEMENTS, ids=first_line)
def test_reads_a_statement(row: Row) -> None:
    assert_reads(row)

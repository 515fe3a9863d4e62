"""Which tests show a defect by as little as can be."""

import pytest

from seenred.domain.smallest_test import is_smallest, size_of


def test_of(*lines):
    body = "".join(f"    {line}\n" for line in lines)
    return f"def test_it():\n{body}"


test_of.__test__ = False

ROWS = [
    (("assert add(2, 3) == 5",), "", True),
    (("assert add(2, 3) == 5",), "add", True),
    (("assert add(2, 3) == 5",), "_carry", False),
    (("assert add(2, 3) == 5", "assert add(1, 1) == 2"), "", False),
    (("assert add(add(1, 1), 3) == 5",), "", False),
    (("assert mean([1, 2]) == pytest.approx(1.5)",), "mean", True),
    (("with pytest.raises(ValueError):", "    Account(-5)"), "", True),
    (("assert Account(-5).balance == 0",), "__init__", True),
    (("assert Cart().total() == 0",), "total", True),
    (("account = Account(1)", "assert account.balance == 1"), "", False),
    (("assert len(read('a')) == 1",), "read", True),
]


@pytest.mark.parametrize(("lines", "function", "smallest"), ROWS)
def test_one_call_and_one_assertion_where_the_failure_is(lines, function, smallest):
    assert is_smallest(test_of(*lines), function) is smallest


def test_a_test_that_does_less_is_smaller():
    story = test_of("account = Account(1)", "account.pay(2)", "assert account.balance == 3")
    assert size_of(test_of("assert Account(1).pay(2) == 3")) < size_of(story)


def test_what_holds_no_test_is_none():
    assert not is_smallest("x = 1\n")
    assert size_of("x = 1\n") == 0

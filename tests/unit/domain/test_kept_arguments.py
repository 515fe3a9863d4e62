from __future__ import annotations

import pytest

from seenred.domain.kept_arguments import wants_arguments_kept


@pytest.mark.parametrize(
    "text",
    [
        "It returns a sorted copy. The list that is passed in stays as it is.",
        "The input list must not be modified.",
        "Do not modify the input array.",
        "Don't change `nums`, the list you are given; return a new list.",
        "Return a new list without modifying the original.",
        "The function should not mutate its arguments.",
        "The original matrix remains unchanged.",
        "Leave the given dictionary untouched.",
        "The argument has to be left\nas it was.",
        "must not have side effects on the input list",
    ],
)
def test_a_statement_that_wants_its_arguments_kept(text: str) -> None:
    assert wants_arguments_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sort the list in place. Do not return anything.",
        "Modify the input array in place; do not allocate another array.",
        "Everything else is left as it is.",
        "Letters that are not vowels stay as they are.",
        "Do not use the built-in sort on the input list.",
        "The order of the list does not change the answer.",
        "You may modify the input list.",
        "Rotate the list by k. If k is 0, the list stays as it is and is returned.",
        "",
    ],
)
def test_a_statement_that_says_no_such_thing(text: str) -> None:
    assert not wants_arguments_kept(text)
